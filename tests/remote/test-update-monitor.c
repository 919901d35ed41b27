/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-change.h"
#include "mock-server.h"
#include "obm-update-monitor.h"
#include "remote-test.h"

#define GET "GET /v1/d/update "
#define POST "POST /v1/d/update "
#define BATCH "GET /v1/d/batches/3 "
#define REFUSAL(type) "{'type':'" type "','message':'Words'}"
#define STATE(pending, status, batch) \
  "{'pending':" pending ",'other':false,'status':'" status "','may_commit':true," \
  "'counts':{'created':1,'updated':0,'deleted':0},'changes':[],'batch':" batch "}"
#define WAITING STATE ("true", "IDLE", "null")
#define RUNNING STATE ("true", "RUNNING", MOCK_BATCH ("3", "RUNNING", "null"))
#define APPLIED \
  "{'pending':false,'other':false,'status':'SUCCESS','may_commit':true," \
  "'counts':{'created':0,'updated':0,'deleted':0},'changes':[]," \
  "'batch':" MOCK_BATCH ("3", "SUCCESS", "null") "}"
#define FAILED STATE ("true", "ERROR", MOCK_BATCH ("3", "ERROR", "'exit status 1'"))

typedef struct {
  RawServer *server;
  ObmBackend *backend;
  ObmUpdateMonitor *monitor;
  GString *log;
  char *last;
} Fixture;

/* "applied(text)* ": the result, its text, and whether a run is in progress. Told together, noted once. */
static void
changed_cb (ObmUpdateMonitor *monitor, GParamSpec *pspec, Fixture *fixture)
{
  g_autoptr (GEnumClass) results = g_type_class_ref (OBM_TYPE_UPDATE_RESULT);
  const char *text = obm_update_monitor_get_result_text (monitor);
  g_autoptr (GString) now = g_string_new (NULL);

  g_string_append (now, g_enum_get_value (results, obm_update_monitor_get_result (monitor))->value_nick);
  if (text != NULL)
    g_string_append_printf (now, "(%s)", text);
  g_string_append (now, obm_update_monitor_get_running (monitor) ? "* " : " ");
  if (g_strcmp0 (fixture->last, now->str) == 0)
    return;

  g_free (fixture->last);
  fixture->last = g_strdup (now->str);
  g_string_append (fixture->log, now->str);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = mock_change_server_new ();
  fixture->backend = test_signed_in (raw_server_get_address (fixture->server));
  fixture->monitor = obm_update_monitor_new (fixture->backend);
  fixture->log = g_string_new (NULL);
  g_object_set (fixture->monitor, "interval", 2, NULL);
  fixture->last = g_strdup ("none ");
  g_signal_connect (fixture->monitor, "notify::result", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->monitor, "notify::result-text", G_CALLBACK (changed_cb), fixture);
  g_signal_connect (fixture->monitor, "notify::running", G_CALLBACK (changed_cb), fixture);
  raw_server_answer_json_to (fixture->server, GET, 200, WAITING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->monitor);
  g_object_unref (fixture->backend);
  raw_server_free (fixture->server);
  g_string_free (fixture->log, TRUE);
  g_free (fixture->last);
}

static guint
count (Fixture *fixture, const char *beginning)
{
  return raw_server_count_requests (fixture->server, beginning);
}

static void
refresh (Fixture *fixture)
{
  ObmUpdateState *before = obm_update_monitor_get_state (fixture->monitor);

  obm_update_monitor_refresh (fixture->monitor);
  test_wait (obm_update_monitor_get_state (fixture->monitor) != before);
}

/* Time for many looks, if it looked: a request after the other, each longer than the interval. */
static void
assert_looks_no_more (Fixture *fixture)
{
  guint before = count (fixture, GET);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      obm_backend_get_links_async (fixture->backend, 12, NULL, test_result_cb, &result);
      test_wait (result != NULL);
    }
  g_assert_cmpuint (count (fixture, GET), ==, before);
}

static gboolean
has_result (Fixture *fixture)
{
  return obm_update_monitor_get_result (fixture->monitor) != OBM_UPDATE_RESULT_NONE;
}

