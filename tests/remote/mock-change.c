/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-change.h"

#include "mock-server.h"
#include "obm-json.h"
#include "remote-test.h"

#include <string.h>

#define HTML "Content-Type: text/html\r\n"
#define PAGE "<p>Elsewhere</p>"
#define JSON "Content-Type: application/json\r\n"
#define SUCCESS "HTTP/1.1 DUE Status\r\n" JSON
#define HALF SUCCESS "Content-Length: 100\r\n\r\n{\"id\":"

static const struct {
  const char *name;
  const char *request;
  guint due;
  const char *answer;
} changes[MOCK_N_CHANGES] = {
  [MOCK_CREATE] = { "create", "POST /v1/d/mailservers ", 201, MOCK_SERVER ("b", MOCK_WANTED) },
  [MOCK_MODIFY] = { "modify", "PUT /v1/d/mailservers/12 ", 200, MOCK_SERVER ("b", MOCK_WANTED) },
  [MOCK_DELETE] = { "delete", "DELETE /v1/d/mailservers/12 ", 204, NULL },
  [MOCK_COMMIT] = { "commit", "POST /v1/d/update ", 202, MOCK_BATCH ("3", "RUNNING", "null") },
};

const MockLoss mock_losses[] = {
  { "nothing", "", NULL, RAW_END_CLOSE },
  { "reset", "", NULL, RAW_END_RESET },
  { "silence", "", NULL, RAW_END_STALL },
  { "half-a-head", "HTTP/1.1 DUE Status\r\nContent-Ty", NULL, RAW_END_CLOSE },
  { "half-a-body", HALF, NULL, RAW_END_CLOSE },
  { "half-a-body-and-silence", HALF, NULL, RAW_END_STALL },
  { "half-a-body-and-reset", HALF, NULL, RAW_END_RESET },
  { "bad-chunk", SUCCESS "Transfer-Encoding: chunked\r\n\r\nzz\r\n", NULL, RAW_END_CLOSE },
  { "endless", SUCCESS "Content-Length: 100000000\r\n\r\n", NULL, RAW_END_STALL },
  { "bad-json", SUCCESS, "{]", RAW_END_KEEP },
  { "empty-object", SUCCESS, "{}", RAW_END_KEEP },
  { "array", SUCCESS, "[]", RAW_END_KEEP },
  { "no-body", SUCCESS, "", RAW_END_KEEP },
  { "no-type", "HTTP/1.1 DUE Status\r\n", "{}", RAW_END_KEEP },
  { "html-success", "HTTP/1.1 DUE Status\r\n" HTML, PAGE, RAW_END_KEEP },
  { "other-success", "HTTP/1.1 203 Status\r\n" JSON, MOCK_SERVER ("b", MOCK_WANTED), RAW_END_KEEP },
  { "no-content", "HTTP/1.1 204 No Content\r\n\r\n", NULL, RAW_END_KEEP },
  { "not-http", "220 mail.exemple.fr ESMTP\r\n\r\n", NULL, RAW_END_CLOSE },
  { "found-elsewhere", "HTTP/1.1 302 Found\r\nLocation: /login\r\n" HTML, PAGE, RAW_END_KEEP },
  { "send-elsewhere", "HTTP/1.1 307 Temporary Redirect\r\nLocation: /elsewhere\r\n", "", RAW_END_KEEP },
  { "html-403", "HTTP/1.1 403 Forbidden\r\n" HTML, PAGE, RAW_END_KEEP },
  { "html-404", "HTTP/1.1 404 Not Found\r\n" HTML, PAGE, RAW_END_KEEP },
  { "html-500", "HTTP/1.1 500 Internal Server Error\r\n" HTML, PAGE, RAW_END_KEEP },
  { "html-501", "HTTP/1.1 501 Not Implemented\r\n" HTML, PAGE, RAW_END_KEEP },
  { "html-502", "HTTP/1.1 502 Bad Gateway\r\n" HTML, PAGE, RAW_END_KEEP },
  { "html-503", "HTTP/1.1 503 Service Unavailable\r\n" HTML, PAGE, RAW_END_KEEP },
  { "html-504", "HTTP/1.1 504 Gateway Timeout\r\n" HTML, PAGE, RAW_END_KEEP },
  { "foreign-json-409", "HTTP/1.1 409 Conflict\r\n" JSON, "{'error':409}", RAW_END_KEEP },
  { "foreign-json-503", "HTTP/1.1 503 Unavailable\r\n" JSON, "{'error':503}", RAW_END_KEEP },
  { "unknown-type-503", "HTTP/1.1 503 Unavailable\r\n" JSON, "{'type':'too.busy'}", RAW_END_KEEP },
  { "type-of-a-refusal", "HTTP/1.1 503 Unavailable\r\n" JSON, "{'type':'host.invalid'}", RAW_END_KEEP },
  { "type-of-503", "HTTP/1.1 502 Bad Gateway\r\n" JSON, "{'type':'database.unavailable'}", RAW_END_KEEP },
  { "internal", "HTTP/1.1 500 Internal Server Error\r\n" JSON, "{'type':'internal'}", RAW_END_KEEP },
};

