/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-links.h"

G_BEGIN_DECLS

#define OBM_TYPE_CONFIRM_DIALOG (obm_confirm_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ObmConfirmDialog, obm_confirm_dialog, OBM, CONFIRM_DIALOG, GtkWindow)

ObmConfirmDialog *obm_confirm_dialog_new (GtkWindow  *parent,
                                          const char *title,
                                          const char *question,
                                          const char *confirm_label,
                                          ObmLinks   *links);

G_END_DECLS
