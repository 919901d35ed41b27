/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_EXPORT (obm_export_get_type ())

G_DECLARE_FINAL_TYPE (ObmExport, obm_export, OBM, EXPORT, GObject)

ObmExport *obm_export_new          (ObmBackend           *backend,
                                    ObmSearch            *search,
                                    guint                 first,
                                    guint                 count,
                                    const char * const   *headings,
                                    char                  separator);
void       obm_export_run_async    (ObmExport            *self,
                                    GFile                *file,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean   obm_export_run_finish   (ObmExport            *self,
                                    GAsyncResult         *result,
                                    GError              **error);
double     obm_export_get_progress (ObmExport            *self);
guint      obm_export_get_rows     (ObmExport            *self);

G_END_DECLS
