/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-host.h"
#include "obm-roles.h"

G_BEGIN_DECLS

#define OBM_TYPE_MAIL_SERVER (obm_mail_server_get_type ())

G_DECLARE_FINAL_TYPE (ObmMailServer, obm_mail_server, OBM, MAIL_SERVER, GObject)

ObmMailServer *obm_mail_server_new_from_json (JsonObject    *object,
                                              GError       **error);
char          *obm_mail_server_make_etag     (gint64         id,
                                              gint64         host_id,
                                              ObmRoles       roles);
gint64         obm_mail_server_get_id        (ObmMailServer *self);
const char    *obm_mail_server_get_etag      (ObmMailServer *self);
ObmHost       *obm_mail_server_get_host      (ObmMailServer *self);
ObmRoles       obm_mail_server_get_roles     (ObmMailServer *self);

G_END_DECLS
