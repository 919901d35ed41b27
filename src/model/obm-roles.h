/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ObmRoles:
 * @OBM_ROLES_IMAP: a classic IMAP server
 * @OBM_ROLES_SMTP_IN: an SMTP server that relays mail into the domain
 * @OBM_ROLES_SMTP_OUT: an SMTP server that relays mail out of the domain
 *
 * What a mail server does, in OBM's order.
 */
typedef enum {
  OBM_ROLES_NONE = 0,
  OBM_ROLES_IMAP = 1 << 0,
  OBM_ROLES_SMTP_IN = 1 << 1,
  OBM_ROLES_SMTP_OUT = 1 << 2,
} ObmRoles;

#define OBM_N_ROLES 3
#define OBM_TYPE_ROLES (obm_roles_get_type ())

GType       obm_roles_get_type  (void) G_GNUC_CONST;
const char *obm_roles_get_name  (ObmRoles    role);
ObmRoles    obm_roles_from_json (JsonObject *object);
void        obm_roles_to_json   (ObmRoles    roles,
                                 JsonObject *object);

G_END_DECLS
