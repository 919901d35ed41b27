/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The longest answer that is read: 1000 rows, the most a list gives, are under half a megabyte. */
#define OBM_REPLY_MAX_SIZE (8 * 1024 * 1024)

GError   *obm_reply_explain     (const GError  *error,
                                 gboolean       answered);
gboolean  obm_reply_is_definite (SoupMessage   *message,
                                 const GError  *error);
gboolean  obm_reply_check_head  (SoupMessage   *message,
                                 guint          due,
                                 GError       **error);
gboolean  obm_reply_check_body  (SoupMessage   *message,
                                 guint          due,
                                 JsonNode      *body,
                                 GError       **error);
GError   *obm_reply_too_large   (void);

G_END_DECLS