/* The result has come, and the state that goes with it. */
static void
wait_for_end (Fixture *fixture, const char *log)
{
  test_wait (has_result (fixture) && !obm_update_monitor_get_running (fixture->monitor));
  g_assert_cmpstr (fixture->log->str, ==, log);
}

/* Asks for a run. Between the request and its answer, the state becomes another. */
static void
commit (Fixture *fixture, guint status, const char *state)
{
  guint n = count (fixture, POST);

  raw_server_hold (fixture->server, POST);
  obm_update_monitor_commit (fixture->monitor);
  test_wait (count (fixture, POST) == n + 1);
  raw_server_answer_json_to (fixture->server, GET, status, state);
  raw_server_release (fixture->server);
}

static void
test_appears (Fixture *fixture, gconstpointer data)
{
  g_assert_null (obm_update_monitor_get_state (fixture->monitor));
  refresh (fixture);
  g_assert_true (obm_update_state_get_pending (obm_update_monitor_get_state (fixture->monitor)));
  g_assert_no_error (obm_update_monitor_get_error (fixture->monitor));
  assert_looks_no_more (fixture);
  g_assert_cmpstr (fixture->log->str, ==, "");
}

/* Somebody else's run, looked at until it is over. */
static void
test_other_run (Fixture *fixture, gconstpointer data)
{
  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  refresh (fixture);
  test_wait (count (fixture, GET) >= 4);
  g_assert_cmpstr (fixture->log->str, ==, "none* ");
  raw_server_answer_json_to (fixture->server, GET, 200, APPLIED);
  test_wait (!obm_update_monitor_get_running (fixture->monitor));
  assert_looks_no_more (fixture);
  /* it was not started from here */
  g_assert_cmpstr (fixture->log->str, ==, "none* none ");
  g_assert_false (obm_update_state_get_pending (obm_update_monitor_get_state (fixture->monitor)));
}

static void
test_applied (Fixture *fixture, gconstpointer data)
{
  mock_change_accept (MOCK_COMMIT, fixture->server);
  raw_server_hold (fixture->server, POST);
  obm_update_monitor_commit (fixture->monitor);
  g_assert_true (obm_update_monitor_get_running (fixture->monitor));
  /* a second click */
  obm_update_monitor_commit (fixture->monitor);
  test_wait (count (fixture, POST) == 1);
  obm_update_monitor_commit (fixture->monitor);
  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  raw_server_release (fixture->server);
  test_wait (count (fixture, GET) >= 6);
  obm_update_monitor_commit (fixture->monitor);
  g_assert_cmpint (obm_update_monitor_get_result (fixture->monitor), ==, OBM_UPDATE_RESULT_NONE);
  raw_server_answer_json_to (fixture->server, GET, 200, APPLIED);
  wait_for_end (fixture, "none* applied ");
  g_assert_false (obm_update_state_get_pending (obm_update_monitor_get_state (fixture->monitor)));
  assert_looks_no_more (fixture);
  g_assert_cmpuint (count (fixture, POST), ==, 1);
  /* its own batch was in the state all the time */
  g_assert_cmpuint (count (fixture, BATCH), ==, 0);

  obm_update_monitor_acknowledge (fixture->monitor);
  g_assert_cmpstr (fixture->log->str, ==, "none* applied none ");
}

/* The command is over before the answer is read. */
static void
test_applied_at_once (Fixture *fixture, gconstpointer data)
{
  raw_server_answer_json_to (fixture->server, POST, 202, MOCK_BATCH ("3", "SUCCESS", "null"));
  commit (fixture, 200, APPLIED);
  test_wait (has_result (fixture));
  test_wait (!obm_update_state_get_pending (obm_update_monitor_get_state (fixture->monitor)));
  g_assert_cmpstr (fixture->log->str, ==, "none* applied ");
}

static void
test_failed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  mock_change_accept (MOCK_COMMIT, fixture->server);
  commit (fixture, 200, FAILED);
  wait_for_end (fixture, "none* failed(exit status 1) ");
  g_object_get (fixture->monitor, "result-text", &text, NULL);
  g_assert_cmpstr (text, ==, "exit status 1");

  /* and again, with more success */
  commit (fixture, 200, APPLIED);
  wait_for_end (fixture, "none* failed(exit status 1) none* applied ");
  g_assert_null (obm_update_monitor_get_result_text (fixture->monitor));
}

