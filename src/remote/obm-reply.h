/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The longest answer that is read: 1000 rows are under a megabyte. */
#define OBM_REPLY_MAX_SIZE (32 * 1024 * 1024)

gboolean  obm_reply_check_head (SoupMessage   *message,
                                GError       **error);
JsonNode *obm_reply_parse      (SoupMessage   *message,
                                const guint8  *body,
                                gsize          length,
                                GError       **error);
GError   *obm_reply_too_large  (void);

G_END_DECLS
