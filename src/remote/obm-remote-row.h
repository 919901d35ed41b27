/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-entity.h"

G_BEGIN_DECLS

#define OBM_TYPE_REMOTE_ROW (obm_remote_row_get_type ())

G_DECLARE_FINAL_TYPE (ObmRemoteRow, obm_remote_row, OBM, REMOTE_ROW, GObject)

guint         obm_remote_row_get_position (ObmRemoteRow *self);
ObmEntity    *obm_remote_row_get_item     (ObmRemoteRow *self);
gboolean      obm_remote_row_get_loading  (ObmRemoteRow *self);
const GError *obm_remote_row_get_error    (ObmRemoteRow *self);

G_END_DECLS
