/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How much of what a command wrote is told, in bytes. */
#define OBM_UPDATE_COMMAND_MAX_TAIL 4096
/* How long a command that shall end is waited for before it is killed, in seconds. */
#define OBM_UPDATE_COMMAND_GRACE 5

/**
 * ObmSpawnFunc:
 * @pid: the process, leader of a session of its own
 * @user_data: user data
 *
 * Called when a command has started.
 */
typedef void (*ObmSpawnFunc) (GPid pid, gpointer user_data);

gboolean obm_update_command_run (const char * const *argv,
                                 guint               timeout,
                                 GCancellable       *stop,
                                 ObmSpawnFunc        func,
                                 gpointer            user_data,
                                 char              **failure);

G_END_DECLS
