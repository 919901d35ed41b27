/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum {
  OBM_SHORTCUT_GROUP_SEARCH,
  OBM_SHORTCUT_GROUP_SERVERS,
  OBM_SHORTCUT_GROUP_RESULTS,
  OBM_SHORTCUT_GROUP_PROGRAM,
} ObmShortcutGroup;

#define OBM_N_SHORTCUT_GROUPS (OBM_SHORTCUT_GROUP_PROGRAM + 1)

/**
 * ObmShortcut:
 * @group: where it is listed
 * @title: what it does, to be translated
 * @action: (nullable): the detailed name of the action; %NULL where GTK knows the keys by itself
 * @accels: (array zero-terminated=1): its keys
 */
typedef struct {
  ObmShortcutGroup group;
  const char *title;
  const char *action;
  const char *accels[3];
} ObmShortcut;

const ObmShortcut *obm_shortcuts_get   (guint          *n_shortcuts);
void               obm_shortcuts_apply (GtkApplication *application);

G_END_DECLS
