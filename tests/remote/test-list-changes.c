/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-list.h"
#include "remote-test.h"

typedef struct {
  MockServer *server;
  MockList mails;
  ObmRemoteList *list;
  GString *log;
} Fixture;

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, GString *log)
{
  g_string_append_printf (log, "%u-%u+%u ", position, removed, added);
}

/* 250 mail servers: the last chunk is a half one. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = mock_server_new (NULL);
  mock_list_serve (&fixture->mails, fixture->server, 250);
  fixture->list = mock_list_search (fixture->server, "a");
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (items_changed_cb), fixture->log);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
  g_string_free (fixture->log, TRUE);
  mock_server_free (fixture->server);
}

static void
assert_length (Fixture *fixture, guint length, const char *log)
{
  g_assert_cmpuint (obm_remote_list_get_length (fixture->list), ==, length);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->list)), ==, length);
  g_assert_cmpstr (fixture->log->str, ==, log);
  g_string_truncate (fixture->log, 0);
}

/* A row whose item has come. */
static ObmRemoteRow *
load_row (Fixture *fixture, guint position)
{
  ObmRemoteRow *row = mock_list_get_row (fixture->list, position);

  test_wait (!obm_remote_row_get_loading (row));

  return row;
}

static void
test_same_object (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 0), again = NULL;
  g_autoptr (ObmEntity) item = g_object_ref (obm_remote_row_get_item (row));

  /* the same mail server in another search, renamed meanwhile */
  mock_list_set (&fixture->mails, version, 1);
  mock_list_find (fixture->list, "b");
  test_wait (!obm_remote_list_get_loading (fixture->list));
  again = mock_list_get_row (fixture->list, 0);
  g_assert_true (again != row);
  g_assert_true (obm_remote_row_get_item (again) == item);
  g_assert_cmpstr (mock_list_name_of (row), ==, "b0-1");
}

/* Nothing but the view keeps an object: without it, a later reading is a new one. */
static void
test_object_is_let_go (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 0);
  ObmEntity *item = g_object_ref (obm_remote_row_get_item (row));

  g_clear_object (&row);
  obm_remote_list_clear (fixture->list);
  g_assert_finalize_object (item);
}

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) end = load_row (fixture, 249), row = NULL, next = NULL;

  mock_list_set (&fixture->mails, length, 320);
  row = load_row (fixture, 150);
  assert_length (fixture, 320, "250-0+70 ");
  g_assert_cmpstr (mock_list_name_of (end), ==, "a249-0");

  /* of the same chunk, that was whole when it came */
  next = mock_list_get_row (fixture->list, 250);
  g_assert_true (obm_remote_row_get_loading (next));
  test_wait (!obm_remote_row_get_loading (next));
  g_assert_cmpstr (mock_list_name_of (next), ==, "a250-0");
}

static void
test_shrinks (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) end = load_row (fixture, 249), row = NULL, last = NULL;

  mock_list_set (&fixture->mails, length, 120);
  row = load_row (fixture, 110);
  assert_length (fixture, 120, "120-130+0 ");
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (fixture->list), 249));
  last = load_row (fixture, 119);
  g_assert_cmpstr (mock_list_name_of (last), ==, "a119-0");
  g_assert_cmpstr (mock_list_name_of (end), ==, "a249-0");
}

/* What was beyond the end is forgotten, not kept for the day the list grows again. */
static void
shrink_and_grow (Fixture *fixture, int between)
{
  g_autoptr (ObmRemoteRow) end = NULL, row = NULL, other = NULL, again = NULL;

  mock_list_set (&fixture->mails, length, 450);
  mock_list_find (fixture->list, "b");
  test_wait (!obm_remote_list_get_loading (fixture->list));
  end = load_row (fixture, 449);

  /* other chunks bring the news */
  mock_list_set (&fixture->mails, length, between);
  row = load_row (fixture, 150);
  g_assert_cmpuint (obm_remote_list_get_length (fixture->list), ==, between);
  mock_list_set (&fixture->mails, length, 450);
  mock_list_set (&fixture->mails, version, 1);
  other = load_row (fixture, 250);
  g_assert_cmpuint (obm_remote_list_get_length (fixture->list), ==, 450);

  again = mock_list_get_row (fixture->list, 449);
  g_assert_true (again != end);
  test_wait (g_strcmp0 (mock_list_name_of (again), "b449-1") == 0);
}

