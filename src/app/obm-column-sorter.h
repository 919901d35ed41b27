/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-search.h"

G_BEGIN_DECLS

GtkSorter *obm_column_sorter_new  (ObmSort    sort);
gboolean   obm_column_sorter_read (GtkSorter *view_sorter,
                                   ObmSort   *sort,
                                   gboolean  *descending);

G_END_DECLS
