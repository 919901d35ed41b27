/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "folder.h"
#include "mock-server.h"
#include "obm-csv.h"
#include "obm-export.h"
#include "obm-query.h"
#include "remote-test.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#define PATH "/v1/d/mailservers"
#define HEADINGS "Host;IP address;IMAP;SMTP in;SMTP out\r\n"

static const char * const headings[] = { "Host", "IP address", "IMAP", "SMTP in", "SMTP out", NULL };

/*
 * Mail servers made on demand: number 1 is "host1", and so on. A test says how it is before anything is
 * asked; from then on it is the server's.
 */
typedef struct {
  int length;
  /* the number that stands first */
  int first;
  /* the page that cannot be read, and how often */
  int failing_page;
  int n_failures;
  /* whether each page fails at first, and the last one that did */
  gboolean flaky;
  int flaky_page;
  /* how many rows are left out at the end of each page */
  int missing;
  /* the page after which others come between: the first number and the length change */
  int shift_after;
  int shift;
  int shift_length;
} Town;

typedef struct {
  MockServer *server;
  ObmBackend *backend;
  TestFolder *folder;
  GFile *file;
  Town town;
} Fixture;

static const char *
get_boolean (int id, int bit)
{
  return id & bit ? "true" : "false";
}

static void
append_page (GString *body, const Town *town, guint page, guint rows)
{
  gint64 first = (gint64) (page - 1) * rows;
  gint64 end = MIN (town->length, first + rows) - town->missing;

  g_string_append_printf (body, "{\"length\":%d,\"page\":%u,\"rows\":%u,\"datas\":[", town->length, page,
                          rows);
  for (gint64 i = first; i < end; i++)
    {
      int id = town->first + i;

      g_string_append_printf (body, "%s{\"id\":%d,\"host\":{\"id\":%d,\"name\":\"host%d\",",
                              i == first ? "" : ",", id, id, id);
      g_string_append_printf (body, "\"ip\":\"10.0.%d.%d\"},", id / 256 % 256, id % 256);
      g_string_append_printf (body, "\"imap\":%s,\"smtp_in\":%s,\"smtp_out\":%s}", get_boolean (id, 1),
                              get_boolean (id, 2), get_boolean (id, 4));
    }
  g_string_append (body, "]}");
}

static void
serve_cb (SoupServerMessage *message, const char *query, gpointer user_data)
{
  Town *town = user_data;
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (ObmSearch) search = NULL;
  guint page, rows;

  search = obm_query_parse (OBM_SEARCH_MAIL_SERVERS, query, &page, &rows, NULL);
  g_assert_nonnull (search);
  if (((int) page == town->failing_page && town->n_failures-- > 0) ||
      (town->flaky && (int) page > town->flaky_page))
    {
      town->flaky_page = page;
      g_string_append (body, "{\"type\":\"database.unavailable\"}");
      soup_server_message_set_status (message, 503, NULL);
    }
  else
    {
      append_page (body, town, page, rows);
      soup_server_message_set_status (message, 200, NULL);
    }
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body->str, body->len);

  if ((int) page == town->shift_after)
    {
      town->first += town->shift;
      town->length += town->shift_length;
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = mock_server_new (NULL);
  fixture->backend = test_signed_in (mock_server_get_address (fixture->server));
  fixture->folder = test_folder_new ();
  fixture->file = test_folder_get_file (fixture->folder, "list.csv");
  test_folder_write (fixture->folder, "list.csv", "old");
  fixture->town = (Town) { .length = 2500, .first = 1 };
  mock_server_handle (fixture->server, PATH, serve_cb, &fixture->town);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  mock_server_free (fixture->server);
  g_object_unref (fixture->backend);
  g_object_unref (fixture->file);
  test_folder_free (fixture->folder);
}

static ObmExport *
export_new (Fixture *fixture, guint first, guint count)
{
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);

  return obm_export_new (fixture->backend, search, first, count, headings, ';');
}

