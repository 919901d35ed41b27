/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-http.h"

#include <libsoup/soup.h>
#include <string.h>

#include "obm-address.h"
#include "obm-error.h"
#include "obm-exchange.h"
#include "obm-json.h"

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
    obm_exchange_start (task, self->session, message, SOUP_STATUS_OK, FALSE);
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

  obm_exchange_start (task, self->session, message, due, TRUE);
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
