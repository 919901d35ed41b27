/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER_DIALOG (obm_mail_server_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServerDialog, obm_mail_server_dialog, OBM, MAIL_SERVER_DIALOG, GtkWindow)

ObmMailServerDialog *obm_mail_server_dialog_new_create  (GtkWindow     *parent,
                                                         ObmBackend    *backend);
ObmMailServerDialog *obm_mail_server_dialog_new_consult (GtkWindow     *parent,
                                                         ObmBackend    *backend,
                                                         ObmMailServer *server);

G_END_DECLS
