/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-list.h"
#include "remote-test.h"

#include <string.h>

#include "obm-chunk-cache.h"

#define MILLION (1000 * 1000)

typedef struct {
  MockServer *server;
  MockList mails;
  ObmRemoteList *list;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autofree char *log = NULL;

  fixture->server = mock_server_new (NULL);
  mock_list_serve (&fixture->mails, fixture->server, MILLION);
  fixture->list = mock_list_search (fixture->server, "a");
  log = mock_server_dup_log (fixture->server);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
  mock_server_free (fixture->server);
}

/* The pages that were asked for since the last time, in their order: "6 7". */
static char *
dup_pages (Fixture *fixture)
{
  g_autofree char *log = mock_server_dup_log (fixture->server);
  g_auto (GStrv) lines = g_strsplit (log, "\n", -1);
  GString *pages = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *page = strstr (lines[i], "&page=");

      if (page != NULL)
        g_string_append_printf (pages, "%s%d", pages->len > 0 ? " " : "", atoi (page + strlen ("&page=")));
      if (page != NULL)
        g_assert_nonnull (strstr (lines[i], "&rows=100"));
    }

  return g_string_free (pages, FALSE);
}

static void
assert_pages (Fixture *fixture, const char *expected)
{
  g_autofree char *pages = NULL;

  mock_list_settle (fixture->list);
  pages = dup_pages (fixture);
  g_assert_cmpstr (pages, ==, expected);
}

/* What a view does that shows @n rows from @position. */
static GPtrArray *
look_at (Fixture *fixture, guint position, guint n)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (rows, mock_list_get_row (fixture->list, position + i));

  return rows;
}

static void
test_far_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, MILLION - 1);
  g_autoptr (ObmRemoteRow) first = mock_list_get_row (fixture->list, 0);

  g_assert_null (obm_remote_row_get_item (row));
  g_assert_true (obm_remote_row_get_loading (row));
  test_wait (obm_remote_row_get_item (row) != NULL);
  g_assert_false (obm_remote_row_get_loading (row));
  g_assert_cmpstr (mock_list_name_of (row), ==, "a999999-0");
  g_assert_cmpstr (mock_list_name_of (first), ==, "a0-0");
  assert_pages (fixture, "10000");
}

static void
count_cb (GObject *object, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s,", pspec->name);
}

static void
test_row_notifies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 5000);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (ObmEntity) item = NULL;
  g_autoptr (GError) error = NULL;
  guint position;
  gboolean loading;

  g_signal_connect (row, "notify", G_CALLBACK (count_cb), log);
  test_wait (!obm_remote_row_get_loading (row));
  g_assert_nonnull (strstr (log->str, "item,"));
  g_assert_nonnull (strstr (log->str, "loading,"));
  g_assert_cmpuint (log->len, ==, strlen ("item,loading,"));
  g_object_get (row, "item", &item, "loading", &loading, "position", &position, "error", &error, NULL);
  g_assert_true (item == obm_remote_row_get_item (row));
  g_assert_false (loading);
  g_assert_cmpuint (position, ==, 5000);
  g_assert_no_error (error);
}

static void
test_same_row (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 5000);
  g_autoptr (ObmRemoteRow) again = mock_list_get_row (fixture->list, 5000);

  g_assert_true (row == again);
  g_clear_object (&again);
  test_wait (!obm_remote_row_get_loading (row));
  again = mock_list_get_row (fixture->list, 5000);
  g_assert_true (row == again);
}

/* A burst is one request for each chunk, those looked at last first. */
static void
test_burst (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = look_at (fixture, 550, 200);
  g_autofree char *pages = NULL;

  for (guint i = 0; i < rows->len; i++)
    test_wait (!obm_remote_row_get_loading (rows->pdata[i]));
  mock_list_settle (fixture->list);
  pages = dup_pages (fixture);
  /* two go out together, and may overtake each other */
  if (!g_str_equal (pages, "7 8 6"))
    g_assert_cmpstr (pages, ==, "8 7 6");
}

static void
test_in_flight (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = look_at (fixture, 1000, 1000);

  mock_server_hold (fixture->server, MOCK_LIST_PATH);
  test_wait (mock_server_count_held (fixture->server) == 2);
  mock_list_settle (fixture->list);
  g_assert_cmpuint (mock_server_count_held (fixture->server), ==, 2);
  mock_server_release (fixture->server);
  for (guint i = 0; i < rows->len; i++)
    test_wait (!obm_remote_row_get_loading (rows->pdata[i]));
}

/* What went by is not asked for: only what is looked at in the end, and what was on its way already. On a
 * machine so slow that a request loses its place meanwhile, so many more as lost theirs. */
static void
test_went_by (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) last = NULL;
  gint64 start = g_get_monotonic_time ();
  g_autofree char *pages = NULL;
  g_auto (GStrv) numbers = NULL;

  mock_server_hold (fixture->server, MOCK_LIST_PATH);
  for (guint i = 1; i <= 1000; i++)
    {
      g_autoptr (GPtrArray) rows = look_at (fixture, i * 900, 50);

      /* as from one frame to the next */
      if (i <= 2)
        test_wait (mock_server_count_held (fixture->server) == i);
      else
        g_main_context_iteration (NULL, FALSE);
    }
  last = look_at (fixture, 5000, 50);
  mock_server_release (fixture->server);
  test_wait (!obm_remote_row_get_loading (last->pdata[0]));
  mock_list_settle (fixture->list);
  pages = dup_pages (fixture);
  numbers = g_strsplit (pages, " ", -1);
  g_assert_true (g_str_has_prefix (pages, "10 19 "));
  g_assert_true (g_strv_contains ((const char * const *) numbers, "51"));
  g_assert_cmpint (g_strv_length (numbers), <=, 3 + 2 * (g_get_monotonic_time () - start) / (500 * 1000));
}

