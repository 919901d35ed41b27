/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-batch.h"
#include "obm-store.h"

G_BEGIN_DECLS

#define OBM_TYPE_UPDATE_RUNNER (obm_update_runner_get_type ())

G_DECLARE_FINAL_TYPE (ObmUpdateRunner, obm_update_runner, OBM, UPDATE_RUNNER, GObject)

ObmUpdateRunner *obm_update_runner_new      (ObmStore            *store,
                                             const char * const  *command,
                                             guint                timeout,
                                             const char          *lock_path);
ObmBatch        *obm_update_runner_start    (ObmUpdateRunner     *self,
                                             ObmDomain           *domain,
                                             ObmAccount          *account,
                                             GError             **error);
ObmBatch        *obm_update_runner_find     (ObmUpdateRunner     *self,
                                             ObmDomain           *domain,
                                             gint64               id);
ObmUpdateStatus  obm_update_runner_get_last (ObmUpdateRunner     *self,
                                             ObmDomain           *domain,
                                             ObmBatch           **batch);
void             obm_update_runner_stop     (ObmUpdateRunner     *self);

G_END_DECLS
