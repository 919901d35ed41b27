/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-chunk.h"

G_BEGIN_DECLS

/* How many chunks are remembered beyond those somebody looks at. */
#define OBM_CHUNK_CACHE_MAX_IDLE 50

typedef struct _ObmChunkCache ObmChunkCache;

ObmChunkCache *obm_chunk_cache_new          (ObmChunkFunc   unused,
                                             gpointer       user_data);
void           obm_chunk_cache_free         (ObmChunkCache *self);
void           obm_chunk_cache_clear        (ObmChunkCache *self);
ObmChunk      *obm_chunk_cache_lookup       (ObmChunkCache *self,
                                             guint          index);
ObmChunk      *obm_chunk_cache_touch        (ObmChunkCache *self,
                                             guint          index);
ObmChunk      *obm_chunk_cache_next_needed  (ObmChunkCache *self);
ObmChunk      *obm_chunk_cache_oldest_stray (ObmChunkCache *self);
void           obm_chunk_cache_stop         (ObmChunkCache *self);
void           obm_chunk_cache_need_all     (ObmChunkCache *self);
void           obm_chunk_cache_truncate     (ObmChunkCache *self,
                                             guint          length);
void           obm_chunk_cache_trim         (ObmChunkCache *self);

G_END_DECLS
