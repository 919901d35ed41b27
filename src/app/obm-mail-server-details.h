/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-mail-server.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER_DETAILS (obm_mail_server_details_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServerDetails, obm_mail_server_details, OBM, MAIL_SERVER_DETAILS, GtkWidget)

void obm_mail_server_details_set_server (ObmMailServerDetails *self,
                                         ObmMailServer        *server);

G_END_DECLS
