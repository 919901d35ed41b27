/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

int  obm_narrow_measure (GtkWidget *widget);
void obm_narrow_hide    (GtkWindow *window,
                         GtkWidget *widget,
                         int        width);
void obm_narrow_tell    (GtkWidget *text);

G_END_DECLS
