/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-mail-server.h"
#include "obm-rows.h"

G_BEGIN_DECLS

/* How many columns obm_mail_server_new_from_row() reads. */
#define OBM_MAIL_SERVER_N_COLUMNS 11

ObmMailServer *obm_mail_server_new_from_row (const ObmRows *rows,
                                             guint          row,
                                             ObmRoles       roles,
                                             const char    *pending,
                                             const char    *global_key);

G_END_DECLS
