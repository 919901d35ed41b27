/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_CONNECTION_DIALOG (obm_connection_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ObmConnectionDialog, obm_connection_dialog, OBM, CONNECTION_DIALOG, GtkWindow)

ObmConnectionDialog *obm_connection_dialog_new         (GtkWindow            *parent,
                                                        const char           *address,
                                                        const char           *login);
void                 obm_connection_dialog_start       (ObmConnectionDialog  *self,
                                                        const char           *password);
void                 obm_connection_dialog_show_error  (ObmConnectionDialog  *self,
                                                        const GError         *error);
void                 obm_connection_dialog_get_account (ObmConnectionDialog  *self,
                                                        char                **address,
                                                        char                **login);

G_END_DECLS
