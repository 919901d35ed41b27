/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-server.h"
#include "remote-test.h"

#define PATH "/v1/d/update"
#define HTML "Content-Type: text/html; charset=utf-8"
#define PAGE "<!DOCTYPE html><html><body>Sign in to the wireless network</body></html>"

/* Every status and type of the contract. */
static const struct {
  guint status;
  const char *type;
  ObmError code;
} statuses[] = {
  { 400, "body.malformed", OBM_ERROR_BODY_MALFORMED },
  { 400, "query.invalid", OBM_ERROR_QUERY_INVALID },
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
  { 414, "uri.too_long", OBM_ERROR_URI_TOO_LONG },
  { 415, "media.unsupported", OBM_ERROR_MEDIA_UNSUPPORTED },
  { 422, "host.invalid", OBM_ERROR_HOST_INVALID },
  { 422, "host.immutable", OBM_ERROR_HOST_IMMUTABLE },
  { 422, "roles.empty", OBM_ERROR_ROLES_EMPTY },
  { 428, "precondition.required", OBM_ERROR_PRECONDITION_REQUIRED },
  { 429, "requests.too_many", OBM_ERROR_REQUESTS_TOO_MANY },
  { 500, "internal", OBM_ERROR_INTERNAL },
  { 501, "update.unavailable", OBM_ERROR_UPDATE_UNAVAILABLE },
  { 503, "database.unavailable", OBM_ERROR_DATABASE_UNAVAILABLE },
  /* types of a later version */
  { 404, "mailbox.unknown", OBM_ERROR_REFERENCE_UNKNOWN },
  { 500, "disk.full", OBM_ERROR_INTERNAL },
  { 418, "teapot", OBM_ERROR_INTERNAL },
};

/* The test's name, status, headers and body of an answer, and what it means. */
static const struct {
  const char *name;
  guint status;
  const char *headers;
  const char *body;
  ObmError code;
} others[] = {
  { "html-page-with-200", 200, HTML, PAGE, OBM_ERROR_NOT_THE_API },
  { "html-page-with-200-that-is-json", 200, HTML, MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "json-as-plain-text", 200, "Content-Type: text/plain", MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "json-as-javascript", 200, "Content-Type: text/javascript", MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "json-without-a-type", 200, "Content-Type: ", MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "json-with-a-type-that-is-none", 200, "Content-Type: ;;;", MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "json-of-another-kind", 200, "Content-Type: application/json-seq", MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "html-page-with-404", 404, HTML, PAGE, OBM_ERROR_NOT_THE_API },
  { "html-page-with-401", 401, HTML "\nWWW-Authenticate: Basic realm=\"web\"", PAGE, OBM_ERROR_NOT_THE_API },
  { "html-page-with-403", 403, HTML, PAGE, OBM_ERROR_NOT_THE_API },
  { "html-page-with-500", 500, HTML, PAGE, OBM_ERROR_NOT_THE_API },
  { "html-page-with-511", 511, HTML, PAGE, OBM_ERROR_NOT_THE_API },
  { "json-of-another-api-with-404", 404, NULL, "{'error':'no such route'}", OBM_ERROR_NOT_THE_API },
  { "json-with-a-type-that-is-no-string", 404, NULL, "{'type':404}", OBM_ERROR_NOT_THE_API },
  { "json-array-with-404", 404, NULL, "['reference.unknown']", OBM_ERROR_NOT_THE_API },
  { "bad-json-with-404", 404, NULL, "{'type':'reference.unknown'", OBM_ERROR_NOT_THE_API },
  { "error-of-the-api-as-html", 404, HTML, "{'type':'reference.unknown'}", OBM_ERROR_NOT_THE_API },
  { "html-page-with-502", 502, HTML, PAGE, OBM_ERROR_UNREACHABLE },
  { "html-page-with-503", 503, HTML, PAGE, OBM_ERROR_UNREACHABLE },
  { "html-page-with-504", 504, HTML, PAGE, OBM_ERROR_UNREACHABLE },
  { "json-of-a-proxy-with-503", 503, NULL, "{'error':'no upstream'}", OBM_ERROR_UNREACHABLE },
  { "nothing-with-503", 503, "Content-Type: ", "", OBM_ERROR_UNREACHABLE },
  { "nothing-with-200", 200, NULL, "", OBM_ERROR_REPLY_MALFORMED },
  { "nothing-with-200-and-no-type", 200, "Content-Type: ", "", OBM_ERROR_REPLY_MALFORMED },
  { "nothing-with-204", 204, "Content-Type: ", "", OBM_ERROR_NOT_THE_API },
  { "created-instead-of-ok", 201, NULL, MOCK_UPDATE, OBM_ERROR_REPLY_MALFORMED },
  { "half-of-the-answer", 206, NULL, MOCK_UPDATE, OBM_ERROR_REPLY_MALFORMED },
  { "choice", 300, NULL, MOCK_UPDATE, OBM_ERROR_NOT_THE_API },
  { "not-modified", 304, NULL, "", OBM_ERROR_NOT_THE_API },
};