static gboolean
run (ObmExport *export, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_export_run_async (export, file, cancellable, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  return obm_export_run_finish (export, result, error);
}

static void
export_rows (Fixture *fixture, guint first, guint count)
{
  g_autoptr (ObmExport) export = export_new (fixture, first, count);
  g_autoptr (GError) error = NULL;

  g_assert_true (run (export, fixture->file, NULL, &error));
  g_assert_no_error (error);
}

/* The row of a number, as it must stand in the file. */
static void
append_row (GString *text, int id)
{
  g_string_append_printf (text, "host%d;10.0.%d.%d;%s;%s;%s\r\n", id, id / 256 % 256, id % 256,
                          id & 1 ? "X" : "", id & 2 ? "X" : "", id & 4 ? "X" : "");
}

/* The file, and nothing else in the folder. */
static void
assert_file (Fixture *fixture, const char *expected)
{
  g_autofree char *contents = test_folder_read (fixture->folder, "list.csv");
  g_autofree char *list = test_folder_list (fixture->folder);

  g_assert_cmpstr (contents, ==, expected);
  g_assert_cmpstr (list, ==, "list.csv ");
}

static void
assert_rows (Fixture *fixture, int first, int end)
{
  g_autoptr (GString) expected = g_string_new (OBM_CSV_BYTE_ORDER_MARK HEADINGS);

  for (int id = first; id < end; id++)
    append_row (expected, id);
  assert_file (fixture, expected->str);
}

static void
fail (Fixture *fixture, GQuark domain, int code)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GError) error = NULL;

  g_assert_false (run (export, fixture->file, NULL, &error));
  g_assert_error (error, domain, code);
  assert_file (fixture, "old");
}

static void
assert_log (Fixture *fixture, const char *expected)
{
  g_autofree char *log = mock_server_dup_log (fixture->server);

  g_assert_true (g_str_has_suffix (log, expected));
}

static void
test_all (Fixture *fixture, gconstpointer data)
{
  export_rows (fixture, 0, G_MAXUINT);
  assert_rows (fixture, 1, 2501);
  assert_log (fixture, "\n" PATH "?sort=host&order=asc&page=1&rows=1000\n"
                       PATH "?sort=host&order=asc&page=2&rows=1000\n"
                       PATH "?sort=host&order=asc&page=3&rows=1000");
}

/* The lengths at which pages are full, or not quite. */
static void
test_lengths (Fixture *fixture, gconstpointer data)
{
  static const int lengths[] = { 0, 1, 999, 1000, 1001, 2000 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      fixture->town.length = lengths[i];
      export_rows (fixture, 0, G_MAXUINT);
      assert_rows (fixture, 1, lengths[i] + 1);
    }
}

/* What is in view, and no more. */
static const struct {
  guint first;
  guint count;
  int from;
  int end;
  const char *log;
} views[] = {
  { 0, 10, 1, 11, "&page=1&rows=10" },
  { 20, 10, 21, 31, "&page=3&rows=10" },
  { 2400, 200, 2401, 2501, "&page=13&rows=200" },
  { 2490, 10, 2491, 2501, "&page=250&rows=10" },
  /* not a page of the backend's */
  { 5, 10, 6, 16, "&page=1&rows=1000" },
  { 995, 10, 996, 1006, "&page=2&rows=1000" },
  { 1000, 1000, 1001, 2001, "&page=2&rows=1000" },
  { 1500, G_MAXUINT, 1501, 2501, "&page=3&rows=1000" },
  { 2500, 10, 2501, 2501, "&page=251&rows=10" },
  { 0, 0, 1, 1, "&page=1&rows=1000" },
  { G_MAXUINT - 5, 3, 1, 1, "rows=1000" },
};

static void
test_view (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (views); i++)
    {
      export_rows (fixture, views[i].first, views[i].count);
      assert_rows (fixture, views[i].from, views[i].end);
      assert_log (fixture, views[i].log);
    }
}

/* What was searched when it began counts, with its criteria and its order. */
static void
test_criteria (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  g_autoptr (ObmExport) export = NULL;
  g_autoptr (GError) error = NULL;

  fixture->town.length = 1;
  obm_search_set_name (search, "ho");
  obm_search_set_roles (search, OBM_ROLES_IMAP, OBM_ROLES_NONE);
  obm_search_set_order (search, OBM_SORT_IP, TRUE);
  export = obm_export_new (fixture->backend, search, 0, G_MAXUINT, headings, ';');
  obm_search_set_name (search, "other");
  g_assert_true (run (export, fixture->file, NULL, &error));
  assert_log (fixture, "?name=ho&imap=true&sort=ip&order=desc&page=1&rows=1000");
}

