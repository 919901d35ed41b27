/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void   obm_compat_scroll_to        (GtkColumnView       *view,
                                    guint                position,
                                    gboolean             focus);
void   obm_compat_tab_leaves       (GtkWidget           *view);
void   obm_compat_announce         (GtkWidget           *widget,
                                    const char          *message);
void   obm_compat_set_row_factory  (GtkColumnView       *view,
                                    GtkListItemFactory  *factory);
void   obm_compat_name_row         (GObject             *row,
                                    const char          *name);
void   obm_compat_save_file_async  (GtkWindow           *parent,
                                    const char          *title,
                                    const char          *name,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
GFile *obm_compat_save_file_finish (GAsyncResult        *result);
void   obm_compat_set_label        (GtkButton           *button,
                                    const char          *label);
void   obm_compat_name             (GtkWidget           *widget);
void   obm_compat_hide_pages       (GtkStack            *stack);

G_END_DECLS
