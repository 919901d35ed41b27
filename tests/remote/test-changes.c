/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-address.h"
#include "obm-http.h"

#include "mock-change.h"
#include "remote-test.h"

#include <string.h>

#define ETAG "\"a\""

/* What a failed change must leave behind: one request, whatever became of it. */
static void
fail_change (MockChange change, RawServer *server, ObmBackend *backend, ObmError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (mock_change_send (change, backend, ETAG, NULL, &error));
  test_assert_error (&error, code);
  g_assert_cmpuint (raw_server_count_requests (server, mock_change_get_request (change)), ==, 1);
}

static void
test_lost (gconstpointer data)
{
  const MockLoss *loss = data;

  for (MockChange change = 0; change < MOCK_N_CHANGES; change++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));

      if (!mock_change_lose (change, server, loss))
        continue;
      if (loss->end == RAW_END_STALL)
        g_object_set (backend, "timeout", 1, NULL);
      fail_change (change, server, backend, OBM_ERROR_OUTCOME_UNKNOWN);
      /* nor is anything else asked for */
      g_assert_cmpuint (raw_server_count_requests (server, NULL), ==, 3);
    }
}

/* The contract's refusals: nothing was done, and each says why. */
static const struct {
  guint status;
  const char *type;
  ObmError code;
} refusals[] = {
  { 400, "body.malformed", OBM_ERROR_BODY_MALFORMED },
  { 401, "credentials.invalid", OBM_ERROR_CREDENTIALS_INVALID },
  { 403, "rights.insufficient", OBM_ERROR_RIGHTS_INSUFFICIENT },
  { 403, "domain.foreign", OBM_ERROR_DOMAIN_FOREIGN },
  { 404, "reference.unknown", OBM_ERROR_REFERENCE_UNKNOWN },
  { 405, "method.not_allowed", OBM_ERROR_METHOD_NOT_ALLOWED },
  { 409, "host.already_mailserver", OBM_ERROR_HOST_ALREADY_MAILSERVER },
  { 409, "mailserver.linked", OBM_ERROR_MAILSERVER_LINKED },
  { 409, "update.running", OBM_ERROR_UPDATE_RUNNING },
  { 412, "mailserver.changed", OBM_ERROR_MAILSERVER_CHANGED },
  { 413, "body.too_large", OBM_ERROR_BODY_TOO_LARGE },
  { 415, "media.unsupported", OBM_ERROR_MEDIA_UNSUPPORTED },
  { 422, "host.invalid", OBM_ERROR_HOST_INVALID },
  { 422, "host.immutable", OBM_ERROR_HOST_IMMUTABLE },
  { 422, "roles.empty", OBM_ERROR_ROLES_EMPTY },
  { 428, "precondition.required", OBM_ERROR_PRECONDITION_REQUIRED },
  { 429, "requests.too_many", OBM_ERROR_REQUESTS_TOO_MANY },
  { 501, "update.unavailable", OBM_ERROR_UPDATE_UNAVAILABLE },
  { 503, "database.unavailable", OBM_ERROR_DATABASE_UNAVAILABLE },
  /* a type of a later version */
  { 409, "host.locked", OBM_ERROR_HOST_ALREADY_MAILSERVER },
};

static void
test_refused (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *body = g_strdup_printf ("{'type':'%s','message':'Words'}", refusals[i].type);

  for (MockChange change = 0; change < MOCK_N_CHANGES; change++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));

      raw_server_answer_json_to (server, mock_change_get_request (change), refusals[i].status, body);
      fail_change (change, server, backend, refusals[i].code);
    }
}