/* Texts that have to be quoted, or would be run; a host that is gone. */
static void
test_texts (Fixture *fixture, gconstpointer data)
{
  static const char * const texts[] = { "H\xc3\xb4te", "A,B", "=C", "D\"", "", NULL };
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  g_autoptr (ObmExport) export = obm_export_new (fixture->backend, search, 0, G_MAXUINT, texts, ',');
  g_autoptr (GError) error = NULL;

  mock_server_answer (fixture->server, PATH, 200, NULL,
                      "{'length':4,'page':1,'rows':1000,'datas':["
                      "{'id':1,'host':{'id':1,'name':'=1+1','ip':'10.0.0.1'},"
                      "'imap':true,'smtp_in':true,'smtp_out':true},"
                      "{'id':2,'host':{'id':null,'name':null,'ip':null},"
                      "'imap':true,'smtp_in':false,'smtp_out':false},"
                      "{'id':3,'imap':false,'smtp_in':false,'smtp_out':false},"
                      "{'id':4,'host':{'id':4,'name':'a,\\u00e9','ip':'-1'},"
                      "'imap':false,'smtp_in':false,'smtp_out':true}]}");
  g_assert_true (run (export, fixture->file, NULL, &error));
  assert_file (fixture, OBM_CSV_BYTE_ORDER_MARK
               "H\xc3\xb4te,\"A,B\",'=C,\"D\"\"\",\r\n"
               "'=1+1,10.0.0.1,X,X,X\r\n"
               ",,X,,\r\n"
               ",,,,\r\n"
               "\"a,\xc3\xa9\",'-1,,,X\r\n");
}

static void
progress_cb (ObmExport *export, GParamSpec *pspec, GString *log)
{
  g_string_append_printf (log, "%.0f:%u ", obm_export_get_progress (export) * 100,
                          obm_export_get_rows (export));
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 500, 1500);
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  double progress;
  guint rows;

  g_signal_connect (export, "notify::progress", G_CALLBACK (progress_cb), log);
  g_assert_true (run (export, fixture->file, NULL, &error));
  g_assert_cmpstr (log->str, ==, "33:500 100:1500 ");
  g_object_get (export, "progress", &progress, "rows", &rows, NULL);
  g_assert_cmpuint (rows, ==, 1500);
  g_assert_cmpfloat (progress, >=, 1);

  /* from the beginning, when it is run again */
  g_assert_true (run (export, fixture->file, NULL, &error));
  g_assert_cmpstr (log->str, ==, "33:500 100:1500 0:0 33:500 100:1500 ");
}

/* A network that fails once, for each page. */
static void
test_retried (Fixture *fixture, gconstpointer data)
{
  fixture->town.flaky = TRUE;
  export_rows (fixture, 0, G_MAXUINT);
  assert_rows (fixture, 1, 2501);
  g_assert_cmpuint (mock_server_count_requests (fixture->server, PATH), ==, 6);
}

static void
test_failing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GError) error = NULL;

  fixture->town.failing_page = 3;
  fixture->town.n_failures = 2;
  g_assert_false (run (export, fixture->file, NULL, &error));
  test_assert_error (&error, OBM_ERROR_DATABASE_UNAVAILABLE);
  assert_file (fixture, "old");
  g_assert_cmpuint (mock_server_count_requests (fixture->server, PATH), ==, 4);

  /* it can be run again, from the beginning */
  g_assert_true (run (export, fixture->file, NULL, &error));
  assert_rows (fixture, 1, 2501);
}

/* What asking again does not mend. */
static void
test_refused (Fixture *fixture, gconstpointer data)
{
  mock_server_answer (fixture->server, PATH, 401, NULL, "{'type':'credentials.invalid'}");
  fail (fixture, OBM_ERROR, OBM_ERROR_CREDENTIALS_INVALID);
  g_assert_cmpuint (mock_server_count_requests (fixture->server, PATH), ==, 1);
}

