/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_ROW_NAME (obm_row_name_get_type ())

G_DECLARE_FINAL_TYPE (ObmRowName, obm_row_name, OBM, ROW_NAME, GObject)

GtkListItemFactory *obm_row_name_factory_new (void);

G_END_DECLS
