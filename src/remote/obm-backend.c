/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-backend-private.h"

#include "obm-address.h"
#include "obm-error.h"

/**
 * ObmBackend:
 *
 * A backend under one administrator's name: one method for each route of the contract. Each pair may end with
 * any error of the domain %OBM_ERROR, or %G_IO_ERROR_CANCELLED.
 */
struct _ObmBackend
{
  GObject parent_instance;

  char *address;
  char *host_name;
  char *login;
  ObmHttp *http;
  ObmDomain *domain;
  ObmSession *session;
};

G_DEFINE_FINAL_TYPE (ObmBackend, obm_backend, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_ADDRESS,
  PROP_HOST_NAME,
  PROP_LOGIN,
  PROP_DOMAIN,
  PROP_SESSION,
  PROP_TIMEOUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
obm_backend_finalize (GObject *object)
{
  ObmBackend *self = OBM_BACKEND (object);

  g_free (self->address);
  g_free (self->host_name);
  g_free (self->login);
  g_clear_object (&self->http);
  g_clear_object (&self->domain);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (obm_backend_parent_class)->finalize (object);
}

static void
obm_backend_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmBackend *self = OBM_BACKEND (object);

  switch (prop_id)
    {
    case PROP_ADDRESS:
      g_value_set_string (value, self->address);
      break;
    case PROP_HOST_NAME:
      g_value_set_string (value, self->host_name);
      break;
    case PROP_LOGIN:
      g_value_set_string (value, self->login);
      break;
    case PROP_DOMAIN:
      g_value_set_object (value, self->domain);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_TIMEOUT:
      g_value_set_uint (value, obm_http_get_timeout (self->http));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_backend_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmBackend *self = OBM_BACKEND (object);

  switch (prop_id)
    {
    case PROP_TIMEOUT:
      if (obm_http_get_timeout (self->http) != g_value_get_uint (value))
        {
          obm_http_set_timeout (self->http, g_value_get_uint (value));
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_backend_class_init (ObmBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = obm_backend_finalize;
  object_class->get_property = obm_backend_get_property;
  object_class->set_property = obm_backend_set_property;

  properties[PROP_ADDRESS] = g_param_spec_string ("address", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HOST_NAME] = g_param_spec_string ("host-name", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOGIN] = g_param_spec_string ("login", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_DOMAIN] = g_param_spec_object ("domain", NULL, NULL, OBM_TYPE_DOMAIN,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, OBM_TYPE_SESSION,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /* How long an answer may take, to its last byte, in seconds. */
  properties[PROP_TIMEOUT] = g_param_spec_uint ("timeout", NULL, NULL, 1, 3600, 30,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_backend_init (ObmBackend *self)
{
}

/**
 * obm_backend_require_object:
 * @node: an answer
 * @error: return location
 *
 * Returns: (transfer none): the object it is; %NULL with %OBM_ERROR_REPLY_MALFORMED when it is none
 */
JsonObject *
obm_backend_require_object (JsonNode *node, GError **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "The answer is not an object"));

  return NULL;
}

/* "/KEY" and what follows, where KEY is opaque and may hold anything. */
static char *
make_path (ObmDomain *domain, const char *rest)
{
  g_autofree char *key = g_uri_escape_string (obm_domain_get_id (domain), NULL, FALSE);

  return g_strconcat ("/", key, rest, NULL);
}

/* The path of @rest in the domain in use; without one, ends @task and returns NULL. */
static char *
make_path_in_domain (ObmBackend *self, GTask *task, const char *rest)
{
  if (self->domain != NULL)
    return make_path (self->domain, rest);

  g_task_return_error (task, obm_error_new (OBM_ERROR_CREDENTIALS_INVALID, NULL, "Not signed in"));

  return NULL;
}

/**
 * obm_backend_get:
 * @self: a backend
 * @task: what it is for; its cancellable ends the request
 * @rest: the route below the domain in use, from its slash
 * @query: (nullable): the query string, escaped
 * @got_cb: called with the #ObmHttp, its result and a new reference to @task
 *
 * Sends a request for @task, or ends @task when nobody signed in.
 */
void
obm_backend_get (ObmBackend *self,
                 GTask *task,
                 const char *rest,
                 const char *query,
                 GAsyncReadyCallback got_cb)
{
  g_autofree char *path = make_path_in_domain (self, task, rest);

  if (path != NULL)
    obm_http_get_async (self->http, path, query, g_task_get_cancellable (task), got_cb, g_object_ref (task));
}

/**
 * obm_backend_change:
 * @self: a backend
 * @task: what it is for; its cancellable ends the waiting
 * @method: `POST`, `PUT` or `DELETE`
 * @rest: the route below the domain in use, from its slash
 * @etag: (nullable): the entity tag the resource must still have
 * @body: (nullable): what is sent
 * @due: the status of a success
 * @changed_cb: called with the #ObmHttp, its result and a new reference to @task
 *
 * Asks for a change for @task, or ends @task when nobody signed in.
 */
void
obm_backend_change (ObmBackend *self,
                    GTask *task,
                    const char *method,
                    const char *rest,
                    const char *etag,
                    JsonObject *body,
                    guint due,
                    GAsyncReadyCallback changed_cb)
{
  g_autofree char *path = make_path_in_domain (self, task, rest);

  if (path != NULL)
    obm_http_change_async (self->http, method, path, etag, body, due, g_task_get_cancellable (task),
                           changed_cb, g_object_ref (task));
}

/**
 * obm_backend_new:
 * @address: where the backend is, as an administrator types it
 * @login: `login@domain`
 * @password: the password; kept in memory only, and never shown
 * @error: return location
 *
 * Returns: (transfer full): a backend nobody signed in to yet; %NULL with %OBM_ERROR_ADDRESS_INVALID
 */
ObmBackend *
obm_backend_new (const char *address, const char *login, const char *password, GError **error)
{
  g_autoptr (GUri) uri = obm_address_parse (address, error);
  ObmBackend *self;

  if (uri == NULL)
    return NULL;

  self = g_object_new (OBM_TYPE_BACKEND, NULL);
  self->address = obm_address_to_string (uri);
  self->host_name = obm_address_to_host (uri);
  self->login = g_strdup (login);
  self->http = obm_http_new (uri, login, password);

  return self;
}

/**
 * obm_backend_get_address:
 * @self: a backend
 *
 * Returns: its address, always written the same way, without a trailing slash
 */
const char *
obm_backend_get_address (ObmBackend *self)
{
  g_return_val_if_fail (OBM_IS_BACKEND (self), NULL);

  return self->address;
}

/**
 * obm_backend_get_host_name:
 * @self: a backend
 *
 * Returns: its host for people, with the port unless it is the usual one
 */
const char *
obm_backend_get_host_name (ObmBackend *self)
{
  g_return_val_if_fail (OBM_IS_BACKEND (self), NULL);

  return self->host_name;
}

/**
 * obm_backend_get_login:
 * @self: a backend
 *
 * Returns: the caller, `login@domain`
 */
const char *
obm_backend_get_login (ObmBackend *self)
{
  g_return_val_if_fail (OBM_IS_BACKEND (self), NULL);

  return self->login;
}

/**
 * obm_backend_get_domain:
 * @self: a backend
 *
 * Returns: (nullable) (transfer none): the domain in use; %NULL until signed in
 */
ObmDomain *
obm_backend_get_domain (ObmBackend *self)
{
  g_return_val_if_fail (OBM_IS_BACKEND (self), NULL);

  return self->domain;
}

/**
 * obm_backend_get_session:
 * @self: a backend
 *
 * Returns: (nullable) (transfer none): what the caller may do there; %NULL until signed in
 */
ObmSession *
obm_backend_get_session (ObmBackend *self)
{
  g_return_val_if_fail (OBM_IS_BACKEND (self), NULL);

  return self->session;
}

/* The caller's own domain, else the first. */
static ObmDomain *
choose_domain (JsonNode *node, GError **error)
{
  g_autoptr (ObmDomain) chosen = NULL;
  JsonArray *array;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL,
                                               "The domains are not an array"));
      return NULL;
    }

  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *object = obm_backend_require_object (json_array_get_element (array, i), error);
      g_autoptr (ObmDomain) domain = object ? obm_domain_new_from_json (object, error) : NULL;
      const char *id;

      if (domain == NULL)
        return NULL;
      /* These keys would change the path they stand in. */
      id = obm_domain_get_id (domain);
      if (g_str_equal (id, ".") || g_str_equal (id, ".."))
        {
          g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, "id",
                                                   "A domain has no usable key"));
          return NULL;
        }
      if (chosen == NULL || (obm_domain_get_own (domain) && !obm_domain_get_own (chosen)))
        g_set_object (&chosen, domain);
    }
  if (chosen == NULL)
    g_propagate_error (error, obm_error_new (OBM_ERROR_RIGHTS_INSUFFICIENT, NULL, "No domain to administer"));

  return g_steal_pointer (&chosen);
}

