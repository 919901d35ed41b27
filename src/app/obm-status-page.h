/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_STATUS_PAGE (obm_status_page_get_type ())

G_DECLARE_FINAL_TYPE (ObmStatusPage, obm_status_page, OBM, STATUS_PAGE, GtkWidget)

G_END_DECLS
