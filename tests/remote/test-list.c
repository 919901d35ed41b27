/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-list.h"
#include "remote-test.h"

#include <string.h>

/* What a list said of itself: "loading", "items 0 0 3". */
static void
notify_cb (GObject *object, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%s,", pspec->name);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "items %u %u %u,", position, removed, added);
}

static GString *
watch (ObmRemoteList *list)
{
  GString *log = g_string_new (NULL);

  g_signal_connect (list, "notify", G_CALLBACK (notify_cb), log);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), log);

  return log;
}

static int
compare_lines (const void *a, const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* @expected is sorted: the order of notifications that were held back together is GLib's affair. */
static void
assert_log (GString *log, const char *expected)
{
  g_auto (GStrv) lines = g_strsplit (log->str, ",", -1);
  g_autofree char *sorted = NULL;

  qsort (lines, g_strv_length (lines), sizeof *lines, compare_lines);
  sorted = g_strjoinv (",", lines);
  g_assert_cmpstr (sorted + (*sorted == ','), ==, expected);
  g_string_truncate (log, 0);
}

static void
test_first_page (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (ObmRemoteList) list = obm_remote_list_new (backend);
  g_autoptr (GString) log = watch (list);
  MockList mails;

  mock_list_serve (&mails, server, 3);
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == OBM_TYPE_REMOTE_ROW);
  g_assert_null (obm_remote_list_get_search (list));
  g_assert_false (obm_remote_list_get_loading (list));

  mock_list_find (list, "a");
  assert_log (log, "loading");
  g_assert_true (obm_remote_list_get_loading (list));
  g_assert_null (obm_remote_list_get_search (list));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);

  test_wait (!obm_remote_list_get_loading (list));
  assert_log (log, "items 0 0 3,length,loading,search");
  g_assert_cmpuint (obm_remote_list_get_length (list), ==, 3);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_no_error (obm_remote_list_get_error (list));
  g_assert_cmpstr (obm_search_get_name (obm_remote_list_get_search (list)), ==, "a");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ObmRemoteRow) row = mock_list_get_row (list, i);
      g_autofree char *name = g_strdup_printf ("a%u-0", i);

      g_assert_cmpstr (mock_list_name_of (row), ==, name);
      g_assert_false (obm_remote_row_get_loading (row));
      g_assert_no_error (obm_remote_row_get_error (row));
    }
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 3));
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), G_MAXUINT));
  mock_list_settle (list);
  g_assert_cmpuint (mock_server_count_requests (server, MOCK_LIST_PATH), ==, 1);
}

static void
test_nothing_found (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 0);
  list = mock_list_search (server, "a");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_nonnull (obm_remote_list_get_search (list));
  g_assert_no_error (obm_remote_list_get_error (list));
}

/* The caller goes on editing its criteria. */
static void
test_copy (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  MockList mails;

  mock_list_serve (&mails, server, 150);
  list = mock_list_search (server, "a");
  obm_search_set_name (search, "b");
  obm_remote_list_search (list, search);
  obm_search_set_name (search, "c");
  test_wait (!obm_remote_list_get_loading (list));
  g_assert_cmpstr (obm_search_get_name (obm_remote_list_get_search (list)), ==, "b");
}

static void
test_old_rows_stay (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (ObmRemoteRow) old = NULL, row = NULL;
  g_autoptr (GString) log = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 3);
  list = mock_list_search (server, "a");
  old = mock_list_get_row (list, 0);

  log = watch (list);
  mock_list_set (&mails, length, 2);
  mock_list_set (&mails, first_id, 100);
  mock_server_hold (server, MOCK_LIST_PATH);
  mock_list_find (list, "b");
  test_wait (mock_server_count_held (server) == 1);
  assert_log (log, "loading");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 3);
  g_assert_cmpstr (obm_search_get_name (obm_remote_list_get_search (list)), ==, "a");
  row = mock_list_get_row (list, 0);
  g_assert_true (row == old);
  g_clear_object (&row);

  mock_server_release (server);
  test_wait (!obm_remote_list_get_loading (list));
  assert_log (log, "items 0 3 2,length,loading,search");
  row = mock_list_get_row (list, 0);
  g_assert_true (row != old);
  g_assert_cmpstr (mock_list_name_of (row), ==, "b0-0");
  g_assert_cmpstr (mock_list_name_of (old), ==, "a0-0");
}