static void
test_forgets_chunks (Fixture *fixture, gconstpointer data)
{
  shrink_and_grow (fixture, 320);
}

static void
test_forgets_rows (Fixture *fixture, gconstpointer data)
{
  shrink_and_grow (fixture, 430);
}

/* The very rows that are looked at are gone when their answer comes. */
static void
test_shrinks_away (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 240), near = NULL;

  mock_list_set (&fixture->mails, length, 130);
  test_wait (obm_remote_list_get_length (fixture->list) == 130);
  assert_length (fixture, 130, "130-120+0 ");
  near = load_row (fixture, 129);
  g_assert_cmpstr (mock_list_name_of (near), ==, "a129-0");

  mock_list_set (&fixture->mails, length, 0);
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_list_get_length (fixture->list) == 0);
  assert_length (fixture, 0, "0-130+0 ");
}

static void
test_error (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = NULL, neighbour = NULL, other = NULL;

  mock_list_set (&fixture->mails, failing_page, 2);
  row = load_row (fixture, 150);
  neighbour = mock_list_get_row (fixture->list, 151);
  other = load_row (fixture, 249);
  g_assert_error (obm_remote_row_get_error (row), OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);
  g_assert_error (obm_remote_row_get_error (neighbour), OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);
  g_assert_null (obm_remote_row_get_item (row));
  g_assert_no_error (obm_remote_row_get_error (other));
  /* one page is not the list */
  g_assert_no_error (obm_remote_list_get_error (fixture->list));
  assert_length (fixture, 250, "");
}

static void
test_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = NULL, neighbour = NULL;

  mock_list_set (&fixture->mails, failing_page, 2);
  row = load_row (fixture, 150);
  neighbour = mock_list_get_row (fixture->list, 151);

  /* fails again */
  obm_remote_list_retry (fixture->list, 150);
  g_assert_true (obm_remote_row_get_loading (row));
  g_assert_no_error (obm_remote_row_get_error (row));
  test_wait (!obm_remote_row_get_loading (row));
  g_assert_error (obm_remote_row_get_error (row), OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);

  mock_list_set (&fixture->mails, failing_page, 0);
  obm_remote_list_retry (fixture->list, 150);
  test_wait (!obm_remote_row_get_loading (row));
  g_assert_no_error (obm_remote_row_get_error (row));
  g_assert_cmpstr (mock_list_name_of (row), ==, "a150-0");
  g_assert_cmpstr (mock_list_name_of (neighbour), ==, "a151-0");
  assert_length (fixture, 250, "");
}

/* Where nothing failed there is nothing to ask. */
static void
test_needless_retry (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 0);

  obm_remote_list_retry (fixture->list, 0);
  obm_remote_list_retry (fixture->list, 200);
  obm_remote_list_retry (fixture->list, 250);
  obm_remote_list_retry (fixture->list, G_MAXUINT);
  mock_list_settle (fixture->list);
  g_assert_cmpuint (mock_server_count_requests (fixture->server, MOCK_LIST_PATH), ==, 1);
}

/* Who scrolls back to it has tried again. */
static void
test_error_is_forgotten (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = NULL;

  mock_list_set (&fixture->mails, failing_page, 2);
  row = load_row (fixture, 150);
  g_clear_object (&row);
  mock_list_settle (fixture->list);
  mock_list_set (&fixture->mails, failing_page, 0);
  row = load_row (fixture, 150);
  g_assert_cmpstr (mock_list_name_of (row), ==, "a150-0");
}

