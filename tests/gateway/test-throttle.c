/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <malloc.h>

#include "obm-throttle.h"

/* More wrong passwords than any table of them may hold. */
#define FLOOD 60000
/* What the table may take, in bytes; that many series take twice as much, and their names far more. */
#define MAX_MEMORY (4 << 20)

/* A wrong password. Returns the seconds to wait, 0 when it was checked. */
static guint
fail (ObmThrottle *throttle, const char *user, const char *peer)
{
  guint seconds;
  ObmAttempt *attempt = obm_throttle_begin (throttle, user, peer, &seconds);

  if (attempt != NULL)
    obm_throttle_fail (throttle, attempt);

  return seconds;
}

/* A right password. Returns whether it was checked. */
static gboolean
pass (ObmThrottle *throttle, const char *user, const char *peer)
{
  guint seconds;
  ObmAttempt *attempt = obm_throttle_begin (throttle, user, peer, &seconds);

  if (attempt != NULL)
    obm_throttle_pass (throttle, attempt);

  return attempt != NULL;
}

/* Wrong passwords until there is an end. Returns how many were checked. */
static guint
fail_until_refused (ObmThrottle *throttle, const char *user, const char *peer)
{
  guint n_checked = 0;

  while (fail (throttle, user, peer) == 0 && n_checked < 1000)
    n_checked++;

  return n_checked;
}

/* Each from an address, or at least a login, of its own; with a name of some length. */
static void
flood (ObmThrottle *throttle, guint per_peer)
{
  g_autofree char *tail = g_strnfill (200, 'x');

  for (guint i = 0; i < FLOOD; i++)
    {
      guint number = i / per_peer;
      g_autofree char *user = g_strdup_printf ("login%u%s@exemple.fr", i, tail);
      g_autofree char *peer = g_strdup_printf ("10.%u.%u.%u", number >> 16, number >> 8 & 255, number & 255);

      g_assert_cmpuint (fail (throttle, user, peer), ==, 0);
    }
}

static void
test_memory (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();
  gsize before = mallinfo2 ().uordblks;

  flood (throttle, 1);
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before + MAX_MEMORY);
}

static void
test_right_passwords (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();
  gsize before = mallinfo2 ().uordblks;

  for (guint i = 0; i < FLOOD; i++)
    {
      g_autofree char *peer = g_strdup_printf ("10.%u.%u.%u", i >> 16, i >> 8 & 255, i & 255);

      g_assert_true (pass (throttle, "admin1@exemple.fr", peer));
    }
  /* Nothing of them stays. */
  g_assert_cmpuint (mallinfo2 ().uordblks, <, before + (1 << 20));
}

static void
test_flood_frees (void)
{
  for (guint per_peer = 1; per_peer <= 90; per_peer += 89)
    {
      g_autoptr (ObmThrottle) throttle = obm_throttle_new ();
      guint n_checked = fail_until_refused (throttle, "admin1@exemple.fr", "192.0.2.1");

      for (guint i = 0; i < 9; i++)
        g_assert_cmpuint (fail (throttle, "admin1@exemple.fr", "192.0.2.2"), ==, 0);
      for (guint i = 0; i < 150; i++)
        {
          g_autofree char *user = g_strdup_printf ("login%u@exemple.fr", i);

          fail (throttle, user, "192.0.2.3");
        }
      flood (throttle, per_peer);
      /* Neither who is shut out is let in again, nor is forgotten how near he is to it. */
      g_assert_cmpuint (n_checked, ==, 10);
      g_assert_cmpuint (fail (throttle, "admin1@exemple.fr", "192.0.2.1"), >, 0);
      g_assert_cmpuint (fail_until_refused (throttle, "admin1@exemple.fr", "192.0.2.2"), ==, 1);
      g_assert_false (pass (throttle, "another@exemple.fr", "192.0.2.3"));
    }
}

static void
test_flood_locks (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();

  flood (throttle, 1);
  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *peer = g_strdup_printf ("192.0.2.%u", i);

      g_assert_true (pass (throttle, "admin1@exemple.fr", peer));
      g_assert_cmpuint (fail (throttle, "admin1@exemple.fr", peer), ==, 0);
      g_assert_true (pass (throttle, "admin1@exemple.fr", peer));
    }
}

