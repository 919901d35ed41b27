/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER_FORM (obm_mail_server_form_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServerForm, obm_mail_server_form, OBM, MAIL_SERVER_FORM, GtkWidget)

void     obm_mail_server_form_create    (ObmMailServerForm *self,
                                         ObmBackend        *backend);
void     obm_mail_server_form_modify    (ObmMailServerForm *self,
                                         ObmMailServer     *server);
ObmHost *obm_mail_server_form_get_host  (ObmMailServerForm *self);
ObmRoles obm_mail_server_form_get_roles (ObmMailServerForm *self);
void     obm_mail_server_form_set_roles (ObmMailServerForm *self,
                                         ObmRoles           roles);
void     obm_mail_server_form_refuse    (ObmMailServerForm *self,
                                         GtkWidget         *message);
gboolean obm_mail_server_form_get_valid (ObmMailServerForm *self);
gboolean obm_mail_server_form_get_dirty (ObmMailServerForm *self);

G_END_DECLS
