/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OBM_TYPE_DOMAIN (obm_domain_get_type ())

G_DECLARE_FINAL_TYPE (ObmDomain, obm_domain, OBM, DOMAIN, GObject)

ObmDomain  *obm_domain_new           (const char         *id,
                                      const char         *name,
                                      const char         *label,
                                      const char * const *aliases,
                                      gboolean            global,
                                      gboolean            own);
ObmDomain  *obm_domain_new_from_json (JsonObject         *object,
                                      GError            **error);
JsonObject *obm_domain_to_json       (ObmDomain          *self,
                                      gboolean            brief);
const char *obm_domain_get_id        (ObmDomain          *self);
const char *obm_domain_get_name      (ObmDomain          *self);
gboolean    obm_domain_get_global    (ObmDomain          *self);
gboolean    obm_domain_get_own       (ObmDomain          *self);

G_END_DECLS
