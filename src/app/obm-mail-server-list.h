/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-mail-server.h"
#include "obm-pagination.h"
#include "obm-remote-list.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER_LIST (obm_mail_server_list_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServerList, obm_mail_server_list, OBM, MAIL_SERVER_LIST, GtkWidget)

ObmRemoteList *obm_mail_server_list_get_model      (ObmMailServerList *self);
ObmPagination *obm_mail_server_list_get_pagination (ObmMailServerList *self);
void           obm_mail_server_list_reload         (ObmMailServerList *self);
void           obm_mail_server_list_sort           (ObmMailServerList *self,
                                                    ObmSort            sort,
                                                    gboolean           descending);
void           obm_mail_server_list_get_order      (ObmMailServerList *self,
                                                    ObmSort           *sort,
                                                    gboolean          *descending);

G_END_DECLS
