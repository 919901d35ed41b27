/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The longest head that is read, in bytes, and how many lines of headers it has at most. */
#define OBM_REQUEST_HEAD_MAX 32768
#define OBM_REQUEST_HEAD_MAX_HEADERS 100

/**
 * ObmRequestHead:
 * @length: how many bytes it has
 * @content_length: how many bytes of body follow
 * @chunked: whether the body comes in chunks instead
 *
 * What the head of a request says about what comes behind it.
 */
typedef struct {
  gsize length;
  guint64 content_length;
  gboolean chunked;
} ObmRequestHead;

gboolean obm_request_head_find  (const GString   *text,
                                 gsize            from,
                                 gsize           *length,
                                 GError         **error);
gboolean obm_request_head_check (GString         *text,
                                 ObmRequestHead  *head,
                                 GError         **error);

G_END_DECLS
