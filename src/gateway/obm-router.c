/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-router.h"

#include "obm-authenticator.h"
#include "obm-error.h"

/**
 * ObmRouter:
 *
 * Takes a request through the contract's checks, in their order: who (401, 429), may he (403), does what he
 * names exist (404), has it this method (405). What is left to check is the handler's.
 */
struct _ObmRouter
{
  GObject parent_instance;

  ObmSite site;
  ObmAuthenticator *authenticator;
  const ObmRoute *routes;
  guint n_routes;
  ObmRights rights;
};

G_DEFINE_FINAL_TYPE (ObmRouter, obm_router, G_TYPE_OBJECT)

static void
obm_router_finalize (GObject *object)
{
  ObmRouter *self = OBM_ROUTER (object);

  g_clear_object (&self->site.store);
  g_clear_object (&self->site.runner);
  g_clear_object (&self->authenticator);

  G_OBJECT_CLASS (obm_router_parent_class)->finalize (object);
}

static void
obm_router_class_init (ObmRouterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_router_finalize;
}

static void
obm_router_init (ObmRouter *self)
{
}

static gboolean
is_parameter (const char *segment)
{
  return *segment == '{';
}

/* Compares a pattern with the segments after "v1". */
static gboolean
matches (const char *pattern, const char * const *segments)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "/", -1);
  guint i;

  for (i = 0; parts[i] != NULL && segments[i] != NULL; i++)
    if (!is_parameter (parts[i]) && !g_str_equal (parts[i], segments[i]))
      return FALSE;

  return parts[i] == NULL && segments[i] == NULL;
}

/*
 * The first pattern that matches wins: routes with a literal segment stand before those with a parameter
 * there.
 */
static const char *
find_pattern (ObmRouter *self, ObmRequest *request)
{
  const char * const *segments = obm_request_get_segments (request);

  for (guint i = 0; segments != NULL && i < self->n_routes; i++)
    if (matches (self->routes[i].pattern, segments + 1))
      return self->routes[i].pattern;

  return NULL;
}

/* The segment that stands for a parameter of a pattern, or NULL. */
static const char *
get_parameter (const char *pattern, ObmRequest *request, const char *parameter)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "/", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_str_equal (parts[i], parameter))
      return obm_request_get_segments (request)[i + 1];

  return NULL;
}

static const ObmRoute *
find_route (ObmRouter *self, const char *pattern, const char *method)
{
  /* HEAD is answered as GET is, but for the body. */
  if (g_str_equal (method, "HEAD"))
    method = "GET";

  for (guint i = 0; pattern != NULL && i < self->n_routes; i++)
    if (g_str_equal (self->routes[i].pattern, pattern) && g_str_equal (self->routes[i].method, method))
      return &self->routes[i];

  return NULL;
}

static gboolean
fail (GError **error, ObmError code, const char *message)
{
  g_propagate_error (error, obm_error_new (code, NULL, "%s", message));

  return FALSE;
}

static gboolean
check_caller (ObmRouter *self, ObmRequest *request, ObmRights needed, GError **error)
{
  char *login;
  guint delay;
  ObmAccount *account = obm_authenticator_check (self->authenticator, obm_request_get_authorization (request),
                                                 obm_request_get_peer (request), &login, &delay, error);
  ObmRights rights;

  obm_request_take_login (request, login);
  obm_request_set_delay (request, delay);
  if (account == NULL)
    return FALSE;

  rights = obm_account_get_rights (account) & self->rights;
  /* That nobody can apply anything here is another answer than that the caller may not. */
  obm_request_take_account (request, account, self->site.runner ? rights : rights & ~OBM_RIGHTS_COMMIT);

  return (rights & needed) == needed ||
         fail (error, OBM_ERROR_RIGHTS_INSUFFICIENT, "You are not allowed to do this");
}

/* To the administrator of a domain, no other one exists. */
static gboolean
check_domain (ObmRouter *self, ObmRequest *request, const char *key, GError **error)
{
  ObmDomain *own = obm_request_get_account (request)->domain;
  ObmDomain *domain;

  if (g_str_equal (key, obm_domain_get_id (own)))
    {
      obm_request_take_domain (request, g_object_ref (own));
      return TRUE;
    }
  if (!obm_domain_get_global (own))
    return fail (error, OBM_ERROR_DOMAIN_FOREIGN, "You do not administer this domain");

  domain = obm_store_get_domain (self->site.store, obm_domain_get_id (own), key, error);
  if (domain != NULL)
    obm_request_take_domain (request, domain);

  return domain != NULL;
}

