/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How deep an answer or a request may nest: the contract needs 5. json-glib's parser recurses. */
#define OBM_JSON_MAX_DEPTH 64

JsonNode   *obm_json_parse          (const char  *text,
                                     gsize        length,
                                     GError     **error);
char       *obm_json_to_string      (JsonNode    *node);
const char *obm_json_get_string     (JsonObject  *object,
                                     const char  *member);
gint64      obm_json_get_int        (JsonObject  *object,
                                     const char  *member,
                                     gint64       fallback);
gboolean    obm_json_get_boolean    (JsonObject  *object,
                                     const char  *member,
                                     gboolean     fallback);
GDateTime  *obm_json_get_date       (JsonObject  *object,
                                     const char  *member);
JsonObject *obm_json_get_object     (JsonObject  *object,
                                     const char  *member);
JsonArray  *obm_json_get_array      (JsonObject  *object,
                                     const char  *member);
char      **obm_json_get_strings    (JsonObject  *object,
                                     const char  *member);
gboolean    obm_json_require_string (JsonObject  *object,
                                     const char  *member,
                                     const char **value,
                                     GError     **error);
gboolean    obm_json_require_int    (JsonObject  *object,
                                     const char  *member,
                                     gint64      *value,
                                     GError     **error);
gboolean    obm_json_require_id     (JsonObject  *object,
                                     gint64      *id,
                                     GError     **error);
gboolean    obm_json_require_boolean (JsonObject *object,
                                     const char  *member,
                                     gboolean    *value,
                                     GError     **error);
void        obm_json_set_string     (JsonObject  *object,
                                     const char  *member,
                                     const char  *value);
void        obm_json_set_strings    (JsonObject         *object,
                                     const char         *member,
                                     const char * const *values);
void        obm_json_set_date       (JsonObject  *object,
                                     const char  *member,
                                     GDateTime   *value);

G_END_DECLS
