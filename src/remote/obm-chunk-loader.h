/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"
#include "obm-chunk-cache.h"

G_BEGIN_DECLS

#define OBM_TYPE_CHUNK_LOADER (obm_chunk_loader_get_type ())

G_DECLARE_FINAL_TYPE (ObmChunkLoader, obm_chunk_loader, OBM, CHUNK_LOADER, GObject)

/**
 * ObmChunkLoaderFunc:
 * @index: which chunk was asked for
 * @cancellable: what the chunk was asked for with
 * @page: (nullable): the answer
 * @error: (nullable): why there is none
 * @user_data: as given to obm_chunk_loader_new()
 *
 * Takes an answer. Meanwhile the chunk may be gone, or asked for anew: its cancellable tells.
 */
typedef void (*ObmChunkLoaderFunc) (guint         index,
                                    GCancellable *cancellable,
                                    ObmPage      *page,
                                    const GError *error,
                                    gpointer      user_data);

ObmChunkLoader *obm_chunk_loader_new        (ObmChunkLoaderFunc  func,
                                             gpointer            user_data);
void            obm_chunk_loader_stop       (ObmChunkLoader     *self);
void            obm_chunk_loader_set_source (ObmChunkLoader     *self,
                                             ObmBackend         *backend,
                                             ObmSearch          *search);
ObmChunkCache  *obm_chunk_loader_get_chunks (ObmChunkLoader     *self);
void            obm_chunk_loader_wake       (ObmChunkLoader     *self);

G_END_DECLS
