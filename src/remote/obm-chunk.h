/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "obm-remote-row.h"

G_BEGIN_DECLS

/* How many rows of a list are asked for at a time. */
#define OBM_CHUNK_ROWS 100

/**
 * ObmChunkState:
 * @OBM_CHUNK_NEEDED: to be asked for, if somebody still looks at it
 * @OBM_CHUNK_ASKED: a request is on its way
 * @OBM_CHUNK_LOADED: it has come
 * @OBM_CHUNK_FAILED: it has not come, or not whole
 */
typedef enum {
  OBM_CHUNK_NEEDED,
  OBM_CHUNK_ASKED,
  OBM_CHUNK_LOADED,
  OBM_CHUNK_FAILED,
} ObmChunkState;

typedef struct _ObmChunk ObmChunk;

typedef void (*ObmChunkFunc) (gpointer user_data);

ObmChunk      *obm_chunk_new             (guint          index,
                                          ObmChunkFunc   unused,
                                          gpointer       user_data);
ObmChunk      *obm_chunk_ref             (ObmChunk      *self);
void           obm_chunk_unref           (ObmChunk      *self);
void           obm_chunk_detach          (ObmChunk      *self);
guint          obm_chunk_get_index       (ObmChunk      *self);
ObmChunkState  obm_chunk_get_state       (ObmChunk      *self);
guint          obm_chunk_get_n_items     (ObmChunk      *self);
GCancellable  *obm_chunk_get_cancellable (ObmChunk      *self);
gint64         obm_chunk_get_age         (ObmChunk      *self);
gboolean       obm_chunk_is_used         (ObmChunk      *self);
void           obm_chunk_pin             (ObmChunk      *self);
ObmRemoteRow  *obm_chunk_get_row         (ObmChunk      *self,
                                          guint          offset);
void           obm_chunk_need            (ObmChunk      *self);
void           obm_chunk_ask             (ObmChunk      *self,
                                          GCancellable  *cancellable);
void           obm_chunk_load            (ObmChunk      *self,
                                          GPtrArray     *items,
                                          guint          n_due);
void           obm_chunk_fail            (ObmChunk      *self,
                                          const GError  *error);
void           obm_chunk_truncate        (ObmChunk      *self,
                                          guint          length);
void           obm_chunk_update_rows     (ObmChunk      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmChunk, obm_chunk_unref)

G_END_DECLS
