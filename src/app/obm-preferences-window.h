/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_PREFERENCES_WINDOW (obm_preferences_window_get_type ())

G_DECLARE_FINAL_TYPE (ObmPreferencesWindow, obm_preferences_window, OBM, PREFERENCES_WINDOW, GtkWindow)

ObmPreferencesWindow *obm_preferences_window_new (GtkWindow *parent);

G_END_DECLS