/* Only the one way in which we write an id is that id. */
static gboolean
parse_id (const char *text, gint64 *id)
{
  guint64 number;

  if (*text == '0' || !g_ascii_isdigit (*text) ||
      !g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &number, NULL))
    return FALSE;
  *id = number;

  return TRUE;
}

static gboolean
check_mail_server (ObmRouter *self, ObmRequest *request, const char *text, GError **error)
{
  ObmMailServer *mail_server;
  gint64 id;

  if (!parse_id (text, &id))
    return fail (error, OBM_ERROR_REFERENCE_UNKNOWN, "This mail server does not exist");

  mail_server = obm_store_get_mail_server (self->site.store, obm_request_get_domain (request), id, error);
  if (mail_server != NULL)
    obm_request_take_mail_server (request, mail_server);

  return mail_server != NULL;
}

static gboolean
check_batch (ObmRouter *self, ObmRequest *request, const char *text, GError **error)
{
  ObmBatch *batch = NULL;
  gint64 id;

  if (self->site.runner != NULL && parse_id (text, &id))
    batch = obm_update_runner_find (self->site.runner, obm_request_get_domain (request), id);
  if (batch == NULL)
    return fail (error, OBM_ERROR_REFERENCE_UNKNOWN, "This update is not known");

  obm_request_take_batch (request, batch);

  return TRUE;
}

/* What the path names. */
static gboolean
check_path (ObmRouter *self, ObmRequest *request, const char *pattern, GError **error)
{
  const char *domain, *mail_server, *batch;

  if (pattern == NULL)
    return fail (error, OBM_ERROR_REFERENCE_UNKNOWN, "There is nothing at this address");

  domain = get_parameter (pattern, request, "{domain}");
  mail_server = get_parameter (pattern, request, "{mailserver}");
  batch = get_parameter (pattern, request, "{batch}");

  return (domain == NULL || check_domain (self, request, domain, error)) &&
         (mail_server == NULL || check_mail_server (self, request, mail_server, error)) &&
         (batch == NULL || check_batch (self, request, batch, error));
}

static gboolean
refuse_method (ObmRouter *self, ObmRequest *request, const char *pattern, GError **error)
{
  g_autoptr (GString) allow = g_string_new (NULL);

  for (guint i = 0; i < self->n_routes; i++)
    if (g_str_equal (self->routes[i].pattern, pattern))
      {
        const char *method = self->routes[i].method;

        g_string_append_printf (allow, "%s%s", allow->len > 0 ? ", " : "",
                                g_str_equal (method, "GET") ? "GET, HEAD" : method);
      }
  obm_request_set_header (request, "Allow", allow->str);

  return fail (error, OBM_ERROR_METHOD_NOT_ALLOWED, "This method is not allowed here");
}

static gboolean
answer (ObmRouter *self, ObmRequest *request, GError **error)
{
  const char * const *segments = obm_request_get_segments (request);
  const char *pattern = find_pattern (self, request);
  const ObmRoute *route = find_route (self, pattern, obm_request_get_method (request));

  obm_request_set_route (request, pattern);
  /* Outside of the API nobody needs a name to hear that there is nothing. */
  if (!g_str_has_prefix (obm_request_get_path (request), "/v1") ||
      (segments != NULL && !g_str_equal (segments[0], "v1")))
    return fail (error, OBM_ERROR_REFERENCE_UNKNOWN, "There is nothing at this address");

  if (!check_caller (self, request, route ? route->rights : OBM_RIGHTS_READ, error) ||
      !check_path (self, request, pattern, error))
    return FALSE;

  return route ? route->handler (&self->site, request, error) : refuse_method (self, request, pattern, error);
}

/**
 * obm_router_new:
 * @site: the installation
 * @routes: (array length=n_routes): the routes, which must stay
 * @n_routes: how many there are
 * @rights: what anybody may do at most
 *
 * Returns: (transfer full): a new router
 */
ObmRouter *
obm_router_new (const ObmSite *site, const ObmRoute *routes, guint n_routes, ObmRights rights)
{
  ObmRouter *self = g_object_new (OBM_TYPE_ROUTER, NULL);

  self->site.store = g_object_ref (site->store);
  self->site.runner = site->runner ? g_object_ref (site->runner) : NULL;
  self->authenticator = obm_authenticator_new (site->store);
  self->routes = routes;
  self->n_routes = n_routes;
  self->rights = rights;

  return self;
}

/**
 * obm_router_answer:
 * @self: a router
 * @request: a request without an answer
 *
 * Answers @request, whatever it is. Blocks; may be called from any thread.
 */
void
obm_router_answer (ObmRouter *self, ObmRequest *request)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OBM_IS_ROUTER (self) && OBM_IS_REQUEST (request));

  if (!answer (self, request, &error))
    obm_request_fail (request, error);
}
