/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store.h"

G_DEFINE_INTERFACE (ObmStore, obm_store, G_TYPE_OBJECT)

static void
obm_store_default_init (ObmStoreInterface *iface)
{
}

/**
 * obm_store_find_account:
 * @self: the store
 * @login: a login
 * @domain_name: the name of its domain; case does not matter
 * @account: (out) (nullable) (transfer full): the account, %NULL if there is none
 * @error: return location
 *
 * Returns: %FALSE when the store could not tell
 */
gboolean
obm_store_find_account (ObmStore *self,
                        const char *login,
                        const char *domain_name,
                        ObmAccount **account,
                        GError **error)
{
  return OBM_STORE_GET_IFACE (self)->find_account (self, login, domain_name, account, error);
}

/**
 * obm_store_list_domains:
 * @self: the store
 * @own: the key of the caller's domain
 * @error: return location
 *
 * Returns: (transfer full) (element-type ObmDomain): every domain by name, the global one first
 */
GPtrArray *
obm_store_list_domains (ObmStore *self, const char *own, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->list_domains (self, own, error);
}

/**
 * obm_store_get_domain:
 * @self: the store
 * @own: the key of the caller's domain
 * @key: the key of a domain, as it came in a path
 * @error: return location
 *
 * Returns: (transfer full): the domain; %NULL with %OBM_ERROR_REFERENCE_UNKNOWN when there is none
 */
ObmDomain *
obm_store_get_domain (ObmStore *self, const char *own, const char *key, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->get_domain (self, own, key, error);
}

/**
 * obm_store_list_mail_servers:
 * @self: the store
 * @domain: where to look
 * @search: the criteria and the order
 * @page: the result page, from 1
 * @rows: the rows of a page
 * @error: return location
 *
 * Returns: (transfer full): the page, of #ObmMailServer that nobody may edit yet
 */
ObmPage *
obm_store_list_mail_servers (ObmStore *self,
                             ObmDomain *domain,
                             ObmSearch *search,
                             guint page,
                             guint rows,
                             GError **error)
{
  return OBM_STORE_GET_IFACE (self)->list_mail_servers (self, domain, search, page, rows, error);
}

/**
 * obm_store_get_mail_server:
 * @self: the store
 * @domain: where to look
 * @id: its id
 * @error: return location
 *
 * Returns: (transfer full): the mail server; %NULL with %OBM_ERROR_REFERENCE_UNKNOWN when there is none
 */
ObmMailServer *
obm_store_get_mail_server (ObmStore *self, ObmDomain *domain, gint64 id, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->get_mail_server (self, domain, id, error);
}

/**
 * obm_store_get_links:
 * @self: the store
 * @domain: whose names may show
 * @id: a mail server that exists there
 * @error: return location
 *
 * Returns: (transfer full): what stops its deletion, in any domain
 */
ObmLinks *
obm_store_get_links (ObmStore *self, ObmDomain *domain, gint64 id, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->get_links (self, domain, id, error);
}

/**
 * obm_store_list_hosts:
 * @self: the store
 * @domain: where to look
 * @search: the criteria and the order
 * @page: the result page, from 1
 * @rows: the rows of a page
 * @error: return location
 *
 * Returns: (transfer full): the page, of #ObmHost
 */
ObmPage *
obm_store_list_hosts (ObmStore *self,
                      ObmDomain *domain,
                      ObmSearch *search,
                      guint page,
                      guint rows,
                      GError **error)
{
  return OBM_STORE_GET_IFACE (self)->list_hosts (self, domain, search, page, rows, error);
}

/**
 * obm_store_get_update_state:
 * @self: the store
 * @domain: where to look
 * @may_commit: whether the caller may start a run
 * @error: return location
 *
 * Returns: (transfer full): what waits for an update
 */
ObmUpdateState *
obm_store_get_update_state (ObmStore *self, ObmDomain *domain, gboolean may_commit, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->get_update_state (self, domain, may_commit, error);
}