static void
test_network (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();

  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *peer = g_strdup_printf ("2001:db8::%x", i + 1);

      g_assert_cmpuint (fail (throttle, "admin1@exemple.fr", peer), ==, 0);
    }
  g_assert_false (pass (throttle, "admin1@exemple.fr", "2001:db8::ffff:1"));
  g_assert_true (pass (throttle, "admin1@exemple.fr", "2001:db8:0:1::1"));
}

static void
test_nothing_came (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();
  guint seconds;

  for (guint i = 0; i < 1000; i++)
    {
      ObmAttempt *attempt = obm_throttle_begin (throttle, "admin1@exemple.fr", "192.0.2.1", &seconds);

      g_assert_nonnull (attempt);
      obm_throttle_drop (throttle, attempt);
    }
  g_assert_cmpuint (fail_until_refused (throttle, "admin1@exemple.fr", "192.0.2.1"), ==, 10);
}

static void
test_delays (void)
{
  static const guint expected[] = { 0, 0, 0, 250, 500, 1000, 2000, 4000, 4000, 4000 };
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();
  guint seconds;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      ObmAttempt *attempt = obm_throttle_begin (throttle, "admin1@exemple.fr", "192.0.2.1", &seconds);

      g_assert_cmpuint (obm_throttle_fail (throttle, attempt), ==, expected[i]);
    }
  /* Who tries each login once is slowed down by what the address has done. */
  for (guint i = 1; i <= 100; i++)
    {
      g_autofree char *user = g_strdup_printf ("login%u@exemple.fr", i);
      ObmAttempt *attempt = obm_throttle_begin (throttle, user, "192.0.2.2", &seconds);
      guint delay = obm_throttle_fail (throttle, attempt);

      g_assert_cmpuint (delay, ==, i < 40 ? 0 : expected[MIN (i / 10, 10) - 1]);
    }
}

typedef struct
{
  ObmThrottle *throttle;
  gboolean right;
} Worker;

/* Passwords as a worker checks them: with some time for each. */
static gpointer
check_slowly (gpointer data)
{
  Worker *worker = data;
  guint n_checked = 0;

  for (guint i = 0; i < 20; i++)
    {
      guint seconds;
      ObmAttempt *attempt = obm_throttle_begin (worker->throttle, "admin1@exemple.fr", "192.0.2.1", &seconds);

      if (attempt == NULL)
        continue;
      n_checked++;
      g_usleep (2000);
      if (worker->right)
        obm_throttle_pass (worker->throttle, attempt);
      else
        obm_throttle_fail (worker->throttle, attempt);
    }

  return GUINT_TO_POINTER (n_checked);
}

/* Right or wrong passwords of many workers. Returns how many were checked. */
static guint
check_at_once (ObmThrottle *throttle, gboolean right)
{
  Worker worker = { throttle, right };
  GThread *threads[32];
  guint n_checked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new (NULL, check_slowly, &worker);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    n_checked += GPOINTER_TO_UINT (g_thread_join (threads[i]));

  return n_checked;
}

static void
test_at_once (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();

  g_assert_cmpuint (check_at_once (throttle, FALSE), ==, 10);
}

static void
test_right_at_once (void)
{
  g_autoptr (ObmThrottle) throttle = obm_throttle_new ();

  /* One wrong password is missing to the limit, and none comes. */
  for (guint i = 0; i < 9; i++)
    fail (throttle, "admin1@exemple.fr", "192.0.2.1");
  g_assert_cmpuint (check_at_once (throttle, TRUE), ==, 32 * 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/gateway/throttle/memory-grows-with-wrong-passwords", test_memory);
  g_test_add_func ("/gateway/throttle/memory-grows-with-right-passwords", test_right_passwords);
  g_test_add_func ("/gateway/throttle/flood-lets-the-guesser-in-again", test_flood_frees);
  g_test_add_func ("/gateway/throttle/flood-shuts-others-out", test_flood_locks);
  g_test_add_func ("/gateway/throttle/addresses-of-a-network-are-apart", test_network);
  g_test_add_func ("/gateway/throttle/failed-database-counts", test_nothing_came);
  g_test_add_func ("/gateway/throttle/delay-does-not-grow", test_delays);
  g_test_add_func ("/gateway/throttle/more-are-checked-at-once-than-allowed", test_at_once);
  g_test_add_func ("/gateway/throttle/right-passwords-at-once-are-refused", test_right_at_once);

  return g_test_run ();
}