static void
test_status (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autofree char *body = g_strdup_printf ("{'type':'%s','message':'Words','field':'host','more':{'a':1}}",
                                           statuses[i].type);
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, PATH, statuses[i].status, "WWW-Authenticate: Basic realm=\"OBM\"", body);
  g_assert_null (test_update_state (backend, NULL, &error));
  g_assert_error (error, OBM_ERROR, (int) statuses[i].code);
  g_assert_cmpstr (error->message, ==, "Words");
  g_assert_cmpstr (obm_error_get_field (error), ==, "host");
  g_assert_true (json_object_has_member (obm_error_get_body (error), "more"));
  g_assert_cmpuint (obm_error_get_retry_after (error), ==, 0);
  /* a 401 is told at once, not tried again */
  g_assert_cmpuint (mock_server_count_requests (server, PATH), ==, 1);
}

static void
test_other (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, PATH, others[i].status, others[i].headers, others[i].body);
  g_assert_null (test_update_state (backend, NULL, &error));
  test_assert_error (&error, others[i].code);
  g_assert_cmpuint (mock_server_count_requests (server, PATH), ==, 1);
}

/* Kinds of JSON that are what they should be. */
static void
test_content_types (void)
{
  static const char * const types[] = {
    "application/json",
    "Application/JSON",
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8;profile=\"a;b\"",
  };
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *header = g_strconcat ("Content-Type: ", types[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GObject) state = NULL;

      mock_server_answer (server, PATH, 200, header, MOCK_UPDATE);
      state = test_update_state (backend, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (OBM_IS_UPDATE_STATE (state));
    }
}

static guint
get_retry_after (MockServer *server, ObmBackend *backend, const char *value)
{
  g_autofree char *header = g_strconcat ("Retry-After: ", value, NULL);
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, PATH, 429, header, "{'type':'requests.too_many'}");
  g_assert_null (test_update_state (backend, NULL, &error));
  g_assert_error (error, OBM_ERROR, OBM_ERROR_REQUESTS_TOO_MANY);

  return obm_error_get_retry_after (error);
}

static void
test_retry_after (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) soon = g_date_time_add_minutes (now, 10);
  g_autofree char *date = g_date_time_format (soon, "%a, %d %b %Y %H:%M:%S GMT");
  guint seconds;

  g_assert_cmpuint (get_retry_after (server, backend, "30"), ==, 30);
  g_assert_cmpuint (get_retry_after (server, backend, "0"), ==, 0);
  g_assert_cmpuint (get_retry_after (server, backend, "-5"), ==, 0);
  g_assert_cmpuint (get_retry_after (server, backend, "soon"), ==, 0);
  g_assert_cmpuint (get_retry_after (server, backend, "1.5"), ==, 0);
  /* for ever is not a time to wait */
  g_assert_cmpuint (get_retry_after (server, backend, "4294967297"), ==, 24 * 60 * 60);
  g_assert_cmpuint (get_retry_after (server, backend, "99999999999999999999"), ==, 0);
  g_assert_cmpuint (get_retry_after (server, backend, "Thu, 01 Jan 1970 00:00:00 GMT"), ==, 0);
  seconds = get_retry_after (server, backend, date);
  g_assert_cmpuint (seconds, >, 10 * 60 - 2 * TEST_PATIENCE_SECONDS);
  g_assert_cmpuint (seconds, <=, 10 * 60);
}

/* Words of a server that would move a cursor, hide text or fill a screen. */
static void
test_message (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autofree char *lots = g_strnfill (100 * 1000, 'e');
  g_autofree char *body = g_strdup_printf ("{'type':'internal','message':'%s'}", lots);
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, PATH, 500, NULL, "{'type':'internal','message':"
                      "'a\\u001b[2Jb\\nc\\u007fd\\u202ee\\u2028f\\u2029g\\u0085h\\u00e9'}");
  g_assert_null (test_update_state (backend, NULL, &error));
  g_assert_error (error, OBM_ERROR, OBM_ERROR_INTERNAL);
  g_assert_cmpstr (error->message, ==, "a [2Jb c d e f g hé");
  g_clear_error (&error);

  mock_server_answer (server, PATH, 500, NULL, body);
  g_assert_null (test_update_state (backend, NULL, &error));
  g_assert_cmpuint (strlen (error->message), ==, 500);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remote/statuses/misunderstood/%u-%s", statuses[i].status,
                                               statuses[i].type);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_status);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/statuses/passes-for-another/", others[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_other);
    }
  g_test_add_func ("/remote/statuses/json-is-not-taken-for-json", test_content_types);
  g_test_add_func ("/remote/statuses/time-to-wait-is-lost", test_retry_after);
  g_test_add_func ("/remote/statuses/words-of-the-server-do-harm", test_message);

  return g_test_run ();
}
