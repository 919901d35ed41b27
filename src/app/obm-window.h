/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_WINDOW (obm_window_get_type ())

G_DECLARE_FINAL_TYPE (ObmWindow, obm_window, OBM, WINDOW, GtkApplicationWindow)

ObmWindow *obm_window_new   (GtkApplication *application);
void       obm_window_start (ObmWindow      *self,
                             const char     *address,
                             const char     *login,
                             const char     *password);

G_END_DECLS
