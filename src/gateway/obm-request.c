/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-request-private.h"

G_DEFINE_FINAL_TYPE (ObmRequest, obm_request, G_TYPE_OBJECT)

static void
obm_request_finalize (GObject *object)
{
  ObmRequest *self = OBM_REQUEST (object);

  g_free (self->method);
  g_free (self->path);
  g_strfreev (self->segments);
  g_free (self->query);
  g_free (self->authorization);
  g_free (self->if_match);
  g_clear_pointer (&self->content, obm_content_free);
  g_free (self->peer);
  g_free (self->login);
  g_clear_pointer (&self->account, obm_account_free);
  g_clear_object (&self->domain);
  g_clear_object (&self->mail_server);
  g_clear_object (&self->batch);
  g_free (self->body);
  g_hash_table_unref (self->headers);

  G_OBJECT_CLASS (obm_request_parent_class)->finalize (object);
}

static void
obm_request_class_init (ObmRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_request_finalize;
}

static void
obm_request_init (ObmRequest *self)
{
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
}

/* Splits, then unescapes each part: an escaped "/" never separates. NULL when a part is empty or no text. */
static GStrv
split_path (const char *path)
{
  g_auto (GStrv) segments = NULL;

  if (*path != '/' || path[1] == '\0')
    return NULL;

  segments = g_strsplit (path + 1, "/", -1);
  for (guint i = 0; segments[i] != NULL; i++)
    {
      char *segment = g_uri_unescape_string (segments[i], "/");

      if (segment == NULL || *segment == '\0' || !g_utf8_validate (segment, -1, NULL))
        {
          g_free (segment);
          return NULL;
        }
      g_free (segments[i]);
      segments[i] = segment;
    }

  return g_steal_pointer (&segments);
}

/**
 * obm_request_new:
 * @method: the method, "GET"
 * @path: the path as it came, escaped
 * @query: (nullable): the query as it came, escaped and without "?"
 * @authorization: (nullable): the header of that name
 * @peer: the address it comes from
 *
 * Returns: (transfer full): a new request
 */
ObmRequest *
obm_request_new (const char *method,
                 const char *path,
                 const char *query,
                 const char *authorization,
                 const char *peer)
{
  ObmRequest *self = g_object_new (OBM_TYPE_REQUEST, NULL);

  self->method = g_strdup (method);
  self->path = g_strdup (path);
  self->segments = split_path (path);
  self->query = g_strdup (query);
  self->authorization = g_strdup (authorization);
  self->peer = g_strdup (peer);

  return self;
}

/**
 * obm_request_get_method:
 * @self: a request
 *
 * Returns: the method
 */
const char *
obm_request_get_method (ObmRequest *self)
{
  return self->method;
}

/**
 * obm_request_get_path:
 * @self: a request
 *
 * Returns: the path as it came
 */
const char *
obm_request_get_path (ObmRequest *self)
{
  return self->path;
}

/**
 * obm_request_get_segments:
 * @self: a request
 *
 * Returns: (nullable) (array zero-terminated=1): the parts of the path, unescaped; %NULL for a path that is
 *   none of ours
 */
const char * const *
obm_request_get_segments (ObmRequest *self)
{
  return (const char * const *) self->segments;
}

/**
 * obm_request_get_query:
 * @self: a request
 *
 * Returns: (nullable): the query as it came
 */
const char *
obm_request_get_query (ObmRequest *self)
{
  return self->query;
}

/**
 * obm_request_get_authorization:
 * @self: a request
 *
 * Returns: (nullable): the header of that name
 */
const char *
obm_request_get_authorization (ObmRequest *self)
{
  return self->authorization;
}

/**
 * obm_request_get_if_match:
 * @self: a request
 *
 * Returns: (nullable): the header of that name
 */
const char *
obm_request_get_if_match (ObmRequest *self)
{
  return self->if_match;
}

/**
 * obm_request_set_if_match:
 * @self: a request
 * @if_match: (nullable): the header of that name
 */
void
obm_request_set_if_match (ObmRequest *self, const char *if_match)
{
  g_free (self->if_match);
  self->if_match = g_strdup (if_match);
}

