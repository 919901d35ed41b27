/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-change.h"
#include "obm-json.h"
#include "obm-write.h"
#include "remote-test.h"

#include <string.h>

#define REFUSAL(type) "{'type':'" type "','message':'Words'}"
#define HOSTS(length, datas) "{'length':" length ",'page':1,'rows':1000,'datas':[" datas "]}"
#define HOST(member) "{'id':7,'name':'hote1','ip':'192.162.0.1','mailserver_id':" member "}"
#define N_WRITES 3

/* What a change went through, in the order in which it was told. */
typedef struct {
  RawServer *server;
  ObmBackend *backend;
  ObmWrite *write;
  GString *log;
} Fixture;

static void
state_cb (ObmWrite *write, GParamSpec *pspec, GString *log)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (OBM_TYPE_WRITE_STATE);
  ObmWriteState state = obm_write_get_state (write);

  g_string_append_printf (log, "%s ", g_enum_get_value (states, state)->value_nick);
  /* whoever is told of the state finds the rest in order */
  if (state != OBM_WRITE_CHECKING)
    g_assert_true ((obm_write_get_error (write) != NULL) ==
                   (state == OBM_WRITE_FAILED || state == OBM_WRITE_UNKNOWN));
  g_assert_true (!obm_write_get_checked (write) || state == OBM_WRITE_DONE || state == OBM_WRITE_FAILED ||
                 state == OBM_WRITE_NOT_DONE);
}

static ObmWrite *
write_new (MockChange change, ObmBackend *backend)
{
  g_autofree char *json = test_json (MOCK_HOST);
  g_autoptr (JsonNode) node = obm_json_parse (json, strlen (json), NULL);
  g_autoptr (ObmHost) host = obm_host_new_from_json (json_node_get_object (node), NULL);
  g_autoptr (ObmMailServer) seen = mock_change_new_seen ("a");

  if (change == MOCK_CREATE)
    return obm_write_new_create (backend, host, MOCK_ROLES);
  if (change == MOCK_MODIFY)
    return obm_write_new_modify (backend, seen, MOCK_ROLES);

  return obm_write_new_delete (backend, seen);
}

static void
fixture_init (Fixture *fixture, MockChange change)
{
  fixture->server = mock_change_server_new ();
  fixture->backend = test_signed_in (raw_server_get_address (fixture->server));
  fixture->write = write_new (change, fixture->backend);
  fixture->log = g_string_new (NULL);
  g_signal_connect (fixture->write, "notify::state", G_CALLBACK (state_cb), fixture->log);
}

static void
fixture_clear (Fixture *fixture)
{
  g_assert_finalize_object (fixture->write);
  g_object_unref (fixture->backend);
  raw_server_free (fixture->server);
  g_string_free (fixture->log, TRUE);
}

static gboolean
is_settled (Fixture *fixture)
{
  ObmWriteState state = obm_write_get_state (fixture->write);

  return state != OBM_WRITE_SENDING && state != OBM_WRITE_CHECKING;
}

static void
start (Fixture *fixture)
{
  obm_write_start (fixture->write);
  test_wait (is_settled (fixture));
}

static void
assert_error (Fixture *fixture, int code)
{
  const GError *error = obm_write_get_error (fixture->write);

  if (code < 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, OBM_ERROR, code);
}

static void
assert_sent (Fixture *fixture, MockChange change, guint times)
{
  g_assert_cmpuint (raw_server_count_requests (fixture->server, mock_change_get_request (change)), ==, times);
}

/* What there is to be read about host 7 and mail server 12. */
static void
let_read (RawServer *server, const char *hosts, guint status, const char *mail_server)
{
  raw_server_answer_json_to (server, "GET /v1/d/hosts", 200, hosts);
  raw_server_answer_json_to (server, "GET /v1/d/mailservers/12 ", status, mail_server);
}

static const char no_page[] = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n";

static void
let_be_away (RawServer *server)
{
  raw_server_answer_to (server, "GET /v1/d/hosts", no_page, -1, RAW_END_KEEP);
  raw_server_answer_to (server, "GET /v1/d/mailservers/12 ", no_page, -1, RAW_END_KEEP);
}

