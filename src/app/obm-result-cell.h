/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-remote-row.h"
#include "obm-search.h"

G_BEGIN_DECLS

#define OBM_TYPE_RESULT_CELL (obm_result_cell_get_type ())

G_DECLARE_FINAL_TYPE (ObmResultCell, obm_result_cell, OBM, RESULT_CELL, GtkWidget)

GtkListItemFactory *obm_result_cell_factory_new (ObmSort column);

G_END_DECLS
