/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ObmUpdateStatus:
 *
 * What became of a run of the update command, or of the last one.
 */
typedef enum {
  OBM_UPDATE_STATUS_IDLE,
  OBM_UPDATE_STATUS_RUNNING,
  OBM_UPDATE_STATUS_ERROR,
  OBM_UPDATE_STATUS_SUCCESS,
} ObmUpdateStatus;

#define OBM_TYPE_BATCH (obm_batch_get_type ())

G_DECLARE_FINAL_TYPE (ObmBatch, obm_batch, OBM, BATCH, GObject)

ObmBatch       *obm_batch_new             (gint64           id,
                                           guint            operation_count,
                                           GDateTime       *timestart);
ObmBatch       *obm_batch_new_from_json   (JsonObject      *object,
                                           GError         **error);
ObmBatch       *obm_batch_copy            (ObmBatch        *self);
JsonObject     *obm_batch_to_json         (ObmBatch        *self);
gint64          obm_batch_get_id          (ObmBatch        *self);
ObmUpdateStatus obm_batch_get_status      (ObmBatch        *self);
const char     *obm_batch_get_error       (ObmBatch        *self);
void            obm_batch_set_error       (ObmBatch        *self,
                                           const char      *error);
GDateTime      *obm_batch_get_timeend     (ObmBatch        *self);
guint           obm_batch_get_operation_count (ObmBatch    *self);
guint           obm_batch_get_operation_done  (ObmBatch    *self);
void            obm_batch_operation_done  (ObmBatch        *self);
void            obm_batch_end             (ObmBatch        *self,
                                           ObmUpdateStatus  status,
                                           GDateTime       *timeend);

const char     *obm_update_status_to_string   (ObmUpdateStatus  status);
gboolean        obm_update_status_from_string (const char      *text,
                                               ObmUpdateStatus *status);

G_END_DECLS