/* What is found after an answer was lost, and what that means. An error of -1 is none. */
typedef struct {
  const char *hosts;
  guint status;
  const char *mail_server;
  const char *states;
  int code;
  gboolean has_server;
} Finding;

#define FREE HOSTS ("1", HOST ("null"))
#define TAKEN HOSTS ("1", HOST ("12"))
#define MISSING REFUSAL ("reference.unknown")

static const Finding findings[N_WRITES][4] = {
  [MOCK_CREATE] = {
    { TAKEN, 200, MOCK_SERVER ("b", MOCK_WANTED), "sending checking done ", -1, TRUE },
    { FREE, 404, MISSING, "sending checking not-done ", -1, FALSE },
    { TAKEN, 200, MOCK_SERVER ("b", MOCK_OTHER), "sending checking failed ",
      OBM_ERROR_HOST_ALREADY_MAILSERVER, FALSE },
    { HOSTS ("0", ""), 404, MISSING, "sending checking failed ", OBM_ERROR_REFERENCE_UNKNOWN, FALSE },
  },
  [MOCK_MODIFY] = {
    { FREE, 200, MOCK_SERVER ("b", MOCK_WANTED), "sending checking done ", -1, TRUE },
    { FREE, 200, MOCK_SERVER ("a", MOCK_SEEN), "sending checking not-done ", -1, FALSE },
    { FREE, 200, MOCK_SERVER ("c", MOCK_OTHER), "sending checking failed ",
      OBM_ERROR_MAILSERVER_CHANGED, TRUE },
    { FREE, 404, MISSING, "sending checking failed ", OBM_ERROR_REFERENCE_UNKNOWN, FALSE },
  },
  [MOCK_DELETE] = {
    { FREE, 404, MISSING, "sending checking done ", -1, FALSE },
    { FREE, 200, MOCK_SERVER ("a", MOCK_SEEN), "sending checking not-done ", -1, FALSE },
    { FREE, 200, MOCK_SERVER ("c", MOCK_OTHER), "sending checking failed ",
      OBM_ERROR_MAILSERVER_CHANGED, TRUE },
    /* OBM 2.1 knows mail servers that do nothing */
    { FREE, 200, MOCK_SERVER ("b", MOCK_NOTHING), "sending checking failed ",
      OBM_ERROR_MAILSERVER_CHANGED, TRUE },
  },
};

#define N_FINDINGS G_N_ELEMENTS (findings[0])

/* What was lost, for which change: all findings at once, because silence takes its time. */
typedef struct {
  MockChange change;
  const MockLoss *loss;
} Loss;

static void
test_found (gconstpointer data)
{
  const Loss *loss = data;
  Fixture fixtures[N_FINDINGS + 1];

  for (gsize i = 0; i <= N_FINDINGS; i++)
    {
      fixture_init (&fixtures[i], loss->change);
      mock_change_lose (loss->change, fixtures[i].server, loss->loss);
      if (loss->loss->end == RAW_END_STALL)
        g_object_set (fixtures[i].backend, "timeout", 1, NULL);
      if (i < N_FINDINGS)
        let_read (fixtures[i].server, findings[loss->change][i].hosts, findings[loss->change][i].status,
                  findings[loss->change][i].mail_server);
      else
        let_be_away (fixtures[i].server);
      obm_write_start (fixtures[i].write);
    }

  for (gsize i = 0; i < N_FINDINGS; i++)
    {
      const Finding *finding = &findings[loss->change][i];
      ObmWrite *write = fixtures[i].write;

      test_wait (is_settled (&fixtures[i]));
      g_assert_cmpstr (fixtures[i].log->str, ==, finding->states);
      assert_error (&fixtures[i], finding->code);
      g_assert_true (obm_write_get_checked (write));
      g_assert_true ((obm_write_get_server (write) != NULL) == finding->has_server);
      assert_sent (&fixtures[i], loss->change, 1);
      fixture_clear (&fixtures[i]);
    }

  {
    Fixture *away = &fixtures[N_FINDINGS];
    const Finding *done = &findings[loss->change][0];

    test_wait (is_settled (away));
    g_assert_cmpstr (away->log->str, ==, "sending checking unknown ");
    assert_error (away, OBM_ERROR_UNREACHABLE);
    g_assert_false (obm_write_get_checked (away->write));
    /* it is not sent again for that */
    obm_write_start (away->write);
    g_assert_cmpint (obm_write_get_state (away->write), ==, OBM_WRITE_UNKNOWN);

    let_read (away->server, done->hosts, done->status, done->mail_server);
    obm_write_check (away->write);
    g_assert_cmpint (obm_write_get_state (away->write), ==, OBM_WRITE_CHECKING);
    test_wait (is_settled (away));
    g_assert_cmpstr (away->log->str, ==, "sending checking unknown checking done ");
    assert_error (away, -1);
    g_assert_true (obm_write_get_checked (away->write));
    assert_sent (away, loss->change, 1);
    fixture_clear (away);
  }
}

