/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ObmRights:
 *
 * What a caller may do in a domain.
 */
typedef enum {
  OBM_RIGHTS_NONE = 0,
  OBM_RIGHTS_READ = 1 << 0,
  OBM_RIGHTS_WRITE = 1 << 1,
  OBM_RIGHTS_COMMIT = 1 << 2,
} ObmRights;

#define OBM_TYPE_SESSION (obm_session_get_type ())

G_DECLARE_FINAL_TYPE (ObmSession, obm_session, OBM, SESSION, GObject)

ObmSession *obm_session_new           (const char *login,
                                       const char *profile,
                                       const char *domain,
                                       ObmRights   rights);
ObmSession *obm_session_new_from_json (JsonObject *object,
                                       GError    **error);
JsonObject *obm_session_to_json       (ObmSession *self);
const char *obm_session_get_login     (ObmSession *self);
ObmRights   obm_session_get_rights    (ObmSession *self);

G_END_DECLS
