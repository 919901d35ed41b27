/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-page.h"

G_BEGIN_DECLS

/* The columns of the list: host, IP address, and the three roles. */
#define OBM_SHEET_N_COLUMNS 5

typedef struct _ObmSheet ObmSheet;

ObmSheet      *obm_sheet_new           (guint                first,
                                        guint                count,
                                        const char * const  *headings,
                                        char                 separator);
void           obm_sheet_free          (ObmSheet            *self);
guint          obm_sheet_get_page      (ObmSheet            *self);
guint          obm_sheet_get_page_rows (ObmSheet            *self);
gboolean       obm_sheet_take_page     (ObmSheet            *self,
                                        ObmPage             *page,
                                        GError             **error);
const GString *obm_sheet_get_text      (ObmSheet            *self);
guint          obm_sheet_get_n_rows    (ObmSheet            *self);
double         obm_sheet_get_progress  (ObmSheet            *self);

G_END_DECLS
