/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-export.h"

G_BEGIN_DECLS

#define OBM_TYPE_EXPORT_DIALOG (obm_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ObmExportDialog, obm_export_dialog, OBM, EXPORT_DIALOG, GtkWindow)

ObmExportDialog *obm_export_dialog_new (GtkWindow *parent,
                                        ObmExport *export,
                                        GFile     *file);

G_END_DECLS
