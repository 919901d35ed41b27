/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"

G_BEGIN_DECLS

/**
 * ObmUpdateResult:
 * @OBM_UPDATE_RESULT_NONE: nothing was started from here, it is not over yet, or its result was acknowledged
 * @OBM_UPDATE_RESULT_APPLIED: what waited is applied
 * @OBM_UPDATE_RESULT_FAILED: the update command failed
 * @OBM_UPDATE_RESULT_BUSY: it was not started, because another run is in progress
 * @OBM_UPDATE_RESULT_UNKNOWN: it may have been started, but what became of it cannot be told
 * @OBM_UPDATE_RESULT_REFUSED: it was not started
 *
 * What became of the run started from here.
 */
typedef enum {
  OBM_UPDATE_RESULT_NONE,
  OBM_UPDATE_RESULT_APPLIED,
  OBM_UPDATE_RESULT_FAILED,
  OBM_UPDATE_RESULT_BUSY,
  OBM_UPDATE_RESULT_UNKNOWN,
  OBM_UPDATE_RESULT_REFUSED,
} ObmUpdateResult;

#define OBM_TYPE_UPDATE_RESULT (obm_update_result_get_type ())

GType obm_update_result_get_type (void) G_GNUC_CONST;

#define OBM_TYPE_UPDATE_MONITOR (obm_update_monitor_get_type ())

G_DECLARE_FINAL_TYPE (ObmUpdateMonitor, obm_update_monitor, OBM, UPDATE_MONITOR, GObject)

ObmUpdateMonitor *obm_update_monitor_new              (ObmBackend       *backend);
void              obm_update_monitor_refresh          (ObmUpdateMonitor *self);
void              obm_update_monitor_commit           (ObmUpdateMonitor *self);
void              obm_update_monitor_acknowledge      (ObmUpdateMonitor *self);
ObmUpdateState   *obm_update_monitor_get_state        (ObmUpdateMonitor *self);
const GError     *obm_update_monitor_get_error        (ObmUpdateMonitor *self);
gboolean          obm_update_monitor_get_running      (ObmUpdateMonitor *self);
ObmUpdateResult   obm_update_monitor_get_result       (ObmUpdateMonitor *self);
const char       *obm_update_monitor_get_result_text  (ObmUpdateMonitor *self);
const GError     *obm_update_monitor_get_result_error (ObmUpdateMonitor *self);

G_END_DECLS
