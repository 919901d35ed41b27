/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_DELETE_DIALOG (obm_delete_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ObmDeleteDialog, obm_delete_dialog, OBM, DELETE_DIALOG, GtkWindow)

ObmDeleteDialog *obm_delete_dialog_new (GtkWindow     *parent,
                                        ObmBackend    *backend,
                                        ObmMailServer *server);

G_END_DECLS