static void
test_busy (Fixture *fixture, gconstpointer data)
{
  raw_server_answer_json_to (fixture->server, POST, 409, REFUSAL ("update.running"));
  obm_update_monitor_commit (fixture->monitor);
  test_wait (count (fixture, POST) == 1);
  test_wait (has_result (fixture));
  g_assert_cmpint (obm_update_monitor_get_result (fixture->monitor), ==, OBM_UPDATE_RESULT_BUSY);
  g_assert_error (obm_update_monitor_get_result_error (fixture->monitor), OBM_ERROR,
                  OBM_ERROR_UPDATE_RUNNING);
  /* the state is read again: the other run shows */
  test_wait (count (fixture, GET) == 2);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  static const struct {
    guint status;
    const char *body;
    ObmError code;
  } refusals[] = {
    { 403, REFUSAL ("rights.insufficient"), OBM_ERROR_RIGHTS_INSUFFICIENT },
    { 501, REFUSAL ("update.unavailable"), OBM_ERROR_UPDATE_UNAVAILABLE },
    { 503, REFUSAL ("database.unavailable"), OBM_ERROR_DATABASE_UNAVAILABLE },
    { 429, REFUSAL ("requests.too_many"), OBM_ERROR_REQUESTS_TOO_MANY },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      raw_server_answer_json_to (fixture->server, POST, refusals[i].status, refusals[i].body);
      obm_update_monitor_commit (fixture->monitor);
      g_assert_false (has_result (fixture));
      test_wait (has_result (fixture));
      g_assert_cmpint (obm_update_monitor_get_result (fixture->monitor), ==, OBM_UPDATE_RESULT_REFUSED);
      g_assert_cmpstr (obm_update_monitor_get_result_text (fixture->monitor), ==, "Words");
      g_assert_error (obm_update_monitor_get_result_error (fixture->monitor), OBM_ERROR,
                      (int) refusals[i].code);
      g_assert_cmpuint (count (fixture, POST), ==, i + 1);
    }
}

/* Nothing is started when not even the state can be read. */
static void
test_away (Fixture *fixture, gconstpointer data)
{
  refresh (fixture);
  raw_server_answer_to (fixture->server, GET, "", 0, RAW_END_CLOSE);
  obm_update_monitor_commit (fixture->monitor);
  test_wait (has_result (fixture));
  g_assert_cmpint (obm_update_monitor_get_result (fixture->monitor), ==, OBM_UPDATE_RESULT_REFUSED);
  g_assert_cmpuint (count (fixture, POST), ==, 0);
  /* the last state is not forgotten */
  g_assert_error (obm_update_monitor_get_error (fixture->monitor), OBM_ERROR, OBM_ERROR_UNREACHABLE);
  g_assert_true (obm_update_state_get_pending (obm_update_monitor_get_state (fixture->monitor)));
}

/* What the state says when the answer to the commit was lost, and what that means. */
static const struct {
  const char *name;
  const char *before;
  guint status;
  const char *after;
  const char *log;
} lost[] = {
  { "it-runs", WAITING, 200, RUNNING, NULL },
  { "it-is-over", WAITING, 200, APPLIED, "none* applied " },
  { "it-failed", WAITING, 200, FAILED, "none* failed(exit status 1) " },
  { "another-runs", RUNNING, 200, RUNNING, "none* busy* " },
  { "another-program-runs", WAITING, 200, STATE ("true", "RUNNING", "null"), "none* busy* " },
  { "nothing-happened", WAITING, 200, WAITING, "none* unknown " },
  /* somebody else's run, since the state was read last */
  { "another-was-over", APPLIED, 200, APPLIED, "none* unknown " },
  { "nothing-can-be-read", WAITING, 503, REFUSAL ("database.unavailable"), "none* unknown(Words) " },
};