/* Fewer rows than the length promises. */
static void
test_holes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = NULL, missing = NULL;

  mock_list_set (&fixture->mails, missing, 1);
  mock_list_set (&fixture->mails, length, 200);
  mock_list_set (&fixture->mails, answered_length, 250);
  row = load_row (fixture, 100);
  missing = mock_list_get_row (fixture->list, 199);
  g_assert_cmpstr (mock_list_name_of (row), ==, "a100-0");
  g_assert_null (obm_remote_row_get_item (missing));
  g_assert_error (obm_remote_row_get_error (missing), OBM_ERROR, OBM_ERROR_REPLY_MALFORMED);

  mock_list_set (&fixture->mails, missing, 0);
  obm_remote_list_retry (fixture->list, 199);
  test_wait (obm_remote_row_get_item (missing) != NULL);
  g_assert_no_error (obm_remote_row_get_error (missing));
  g_assert_no_error (obm_remote_row_get_error (row));
}

static void
test_reload (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 50), far = load_row (fixture, 249);
  g_autoptr (ObmRemoteRow) idle = load_row (fixture, 150), another = NULL;
  g_autoptr (ObmEntity) item = g_object_ref (obm_remote_row_get_item (row));
  g_autofree char *log = NULL;

  g_clear_object (&idle);
  log = mock_server_dup_log (fixture->server);
  mock_list_set (&fixture->mails, version, 1);
  mock_list_set (&fixture->mails, length, 251);
  obm_remote_list_reload (fixture->list);
  /* what is shown stays till then */
  g_assert_false (obm_remote_row_get_loading (row));
  g_assert_cmpstr (mock_list_name_of (row), ==, "a50-0");
  another = mock_list_get_row (fixture->list, 51);
  g_assert_false (obm_remote_row_get_loading (another));
  g_assert_cmpstr (mock_list_name_of (another), ==, "a51-0");
  test_wait (g_strcmp0 (mock_list_name_of (row), "a50-1") == 0);
  test_wait (g_strcmp0 (mock_list_name_of (far), "a249-1") == 0);
  g_assert_true (obm_remote_row_get_item (row) == item);
  assert_length (fixture, 251, "250-0+1 ");
  mock_list_settle (fixture->list);
  /* the chunk nobody looks at was not read again, but is when somebody does */
  g_assert_cmpuint (mock_server_count_requests (fixture->server, MOCK_LIST_PATH), ==, 2);
  idle = load_row (fixture, 150);
  g_assert_cmpstr (mock_list_name_of (idle), ==, "a150-1");
}

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

/* While rows are on their way: the request is replaced, and nobody sees its end. */
static void
test_reload_meanwhile (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = mock_list_get_row (fixture->list, 150);
  guint n_errors = 0;

  g_signal_connect (row, "notify::error", G_CALLBACK (count_cb), &n_errors);
  mock_server_hold (fixture->server, MOCK_LIST_PATH);
  test_wait (mock_server_count_held (fixture->server) == 1);
  mock_list_set (&fixture->mails, version, 1);
  obm_remote_list_reload (fixture->list);
  test_wait (mock_server_count_held (fixture->server) == 2);
  mock_list_settle (fixture->list);
  mock_server_release (fixture->server);
  test_wait (!obm_remote_row_get_loading (row));
  g_assert_cmpstr (mock_list_name_of (row), ==, "a150-1");
  g_assert_cmpuint (n_errors, ==, 0);
}

/* The first chunk was read for the length's sake once: that is no reason to read it each time. */
static void
test_reload_unpins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) row = NULL;

  mock_list_set (&fixture->mails, length, 251);
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_list_get_length (fixture->list) == 251);
  row = load_row (fixture, 150);
  g_free (mock_server_dup_log (fixture->server));
  mock_list_set (&fixture->mails, length, 252);
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_list_get_length (fixture->list) == 252);
  mock_list_settle (fixture->list);
  g_assert_cmpuint (mock_server_count_requests (fixture->server, MOCK_LIST_PATH), ==, 1);
}

