/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-mail-server.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER_CONFLICT (obm_mail_server_conflict_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServerConflict, obm_mail_server_conflict, OBM, MAIL_SERVER_CONFLICT, GtkWidget)

void obm_mail_server_conflict_set (ObmMailServerConflict *self,
                                   ObmRoles               seen,
                                   ObmMailServer         *now,
                                   ObmRoles               wanted);

G_END_DECLS