static void
lose (Fixture *fixture, gsize i, const MockLoss *loss)
{
  raw_server_answer_json_to (fixture->server, GET, 200, WAITING);
  refresh (fixture);
  raw_server_answer_json_to (fixture->server, GET, 200, lost[i].before);
  g_assert_true (mock_change_lose (MOCK_COMMIT, fixture->server, loss));
  if (loss->end == RAW_END_STALL)
    g_object_set (fixture->backend, "timeout", 1, NULL);
  commit (fixture, lost[i].status, lost[i].after);
  if (lost[i].log == NULL)
    {
      guint n = count (fixture, GET);

      test_wait (count (fixture, GET) >= n + 3);
      g_assert_cmpstr (fixture->log->str, ==, "none* ");
      raw_server_answer_json_to (fixture->server, GET, 200, APPLIED);
    }
  test_wait (has_result (fixture));
  g_assert_cmpstr (fixture->log->str, ==, lost[i].log ? lost[i].log : "none* applied ");
  g_assert_cmpuint (count (fixture, POST), ==, 1);
}

/* All at once for one way to lose an answer, because silence takes its time. */
static void
test_lost (gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lost); i++)
    {
      const MockLoss *loss = data;
      Fixture fixture;

      /* one of the slow ones is like the others */
      if (loss->end == RAW_END_STALL && i > 0)
        break;
      set_up (&fixture, NULL);
      lose (&fixture, i, loss);
      tear_down (&fixture, NULL);
    }
}

/* The backend was restarted in the middle: the batch is not known any more. */
static void
test_restarted (Fixture *fixture, gconstpointer data)
{
  guint n;

  mock_change_accept (MOCK_COMMIT, fixture->server);
  commit (fixture, 200, RUNNING);
  test_wait (count (fixture, GET) >= 4);
  raw_server_answer_to (fixture->server, GET, "", 0, RAW_END_CLOSE);
  test_wait (obm_update_monitor_get_error (fixture->monitor) != NULL);
  /* its end is still waited for */
  g_assert_true (obm_update_monitor_get_running (fixture->monitor));
  raw_server_hold (fixture->server, BATCH);
  raw_server_answer_json_to (fixture->server, GET, 200, WAITING);
  test_wait (count (fixture, BATCH) == 1);
  n = count (fixture, GET);
  raw_server_release (fixture->server);
  test_wait (has_result (fixture));
  g_assert_cmpint (obm_update_monitor_get_result (fixture->monitor), ==, OBM_UPDATE_RESULT_UNKNOWN);
  /* what was read before that may be wrong by now */
  test_wait (count (fixture, GET) == n + 1);
  g_assert_cmpuint (count (fixture, BATCH), ==, 1);
  test_wait (!obm_update_monitor_get_running (fixture->monitor));
  g_assert_no_error (obm_update_monitor_get_error (fixture->monitor));
}

/* Another run began before the end of this one was seen. */
static void
test_overtaken (Fixture *fixture, gconstpointer data)
{
  mock_change_accept (MOCK_COMMIT, fixture->server);
  raw_server_answer_json_to (fixture->server, BATCH, 503, REFUSAL ("database.unavailable"));
  commit (fixture, 200, STATE ("true", "RUNNING", MOCK_BATCH ("4", "RUNNING", "null")));
  test_wait (count (fixture, BATCH) >= 2);
  g_assert_false (has_result (fixture));
  g_assert_error (obm_update_monitor_get_error (fixture->monitor), OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);
  raw_server_answer_json_to (fixture->server, BATCH, 200, MOCK_BATCH ("3", "RUNNING", "null"));
  test_wait (obm_update_monitor_get_error (fixture->monitor) == NULL);
  raw_server_answer_json_to (fixture->server, BATCH, 200, MOCK_BATCH ("3", "SUCCESS", "null"));
  test_wait (has_result (fixture));
  /* the other one still runs */
  g_assert_cmpstr (fixture->log->str, ==, "none* applied* ");
  raw_server_answer_json_to (fixture->server, GET, 200, WAITING);
  test_wait (!obm_update_monitor_get_running (fixture->monitor));
}

/* The backend goes away and comes back while a run is looked at. */
static void
test_flaps (Fixture *fixture, gconstpointer data)
{
  guint n;

  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  refresh (fixture);
  raw_server_answer_to (fixture->server, GET, "", 0, RAW_END_CLOSE);
  test_wait (obm_update_monitor_get_error (fixture->monitor) != NULL);
  n = count (fixture, GET);
  test_wait (count (fixture, GET) >= n + 2);
  g_assert_cmpint (obm_update_state_get_status (obm_update_monitor_get_state (fixture->monitor)), ==,
                   OBM_UPDATE_STATUS_RUNNING);
  raw_server_answer_json_to (fixture->server, GET, 200, APPLIED);
  test_wait (obm_update_monitor_get_error (fixture->monitor) == NULL);
  g_assert_false (obm_update_monitor_get_running (fixture->monitor));
}

