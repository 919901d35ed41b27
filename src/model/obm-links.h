/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How many of those that stop a deletion an answer names. */
#define OBM_LINKS_MAX_FIRST 5

#define OBM_TYPE_LINKS (obm_links_get_type ())

G_DECLARE_FINAL_TYPE (ObmLinks, obm_links, OBM, LINKS, GObject)

ObmLinks           *obm_links_new           (void);
ObmLinks           *obm_links_new_from_json (JsonObject         *object,
                                             GError            **error);
JsonObject         *obm_links_to_json       (ObmLinks           *self);
void                obm_links_add           (ObmLinks           *self,
                                             const char         *kind,
                                             gint64              count,
                                             const char * const *first);
gboolean            obm_links_get_deletable (ObmLinks           *self);
guint               obm_links_get_n_kinds   (ObmLinks           *self);
const char         *obm_links_get_kind      (ObmLinks           *self,
                                             guint               index);
gint64              obm_links_get_count     (ObmLinks           *self,
                                             guint               index);
const char * const *obm_links_get_first     (ObmLinks           *self,
                                             guint               index);

G_END_DECLS