const guint mock_n_losses = G_N_ELEMENTS (mock_losses);

/**
 * mock_change_server_new:
 *
 * Returns: (transfer full): a server that lets the administrator of the tests sign in, and accepts no change
 */
RawServer *
mock_change_server_new (void)
{
  RawServer *server = raw_server_new ();

  raw_server_answer_json_to (server, "", 404, "{'type':'reference.unknown','message':'No such route'}");
  raw_server_answer_json_to (server, "GET /v1/domains ", 200, MOCK_DOMAINS);
  raw_server_answer_json_to (server, "GET /v1/d/session ", 200, MOCK_SESSION);
  raw_server_answer_json_to (server, "GET /v1/d/update ", 200, MOCK_UPDATE);

  return server;
}

/**
 * mock_change_get_name:
 * @change: a change
 *
 * Returns: its name, for a test's
 */
const char *
mock_change_get_name (MockChange change)
{
  return changes[change].name;
}

/**
 * mock_change_get_request:
 * @change: a change
 *
 * Returns: how its request begins
 */
const char *
mock_change_get_request (MockChange change)
{
  return changes[change].request;
}

/**
 * mock_change_get_due:
 * @change: a change
 *
 * Returns: the status of its success
 */
guint
mock_change_get_due (MockChange change)
{
  return changes[change].due;
}

/**
 * mock_change_accept:
 * @change: a change
 * @server: who is asked for it
 *
 * Lets it succeed from now on.
 */
void
mock_change_accept (MockChange change, RawServer *server)
{
  raw_server_answer_json_to (server, changes[change].request, changes[change].due, changes[change].answer);
}

/**
 * mock_change_lose:
 * @change: a change
 * @server: who is asked for it
 * @loss: how its answer gets lost
 *
 * Lets its answer get lost from now on.
 *
 * Returns: whether the loss is one: a 204 has no body that could be wrong
 */
gboolean
mock_change_lose (MockChange change, RawServer *server, const MockLoss *loss)
{
  g_autoptr (GString) answer = g_string_new (loss->head);
  g_autofree char *due = g_strdup_printf ("%u", changes[change].due);

  if (loss->body != NULL)
    {
      g_autofree char *body = test_json (loss->body);

      g_string_append_printf (answer, "Content-Length: %zu\r\n\r\n%s", strlen (body), body);
    }
  g_string_replace (answer, "DUE", due, 0);
  if (change == MOCK_DELETE && g_str_has_prefix (answer->str, "HTTP/1.1 204 ") &&
      strstr (answer->str, "\r\n\r\n") != NULL)
    return FALSE;

  raw_server_answer_to (server, changes[change].request, answer->str, -1, loss->end);

  return TRUE;
}

/**
 * mock_change_send:
 * @change: a change
 * @backend: a backend, signed in to
 * @etag: (nullable): the entity tag it names
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * Returns: (transfer full) (nullable): what it came to; for a deletion that is done, the backend
 */
GObject *
mock_change_send (MockChange change,
                  ObmBackend *backend,
                  const char *etag,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gpointer done = NULL;

  if (change == MOCK_CREATE)
    obm_backend_create_mail_server_async (backend, 7, MOCK_ROLES, cancellable, test_result_cb, &result);
  else if (change == MOCK_MODIFY)
    obm_backend_modify_mail_server_async (backend, 12, etag, MOCK_ROLES, cancellable, test_result_cb,
                                          &result);
  else if (change == MOCK_DELETE)
    obm_backend_delete_mail_server_async (backend, 12, etag, cancellable, test_result_cb, &result);
  else
    obm_backend_commit_update_async (backend, cancellable, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  if (change == MOCK_CREATE)
    done = obm_backend_create_mail_server_finish (backend, result, error);
  else if (change == MOCK_MODIFY)
    done = obm_backend_modify_mail_server_finish (backend, result, error);
  else if (change == MOCK_COMMIT)
    done = obm_backend_commit_update_finish (backend, result, error);
  else if (obm_backend_delete_mail_server_finish (backend, result, error))
    done = g_object_ref (backend);

  return done;
}

/**
 * mock_change_new_seen:
 * @etag: an entity tag, without its quotes
 *
 * Returns: (transfer full): the mail server 12 as an administrator saw it
 */
ObmMailServer *
mock_change_new_seen (const char *etag)
{
  g_autofree char *text = g_strdup_printf ("{'id':12,'etag':'\\'%s\\'','host':" MOCK_HOST "," MOCK_SEEN "}",
                                           etag);
  g_autofree char *json = test_json (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = obm_json_parse (json, strlen (json), &error);
  ObmMailServer *server;

  g_assert_no_error (error);
  server = obm_mail_server_new_from_json (json_node_get_object (node), &error);
  g_assert_no_error (error);

  return server;
}
