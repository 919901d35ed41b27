/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-batch.h"
#include "obm-domain.h"

G_BEGIN_DECLS

/**
 * ObmUpdateHistory:
 *
 * The batches of this gateway, the one that runs among them. May be used from any thread.
 */
typedef struct _ObmUpdateHistory ObmUpdateHistory;

ObmUpdateHistory *obm_update_history_new      (void);
void              obm_update_history_free     (ObmUpdateHistory *self);
ObmBatch         *obm_update_history_begin    (ObmUpdateHistory *self,
                                               ObmDomain        *owner,
                                               GPtrArray        *domains);
void              obm_update_history_note     (ObmUpdateHistory *self,
                                               const char       *failure);
void              obm_update_history_end      (ObmUpdateHistory *self);
ObmBatch         *obm_update_history_find     (ObmUpdateHistory *self,
                                               ObmDomain        *domain,
                                               gint64            id);
ObmUpdateStatus   obm_update_history_get_last (ObmUpdateHistory *self,
                                               ObmDomain        *domain,
                                               ObmBatch        **batch);

G_END_DECLS
