/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The largest body that is kept, in bytes. */
#define OBM_CONTENT_MAX 65536

/**
 * ObmContent:
 *
 * The body of a request, as it came.
 */
typedef struct _ObmContent ObmContent;

ObmContent *obm_content_new   (const char        *type,
                               GBytes            *bytes);
void        obm_content_free  (ObmContent        *self);
JsonNode   *obm_content_parse (const ObmContent  *self,
                               GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmContent, obm_content_free)

G_END_DECLS
