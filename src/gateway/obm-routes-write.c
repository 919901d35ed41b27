/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-routes-private.h"

#include "obm-error.h"
#include "obm-json.h"
#include "obm-precondition.h"

/*
 * The routes that change mail servers. What depends on the database is checked, changed and read again in
 * one transaction; what became of it is logged when that is over.
 */

typedef struct {
  ObmRequest *request;
  gint64 host_id;
  /* None for a deletion, which wants none. */
  ObmRoles roles;
  /* The name of the host, as far as known. */
  char *host_name;
  ObmMailServer *before;
  ObmMailServer *after;
} Write;

static void
write_clear (Write *write)
{
  g_clear_object (&write->before);
  g_clear_object (&write->after);
  g_free (write->host_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Write, write_clear)

static gboolean
fail (GError **error, ObmError code, const char *field, const char *message)
{
  g_propagate_error (error, obm_error_new (code, field, "%s", message));

  return FALSE;
}

/* Fails with an answer that has one member more. */
static gboolean
fail_with (GError **error, ObmError code, const char *message, const char *member, JsonNode *value)
{
  g_autoptr (GError) plain = obm_error_new (code, NULL, "%s", message);
  g_autoptr (JsonNode) body = obm_error_to_json (plain);

  json_object_set_member (json_node_get_object (body), member, value);
  g_propagate_error (error, obm_error_new_from_json (obm_error_get_status (plain), body));

  return FALSE;
}

static gboolean
malformed (GError **error, const char *field, const char *message)
{
  return fail (error, OBM_ERROR_BODY_MALFORMED, field, message);
}

static gboolean
is_absent (JsonObject *object, const char *member)
{
  return !json_object_has_member (object, member) || json_object_get_null_member (object, member);
}

/* Reads the three roles. That there is none of them is told by the callers, after what is malformed. */
static gboolean
read_roles (JsonObject *object, ObmRoles *roles, GError **error)
{
  for (guint i = 0; i < OBM_N_ROLES; i++)
    {
      const char *name = obm_roles_get_name (1 << i);
      gboolean has;

      if (!obm_json_require_boolean (object, name, &has, NULL))
        return malformed (error, name, "Each role must be true or false");
    }
  *roles = obm_roles_from_json (object);

  return TRUE;
}

/* Reads the id of the host; 0 when none is named. */
static gboolean
read_host (JsonObject *object, gint64 *id, GError **error)
{
  JsonObject *host = obm_json_get_object (object, "host");

  *id = 0;
  if (is_absent (object, "host"))
    return TRUE;
  if (host == NULL)
    return malformed (error, "host", "The host must be an object");

  return is_absent (host, "id") || obm_json_require_int (host, "id", id, NULL) ||
         malformed (error, "host", "The id of the host must be an integer");
}

static gboolean
names_host (JsonObject *object)
{
  JsonObject *host = obm_json_get_object (object, "host");

  return host != NULL && !is_absent (host, "id");
}

static gboolean
require_roles (const Write *write, GError **error)
{
  return write->roles != OBM_ROLES_NONE ||
         fail (error, OBM_ERROR_ROLES_EMPTY, NULL, "A mail server has at least one role");
}

static gboolean
require_if_match (ObmRequest *request, GError **error)
{
  return obm_request_get_if_match (request) != NULL ||
         fail (error, OBM_ERROR_PRECONDITION_REQUIRED, NULL, "If-Match must say what you have seen");
}

/* Reads the mail server as it is in this transaction, and compares it with what the caller saw. */
static gboolean
check_current (ObmStore *store, Write *write, GError **error)
{
  ObmMailServer *seen = obm_request_get_mail_server (write->request);
  g_autoptr (JsonNode) current = json_node_new (JSON_NODE_OBJECT);

  write->before = obm_store_get_mail_server (store, obm_request_get_domain (write->request),
                                             obm_mail_server_get_id (seen), error);
  if (write->before == NULL)
    return FALSE;
  if (obm_precondition_holds (obm_request_get_if_match (write->request),
                              obm_mail_server_get_etag (write->before)))
    return TRUE;

  _obm_routes_set_editable (write->request, write->before);
  json_node_take_object (current, obm_entity_to_json (OBM_ENTITY (write->before)));

  return fail_with (error, OBM_ERROR_MAILSERVER_CHANGED, "The mail server was changed meanwhile",
                    "current", g_steal_pointer (&current));
}

/* "hote1: imap smtp_in"; @name is what somebody called the host. */
static char *
describe (const char *name, ObmRoles roles)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s:", name ? name : "?");
  for (guint i = 0; i < OBM_N_ROLES; i++)
    if (roles & (1 << i))
      g_string_append_printf (text, " %s", obm_roles_get_name (1 << i));

  return g_strescape (text->str, NULL);
}

static char *
describe_mail_server (ObmMailServer *mail_server)
{
  return describe (obm_host_get_name (obm_mail_server_get_host (mail_server)),
                   obm_mail_server_get_roles (mail_server));
}

/* What it is now, what it was to become if that was refused, or "-" for no mail server. */
static char *
describe_after (const Write *write)
{
  if (write->after != NULL)
    return describe_mail_server (write->after);

  return write->roles != OBM_ROLES_NONE ? describe (write->host_name, write->roles) : g_strdup ("-");
}

/* Who wanted to change what, and what came of it. */
static void
log_write (const Write *write, gint64 host_id, const GError *error)
{
  const ObmAccount *account = obm_request_get_account (write->request);
  ObmMailServer *seen = obm_request_get_mail_server (write->request);
  ObmMailServer *known = write->after ? write->after : seen;
  g_autofree char *user = obm_account_describe (account);
  g_autofree char *before = write->before ? describe_mail_server (write->before) : g_strdup ("-");
  g_autofree char *after = describe_after (write);

  g_message ("Audit: %s by \"%s\" from %s: mail server %" G_GINT64_FORMAT " on host %" G_GINT64_FORMAT
             ", from \"%s\" to \"%s\": %s", obm_request_get_method (write->request), user,
             obm_request_get_peer (write->request), known ? obm_mail_server_get_id (known) : 0, host_id, before,
             after, error ? obm_error_get_type_name (error) : "done");
}

