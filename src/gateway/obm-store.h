/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-account.h"
#include "obm-host.h"
#include "obm-links.h"
#include "obm-mail-server.h"
#include "obm-page.h"
#include "obm-search.h"
#include "obm-update-state.h"

G_BEGIN_DECLS

#define OBM_TYPE_STORE (obm_store_get_type ())

G_DECLARE_INTERFACE (ObmStore, obm_store, OBM, STORE, GObject)

/**
 * ObmStoreFunc:
 * @self: the store
 * @user_data: user data
 * @error: return location
 *
 * Returns: %FALSE with an error when nothing shall have happened
 */
typedef gboolean (*ObmStoreFunc) (ObmStore *self, gpointer user_data, GError **error);

/**
 * ObmStore:
 *
 * What the gateway needs of an OBM installation. There is one implementation for each layout of OBM's tables.
 * All methods block and may be called from any thread; all fail with %OBM_ERROR_DATABASE_UNAVAILABLE.
 *
 * Where a domain is given, what lies outside does not exist; the global domain contains everything.
 */
struct _ObmStoreInterface
{
  GTypeInterface parent_iface;

  gboolean         (*find_account)      (ObmStore    *self,
                                         const char  *login,
                                         const char  *domain_name,
                                         ObmAccount **account,
                                         GError     **error);
  GPtrArray       *(*list_domains)      (ObmStore    *self,
                                         const char  *own,
                                         GError     **error);
  ObmDomain       *(*get_domain)        (ObmStore    *self,
                                         const char  *own,
                                         const char  *key,
                                         GError     **error);
  ObmPage         *(*list_mail_servers) (ObmStore    *self,
                                         ObmDomain   *domain,
                                         ObmSearch   *search,
                                         guint        page,
                                         guint        rows,
                                         GError     **error);
  ObmMailServer   *(*get_mail_server)   (ObmStore    *self,
                                         ObmDomain   *domain,
                                         gint64       id,
                                         GError     **error);
  ObmLinks        *(*get_links)         (ObmStore    *self,
                                         ObmDomain   *domain,
                                         gint64       id,
                                         GError     **error);
  ObmPage         *(*list_hosts)        (ObmStore    *self,
                                         ObmDomain   *domain,
                                         ObmSearch   *search,
                                         guint        page,
                                         guint        rows,
                                         GError     **error);
  gboolean         (*transact)          (ObmStore    *self,
                                         gint64       host_id,
                                         ObmStoreFunc func,
                                         gpointer     user_data,
                                         GError     **error);
  gboolean         (*find_host)         (ObmStore    *self,
                                         ObmDomain   *domain,
                                         gint64       id,
                                         ObmHost    **host,
                                         GError     **error);
  gboolean         (*insert_mail_server) (ObmStore   *self,
                                         ObmAccount  *author,
                                         gint64       host_id,
                                         ObmRoles     roles,
                                         gint64      *id,
                                         GError     **error);
  gboolean         (*update_mail_server) (ObmStore   *self,
                                         ObmAccount  *author,
                                         gint64       id,
                                         ObmRoles     roles,
                                         GError     **error);
  gboolean         (*delete_mail_server) (ObmStore   *self,
                                         ObmAccount  *author,
                                         gint64       id,
                                         GError     **error);
  ObmUpdateState  *(*get_update_state)  (ObmStore    *self,
                                         ObmDomain   *domain,
                                         gboolean     may_commit,
                                         GError     **error);
  GPtrArray       *(*list_pending_domains) (ObmStore *self,
                                         GError     **error);
  GStrv            (*get_update_arguments) (ObmStore *self,
                                         ObmDomain   *domain);
  gboolean         (*is_update_locked)  (ObmStore    *self,
                                         gboolean    *locked,
                                         GError     **error);
  gboolean         (*take_update_lock)  (ObmStore    *self,
                                         gboolean    *taken,
                                         GError     **error);
  gboolean         (*give_update_lock)  (ObmStore    *self,
                                         GError     **error);
};

gboolean        obm_store_find_account      (ObmStore    *self,
                                             const char  *login,
                                             const char  *domain_name,
                                             ObmAccount **account,
                                             GError     **error);
GPtrArray      *obm_store_list_domains      (ObmStore    *self,
                                             const char  *own,
                                             GError     **error);
ObmDomain      *obm_store_get_domain        (ObmStore    *self,
                                             const char  *own,
                                             const char  *key,
                                             GError     **error);
ObmPage        *obm_store_list_mail_servers (ObmStore    *self,
                                             ObmDomain   *domain,
                                             ObmSearch   *search,
                                             guint        page,
                                             guint        rows,
                                             GError     **error);
ObmMailServer  *obm_store_get_mail_server   (ObmStore    *self,
                                             ObmDomain   *domain,
                                             gint64       id,
                                             GError     **error);
ObmLinks       *obm_store_get_links         (ObmStore    *self,
                                             ObmDomain   *domain,
                                             gint64       id,
                                             GError     **error);
ObmPage        *obm_store_list_hosts        (ObmStore    *self,
                                             ObmDomain   *domain,
                                             ObmSearch   *search,
                                             guint        page,
                                             guint        rows,
                                             GError     **error);
gboolean        obm_store_transact          (ObmStore    *self,
                                             gint64       host_id,
                                             ObmStoreFunc func,
                                             gpointer     user_data,
                                             GError     **error);
gboolean        obm_store_find_host         (ObmStore    *self,
                                             ObmDomain   *domain,
                                             gint64       id,
                                             ObmHost    **host,
                                             GError     **error);
gboolean        obm_store_insert_mail_server (ObmStore   *self,
                                             ObmAccount  *author,
                                             gint64       host_id,
                                             ObmRoles     roles,
                                             gint64      *id,
                                             GError     **error);
gboolean        obm_store_update_mail_server (ObmStore   *self,
                                             ObmAccount  *author,
                                             gint64       id,
                                             ObmRoles     roles,
                                             GError     **error);
gboolean        obm_store_delete_mail_server (ObmStore   *self,
                                             ObmAccount  *author,
                                             gint64       id,
                                             GError     **error);
ObmUpdateState *obm_store_get_update_state  (ObmStore    *self,
                                             ObmDomain   *domain,
                                             gboolean     may_commit,
                                             GError     **error);
GPtrArray      *obm_store_list_pending_domains (ObmStore *self,
                                             GError     **error);
GStrv           obm_store_get_update_arguments (ObmStore *self,
                                             ObmDomain   *domain);
gboolean        obm_store_is_update_locked  (ObmStore    *self,
                                             gboolean    *locked,
                                             GError     **error);
gboolean        obm_store_take_update_lock  (ObmStore    *self,
                                             gboolean    *taken,
                                             GError     **error);
gboolean        obm_store_give_update_lock  (ObmStore    *self,
                                             GError     **error);

G_END_DECLS