/* The first row moved to the second place: each row is what stands there now. */
static void
test_reload_moves (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteRow) first = mock_list_get_row (fixture->list, 0);
  g_autoptr (ObmRemoteRow) second = mock_list_get_row (fixture->list, 1);
  g_autoptr (ObmEntity) moved = g_object_ref (obm_remote_row_get_item (first));

  mock_list_set (&fixture->mails, first_id, 1000);
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_row_get_item (first) != moved);
  mock_list_set (&fixture->mails, first_id, 0);
  /* an id of 0 is refused: what stands there stays, with the error */
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_row_get_error (first) != NULL);
  g_assert_nonnull (obm_remote_row_get_item (first));
  mock_list_set (&fixture->mails, first_id, 2);
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_row_get_error (first) == NULL);
  g_assert_true (obm_remote_row_get_item (first) != moved);
  g_assert_cmpint (obm_entity_get_id (obm_remote_row_get_item (first)), ==, 2);
  g_assert_cmpint (obm_entity_get_id (obm_remote_row_get_item (second)), ==, 3);
}

/* The first mail server is created while an empty list is shown. */
static void
test_reload_empty (Fixture *fixture, gconstpointer data)
{
  mock_list_set (&fixture->mails, length, 0);
  mock_list_find (fixture->list, "b");
  test_wait (!obm_remote_list_get_loading (fixture->list));
  g_string_truncate (fixture->log, 0);

  mock_list_set (&fixture->mails, length, 1);
  obm_remote_list_reload (fixture->list);
  test_wait (obm_remote_list_get_length (fixture->list) == 1);
  assert_length (fixture, 1, "0-0+1 ");
  {
    g_autoptr (ObmRemoteRow) row = load_row (fixture, 0);

    g_assert_cmpstr (mock_list_name_of (row), ==, "b0-0");
  }
}

static void
test_needless_reload (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmRemoteList) list = obm_remote_list_new (obm_remote_list_get_backend (fixture->list));
  guint n_requests;

  obm_remote_list_reload (list);
  mock_list_settle (list);
  n_requests = mock_server_count_requests (fixture->server, MOCK_LIST_PATH);
  g_assert_cmpuint (n_requests, ==, 1);

  /* a search is under way */
  mock_list_find (fixture->list, "b");
  obm_remote_list_reload (fixture->list);
  test_wait (!obm_remote_list_get_loading (fixture->list));
  mock_list_settle (fixture->list);
  g_assert_cmpuint (mock_server_count_requests (fixture->server, MOCK_LIST_PATH), ==, 2);

  /* it failed */
  mock_list_set (&fixture->mails, failing_page, -1);
  mock_list_find (fixture->list, "c");
  test_wait (!obm_remote_list_get_loading (fixture->list));
  mock_list_set (&fixture->mails, failing_page, 0);
  obm_remote_list_reload (fixture->list);
  mock_list_settle (fixture->list);
  g_assert_cmpuint (mock_server_count_requests (fixture->server, MOCK_LIST_PATH), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/remote/list-changes/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("same-id-is-another-object", test_same_object);
  ADD ("object-is-kept-alive", test_object_is_let_go);
  ADD ("list-does-not-grow", test_grows);
  ADD ("list-does-not-shrink", test_shrinks);
  ADD ("chunks-beyond-the-end-are-kept", test_forgets_chunks);
  ADD ("rows-beyond-the-end-are-kept", test_forgets_rows);
  ADD ("rows-outlive-the-end", test_shrinks_away);
  ADD ("error-is-not-shown-in-place", test_error);
  ADD ("retry-does-not-ask-again", test_retry);
  ADD ("retry-asks-without-need", test_needless_retry);
  ADD ("error-stays-for-ever", test_error_is_forgotten);
  ADD ("missing-row-is-empty", test_holes);
  ADD ("reload-loses-the-place", test_reload);
  ADD ("reload-shows-an-error", test_reload_meanwhile);
  ADD ("reload-reads-the-beginning-each-time", test_reload_unpins);
  ADD ("reload-mixes-rows-up", test_reload_moves);
  ADD ("reload-of-nothing-stays-empty", test_reload_empty);
  ADD ("reload-asks-without-need", test_needless_reload);
#undef ADD

  return g_test_run ();
}
