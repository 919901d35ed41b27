/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-routes.h"

G_BEGIN_DECLS

void     _obm_routes_answer             (ObmRequest  *request,
                                         guint        status,
                                         JsonObject  *object);
void     _obm_routes_answer_mail_server (ObmRequest  *request,
                                         guint        status,
                                         gpointer     mail_server);
void     _obm_routes_set_editable       (ObmRequest  *request,
                                         gpointer     mail_server);
gboolean _obm_routes_refuse_query       (ObmRequest  *request,
                                         GError     **error);
gboolean _obm_routes_post_mail_server   (const ObmSite *site,
                                         ObmRequest  *request,
                                         GError     **error);
gboolean _obm_routes_put_mail_server    (const ObmSite *site,
                                         ObmRequest  *request,
                                         GError     **error);
gboolean _obm_routes_delete_mail_server (const ObmSite *site,
                                         ObmRequest  *request,
                                         GError     **error);
gboolean _obm_routes_get_update         (const ObmSite *site,
                                         ObmRequest  *request,
                                         GError     **error);
gboolean _obm_routes_post_update        (const ObmSite *site,
                                         ObmRequest  *request,
                                         GError     **error);
gboolean _obm_routes_get_batch          (const ObmSite *site,
                                         ObmRequest  *request,
                                         GError     **error);

G_END_DECLS