/* Changes something in a transaction. Whatever comes of it is logged. */
static gboolean
transact (const ObmSite *site, gint64 host_id, ObmStoreFunc func, Write *write, GError **error)
{
  GError *local = NULL;

  obm_store_transact (site->store, host_id, func, write, &local);
  log_write (write, host_id, local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);

  return FALSE;
}

static gboolean
create (ObmStore *store, gpointer data, GError **error)
{
  Write *write = data;
  ObmDomain *domain = obm_request_get_domain (write->request);
  g_autoptr (ObmHost) host = NULL;
  gint64 id;

  if (!obm_store_find_host (store, domain, write->host_id, &host, error))
    return FALSE;
  if (host == NULL)
    return fail (error, OBM_ERROR_HOST_INVALID, "host", "The selected host is not valid");
  g_free (write->host_name);
  write->host_name = g_strdup (obm_host_get_name (host));
  if (!require_roles (write, error))
    return FALSE;
  if (obm_host_get_mail_server_id (host) != 0)
    return fail (error, OBM_ERROR_HOST_ALREADY_MAILSERVER, "host",
                 "The selected host is already a mail server");

  if (!obm_store_insert_mail_server (store, obm_request_get_account (write->request), write->host_id,
                                     write->roles, &id, error))
    return FALSE;
  write->after = obm_store_get_mail_server (store, domain, id, error);

  return write->after != NULL;
}

gboolean
_obm_routes_post_mail_server (const ObmSite *site, ObmRequest *request, GError **error)
{
  g_autoptr (JsonNode) body = obm_content_parse (obm_request_get_content (request), error);
  g_auto (Write) write = { request };
  g_autofree char *url = NULL;
  g_autofree char *location = NULL;

  if (body == NULL ||
      !_obm_routes_refuse_query (request, error) ||
      !read_host (json_node_get_object (body), &write.host_id, error) ||
      !read_roles (json_node_get_object (body), &write.roles, error))
    return FALSE;
  if (!names_host (json_node_get_object (body)))
    return malformed (error, "host", "The host is missing");
  if (!transact (site, write.host_id, create, &write, error))
    return FALSE;

  g_object_get (write.after, "url", &url, NULL);
  location = g_strconcat ("/v1", url, NULL);
  obm_request_set_header (request, "Location", location);
  _obm_routes_answer_mail_server (request, 201, write.after);

  return TRUE;
}

static gboolean
modify (ObmStore *store, gpointer data, GError **error)
{
  Write *write = data;
  ObmAccount *author = obm_request_get_account (write->request);
  gint64 id = obm_mail_server_get_id (obm_request_get_mail_server (write->request));

  if (!check_current (store, write, error) ||
      !obm_store_update_mail_server (store, author, id, write->roles, error))
    return FALSE;
  write->after = obm_store_get_mail_server (store, obm_request_get_domain (write->request), id, error);

  return write->after != NULL;
}

gboolean
_obm_routes_put_mail_server (const ObmSite *site, ObmRequest *request, GError **error)
{
  ObmHost *host = obm_mail_server_get_host (obm_request_get_mail_server (request));
  gint64 host_id = obm_host_get_id (host);
  g_autoptr (JsonNode) body = obm_content_parse (obm_request_get_content (request), error);
  g_auto (Write) write = { request, .host_name = g_strdup (obm_host_get_name (host)) };

  if (body == NULL ||
      !_obm_routes_refuse_query (request, error) ||
      !read_host (json_node_get_object (body), &write.host_id, error) ||
      !read_roles (json_node_get_object (body), &write.roles, error))
    return FALSE;
  if (names_host (json_node_get_object (body)) && write.host_id != host_id)
    return fail (error, OBM_ERROR_HOST_IMMUTABLE, "host", "The host of a mail server cannot be changed");
  if (!require_roles (&write, error) ||
      !require_if_match (request, error) ||
      !transact (site, host_id, modify, &write, error))
    return FALSE;

  _obm_routes_answer_mail_server (request, 200, write.after);

  return TRUE;
}

static gboolean
delete (ObmStore *store, gpointer data, GError **error)
{
  Write *write = data;
  gint64 id = obm_mail_server_get_id (obm_request_get_mail_server (write->request));
  g_autoptr (ObmLinks) links = NULL;
  g_autoptr (JsonObject) object = NULL;

  if (!check_current (store, write, error))
    return FALSE;
  links = obm_store_get_links (store, obm_request_get_domain (write->request), id, error);
  if (links == NULL)
    return FALSE;
  if (obm_links_get_deletable (links))
    return obm_store_delete_mail_server (store, obm_request_get_account (write->request), id, error);

  object = obm_links_to_json (links);

  return fail_with (error, OBM_ERROR_MAILSERVER_LINKED, "The mail server is still in use", "links",
                    json_object_dup_member (object, "links"));
}

gboolean
_obm_routes_delete_mail_server (const ObmSite *site, ObmRequest *request, GError **error)
{
  gint64 host_id = obm_host_get_id (obm_mail_server_get_host (obm_request_get_mail_server (request)));
  g_auto (Write) write = { request };

  if (!_obm_routes_refuse_query (request, error) ||
      !require_if_match (request, error) ||
      !transact (site, host_id, delete, &write, error))
    return FALSE;

  obm_request_answer (request, 204, NULL);

  return TRUE;
}