static void
test_done (void)
{
  for (MockChange change = 0; change < N_WRITES; change++)
    {
      Fixture fixture;

      fixture_init (&fixture, change);
      g_assert_cmpint (obm_write_get_state (fixture.write), ==, OBM_WRITE_IDLE);
      mock_change_accept (change, fixture.server);
      obm_write_start (fixture.write);
      /* a second click */
      obm_write_start (fixture.write);
      obm_write_check (fixture.write);
      g_assert_cmpint (obm_write_get_state (fixture.write), ==, OBM_WRITE_SENDING);
      test_wait (is_settled (&fixture));
      /* and one more when it is done */
      obm_write_start (fixture.write);
      obm_write_check (fixture.write);
      g_assert_cmpstr (fixture.log->str, ==, "sending done ");
      assert_error (&fixture, -1);
      g_assert_false (obm_write_get_checked (fixture.write));
      g_assert_true ((obm_write_get_server (fixture.write) != NULL) == (change != MOCK_DELETE));
      g_assert_cmpuint (raw_server_count_requests (fixture.server, NULL), ==, 3);
      fixture_clear (&fixture);
    }
}

/* The properties say what the getters do. */
static void
test_properties (void)
{
  Fixture fixture;
  ObmWriteState state;
  gboolean checked;
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmMailServer) server = NULL;

  fixture_init (&fixture, MOCK_MODIFY);
  mock_change_lose (MOCK_MODIFY, fixture.server, &mock_losses[0]);
  let_read (fixture.server, FREE, 200, MOCK_SERVER ("c", MOCK_OTHER));
  start (&fixture);
  g_object_get (fixture.write, "state", &state, "error", &error, "server", &server, "checked", &checked,
                NULL);
  g_assert_cmpint (state, ==, OBM_WRITE_FAILED);
  g_assert_error (error, OBM_ERROR, OBM_ERROR_MAILSERVER_CHANGED);
  g_assert_true (server == obm_write_get_server (fixture.write));
  g_assert_true (checked);
  fixture_clear (&fixture);
}

/* Refused, mended, sent again. */
static void
test_failed (void)
{
  for (MockChange change = 0; change < N_WRITES; change++)
    {
      Fixture fixture;

      fixture_init (&fixture, change);
      raw_server_answer_json_to (fixture.server, mock_change_get_request (change), 503,
                                 REFUSAL ("database.unavailable"));
      start (&fixture);
      assert_error (&fixture, OBM_ERROR_DATABASE_UNAVAILABLE);
      g_assert_false (obm_write_get_checked (fixture.write));
      obm_write_check (fixture.write);
      mock_change_accept (change, fixture.server);
      start (&fixture);
      g_assert_cmpstr (fixture.log->str, ==, "sending failed sending done ");
      assert_error (&fixture, -1);
      assert_sent (&fixture, change, 2);
      fixture_clear (&fixture);
    }
}