/* An answer about another mail server than the one that was asked for. */
static void
test_other_answer (void)
{
  static const struct {
    MockChange change;
    const char *answer;
  } others[] = {
    { MOCK_CREATE, "{'id':12,'etag':'b','host':{'id':8,'name':'hote2'}," MOCK_WANTED "}" },
    { MOCK_CREATE, "{'id':12,'etag':'b'," MOCK_WANTED "}" },
    { MOCK_CREATE, MOCK_SERVER ("b", MOCK_SEEN) },
    { MOCK_MODIFY, "{'id':13,'etag':'b','host':" MOCK_HOST "," MOCK_WANTED "}" },
    { MOCK_MODIFY, MOCK_SERVER ("b", MOCK_SEEN) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
      MockChange change = others[i].change;

      raw_server_answer_json_to (server, mock_change_get_request (change), mock_change_get_due (change),
                                 others[i].answer);
      fail_change (change, server, backend, OBM_ERROR_OUTCOME_UNKNOWN);
    }
}

static void
test_success (void)
{
  for (MockChange change = 0; change < MOCK_N_CHANGES; change++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
      g_autoptr (GError) error = NULL;
      g_autoptr (GObject) done = NULL;

      mock_change_accept (change, server);
      done = mock_change_send (change, backend, ETAG, NULL, &error);
      g_assert_no_error (error);
      if (change == MOCK_CREATE || change == MOCK_MODIFY)
        {
          g_assert_cmpint (obm_mail_server_get_id (OBM_MAIL_SERVER (done)), ==, 12);
          g_assert_cmpstr (obm_mail_server_get_etag (OBM_MAIL_SERVER (done)), ==, "\"b\"");
          g_assert_cmpint (obm_mail_server_get_roles (OBM_MAIL_SERVER (done)), ==, MOCK_ROLES);
        }
      else if (change == MOCK_COMMIT)
        g_assert_cmpint (obm_batch_get_id (OBM_BATCH (done)), ==, 3);
      g_assert_cmpuint (raw_server_count_requests (server, mock_change_get_request (change)), ==, 1);
      /* not on one that may be closed by now, which would look like a lost answer */
      g_assert_cmpuint (raw_server_count_connections (server), ==, 2);
    }
}

/* The bytes, as the contract has them. */
static const struct {
  MockChange change;
  const char *etag;
  const char *body;
} wire[] = {
  { MOCK_CREATE, NULL, "{'host':{'id':7},'imap':true,'smtp_in':false,'smtp_out':true}" },
  { MOCK_MODIFY, "If-Match: \"a\"\r\n", "{'imap':true,'smtp_in':false,'smtp_out':true}" },
  { MOCK_DELETE, "If-Match: \"a\"\r\n", "" },
  { MOCK_COMMIT, NULL, "{}" },
};

static void
test_wire (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (wire); i++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
      g_autofree char *body = test_json (wire[i].body);
      g_autofree char *request = NULL;
      g_autoptr (GObject) done = NULL;
      const char *sent;

      mock_change_accept (wire[i].change, server);
      done = mock_change_send (wire[i].change, backend, ETAG, NULL, NULL);
      request = raw_server_dup_request (server);
      g_assert_true (g_str_has_prefix (request, mock_change_get_request (wire[i].change)));
      sent = strstr (request, "\r\n\r\n");
      g_assert_cmpstr (sent + 4, ==, body);
      g_assert_true ((strstr (request, "\r\nContent-Type: application/json\r\n") != NULL) == (*body != '\0'));
      g_assert_nonnull (strstr (request, "\r\nAccept: application/json\r\n"));
      g_assert_nonnull (strstr (request, "\r\nAuthorization: Basic "));
      g_assert_null (strstr (request, "Expect:"));
      if (wire[i].etag != NULL)
        g_assert_nonnull (strstr (request, wire[i].etag));
      else
        g_assert_null (strstr (request, "If-Match"));
    }
}

/* A tag that cannot stand in a header: it would be another header, or none. */
static void
test_bad_etag (void)
{
  static const char * const etags[] = { NULL, "", "\"a\"\r\nX-Injected: 1", "\"a\nb\"", "\"a b\"", "\x7f" };

  for (gsize i = 0; i < G_N_ELEMENTS (etags); i++)
    {
      g_autoptr (RawServer) server = mock_change_server_new ();
      g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
      g_autoptr (GError) error = NULL;

      g_assert_null (mock_change_send (MOCK_MODIFY, backend, etags[i], NULL, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED);
      g_assert_null (mock_change_send (MOCK_DELETE, backend, etags[i], NULL, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED);
      g_assert_cmpuint (raw_server_count_requests (server, NULL), ==, 2);
    }
}

static void
test_not_signed_in (void)
{
  g_autoptr (RawServer) server = mock_change_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));

  for (MockChange change = 0; change < MOCK_N_CHANGES; change++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mock_change_send (change, backend, ETAG, NULL, &error));
      test_assert_error (&error, OBM_ERROR_CREDENTIALS_INVALID);
    }
  g_assert_cmpuint (raw_server_count_requests (server, NULL), ==, 0);
}

/* Nobody listens any more: nothing was sent, so nothing was done. */
static void
test_gone_server (void)
{
  RawServer *server = mock_change_server_new ();
  g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));

  raw_server_free (server);
  for (MockChange change = 0; change < MOCK_N_CHANGES; change++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (mock_change_send (change, backend, ETAG, NULL, &error));
      test_assert_error (&error, OBM_ERROR_UNREACHABLE);
    }
}