/* A page with fewer rows than it must have: the others would be missing without a word. */
static void
test_holes (Fixture *fixture, gconstpointer data)
{
  fixture->town.missing = 1;
  fail (fixture, OBM_ERROR, OBM_ERROR_REPLY_MALFORMED);
}

/* Somebody creates mail servers that stand first: the last rows of a page are the first of the next. */
static void
test_shifted (Fixture *fixture, gconstpointer data)
{
  fixture->town.first = 11;
  fixture->town.shift_after = 1;
  fixture->town.shift = -10;
  fixture->town.shift_length = 10;
  export_rows (fixture, 0, G_MAXUINT);
  assert_rows (fixture, 11, 2511);
}

/* Somebody deletes some: rows go by unseen, and the end comes earlier. */
static void
test_shrunk (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) expected = g_string_new (OBM_CSV_BYTE_ORDER_MARK HEADINGS);

  fixture->town.shift_after = 2;
  fixture->town.shift = 10;
  fixture->town.shift_length = -10;
  export_rows (fixture, 0, G_MAXUINT);
  for (int id = 1; id < 2501; id++)
    if (id <= 2000 || id > 2010)
      append_row (expected, id);
  assert_file (fixture, expected->str);

  /* all the rest */
  fixture->town = (Town) { .length = 2500, .first = 1, .shift_after = 1, .shift_length = -1900 };
  export_rows (fixture, 0, G_MAXUINT);
  assert_rows (fixture, 1, 1001);
}

/* Cancelled after so many turns of the main loop, from the first to the last. */
static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  guint n_cancelled = 0;

  for (guint turns = 0;; turns++)
    {
      g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      obm_export_run_async (export, fixture->file, cancellable, test_result_cb, &result);
      for (guint i = 0; i < turns && result == NULL; i++)
        g_main_context_iteration (NULL, TRUE);
      if (result != NULL)
        break;
      g_cancellable_cancel (cancellable);
      test_wait (result != NULL);
      if (obm_export_run_finish (export, result, &error))
        {
          /* too late: everything is there */
          assert_rows (fixture, 1, 2501);
          test_folder_write (fixture->folder, "list.csv", "old");
          continue;
        }
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      assert_file (fixture, "old");
      n_cancelled++;
    }
  assert_rows (fixture, 1, 2501);
  g_assert_cmpuint (n_cancelled, >, 10);
}

