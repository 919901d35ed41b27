/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "obm-address.h"
#include "obm-error.h"
#include "obm-json.h"
#include "obm-reply.h"

/**
 * ObmHttp:
 *
 * The one way out: a session with a backend, a request under the caller's name, an answer as JSON or an error
 * of the domain %OBM_ERROR. Nothing here prompts, follows a redirect, keeps a cookie or logs what is sent.
 */
struct _ObmHttp
{
  GObject parent_instance;

  char *address;
  char *authorization;
  SoupSession *session;
};

G_DEFINE_FINAL_TYPE (ObmHttp, obm_http, G_TYPE_OBJECT)

#define READ_SIZE (64 * 1024)

/*
 * A request on its way. Its own cancellable ends it for three reasons: the caller's wish, the deadline, and
 * libsoup about to send a change a second time. From the moment it left, a change may have been made.
 */
typedef struct {
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GCancellable *cancellable;
  GSource *cancelled;
  GSource *deadline;
  guint due;
  gboolean changes;
  gboolean left;
  gboolean answered;
  gboolean late;
  gboolean resent;
} Request;

static void
request_free (Request *request)
{
  g_signal_handlers_disconnect_by_data (request->message, request);
  g_clear_object (&request->message);
  g_clear_object (&request->stream);
  g_clear_pointer (&request->body, g_byte_array_unref);
  g_clear_object (&request->cancellable);
  g_clear_pointer (&request->cancelled, g_source_unref);
  g_clear_pointer (&request->deadline, g_source_unref);
  g_free (request);
}

static void
obm_http_finalize (GObject *object)
{
  ObmHttp *self = OBM_HTTP (object);

  g_clear_object (&self->session);
  g_free (self->address);
  explicit_bzero (self->authorization, strlen (self->authorization));
  g_free (self->authorization);

  G_OBJECT_CLASS (obm_http_parent_class)->finalize (object);
}

static void
obm_http_class_init (ObmHttpClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_http_finalize;
}