/* What never left is no reason to read anything. */
static void
test_unsent (void)
{
  for (MockChange change = 0; change < N_WRITES; change++)
    {
      Fixture fixture;

      fixture_init (&fixture, change);
      raw_server_free (fixture.server);
      start (&fixture);
      g_assert_cmpstr (fixture.log->str, ==, "sending failed ");
      assert_error (&fixture, OBM_ERROR_UNREACHABLE);
      fixture.server = raw_server_new ();
      fixture_clear (&fixture);
    }
}

/* The list read the mail server anew while the dialog was open: what the administrator saw counts. */
static void
test_seen (void)
{
  g_autoptr (RawServer) server = mock_change_server_new ();
  g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
  g_autoptr (ObmMailServer) seen = mock_change_new_seen ("a");
  g_autoptr (ObmMailServer) newer = mock_change_new_seen ("z");
  g_autoptr (ObmWrite) modify = obm_write_new_modify (backend, seen, MOCK_ROLES);
  g_autoptr (ObmWrite) delete = obm_write_new_delete (backend, seen);
  ObmWrite *writes[] = { modify, delete };

  obm_entity_assign (OBM_ENTITY (seen), OBM_ENTITY (newer));
  for (gsize i = 0; i < G_N_ELEMENTS (writes); i++)
    {
      g_autofree char *request = NULL;

      obm_write_start (writes[i]);
      test_wait (obm_write_get_state (writes[i]) == OBM_WRITE_FAILED);
      request = raw_server_dup_request (server);
      g_assert_nonnull (strstr (request, "If-Match: \"a\"\r\n"));
    }
}

static void
test_changed (void)
{
  for (MockChange change = MOCK_MODIFY; change < N_WRITES; change++)
    {
      Fixture fixture;

      fixture_init (&fixture, change);
      raw_server_answer_json_to (fixture.server, mock_change_get_request (change), 412,
                                 "{'type':'mailserver.changed','message':'Words',"
                                 "'current':" MOCK_SERVER ("c", MOCK_OTHER) "}");
      start (&fixture);
      g_assert_cmpstr (fixture.log->str, ==, "sending failed ");
      assert_error (&fixture, OBM_ERROR_MAILSERVER_CHANGED);
      g_assert_cmpstr (obm_mail_server_get_etag (obm_write_get_server (fixture.write)), ==, "\"c\"");
      fixture_clear (&fixture);
    }
}

/* It was changed, and the refusal does not say to what. */
static void
test_changed_to_what (void)
{
  static const char * const currents[] = { "", ",'current':null", ",'current':{'id':12}" };

  for (gsize i = 0; i < G_N_ELEMENTS (currents); i++)
    {
      g_autofree char *refusal = g_strdup_printf ("{'type':'mailserver.changed'%s}", currents[i]);
      Fixture fixture;

      fixture_init (&fixture, MOCK_MODIFY);
      raw_server_answer_json_to (fixture.server, "PUT ", 412, refusal);
      let_read (fixture.server, FREE, 200, MOCK_SERVER ("c", MOCK_OTHER));
      start (&fixture);
      g_assert_cmpstr (fixture.log->str, ==, "sending checking failed ");
      assert_error (&fixture, OBM_ERROR_MAILSERVER_CHANGED);
      g_assert_cmpstr (obm_mail_server_get_etag (obm_write_get_server (fixture.write)), ==, "\"c\"");
      fixture_clear (&fixture);
    }
}

