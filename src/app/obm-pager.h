/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_PAGER (obm_pager_get_type ())

G_DECLARE_FINAL_TYPE (ObmPager, obm_pager, OBM, PAGER, GtkWidget)

void obm_pager_set_page (ObmPager *self,
                         guint     page,
                         guint     n_pages);

G_END_DECLS
