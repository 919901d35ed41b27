/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-routes-private.h"

#include "obm-error.h"
#include "obm-query.h"

/*
 * The routes of the contract. A handler finds in its request the caller, the domain and the mail server it is
 * about; it checks the query, asks the store and answers.
 */

/* Takes @object. */
void
_obm_routes_answer (ObmRequest *request, guint status, JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  obm_request_answer (request, status, node);
}

/* Takes @object. */
static gboolean
answer_object (ObmRequest *request, JsonObject *object)
{
  _obm_routes_answer (request, 200, object);

  return TRUE;
}

/* Tells the caller whether he may change a mail server. */
void
_obm_routes_set_editable (ObmRequest *request, gpointer mail_server)
{
  g_object_set (mail_server, "editable", (obm_request_get_rights (request) & OBM_RIGHTS_WRITE) != 0, NULL);
}

void
_obm_routes_answer_mail_server (ObmRequest *request, guint status, gpointer mail_server)
{
  _obm_routes_set_editable (request, mail_server);
  obm_request_set_header (request, "ETag", obm_mail_server_get_etag (mail_server));
  _obm_routes_answer (request, status, obm_entity_to_json (mail_server));
}

/* A route without parameters refuses all, lest a misspelt address seems to work. */
gboolean
_obm_routes_refuse_query (ObmRequest *request, GError **error)
{
  const char *query = obm_request_get_query (request);
  g_autofree char *key = NULL;
  g_autofree char *unescaped = NULL;
  const char *field;

  if (query == NULL || *query == '\0')
    return TRUE;

  field = key = g_strndup (query, strcspn (query, "=&"));
  unescaped = g_uri_unescape_string (key, NULL);
  if (unescaped != NULL && g_utf8_validate (unescaped, -1, NULL))
    field = unescaped;
  g_propagate_error (error, obm_error_new (OBM_ERROR_QUERY_INVALID, field,
                                           "There are no query parameters here"));

  return FALSE;
}

static gboolean
get_domains (const ObmSite *site, ObmRequest *request, GError **error)
{
  ObmDomain *own = obm_request_get_account (request)->domain;
  g_autoptr (GPtrArray) domains = NULL;
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  if (!_obm_routes_refuse_query (request, error))
    return FALSE;

  if (obm_domain_get_global (own))
    domains = obm_store_list_domains (site->store, obm_domain_get_id (own), error);
  else
    {
      domains = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (domains, g_object_ref (own));
    }
  if (domains == NULL)
    return FALSE;

  for (guint i = 0; i < domains->len; i++)
    json_array_add_object_element (array, obm_domain_to_json (g_ptr_array_index (domains, i), TRUE));
  obm_request_answer (request, 200, node);

  return TRUE;
}

static gboolean
get_domain (const ObmSite *site, ObmRequest *request, GError **error)
{
  return _obm_routes_refuse_query (request, error) &&
         answer_object (request, obm_domain_to_json (obm_request_get_domain (request), FALSE));
}

static gboolean
get_session (const ObmSite *site, ObmRequest *request, GError **error)
{
  ObmAccount *account = obm_request_get_account (request);
  g_autoptr (ObmSession) session = obm_session_new (account->login, account->profile,
                                                    obm_domain_get_id (obm_request_get_domain (request)),
                                                    obm_request_get_rights (request));

  return _obm_routes_refuse_query (request, error) && answer_object (request, obm_session_to_json (session));
}

static gboolean
get_mail_servers (const ObmSite *site, ObmRequest *request, GError **error)
{
  g_autoptr (ObmSearch) search = NULL;
  g_autoptr (ObmPage) result = NULL;
  guint page, rows;

  search = obm_query_parse (OBM_SEARCH_MAIL_SERVERS, obm_request_get_query (request), &page, &rows, error);
  if (search == NULL)
    return FALSE;
  result = obm_store_list_mail_servers (site->store, obm_request_get_domain (request), search, page, rows,
                                        error);
  if (result == NULL)
    return FALSE;

  for (guint i = 0; i < obm_page_get_n_items (result); i++)
    _obm_routes_set_editable (request, obm_page_get_item (result, i));

  return answer_object (request, obm_page_to_json (result));
}

static gboolean
get_mail_server (const ObmSite *site, ObmRequest *request, GError **error)
{
  if (!_obm_routes_refuse_query (request, error))
    return FALSE;

  _obm_routes_answer_mail_server (request, 200, obm_request_get_mail_server (request));

  return TRUE;
}

static gboolean
get_links (const ObmSite *site, ObmRequest *request, GError **error)
{
  g_autoptr (ObmLinks) links = NULL;

  if (!_obm_routes_refuse_query (request, error))
    return FALSE;
  links = obm_store_get_links (site->store, obm_request_get_domain (request),
                               obm_mail_server_get_id (obm_request_get_mail_server (request)), error);

  return links != NULL && answer_object (request, obm_links_to_json (links));
}

static gboolean
get_hosts (const ObmSite *site, ObmRequest *request, GError **error)
{
  g_autoptr (ObmSearch) search = NULL;
  g_autoptr (ObmPage) result = NULL;
  guint page, rows;

  search = obm_query_parse (OBM_SEARCH_HOSTS, obm_request_get_query (request), &page, &rows, error);
  if (search == NULL)
    return FALSE;
  result = obm_store_list_hosts (site->store, obm_request_get_domain (request), search, page, rows, error);

  return result != NULL && answer_object (request, obm_page_to_json (result));
}

const ObmRoute obm_routes[] = {
  { "GET", "domains", OBM_RIGHTS_READ, get_domains },
  { "GET", "domains/{domain}", OBM_RIGHTS_READ, get_domain },
  { "GET", "{domain}/session", OBM_RIGHTS_READ, get_session },
  { "GET", "{domain}/mailservers", OBM_RIGHTS_READ, get_mail_servers },
  { "POST", "{domain}/mailservers", OBM_RIGHTS_WRITE, _obm_routes_post_mail_server },
  { "GET", "{domain}/mailservers/{mailserver}", OBM_RIGHTS_READ, get_mail_server },
  { "PUT", "{domain}/mailservers/{mailserver}", OBM_RIGHTS_WRITE, _obm_routes_put_mail_server },
  { "DELETE", "{domain}/mailservers/{mailserver}", OBM_RIGHTS_WRITE, _obm_routes_delete_mail_server },
  { "GET", "{domain}/mailservers/{mailserver}/links", OBM_RIGHTS_READ, get_links },
  { "GET", "{domain}/hosts", OBM_RIGHTS_READ, get_hosts },
  { "GET", "{domain}/update", OBM_RIGHTS_READ, _obm_routes_get_update },
  { "POST", "{domain}/update", OBM_RIGHTS_COMMIT, _obm_routes_post_update },
  { "GET", "{domain}/batches/{batch}", OBM_RIGHTS_READ, _obm_routes_get_batch },
};

const guint obm_n_routes = G_N_ELEMENTS (obm_routes);