static void
test_linked (void)
{
  Fixture fixture;
  g_autoptr (ObmLinks) links = NULL;

  fixture_init (&fixture, MOCK_DELETE);
  g_assert_null (obm_write_dup_links (fixture.write));
  raw_server_answer_json_to (fixture.server, "DELETE ", 409,
                             "{'type':'mailserver.linked','message':'Words',"
                             "'links':[{'kind':'user','count':12,'first':['jdoe']}]}");
  start (&fixture);
  assert_error (&fixture, OBM_ERROR_MAILSERVER_LINKED);
  links = obm_write_dup_links (fixture.write);
  g_assert_false (obm_links_get_deletable (links));
  g_assert_cmpuint (obm_links_get_n_kinds (links), ==, 1);
  g_assert_cmpint (obm_links_get_count (links, 0), ==, 12);
  g_clear_object (&links);

  /* a backend that does not say which */
  raw_server_answer_json_to (fixture.server, "DELETE ", 409, REFUSAL ("mailserver.linked"));
  start (&fixture);
  links = obm_write_dup_links (fixture.write);
  g_assert_false (obm_links_get_deletable (links));
  g_assert_cmpuint (obm_links_get_n_kinds (links), ==, 0);
  fixture_clear (&fixture);
}

/*
 * An answer is lost and the change seems not to be made, because the backend is still at it. It is sent
 * again; the refusal comes from its own first sending.
 */
static void
test_own_doing (void)
{
  static const struct {
    MockChange change;
    guint status;
    const char *refusal;
  } refusals[] = {
    { MOCK_CREATE, 409, REFUSAL ("host.already_mailserver") },
    { MOCK_MODIFY, 412, "{'type':'mailserver.changed','current':" MOCK_SERVER ("b", MOCK_WANTED) "}" },
    { MOCK_DELETE, 404, MISSING },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      MockChange change = refusals[i].change;
      const Finding *before = &findings[change][1];
      const Finding *done = &findings[change][0];
      Fixture fixture;

      fixture_init (&fixture, change);
      mock_change_lose (change, fixture.server, &mock_losses[0]);
      let_read (fixture.server, before->hosts, before->status, before->mail_server);
      start (&fixture);
      g_assert_cmpint (obm_write_get_state (fixture.write), ==, OBM_WRITE_NOT_DONE);

      raw_server_answer_json_to (fixture.server, mock_change_get_request (change), refusals[i].status,
                                 refusals[i].refusal);
      let_read (fixture.server, done->hosts, done->status, done->mail_server);
      start (&fixture);
      g_assert_cmpstr (fixture.log->str, ==, "sending checking not-done sending checking done ");
      g_assert_true (obm_write_get_checked (fixture.write));
      assert_sent (&fixture, change, 2);
      fixture_clear (&fixture);
    }
}

/* Without a doubt, a refusal is one: somebody else did the same. */
static void
test_others_doing (void)
{
  Fixture fixture;

  fixture_init (&fixture, MOCK_CREATE);
  raw_server_answer_json_to (fixture.server, "POST ", 409, REFUSAL ("host.already_mailserver"));
  let_read (fixture.server, TAKEN, 200, MOCK_SERVER ("b", MOCK_WANTED));
  start (&fixture);
  g_assert_cmpstr (fixture.log->str, ==, "sending failed ");
  assert_error (&fixture, OBM_ERROR_HOST_ALREADY_MAILSERVER);
  fixture_clear (&fixture);
}

#define PAGE "GET /v1/d/hosts?name=hote1&sort=name&order=asc&page="

/* The hosts whose name begins like the one that is looked for fill more than a page. */
static void
test_many_hosts (void)
{
  GString *first = g_string_new ("{'length':1001,'page':1,'rows':1000,'datas':[");
  Fixture fixture;

  for (int i = 0; i < 1000; i++)
    g_string_append_printf (first, "%s{'id':%d,'name':'hote1%d','mailserver_id':5}", i == 0 ? "" : ",",
                            1000 + i, i);
  g_string_append (first, "]}");

  fixture_init (&fixture, MOCK_CREATE);
  mock_change_lose (MOCK_CREATE, fixture.server, &mock_losses[0]);
  let_read (fixture.server, HOSTS ("0", ""), 200, MOCK_SERVER ("b", MOCK_WANTED));
  raw_server_answer_json_to (fixture.server, PAGE "1&", 200, first->str);
  raw_server_answer_json_to (fixture.server, PAGE "2&", 200,
                             "{'length':1001,'page':2,'rows':1000,'datas':[" HOST ("12") "]}");
  start (&fixture);
  g_assert_cmpstr (fixture.log->str, ==, "sending checking done ");
  fixture_clear (&fixture);
  g_string_free (first, TRUE);
}

