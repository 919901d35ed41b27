/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void obm_field_set_message (GtkWidget *field,
                            GtkWidget *message,
                            gboolean   wrong);

G_END_DECLS
