/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER_EDITOR (obm_mail_server_editor_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServerEditor, obm_mail_server_editor, OBM, MAIL_SERVER_EDITOR, GtkWidget)

void     obm_mail_server_editor_create      (ObmMailServerEditor *self,
                                             ObmBackend          *backend);
void     obm_mail_server_editor_modify      (ObmMailServerEditor *self,
                                             ObmBackend          *backend,
                                             ObmMailServer       *server);
void     obm_mail_server_editor_save        (ObmMailServerEditor *self);
gboolean obm_mail_server_editor_get_can_save (ObmMailServerEditor *self);
gboolean obm_mail_server_editor_get_writing (ObmMailServerEditor *self);
gboolean obm_mail_server_editor_get_unknown (ObmMailServerEditor *self);
gboolean obm_mail_server_editor_get_dirty   (ObmMailServerEditor *self);

G_END_DECLS
