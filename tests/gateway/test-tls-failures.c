/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-failures.h"

#define SECOND G_USEC_PER_SEC

/* What was logged since it was asked last. */
static GPtrArray *lines;

static GLogWriterOutput
keep_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_ptr_array_add (lines, g_strdup (fields[i].value));

  return G_LOG_WRITER_HANDLED;
}

static guint
count_lines (void)
{
  guint n_lines = lines->len;

  g_ptr_array_set_size (lines, 0);

  return n_lines;
}

static void
fail (ObmTlsFailures *failures, guint count, gint64 now)
{
  for (guint i = 0; i < count; i++)
    obm_tls_failures_add (failures, "192.0.2.1", "It does not speak TLS", now);
}

static void
test_each (void)
{
  ObmTlsFailures failures = { 0 };

  fail (&failures, 1, SECOND);
  obm_tls_failures_add (&failures, NULL, "It takes too long", 2 * SECOND);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (lines, 0), ==, "TLS failed with 192.0.2.1: It does not speak TLS");
  g_assert_cmpstr (g_ptr_array_index (lines, 1), ==, "TLS failed with unknown: It takes too long");
  count_lines ();

  /* Nothing was left out. */
  obm_tls_failures_look (&failures, 100 * SECOND);
  g_assert_cmpuint (count_lines (), ==, 0);
}

static void
test_many (void)
{
  ObmTlsFailures failures = { 0 };

  fail (&failures, 1000, SECOND);
  fail (&failures, 1000, 60 * SECOND);
  obm_tls_failures_look (&failures, 60 * SECOND);
  g_assert_cmpuint (count_lines (), ==, 10);

  /* A minute after the first one. */
  obm_tls_failures_look (&failures, 61 * SECOND);
  g_assert_cmpuint (lines->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (lines, 0), ==, "TLS failed with others, too: 1990 times within a minute");
  count_lines ();
  obm_tls_failures_look (&failures, 62 * SECOND);
  g_assert_cmpuint (count_lines (), ==, 0);

  fail (&failures, 3, 63 * SECOND);
  g_assert_cmpuint (count_lines (), ==, 3);
}

/* The first failure of the next minute says it, if nobody has looked. */
static void
test_unseen (void)
{
  ObmTlsFailures failures = { 0 };

  fail (&failures, 11, SECOND);
  fail (&failures, 1, 200 * SECOND);
  g_assert_cmpuint (count_lines (), ==, 12);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  lines = g_ptr_array_new_with_free_func (g_free);
  g_log_set_writer_func (keep_line, NULL, NULL);

  g_test_add_func ("/gateway/tls-failures/one-is-not-told", test_each);
  g_test_add_func ("/gateway/tls-failures/many-fill-the-log", test_many);
  g_test_add_func ("/gateway/tls-failures/those-left-out-are-forgotten", test_unseen);

  return g_test_run ();
}
