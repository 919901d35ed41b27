/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-store.h"

G_BEGIN_DECLS

#define OBM_TYPE_UPDATE_LOCK (obm_update_lock_get_type ())

G_DECLARE_FINAL_TYPE (ObmUpdateLock, obm_update_lock, OBM, UPDATE_LOCK, GObject)

ObmUpdateLock *obm_update_lock_new     (ObmStore       *store,
                                        const char     *path);
gboolean       obm_update_lock_take    (ObmUpdateLock  *self,
                                        gboolean       *taken,
                                        GError        **error);
void           obm_update_lock_note    (ObmUpdateLock  *self,
                                        GPid            pid);
gboolean       obm_update_lock_give    (ObmUpdateLock  *self,
                                        GError        **error);
void           obm_update_lock_abandon (ObmUpdateLock  *self);
gboolean       obm_update_lock_recover (ObmUpdateLock  *self,
                                        GError        **error);

G_END_DECLS
