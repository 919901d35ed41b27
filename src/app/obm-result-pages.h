/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_RESULT_PAGES (obm_result_pages_get_type ())

G_DECLARE_FINAL_TYPE (ObmResultPages, obm_result_pages, OBM, RESULT_PAGES, GtkWidget)

G_END_DECLS