static void
test_cancelled_before (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (run (export, fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_file (fixture, "old");
  g_assert_cmpuint (mock_server_count_requests (fixture->server, PATH), ==, 0);
}

static void
cancel_cb (ObmExport *export, GParamSpec *pspec, GCancellable *cancellable)
{
  if (obm_export_get_rows (export) == 2500)
    g_cancellable_cancel (cancellable);
}

/* The last row is written, but the file is not in place yet. */
static void
test_cancelled_last (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_signal_connect (export, "notify::rows", G_CALLBACK (cancel_cb), cancellable);
  g_assert_false (run (export, fixture->file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_file (fixture, "old");
}

/* While a page does not come. */
static void
test_cancelled_waiting (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mock_server_hold (fixture->server, PATH);
  obm_export_run_async (export, fixture->file, cancellable, test_result_cb, &result);
  test_wait (mock_server_count_held (fixture->server) == 1);
  g_cancellable_cancel (cancellable);
  test_wait (result != NULL);
  g_assert_false (obm_export_run_finish (export, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_file (fixture, "old");
  mock_server_release (fixture->server);
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  struct rlimit usual, small;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  small = (struct rlimit) { 40 * 1024, usual.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  fail (fixture, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  /* it failed on the way, not before */
  g_assert_cmpuint (mock_server_count_requests (fixture->server, PATH), >, 1);
}

/* What cannot be written is not asked for. */
static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GFile) file = test_folder_get_file (fixture->folder, "away/list.csv");
  g_autoptr (GError) error = NULL;

  g_assert_false (run (export, file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  assert_file (fixture, "old");
  g_assert_cmpuint (mock_server_count_requests (fixture->server, PATH), ==, 0);
}

static void
test_twice_at_once (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmExport) export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GAsyncResult) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;

  obm_export_run_async (export, fixture->file, NULL, test_result_cb, &first);
  obm_export_run_async (export, fixture->file, NULL, test_result_cb, &second);
  test_wait (first != NULL && second != NULL);
  g_assert_true (obm_export_run_finish (export, first, NULL));
  g_assert_false (obm_export_run_finish (export, second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PENDING);
  assert_rows (fixture, 1, 2501);
}

static void
test_dropped (Fixture *fixture, gconstpointer data)
{
  ObmExport *export = export_new (fixture, 0, G_MAXUINT);
  g_autoptr (GAsyncResult) result = NULL;

  obm_export_run_async (export, fixture->file, NULL, test_result_cb, &result);
  g_object_unref (export);
  test_wait (result != NULL);
  assert_rows (fixture, 1, 2501);
}

/* How long the main loop was away at most, and how long it worked meanwhile, in microseconds. */
typedef struct {
  gint64 last;
  gint64 last_work;
  gint64 away;
  gint64 work;
} Ticker;

static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);

  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static gboolean
tick_cb (gpointer user_data)
{
  Ticker *ticker = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 work = get_work ();

  if (ticker->last != 0)
    {
      ticker->away = MAX (ticker->away, now - ticker->last);
      ticker->work = MAX (ticker->work, work - ticker->last_work);
    }
  ticker->last = now;
  ticker->last_work = work;

  return G_SOURCE_CONTINUE;
}

/* A tenth of a second is noticed. */
#define STANDSTILL_US (100 * 1000)
/* How much longer it takes on a slow machine that has something else to do as well. */
#define SLACK 3
/* A machine that is busy with something else makes everybody wait; not every time. */
#define N_TRIES 3

/* A hundred thousand rows, while a window would have to be drawn. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  gint64 away = G_MAXINT64;

  fixture->town.length = 100 * 1000;
  for (guint i = 0; i < N_TRIES && away > SLACK * STANDSTILL_US; i++)
    {
      Ticker ticker = { 0 };
      guint id = g_timeout_add (5, tick_cb, &ticker);
      gint64 start = g_get_monotonic_time ();

      export_rows (fixture, 0, G_MAXUINT);
      g_source_remove (id);
      away = MIN (away, ticker.away);
      g_test_message ("%.1f s, away for %.0f ms at most, %.0f ms of them at work",
                      (g_get_monotonic_time () - start) / 1e6, ticker.away / 1e3, ticker.work / 1e3);
      g_assert_cmpint (ticker.work, <, STANDSTILL_US);
    }
  g_assert_cmpint (away, <, SLACK * STANDSTILL_US);
  assert_rows (fixture, 1, 100 * 1000 + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/remote/export/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("row-is-missing", test_all);
  ADD ("full-page-ends-wrongly", test_lengths);
  ADD ("other-rows-than-in-view", test_view);
  ADD ("other-search", test_criteria);
  ADD ("text-does-harm", test_texts);
  ADD ("progress-is-not-told", test_progress);
  ADD ("gives-up-at-once", test_retried);
  ADD ("failure-destroys-the-file", test_failing);
  ADD ("refusal-is-asked-for-again", test_refused);
  ADD ("hole-is-not-seen", test_holes);
  ADD ("row-stands-twice", test_shifted);
  ADD ("shorter-list-never-ends", test_shrunk);
  ADD ("cancelled-destroys-the-file", test_cancelled);
  ADD ("cancelled-begins", test_cancelled_before);
  ADD ("cancelled-at-last-is-done", test_cancelled_last);
  ADD ("cancelled-waits", test_cancelled_waiting);
  ADD ("full-disk-destroys-the-file", test_full_disk);
  ADD ("reads-what-it-cannot-write", test_no_folder);
  ADD ("runs-twice-at-once", test_twice_at_once);
  ADD ("dropped-is-given-up", test_dropped);
  ADD ("window-stands-still", test_many);
#undef ADD

  return g_test_run ();
}
