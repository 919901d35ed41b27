/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_WRAP_BOX (obm_wrap_box_get_type ())

G_DECLARE_FINAL_TYPE (ObmWrapBox, obm_wrap_box, OBM, WRAP_BOX, GtkWidget)

G_END_DECLS