static void
obm_http_init (ObmHttp *self)
{
  /* libsoup adds its own name after the blank. */
  self->session = soup_session_new_with_options ("user-agent", "OBM-Mail-Servers/" APP_VERSION " ",
                                                 "accept-language-auto", TRUE,
                                                 "max-conns-per-host", 4,
                                                 "timeout", 30,
                                                 NULL);
  /* The credentials go out with every request; a 401 is an answer like another, not a question. */
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

/**
 * obm_http_new:
 * @address: the backend, from obm_address_parse()
 * @login: the user name of Basic authentication
 * @password: its password
 *
 * Returns: (transfer full): a session with that backend
 */
ObmHttp *
obm_http_new (GUri *address, const char *login, const char *password)
{
  ObmHttp *self = g_object_new (OBM_TYPE_HTTP, NULL);
  g_autofree char *credentials = g_strconcat (login, ":", password, NULL);
  g_autofree char *encoded = g_base64_encode ((const guchar *) credentials, strlen (credentials));

  self->address = obm_address_to_string (address);
  self->authorization = g_strconcat ("Basic ", encoded, NULL);
  explicit_bzero (credentials, strlen (credentials));
  explicit_bzero (encoded, strlen (encoded));

  /* A proxy has no business with this machine's own traffic, which may be in clear. */
  if (obm_address_is_loopback (address))
    soup_session_set_proxy_resolver (self->session, NULL);

  return self;
}

/**
 * obm_http_get_timeout:
 * @self: a session
 *
 * Returns: how long an answer may take, to its last byte, in seconds
 */
guint
obm_http_get_timeout (ObmHttp *self)
{
  return soup_session_get_timeout (self->session);
}

/**
 * obm_http_set_timeout:
 * @self: a session
 * @seconds: how long an answer may take, to its last byte
 */
void
obm_http_set_timeout (ObmHttp *self, guint seconds)
{
  soup_session_set_timeout (self->session, seconds);
}

/* The one end of every request that was sent. */
static void
finish (GTask *task, JsonNode *node, GError *error)
{
  Request *request = g_task_get_task_data (task);

  /* Both hold the task. */
  g_source_destroy (request->deadline);
  if (request->cancelled != NULL)
    g_source_destroy (request->cancelled);

  if (error == NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

/* What went wrong, in words of this domain. */
static GError *
explain (const Request *request, const GError *error)
{
  if (request->late)
    return obm_error_new (OBM_ERROR_TIMEOUT, NULL, "No complete answer in time");
  if (request->resent)
    return obm_error_new (OBM_ERROR_UNREACHABLE, NULL, "The connection was closed without an answer");
  if (error->domain != OBM_ERROR)
    return obm_reply_explain (error, request->answered);

  return g_error_copy (error);
}

/* Of what the caller cancelled the task says so itself, whatever went wrong. */
static void
fail (GTask *task, GError *error)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;
  g_autoptr (GError) explained = explain (request, error);

  /* Nothing more is read from it. */
  g_clear_object (&request->stream);

  if (request->changes && request->left && !obm_reply_is_definite (request->message, explained))
    finish (task, NULL, obm_error_new (OBM_ERROR_OUTCOME_UNKNOWN, NULL, "%s", explained->message));
  else
    finish (task, NULL, g_steal_pointer (&explained));
}

static void
parse_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GByteArray *body = task_data;
  g_autoptr (GError) error = NULL;
  JsonNode *node = obm_json_parse ((const char *) body->data, body->len, &error);

  if (node != NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = g_task_propagate_pointer (G_TASK (result), &error);

  if (node == NULL && error->domain != OBM_ERROR)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  g_clear_error (&error);
  if (obm_reply_check_body (request->message, request->due, node, &error))
    finish (task, g_steal_pointer (&node), NULL);
  else
    fail (task, g_steal_pointer (&error));
}

/* Some milliseconds for a hundred rows: too long for the thread that draws. */
static void
parse (GTask *task)
{
  Request *request = g_task_get_task_data (task);
  g_autoptr (GTask) parsing = g_task_new (NULL, request->cancellable, parsed_cb, g_object_ref (task));

  g_task_set_source_tag (parsing, parse);
  g_task_set_return_on_cancel (parsing, TRUE);
  g_task_set_task_data (parsing, g_byte_array_ref (request->body), (GDestroyNotify) g_byte_array_unref);
  g_task_run_in_thread (parsing, parse_in_thread);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  GInputStream *stream = G_INPUT_STREAM (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, &error);

  if (bytes == NULL)
    fail (task, g_steal_pointer (&error));
  else if (g_bytes_get_size (bytes) > OBM_REPLY_MAX_SIZE - request->body->len)
    fail (task, obm_reply_too_large ());
  else if (g_bytes_get_size (bytes) > 0)
    {
      g_byte_array_append (request->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (stream, READ_SIZE, G_PRIORITY_DEFAULT, request->cancellable, read_cb,
                                       g_steal_pointer (&task));
    }
  else
    {
      /* The connection is free for the next request. */
      g_clear_object (&request->stream);
      if (soup_message_get_status (request->message) == SOUP_STATUS_NO_CONTENT)
        finish (task, json_node_new (JSON_NODE_NULL), NULL);
      else
        parse (task);
    }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *request = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  request->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  request->answered = request->stream != NULL;
  if (!request->answered || !obm_reply_check_head (request->message, request->due, &error))
    fail (task, g_steal_pointer (&error));
  else
    g_input_stream_read_bytes_async (request->stream, READ_SIZE, G_PRIORITY_DEFAULT, request->cancellable,
                                     read_cb, g_steal_pointer (&task));
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Request *request = g_task_get_task_data (user_data);

  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Request *request = g_task_get_task_data (user_data);

  request->late = TRUE;
  g_cancellable_cancel (request->cancellable);

  return G_SOURCE_REMOVE;
}

/* A change may be made from now on, even if nothing more is heard of it. */
static void
left_cb (SoupMessage *message, Request *request)
{
  request->left = TRUE;
}

/* libsoup sends PUT and DELETE twice if need be. Somebody may have come between. */
static void
restarted_cb (SoupMessage *message, Request *request)
{
  if (!request->left)
    return;

  request->resent = TRUE;
  g_cancellable_cancel (request->cancellable);
}

static SoupMessage *
message_new (ObmHttp *self, const char *method, const char *path, const char *query, GError **error)
{
  g_autofree char *uri = g_strconcat (self->address, "/v1", path, query ? "?" : NULL, query, NULL);
  SoupMessage *message = soup_message_new (method, uri);
  SoupMessageHeaders *headers;

  if (message == NULL)
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_ADDRESS_INVALID, NULL, "Not an address: %s", uri));
      return NULL;
    }

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  soup_message_headers_replace (headers, "Authorization", self->authorization);

  return message;
}

