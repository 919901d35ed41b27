/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-entity.h"

G_BEGIN_DECLS

#define OBM_TYPE_HOST (obm_host_get_type  ())

G_DECLARE_FINAL_TYPE (ObmHost, obm_host, OBM, HOST, GObject)

ObmHost    *obm_host_new_from_json       (JsonObject *object,
                                          GError    **error);
ObmHost    *obm_host_new_from_brief_json (JsonObject *object);
gint64      obm_host_get_id              (ObmHost    *self);
const char *obm_host_get_name            (ObmHost    *self);
const char *obm_host_get_ip              (ObmHost    *self);
const char *obm_host_get_fqdn            (ObmHost    *self);
const char *obm_host_get_description     (ObmHost    *self);
gint64      obm_host_get_mail_server_id  (ObmHost    *self);
JsonObject *obm_host_to_brief_json       (ObmHost    *self);

G_END_DECLS