/* A backend that is away is asked less and less often. */
static void
test_patience (Fixture *fixture, gconstpointer data)
{
  const guint interval = 50;
  gint64 start;
  guint n;

  g_object_set (fixture->monitor, "interval", interval, NULL);
  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  refresh (fixture);
  raw_server_answer_to (fixture->server, GET, "", 0, RAW_END_CLOSE);
  test_wait (obm_update_monitor_get_error (fixture->monitor) != NULL);
  start = g_get_monotonic_time ();
  n = count (fixture, GET);
  test_wait (count (fixture, GET) == n + 2);
  g_assert_cmpint ((g_get_monotonic_time () - start) / 1000, >=, interval * (2 + 4) - interval / 2);
}

/*
 * A reading that was under way when a run is asked for knows nothing of what happened since: another run, for
 * instance, which would be taken for this one when the answer is lost.
 */
static void
test_old_reading (Fixture *fixture, gconstpointer data)
{
  mock_change_lose (MOCK_COMMIT, fixture->server, &mock_losses[0]);
  raw_server_hold (fixture->server, GET);
  obm_update_monitor_refresh (fixture->monitor);
  test_wait (count (fixture, GET) == 1);
  raw_server_answer_json_to (fixture->server, GET, 200, APPLIED);
  obm_update_monitor_commit (fixture->monitor);
  raw_server_release (fixture->server);
  test_wait (has_result (fixture));
  g_assert_cmpint (obm_update_monitor_get_result (fixture->monitor), ==, OBM_UPDATE_RESULT_UNKNOWN);
  g_assert_cmpuint (count (fixture, POST), ==, 1);
}

/* There is nothing to see until the wish for a run is answered. */
static void
test_sending (Fixture *fixture, gconstpointer data)
{
  mock_change_accept (MOCK_COMMIT, fixture->server);
  raw_server_hold (fixture->server, POST);
  obm_update_monitor_commit (fixture->monitor);
  test_wait (count (fixture, POST) == 1);
  assert_looks_no_more (fixture);
  raw_server_release (fixture->server);
}

/* Asked for every two seconds with a password that is wrong by now, the backend would lock everybody out. */
static void
test_wrong_password (Fixture *fixture, gconstpointer data)
{
  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  refresh (fixture);
  raw_server_answer_json_to (fixture->server, GET, 401, REFUSAL ("credentials.invalid"));
  test_wait (obm_update_monitor_get_error (fixture->monitor) != NULL);
  assert_looks_no_more (fixture);
}

/* The backend says when to come back. */
static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  static const char busy[] = "HTTP/1.1 503 Unavailable\r\nContent-Type: application/json\r\n"
                             "Retry-After: 60\r\n\r\n{\"type\":\"database.unavailable\"}";

  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  refresh (fixture);
  raw_server_answer_to (fixture->server, GET, busy, -1, RAW_END_CLOSE);
  test_wait (obm_update_monitor_get_error (fixture->monitor) != NULL);
  g_assert_cmpuint (obm_error_get_retry_after (obm_update_monitor_get_error (fixture->monitor)), ==, 60);
  assert_looks_no_more (fixture);
  /* but who asks is answered */
  raw_server_answer_json_to (fixture->server, GET, 200, WAITING);
  refresh (fixture);
}

/* Many changes in a row, each with a wish to read: one reading after the last is enough. */
static void
test_coalesced (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (ObmUpdateMonitor) monitor = obm_update_monitor_new (backend);
  ObmUpdateState *first;

  mock_server_hold (server, "/v1/d/update");
  for (guint i = 0; i < 5; i++)
    obm_update_monitor_refresh (monitor);
  test_wait (mock_server_count_held (server) == 1);
  obm_update_monitor_refresh (monitor);
  mock_server_release (server);
  test_wait ((first = obm_update_monitor_get_state (monitor)) != NULL);
  test_wait (obm_update_monitor_get_state (monitor) != first);
  g_assert_cmpuint (mock_server_count_requests (server, "/v1/d/update"), ==, 2);
  g_object_unref (test_update_state (backend, NULL, NULL));
  g_assert_cmpuint (mock_server_count_requests (server, "/v1/d/update"), ==, 3);
}

