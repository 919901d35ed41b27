/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_SELECTION_KEEPER (obm_selection_keeper_get_type ())

G_DECLARE_FINAL_TYPE (ObmSelectionKeeper, obm_selection_keeper, OBM, SELECTION_KEEPER, GObject)

ObmSelectionKeeper *obm_selection_keeper_new (GtkSingleSelection *selection);

G_END_DECLS