/**
 * obm_request_get_content:
 * @self: a request
 *
 * Returns: (nullable) (transfer none): its body, %NULL if the method has none
 */
const ObmContent *
obm_request_get_content (ObmRequest *self)
{
  return self->content;
}

/**
 * obm_request_take_content:
 * @self: a request
 * @content: (transfer full): its body
 */
void
obm_request_take_content (ObmRequest *self, ObmContent *content)
{
  g_return_if_fail (self->content == NULL);

  self->content = content;
}

/**
 * obm_request_get_peer:
 * @self: a request
 *
 * Returns: the address it comes from
 */
const char *
obm_request_get_peer (ObmRequest *self)
{
  return self->peer;
}

/**
 * obm_request_get_login:
 * @self: a request
 *
 * Returns: (nullable): whose it says to be, in UTF-8, whether that is true or not
 */
const char *
obm_request_get_login (ObmRequest *self)
{
  return self->login;
}

/**
 * obm_request_take_login:
 * @self: a request
 * @login: (transfer full) (nullable): whose it says to be
 */
void
obm_request_take_login (ObmRequest *self, char *login)
{
  g_free (self->login);
  self->login = login;
}

/**
 * obm_request_get_route:
 * @self: a request
 *
 * Returns: (nullable): the pattern that its path matches, %NULL for none
 */
const char *
obm_request_get_route (ObmRequest *self)
{
  return self->route;
}

/**
 * obm_request_set_route:
 * @self: a request
 * @route: (nullable): the pattern that its path matches, a literal
 */
void
obm_request_set_route (ObmRequest *self, const char *route)
{
  self->route = route;
}

/**
 * obm_request_get_account:
 * @self: a request
 *
 * Returns: (nullable) (transfer none): whose it is, %NULL as long as that is not known
 */
ObmAccount *
obm_request_get_account (ObmRequest *self)
{
  return self->account;
}

/**
 * obm_request_get_rights:
 * @self: a request
 *
 * Returns: what the caller may do through this gateway
 */
ObmRights
obm_request_get_rights (ObmRequest *self)
{
  return self->rights;
}

/**
 * obm_request_take_account:
 * @self: a request
 * @account: (transfer full): whose it is
 * @rights: what the caller may do through this gateway
 */
void
obm_request_take_account (ObmRequest *self, ObmAccount *account, ObmRights rights)
{
  g_return_if_fail (self->account == NULL);

  self->account = account;
  self->rights = rights;
}

/**
 * obm_request_get_domain:
 * @self: a request
 *
 * Returns: (nullable) (transfer none): the domain in the path
 */
ObmDomain *
obm_request_get_domain (ObmRequest *self)
{
  return self->domain;
}

/**
 * obm_request_take_domain:
 * @self: a request
 * @domain: (transfer full): the domain in the path
 */
void
obm_request_take_domain (ObmRequest *self, ObmDomain *domain)
{
  g_return_if_fail (self->domain == NULL);

  self->domain = domain;
}

/**
 * obm_request_get_mail_server:
 * @self: a request
 *
 * Returns: (nullable) (transfer none): the mail server in the path, as it was when the request came
 */
ObmMailServer *
obm_request_get_mail_server (ObmRequest *self)
{
  return self->mail_server;
}

/**
 * obm_request_take_mail_server:
 * @self: a request
 * @mail_server: (transfer full): the mail server in the path
 */
void
obm_request_take_mail_server (ObmRequest *self, ObmMailServer *mail_server)
{
  g_return_if_fail (self->mail_server == NULL);

  self->mail_server = mail_server;
}

/**
 * obm_request_get_batch:
 * @self: a request
 *
 * Returns: (nullable) (transfer none): the batch in the path, as it was when the request came
 */
ObmBatch *
obm_request_get_batch (ObmRequest *self)
{
  return self->batch;
}

/**
 * obm_request_take_batch:
 * @self: a request
 * @batch: (transfer full): the batch in the path
 */
void
obm_request_take_batch (ObmRequest *self, ObmBatch *batch)
{
  g_return_if_fail (self->batch == NULL);

  self->batch = batch;
}
