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
 * obm_store_transact:
 * @self: the store
 * @host_id: the host whose roles change; 0 when that is known not to matter
 * @func: (scope call): what to do
 * @user_data: user data
 * @error: return location
 *
 * Calls @func so that nobody else changes what @host_id does meanwhile, and that all it does happens, or
 * nothing. All that changes something may only be called by @func.
 *
 * Returns: %FALSE with the error of @func, or %OBM_ERROR_DATABASE_UNAVAILABLE: then nothing was written; or
 *   %OBM_ERROR_INTERNAL, when it is not known whether
 */
gboolean
obm_store_transact (ObmStore *self, gint64 host_id, ObmStoreFunc func, gpointer user_data, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->transact (self, host_id, func, user_data, error);
}

/**
 * obm_store_find_host:
 * @self: the store
 * @domain: where to look
 * @id: its id
 * @host: (out) (nullable) (transfer full): the host, %NULL if there is none that could be a mail server
 * @error: return location
 *
 * Returns: %FALSE when the store could not tell
 */
gboolean
obm_store_find_host (ObmStore *self, ObmDomain *domain, gint64 id, ObmHost **host, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->find_host (self, domain, id, host, error);
}

/**
 * obm_store_insert_mail_server:
 * @self: the store
 * @author: who does it
 * @host_id: a host that is no mail server
 * @roles: what it shall do
 * @id: (out): the id of the new mail server
 * @error: return location
 *
 * Makes a host a mail server, and says that its domain has something to apply.
 *
 * Returns: %FALSE when the store could not
 */
gboolean
obm_store_insert_mail_server (ObmStore *self,
                              ObmAccount *author,
                              gint64 host_id,
                              ObmRoles roles,
                              gint64 *id,
                              GError **error)
{
  return OBM_STORE_GET_IFACE (self)->insert_mail_server (self, author, host_id, roles, id, error);
}

/**
 * obm_store_update_mail_server:
 * @self: the store
 * @author: who does it
 * @id: a mail server
 * @roles: what it shall do
 * @error: return location
 *
 * Changes the roles of a mail server, and says that its domain has something to apply.
 *
 * Returns: %FALSE when the store could not
 */
gboolean
obm_store_update_mail_server (ObmStore *self, ObmAccount *author, gint64 id, ObmRoles roles, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->update_mail_server (self, author, id, roles, error);
}

/**
 * obm_store_delete_mail_server:
 * @self: the store
 * @author: who does it
 * @id: a mail server
 * @error: return location
 *
 * Takes its roles from a host, which stays, and says that its domain has something to apply.
 *
 * Returns: %FALSE when the store could not
 */
gboolean
obm_store_delete_mail_server (ObmStore *self, ObmAccount *author, gint64 id, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->delete_mail_server (self, author, id, error);
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

/**
 * obm_store_list_pending_domains:
 * @self: the store
 * @error: return location
 *
 * Returns: (transfer full) (element-type ObmDomain): the domains where something waits for an update
 */
GPtrArray *
obm_store_list_pending_domains (ObmStore *self, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->list_pending_domains (self, error);
}

/**
 * obm_store_get_update_arguments:
 * @self: the store
 * @domain: a domain
 *
 * Does not block.
 *
 * Returns: (transfer full): what follows the words of the update command when it applies what waits in
 *   @domain
 */
GStrv
obm_store_get_update_arguments (ObmStore *self, ObmDomain *domain)
{
  return OBM_STORE_GET_IFACE (self)->get_update_arguments (self, domain);
}

/**
 * obm_store_is_update_locked:
 * @self: the store
 * @locked: (out): whether somebody has OBM's own lock
 * @error: return location
 *
 * Returns: %FALSE when the store could not tell
 */
gboolean
obm_store_is_update_locked (ObmStore *self, gboolean *locked, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->is_update_locked (self, locked, error);
}

/**
 * obm_store_take_update_lock:
 * @self: the store, in a transaction
 * @taken: (out): whether nobody had it
 * @error: return location
 *
 * Takes OBM's own lock, under which one update runs in the whole installation.
 *
 * Returns: %FALSE when the store could not
 */
gboolean
obm_store_take_update_lock (ObmStore *self, gboolean *taken, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->take_update_lock (self, taken, error);
}

/**
 * obm_store_give_update_lock:
 * @self: the store, in a transaction
 * @error: return location
 *
 * Gives back OBM's own lock, whoever has it.
 *
 * Returns: %FALSE when the store could not
 */
gboolean
obm_store_give_update_lock (ObmStore *self, GError **error)
{
  return OBM_STORE_GET_IFACE (self)->give_update_lock (self, error);
}
