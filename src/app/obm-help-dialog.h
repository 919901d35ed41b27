/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_HELP_DIALOG (obm_help_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ObmHelpDialog, obm_help_dialog, OBM, HELP_DIALOG, GtkWindow)

ObmHelpDialog *obm_help_dialog_new (GtkWindow  *parent,
                                    const char *text,
                                    const char *path);

G_END_DECLS