static void
got_session_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ObmBackend *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = obm_http_get_finish (OBM_HTTP (source), result, &error);
  JsonObject *object = node ? obm_backend_require_object (node, &error) : NULL;
  g_autoptr (ObmSession) session = object ? obm_session_new_from_json (object, &error) : NULL;

  if (session != NULL && (obm_session_get_rights (session) & OBM_RIGHTS_READ) == 0)
    error = obm_error_new (OBM_ERROR_RIGHTS_INSUFFICIENT, NULL, "No right to read");
  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_object_freeze_notify (G_OBJECT (self));
  if (g_set_object (&self->domain, g_task_get_task_data (task)))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DOMAIN]);
  if (g_set_object (&self->session, session))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  g_object_thaw_notify (G_OBJECT (self));

  g_task_return_boolean (task, TRUE);
}

static void
got_domains_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = obm_http_get_finish (OBM_HTTP (source), result, &error);
  ObmDomain *domain = node ? choose_domain (node, &error) : NULL;
  g_autofree char *path = NULL;

  if (domain == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  g_task_set_task_data (task, domain, g_object_unref);
  path = make_path (domain, "/session");
  obm_http_get_async (OBM_HTTP (source), path, NULL, g_task_get_cancellable (task), got_session_cb,
                      g_object_ref (task));
}

/**
 * obm_backend_sign_in_async:
 * @self: a backend
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Finds out whether the backend takes the caller, in which domain and with which rights. Sets
 * #ObmBackend:domain and #ObmBackend:session, which the other methods need.
 */
void
obm_backend_sign_in_async (ObmBackend *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OBM_IS_BACKEND (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, obm_backend_sign_in_async);
  obm_http_get_async (self->http, "/domains", NULL, cancellable, got_domains_cb, g_object_ref (task));
}

/**
 * obm_backend_sign_in_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the caller is signed in; %OBM_ERROR_RIGHTS_INSUFFICIENT when there is nothing to read
 */
gboolean
obm_backend_sign_in_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