/* A change that gets no further than the handshake. */
static GError *
fail_handshake (RawServer *server)
{
  const char *port = strrchr (raw_server_get_address (server), ':');
  g_autofree char *text = g_strconcat ("https://127.0.0.1", port, NULL);
  g_autoptr (GUri) address = obm_address_parse (text, NULL);
  g_autoptr (ObmHttp) http = obm_http_new (address, "admin1@exemple.fr", "secret");
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  obm_http_set_timeout (http, 1);
  obm_http_change_async (http, "DELETE", "/d/mailservers/12", ETAG, NULL, 204, NULL, test_result_cb, &result);
  test_wait (result != NULL);
  g_assert_null (obm_http_change_finish (http, result, &error));

  return error;
}

static void
test_handshake (void)
{
  g_autoptr (RawServer) silent = raw_server_new ();
  g_autoptr (GError) error = NULL;

  /* it waits for the end of what it takes for the head of a request */
  error = fail_handshake (silent);
  test_assert_error (&error, OBM_ERROR_TIMEOUT);
}

/* A change that was given up may have been made: the caller knows that it asked for it. */
static void
test_cancelled (void)
{
  g_autoptr (RawServer) server = mock_change_server_new ();
  g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  raw_server_answer_to (server, "DELETE ", "", 0, RAW_END_STALL);
  obm_backend_delete_mail_server_async (backend, 12, ETAG, cancellable, test_result_cb, &result);
  test_wait (raw_server_count_requests (server, "DELETE ") == 1);
  g_cancellable_cancel (cancellable);
  test_wait (result != NULL);
  g_assert_false (obm_backend_delete_mail_server_finish (backend, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (raw_server_count_requests (server, "DELETE "), ==, 1);
}

static void
test_cancelled_before (void)
{
  g_autoptr (RawServer) server = mock_change_server_new ();
  g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  for (MockChange change = 0; change < MOCK_N_CHANGES; change++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GObject) state = NULL;

      mock_change_accept (change, server);
      g_assert_null (mock_change_send (change, backend, ETAG, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      state = test_update_state (backend, NULL, NULL);
      g_assert_cmpuint (raw_server_count_requests (server, mock_change_get_request (change)), ==, 0);
    }
}

static void
test_batch (void)
{
  g_autoptr (RawServer) server = mock_change_server_new ();
  g_autoptr (ObmBackend) backend = test_signed_in (raw_server_get_address (server));
  g_autoptr (ObmBatch) batch = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL, missing = NULL;

  raw_server_answer_json_to (server, "GET /v1/d/batches/3 ", 200, MOCK_BATCH ("3", "ERROR", "'exit 1'"));
  obm_backend_get_batch_async (backend, 3, NULL, test_result_cb, &result);
  test_wait (result != NULL);
  batch = obm_backend_get_batch_finish (backend, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (obm_batch_get_status (batch), ==, OBM_UPDATE_STATUS_ERROR);
  g_assert_cmpstr (obm_batch_get_error (batch), ==, "exit 1");

  obm_backend_get_batch_async (backend, 4, NULL, test_result_cb, &missing);
  test_wait (missing != NULL);
  g_assert_null (obm_backend_get_batch_finish (backend, missing, &error));
  test_assert_error (&error, OBM_ERROR_REFERENCE_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < mock_n_losses; i++)
    {
      g_autofree char *path = g_strconcat ("/remote/changes/lost-answer-is-a-failure/", mock_losses[i].name,
                                           NULL);

      g_test_add_data_func (path, &mock_losses[i], test_lost);
    }
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remote/changes/refusal-is-in-doubt/%u-%s",
                                               refusals[i].status, refusals[i].type);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_refused);
    }
  g_test_add_func ("/remote/changes/other-answer-is-a-success", test_other_answer);
  g_test_add_func ("/remote/changes/success-is-not-told", test_success);
  g_test_add_func ("/remote/changes/request-is-not-the-contract's", test_wire);
  g_test_add_func ("/remote/changes/bad-tag-is-sent", test_bad_etag);
  g_test_add_func ("/remote/changes/sent-before-anybody-signed-in", test_not_signed_in);
  g_test_add_func ("/remote/changes/unsent-is-in-doubt/refused-connection", test_gone_server);
  g_test_add_func ("/remote/changes/unsent-is-in-doubt/handshake", test_handshake);
  g_test_add_func ("/remote/changes/cancelled-is-sent-again", test_cancelled);
  g_test_add_func ("/remote/changes/cancelled-is-sent", test_cancelled_before);
  g_test_add_func ("/remote/changes/batch-is-not-read", test_batch);

  return g_test_run ();
}
