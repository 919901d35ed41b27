/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"
#include "obm-update-run.h"

G_BEGIN_DECLS

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
