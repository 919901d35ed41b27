/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_SHORTCUTS_WINDOW (obm_shortcuts_window_get_type ())

G_DECLARE_FINAL_TYPE (ObmShortcutsWindow, obm_shortcuts_window, OBM, SHORTCUTS_WINDOW, GtkWindow)

ObmShortcutsWindow *obm_shortcuts_window_new (GtkWindow *parent);

G_END_DECLS
