/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-remote-list.h"

G_BEGIN_DECLS

#define OBM_TYPE_PAGINATION (obm_pagination_get_type ())

G_DECLARE_FINAL_TYPE (ObmPagination, obm_pagination, OBM, PAGINATION, GObject)

ObmPagination *obm_pagination_new               (GtkColumnView *view,
                                                 ObmRemoteList *model);
guint          obm_pagination_get_page          (ObmPagination *self);
guint          obm_pagination_get_pages         (ObmPagination *self);
guint          obm_pagination_get_rows_per_page (ObmPagination *self);
void           obm_pagination_set_rows_per_page (ObmPagination *self,
                                                 guint          rows);
void           obm_pagination_update            (ObmPagination *self);
void           obm_pagination_start_over        (ObmPagination *self);
void           obm_pagination_jump              (ObmPagination *self,
                                                 guint          page);

G_END_DECLS
