/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The longest answer that is read: 1000 rows, the most a list gives, are under half a megabyte. */
#define OBM_REPLY_MAX_SIZE (8 * 1024 * 1024)

gboolean  obm_reply_check_head (SoupMessage   *message,
                                GError       **error);
gboolean  obm_reply_check_body (SoupMessage   *message,
                                JsonNode      *body,
                                GError       **error);
GError   *obm_reply_too_large  (void);

G_END_DECLS