/* It got another name since the dialog was opened. */
static void
test_renamed_host (void)
{
  Fixture fixture;

  fixture_init (&fixture, MOCK_CREATE);
  mock_change_lose (MOCK_CREATE, fixture.server, &mock_losses[0]);
  let_read (fixture.server, TAKEN, 200, MOCK_SERVER ("b", MOCK_WANTED));
  raw_server_answer_json_to (fixture.server, "GET /v1/d/hosts?name=hote1&", 200, HOSTS ("0", ""));
  start (&fixture);
  g_assert_cmpstr (fixture.log->str, ==, "sending checking done ");
  g_assert_cmpuint (raw_server_count_requests (fixture.server, "GET /v1/d/hosts"), ==, 2);
  fixture_clear (&fixture);
}

/* Its mail server is gone again between the two readings. */
static void
test_freed_host (void)
{
  Fixture fixture;

  fixture_init (&fixture, MOCK_CREATE);
  mock_change_lose (MOCK_CREATE, fixture.server, &mock_losses[0]);
  let_read (fixture.server, TAKEN, 404, MISSING);
  start (&fixture);
  g_assert_cmpstr (fixture.log->str, ==, "sending checking not-done ");
  fixture_clear (&fixture);
}

/* The dialog is closed while the change is on its way: it is made all the same, and nothing stays behind. */
static void
test_dropped (void)
{
  for (MockChange change = 0; change < N_WRITES; change++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
      ObmWrite *write = write_new (change, backend);
      GWeakRef weak;
      gpointer living;

      mock_change_accept (change, server);
      g_weak_ref_init (&weak, write);
      obm_write_start (write);
      g_object_unref (write);
      test_wait ((living = g_weak_ref_get (&weak)) == NULL || (g_object_unref (living), FALSE));
      g_weak_ref_clear (&weak);
      g_assert_cmpuint (raw_server_count_requests (server, mock_change_get_request (change)), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GArray) losses = g_array_new (FALSE, FALSE, sizeof (Loss));
  g_autoptr (RawServer) server = raw_server_new ();

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < mock_n_losses; i++)
    for (MockChange change = 0; change < N_WRITES; change++)
      if (mock_change_lose (change, server, &mock_losses[i]))
        g_array_append_val (losses, ((Loss) { change, &mock_losses[i] }));
  for (guint i = 0; i < losses->len; i++)
    {
      const Loss *loss = &g_array_index (losses, Loss, i);
      g_autofree char *path = g_strdup_printf ("/remote/write/lost-answer-is-not-found/%s/%s",
                                               mock_change_get_name (loss->change), loss->loss->name);

      g_test_add_data_func (path, loss, test_found);
    }
  g_test_add_func ("/remote/write/sent-twice", test_done);
  g_test_add_func ("/remote/write/properties-differ", test_properties);
  g_test_add_func ("/remote/write/failed-cannot-be-started-again", test_failed);
  g_test_add_func ("/remote/write/unsent-is-looked-for", test_unsent);
  g_test_add_func ("/remote/write/names-what-nobody-saw", test_seen);
  g_test_add_func ("/remote/write/changed-to-what", test_changed);
  g_test_add_func ("/remote/write/changed-to-what-is-not-read", test_changed_to_what);
  g_test_add_func ("/remote/write/linked-to-what", test_linked);
  g_test_add_func ("/remote/write/blames-others-for-its-own-doing", test_own_doing);
  g_test_add_func ("/remote/write/takes-others-doing-for-its-own", test_others_doing);
  g_test_add_func ("/remote/write/host-is-not-found/among-many", test_many_hosts);
  g_test_add_func ("/remote/write/host-is-not-found/renamed", test_renamed_host);
  g_test_add_func ("/remote/write/host-is-not-found/free-again", test_freed_host);
  g_test_add_func ("/remote/write/dropped-is-given-up", test_dropped);

  return g_test_run ();
}