/* A slow backend: what nobody waits for any more makes room for what somebody does. */
static void
test_makes_room (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = look_at (fixture, 900, 200);
  g_autofree char *log = NULL;
  gint64 start;

  mock_server_hold (fixture->server, MOCK_LIST_PATH);
  test_wait (mock_server_count_held (fixture->server) == 2);
  start = g_get_monotonic_time ();
  g_ptr_array_unref (rows);
  rows = look_at (fixture, 5000, 1);
  /* not at once: they may be about to come */
  mock_list_settle (fixture->list);
  if (g_get_monotonic_time () - start < 400 * 1000)
    g_assert_cmpuint (mock_server_count_held (fixture->server), ==, 2);
  /* the first two are still not answered */
  test_wait (mock_server_count_held (fixture->server) == 3);
  log = mock_server_dup_log (fixture->server);
  g_assert_nonnull (strstr (log, "&page=51&"));
  mock_server_release (fixture->server);
  test_wait (!obm_remote_row_get_loading (rows->pdata[0]));
}

/* Somebody came back: what was on its way all the time is taken. */
static void
test_comes_back (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 5000);

  mock_server_hold (fixture->server, MOCK_LIST_PATH);
  test_wait (mock_server_count_held (fixture->server) == 1);
  g_clear_object (&row);
  row = mock_list_get_row (fixture->list, 5001);
  mock_server_release (fixture->server);
  test_wait (!obm_remote_row_get_loading (row));
  assert_pages (fixture, "51");
}

static void
test_remembers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 5000);

  test_wait (!obm_remote_row_get_loading (row));
  g_clear_object (&row);
  mock_list_settle (fixture->list);
  row = mock_list_get_row (fixture->list, 5050);
  g_assert_false (obm_remote_row_get_loading (row));
  g_assert_cmpstr (mock_list_name_of (row), ==, "a5050-0");
  assert_pages (fixture, "51");
}

/* Somebody who is told of the first row empties the list: the other rows are nobody's any more. */
static void
clear_cb (GObject *row, GParamSpec *pspec, gpointer list)
{
  obm_remote_list_clear (list);
}

static void
test_cleared_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = look_at (fixture, 5000, 3);

  g_signal_connect (rows->pdata[0], "notify::item", G_CALLBACK (clear_cb), fixture->list);
  test_wait (obm_remote_list_get_search (fixture->list) == NULL);
  g_assert_cmpstr (mock_list_name_of (rows->pdata[0]), ==, "a5000-0");
  g_assert_null (obm_remote_row_get_item (rows->pdata[1]));
  g_assert_null (obm_remote_row_get_item (rows->pdata[2]));
}

static void
gone_cb (gpointer user_data, GObject *where_the_object_was)
{
  --*(guint *) user_data;
}

/* Through a long list with one row in hand: only so much is remembered, and never less than what is looked
 * at. */
static void
test_memory (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) kept = mock_list_get_row (fixture->list, 0);
  g_autofree char *log = NULL;
  guint n_alive = 0, n_pages = 2 * OBM_CHUNK_CACHE_MAX_IDLE + 20;

  for (guint i = 1; i <= n_pages; i++)
    {
      g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, i * 5000);

      test_wait (!obm_remote_row_get_loading (row));
      n_alive++;
      g_object_weak_ref (G_OBJECT (obm_remote_row_get_item (row)), gone_cb, &n_alive);
    }
  mock_list_settle (fixture->list);
  g_assert_cmpuint (n_alive, <=, OBM_CHUNK_CACHE_MAX_IDLE + 1);
  g_assert_cmpuint (n_alive, >=, OBM_CHUNK_CACHE_MAX_IDLE - 1);

  log = mock_server_dup_log (fixture->server);
  {
    g_autoptr (ObmRemoteRow) first = mock_list_get_row (fixture->list, 1);
    g_autoptr (ObmRemoteRow) latest = mock_list_get_row (fixture->list, n_pages * 5000);
    g_autoptr (ObmRemoteRow) forgotten = mock_list_get_row (fixture->list, 5000);

    g_assert_false (obm_remote_row_get_loading (first));
    g_assert_false (obm_remote_row_get_loading (latest));
    g_assert_true (obm_remote_row_get_loading (forgotten));
    test_wait (!obm_remote_row_get_loading (forgotten));
  }
  obm_remote_list_clear (fixture->list);
  g_assert_cmpuint (n_alive, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/remote/scroll/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("far-row-does-not-come", test_far_row);
  ADD ("row-does-not-notify", test_row_notifies);
  ADD ("row-is-another-each-time", test_same_row);
  ADD ("burst-asks-for-each-row", test_burst);
  ADD ("too-many-requests-at-once", test_in_flight);
  ADD ("what-went-by-is-asked-for", test_went_by);
  ADD ("what-went-by-is-in-the-way", test_makes_room);
  ADD ("row-waits-for-a-request-of-its-own", test_comes_back);
  ADD ("what-was-read-is-read-again", test_remembers);
  ADD ("cleared-list-goes-on", test_cleared_meanwhile);
  ADD ("everything-is-remembered", test_memory);
#undef ADD

  return g_test_run ();
}