/* Rows of the search before are neither read to the end nor asked for any more. */
static void
test_old_requests (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (ObmRemoteRow) asked = NULL, wanted = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 1000);
  list = mock_list_search (server, "a");
  mock_server_hold (server, MOCK_LIST_PATH);
  asked = mock_list_get_row (list, 150);
  test_wait (mock_server_count_held (server) == 1);
  mock_list_find (list, "b");
  test_wait (mock_server_count_held (server) == 2);
  wanted = mock_list_get_row (list, 250);
  mock_list_settle (list);
  g_assert_cmpuint (mock_server_count_held (server), ==, 2);

  mock_server_release_first (server);
  mock_list_settle (list);
  g_assert_null (obm_remote_row_get_item (asked));
  mock_server_release (server);
  test_wait (!obm_remote_list_get_loading (list));
  g_assert_null (obm_remote_row_get_item (asked));
  g_assert_null (obm_remote_row_get_item (wanted));
}

/* Typing on, faster than the backend answers. */
static void
test_many_searches (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 3);
  list = mock_list_search (server, "a");
  mock_server_hold (server, MOCK_LIST_PATH);
  /* more than there may be connections */
  for (guint i = 1; i <= 10; i++)
    {
      mock_list_find (list, "b");
      test_wait (mock_server_count_held (server) == i);
    }
  mock_server_release (server);
  test_wait (!obm_remote_list_get_loading (list));
}

static void
test_hosts (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_HOSTS);
  g_autoptr (ObmRemoteRow) old = NULL, row = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 3);
  mock_server_answer (server, "/v1/d/hosts", 200, NULL,
                      "{'length':1,'page':1,'rows':100,'datas':[{'id':1,'name':'hote1','ip':'10.0.0.1'}]}");
  list = mock_list_search (server, "a");
  old = mock_list_get_row (list, 0);
  g_assert_true (OBM_IS_MAIL_SERVER (obm_remote_row_get_item (old)));
  obm_remote_list_search (list, search);
  test_wait (!obm_remote_list_get_loading (list));
  row = mock_list_get_row (list, 0);
  g_assert_true (OBM_IS_HOST (obm_remote_row_get_item (row)));
  g_assert_cmpint (obm_entity_get_id (obm_remote_row_get_item (row)), ==,
                   obm_entity_get_id (obm_remote_row_get_item (old)));
}

/* Only the last of many searches counts, whatever comes when. */
static void
test_superseded (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (ObmRemoteRow) row = NULL;
  g_autoptr (GString) log = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 3);
  list = mock_list_search (server, "a");
  log = watch (list);
  mock_server_hold (server, MOCK_LIST_PATH);
  mock_list_find (list, "b");
  test_wait (mock_server_count_held (server) == 1);
  mock_list_find (list, "c");
  test_wait (mock_server_count_held (server) == 2);
  mock_list_find (list, "d");
  mock_list_find (list, "e");
  g_assert_true (obm_remote_list_get_loading (list));
  test_wait (mock_server_count_held (server) >= 3);
  mock_server_release (server);
  test_wait (!obm_remote_list_get_loading (list));
  mock_list_settle (list);

  assert_log (log, "items 0 3 3,loading,loading,search");
  row = mock_list_get_row (list, 0);
  g_assert_cmpstr (mock_list_name_of (row), ==, "e0-0");
}

static void
test_failure (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (GString) log = NULL;
  g_autoptr (GError) error = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 3);
  list = mock_list_search (server, "a");
  log = watch (list);
  mock_list_set (&mails, failing_page, -1);
  mock_list_find (list, "b");
  test_wait (!obm_remote_list_get_loading (list));
  assert_log (log, "error,items 0 3 0,length,loading,loading,search");
  g_assert_error (obm_remote_list_get_error (list), OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);
  g_object_get (list, "error", &error, NULL);
  g_assert_error (error, OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
  g_assert_cmpstr (obm_search_get_name (obm_remote_list_get_search (list)), ==, "b");

  /* tried again */
  mock_list_set (&mails, failing_page, 0);
  obm_remote_list_search (list, obm_remote_list_get_search (list));
  g_assert_no_error (obm_remote_list_get_error (list));
  test_wait (!obm_remote_list_get_loading (list));
  assert_log (log, "error,items 0 0 3,length,loading,loading,search");
  g_assert_cmpstr (obm_search_get_name (obm_remote_list_get_search (list)), ==, "b");
}

