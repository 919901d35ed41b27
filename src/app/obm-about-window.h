/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_ABOUT_WINDOW (obm_about_window_get_type ())

G_DECLARE_FINAL_TYPE (ObmAboutWindow, obm_about_window, OBM, ABOUT_WINDOW, GtkWindow)

ObmAboutWindow *obm_about_window_new (GtkWindow *parent);

G_END_DECLS