/* The window is closed: an answer that comes later meets nobody, and nobody looks any more. */
static void
test_dropped (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  ObmUpdateMonitor *monitor = obm_update_monitor_new (backend);
  g_autoptr (GObject) state = NULL;

  mock_server_hold (server, "/v1/d/update");
  obm_update_monitor_commit (monitor);
  test_wait (mock_server_count_held (server) == 1);
  g_assert_finalize_object (monitor);
  mock_server_release (server);
  state = test_update_state (backend, NULL, NULL);
  g_assert_cmpuint (mock_server_count_requests (server, "/v1/d/update"), ==, 2);
}

/* Disposed of, but still held by somebody, and about to look. */
static void
test_disposed (Fixture *fixture, gconstpointer data)
{
  raw_server_answer_json_to (fixture->server, GET, 200, RUNNING);
  refresh (fixture);
  g_object_run_dispose (G_OBJECT (fixture->monitor));
  assert_looks_no_more (fixture);
  obm_update_monitor_refresh (fixture->monitor);
  obm_update_monitor_commit (fixture->monitor);
  assert_looks_no_more (fixture);
}

static void
test_properties (Fixture *fixture, gconstpointer data)
{
  g_autoptr (ObmUpdateState) state = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  ObmUpdateResult result;
  gboolean running;
  guint interval;

  refresh (fixture);
  raw_server_answer_json_to (fixture->server, POST, 403, REFUSAL ("rights.insufficient"));
  obm_update_monitor_commit (fixture->monitor);
  test_wait (has_result (fixture));
  raw_server_answer_to (fixture->server, GET, "", 0, RAW_END_CLOSE);
  obm_update_monitor_refresh (fixture->monitor);
  test_wait (obm_update_monitor_get_error (fixture->monitor) != NULL);
  g_object_get (fixture->monitor, "state", &state, "error", &error, "running", &running, "result", &result,
                "result-text", &text, "interval", &interval, NULL);
  g_assert_true (state == obm_update_monitor_get_state (fixture->monitor));
  g_assert_error (error, OBM_ERROR, OBM_ERROR_UNREACHABLE);
  g_assert_false (running);
  g_assert_cmpint (result, ==, OBM_UPDATE_RESULT_REFUSED);
  g_assert_cmpstr (text, ==, "Words");
  g_assert_cmpuint (interval, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add ("/remote/update-monitor/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("state-does-not-appear", test_appears);
  ADD ("other-run-is-not-followed", test_other_run);
  ADD ("run-is-not-followed", test_applied);
  ADD ("short-run-is-not-seen", test_applied_at_once);
  ADD ("failure-is-not-told", test_failed);
  ADD ("busy-is-a-failure", test_busy);
  ADD ("refusal-is-not-told", test_refused);
  ADD ("started-in-the-dark", test_away);
  ADD ("restart-is-not-seen", test_restarted);
  ADD ("overtaken-run-is-lost", test_overtaken);
  ADD ("gives-up-when-the-backend-is-away", test_flaps);
  ADD ("has-no-patience", test_patience);
  ADD ("believes-an-old-reading", test_old_reading);
  ADD ("looks-while-it-asks", test_sending);
  ADD ("locks-its-owner-out", test_wrong_password);
  ADD ("comes-back-too-early", test_retry_after);
  ADD ("looks-when-disposed-of", test_disposed);
  ADD ("properties-differ", test_properties);
#undef ADD
  for (guint i = 0; i < mock_n_losses; i++)
    {
      g_autofree char *path = g_strconcat ("/remote/update-monitor/lost-answer-is-not-found/",
                                           mock_losses[i].name, NULL);

      g_test_add_data_func (path, &mock_losses[i], test_lost);
    }
  g_test_add_func ("/remote/update-monitor/reads-without-need", test_coalesced);
  g_test_add_func ("/remote/update-monitor/dropped-stays", test_dropped);

  return g_test_run ();
}
