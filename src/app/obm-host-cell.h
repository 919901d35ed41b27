/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_HOST_CELL (obm_host_cell_get_type ())

G_DECLARE_FINAL_TYPE (ObmHostCell, obm_host_cell, OBM, HOST_CELL, GtkWidget)

GtkListItemFactory *obm_host_cell_factory_new (void);

G_END_DECLS