static void
test_clear (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteList) list = NULL;
  g_autoptr (GString) log = NULL;
  MockList mails;

  mock_list_serve (&mails, server, 3);
  list = mock_list_search (server, "a");
  log = watch (list);
  obm_remote_list_clear (list);
  assert_log (log, "items 0 3 0,length,search");
  g_assert_null (obm_remote_list_get_search (list));
  obm_remote_list_clear (list);
  assert_log (log, "");

  /* while a search is under way */
  mock_server_hold (server, MOCK_LIST_PATH);
  mock_list_find (list, "b");
  test_wait (mock_server_count_held (server) == 1);
  obm_remote_list_clear (list);
  assert_log (log, "loading,loading");
  mock_server_release (server);
  mock_list_settle (list);
  assert_log (log, "");
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

static void
test_backend (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server)), got = NULL;
  g_autoptr (ObmRemoteList) list = obm_remote_list_new (NULL);
  g_autoptr (ObmEntity) before = NULL;
  g_autoptr (ObmRemoteRow) row = NULL;
  g_autoptr (ObmBackend) other = test_signed_in (mock_server_get_address (server));
  g_autoptr (GString) log = watch (list);
  MockList mails;

  mock_list_serve (&mails, server, 3);
  g_assert_null (obm_remote_list_get_backend (list));
  g_object_set (list, "backend", backend, NULL);
  g_object_get (list, "backend", &got, NULL);
  g_assert_true (got == backend);
  assert_log (log, "backend");
  obm_remote_list_set_backend (list, backend);
  assert_log (log, "");

  mock_list_find (list, "a");
  test_wait (!obm_remote_list_get_loading (list));
  row = mock_list_get_row (list, 0);
  before = g_object_ref (obm_remote_row_get_item (row));
  g_clear_object (&row);
  g_string_truncate (log, 0);

  /* the same id means something else there */
  obm_remote_list_set_backend (list, other);
  assert_log (log, "backend,items 0 3 0,length,search");
  mock_list_find (list, "b");
  test_wait (!obm_remote_list_get_loading (list));
  row = mock_list_get_row (list, 0);
  g_assert_true (obm_remote_row_get_item (row) != before);

  obm_remote_list_set_backend (list, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 0);
}

/* Whoever holds the list may drop it at any moment, with requests on their way and rows held. */
static void
test_dropped (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmRemoteRow) row = NULL, far = NULL;
  g_autoptr (ObmBackend) backend = NULL;
  ObmRemoteList *list;
  MockList mails;

  mock_list_serve (&mails, server, 1000);
  list = mock_list_search (server, "a");
  backend = g_object_ref (obm_remote_list_get_backend (list));
  row = mock_list_get_row (list, 0);
  far = mock_list_get_row (list, 500);
  mock_server_hold (server, MOCK_LIST_PATH);
  test_wait (mock_server_count_held (server) == 1);
  g_assert_finalize_object (list);
  g_assert_cmpstr (mock_list_name_of (row), ==, "a0-0");
  g_assert_true (obm_remote_row_get_loading (far));

  /* a search under way */
  list = obm_remote_list_new (backend);
  mock_list_find (list, "b");
  test_wait (mock_server_count_held (server) == 2);
  g_assert_finalize_object (list);

  /* a request that is not even sent */
  mock_server_release (server);
  list = obm_remote_list_new (backend);
  mock_list_find (list, "c");
  test_wait (!obm_remote_list_get_loading (list));
  g_clear_object (&far);
  far = mock_list_get_row (list, 500);
  g_assert_finalize_object (list);
  g_assert_finalize_object (g_steal_pointer (&far));
  g_assert_finalize_object (g_steal_pointer (&row));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/list/first-page-is-not-shown", test_first_page);
  g_test_add_func ("/remote/list/nothing-found-is-a-failure", test_nothing_found);
  g_test_add_func ("/remote/list/search-changes-under-it", test_copy);
  g_test_add_func ("/remote/list/old-rows-vanish-too-early", test_old_rows_stay);
  g_test_add_func ("/remote/list/old-search-wins", test_superseded);
  g_test_add_func ("/remote/list/old-search-goes-on", test_old_requests);
  g_test_add_func ("/remote/list/searches-pile-up", test_many_searches);
  g_test_add_func ("/remote/list/hosts-are-mail-servers", test_hosts);
  g_test_add_func ("/remote/list/failure-is-not-shown", test_failure);
  g_test_add_func ("/remote/list/cannot-be-cleared", test_clear);
  g_test_add_func ("/remote/list/shows-another-backend", test_backend);
  g_test_add_func ("/remote/list/dropped-list-stays", test_dropped);

  return g_test_run ();
}
