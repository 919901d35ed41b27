/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void obm_compat_scroll_to (GtkColumnView *view,
                           guint          position);
void obm_compat_announce  (GtkWidget     *widget,
                           const char    *message);

G_END_DECLS
