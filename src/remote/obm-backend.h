/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "obm-batch.h"
#include "obm-domain.h"
#include "obm-links.h"
#include "obm-mail-server.h"
#include "obm-page.h"
#include "obm-search.h"
#include "obm-session.h"
#include "obm-update-state.h"

G_BEGIN_DECLS

#define OBM_TYPE_BACKEND (obm_backend_get_type ())

G_DECLARE_FINAL_TYPE (ObmBackend, obm_backend, OBM, BACKEND, GObject)

ObmBackend     *obm_backend_new                     (const char           *address,
                                                     const char           *login,
                                                     const char           *password,
                                                     GError              **error);
const char     *obm_backend_get_address             (ObmBackend           *self);
const char     *obm_backend_get_host_name           (ObmBackend           *self);
const char     *obm_backend_get_login               (ObmBackend           *self);
ObmDomain      *obm_backend_get_domain              (ObmBackend           *self);
ObmSession     *obm_backend_get_session             (ObmBackend           *self);
void            obm_backend_sign_in_async           (ObmBackend           *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean        obm_backend_sign_in_finish          (ObmBackend           *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void            obm_backend_search_async            (ObmBackend           *self,
                                                     ObmSearch            *search,
                                                     guint                 page,
                                                     guint                 rows,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
ObmPage        *obm_backend_search_finish           (ObmBackend           *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void            obm_backend_get_mail_server_async   (ObmBackend           *self,
                                                     gint64                id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
ObmMailServer  *obm_backend_get_mail_server_finish  (ObmBackend           *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void            obm_backend_get_links_async         (ObmBackend           *self,
                                                     gint64                id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
ObmLinks       *obm_backend_get_links_finish        (ObmBackend           *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void            obm_backend_get_update_state_async  (ObmBackend           *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
ObmUpdateState *obm_backend_get_update_state_finish (ObmBackend           *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
void            obm_backend_get_batch_async         (ObmBackend           *self,
                                                     gint64                id,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
ObmBatch       *obm_backend_get_batch_finish        (ObmBackend           *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);

void            obm_backend_create_mail_server_async  (ObmBackend           *self,
                                                       gint64                host_id,
                                                       ObmRoles              roles,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
ObmMailServer  *obm_backend_create_mail_server_finish (ObmBackend           *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void            obm_backend_modify_mail_server_async  (ObmBackend           *self,
                                                       gint64                id,
                                                       const char           *etag,
                                                       ObmRoles              roles,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
ObmMailServer  *obm_backend_modify_mail_server_finish (ObmBackend           *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void            obm_backend_delete_mail_server_async  (ObmBackend           *self,
                                                       gint64                id,
                                                       const char           *etag,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
gboolean        obm_backend_delete_mail_server_finish (ObmBackend           *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);
void            obm_backend_commit_update_async       (ObmBackend           *self,
                                                       GCancellable         *cancellable,
                                                       GAsyncReadyCallback   callback,
                                                       gpointer              user_data);
ObmBatch       *obm_backend_commit_update_finish      (ObmBackend           *self,
                                                       GAsyncResult         *result,
                                                       GError              **error);

G_END_DECLS
