/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmLockFile:
 *
 * A file that is there while an update runs, and that only one program has open. One that nobody has open
 * was left by a program that was killed.
 */
typedef struct _ObmLockFile ObmLockFile;

ObmLockFile *obm_lock_file_open     (const char   *path,
                                     gboolean      create,
                                     gboolean     *busy,
                                     GError      **error);
void         obm_lock_file_close    (ObmLockFile  *self);
void         obm_lock_file_remove   (ObmLockFile  *self);
gboolean     obm_lock_file_is_left  (ObmLockFile  *self);
gboolean     obm_lock_file_is_alive (ObmLockFile  *self);
gboolean     obm_lock_file_write    (ObmLockFile  *self,
                                     GPid          pid,
                                     GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmLockFile, obm_lock_file_close)

G_END_DECLS