/* Sends @message; the answer to it ends @task. */
static void
send_message (ObmHttp *self, GTask *task, SoupMessage *message, guint due, gboolean changes)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Request *request;

  /* On a connection that waits, a request may be gone before the main loop runs again. */
  if (g_task_return_error_if_cancelled (task))
    return;

  request = g_new0 (Request, 1);
  request->message = g_object_ref (message);
  request->body = g_byte_array_new ();
  request->cancellable = g_cancellable_new ();
  request->due = due;
  request->changes = changes;
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);

  /* Sources instead of the signal: libsoup is then never entered from within g_cancellable_cancel(). */
  if (cancellable != NULL)
    {
      request->cancelled = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, request->cancelled, G_SOURCE_FUNC (cancelled_cb));
    }
  request->deadline = g_timeout_source_new (obm_http_get_timeout (self) * 1000);
  g_task_attach_source (task, request->deadline, deadline_cb);

  if (changes)
    {
      /* One that was used before may be closed already, which cannot be told from a lost answer. */
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
      g_signal_connect (message, "wrote-headers", G_CALLBACK (left_cb), request);
      g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), request);
    }

  soup_session_send_async (self->session, message, G_PRIORITY_DEFAULT, request->cancellable, sent_cb,
                           g_object_ref (task));
}

/**
 * obm_http_get_async:
 * @self: a session
 * @path: the route below /v1, escaped, from its first slash
 * @query: (nullable): the query string, escaped
 * @cancellable: (nullable): ends the request
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks the backend for a resource.
 */
void
obm_http_get_async (ObmHttp *self,
                    const char *path,
                    const char *query,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = message_new (self, SOUP_METHOD_GET, path, query, &error);

  g_task_set_source_tag (task, obm_http_get_async);
  if (message != NULL)
    send_message (self, task, message, SOUP_STATUS_OK, FALSE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/**
 * obm_http_get_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): an object or an array; %NULL with an error of the domain %OBM_ERROR, or
 *   %G_IO_ERROR_CANCELLED
 */
JsonNode *
obm_http_get_finish (ObmHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * obm_http_change_async:
 * @self: a session
 * @method: `POST`, `PUT` or `DELETE`
 * @path: the route below /v1, escaped, from its first slash
 * @etag: (nullable): the entity tag the resource must still have, without control characters
 * @body: (nullable): what is sent
 * @due: the status of a success
 * @cancellable: (nullable): ends the request, which does not undo what the backend makes of it
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks the backend to change something. It is sent once, whatever becomes of it.
 */
void
obm_http_change_async (ObmHttp *self,
                       const char *method,
                       const char *path,
                       const char *etag,
                       JsonObject *body,
                       guint due,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = message_new (self, method, path, NULL, &error);

  g_task_set_source_tag (task, obm_http_change_async);
  if (message == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (etag != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "If-Match", etag);
  if (body != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
      char *text = obm_json_to_string (node);
      g_autoptr (GBytes) bytes = g_bytes_new_take (text, strlen (text));

      soup_message_set_request_body_from_bytes (message, "application/json", bytes);
    }

  send_message (self, task, message, due, TRUE);
}

/**
 * obm_http_change_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): what was answered, a null for a 204. %NULL with an error:
 *   %OBM_ERROR_OUTCOME_UNKNOWN when the change may have been made; %G_IO_ERROR_CANCELLED, where that holds
 *   as well; any other error of the domain %OBM_ERROR when it was certainly not made
 */
JsonNode *
obm_http_change_finish (ObmHttp *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
