/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-lock-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The 22nd word of /proc/PID/stat tells when a process started; the second may contain spaces and
 * brackets.
 */
#define WORDS_BEFORE_START 19

struct _ObmLockFile
{
  char *path;
  int fd;
  /* What was in it when it was opened. */
  gboolean left;
  gint64 pid;
  guint64 start;
};

/* When a process started, so that another one with its number is not taken for it; 0 when there is none. */
static guint64
get_start (gint64 pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%" G_GINT64_FORMAT "/stat", pid);
  g_autofree char *stat = NULL;
  g_auto (GStrv) words = NULL;
  const char *bracket;

  if (pid <= 0 || !g_file_get_contents (path, &stat, NULL, NULL))
    return 0;
  bracket = strrchr (stat, ')');
  if (bracket == NULL)
    return 0;

  words = g_strsplit (bracket + 1, " ", -1);
  /* A zombie has ended. */
  if (g_strv_length (words) <= WORDS_BEFORE_START + 1 || g_str_equal (words[1], "Z"))
    return 0;

  return g_ascii_strtoull (words[WORDS_BEFORE_START + 1], NULL, 10);
}

static int
fail (GError **error, const char *what)
{
  int code = errno;

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "The lock file cannot be %s: %s", what,
               g_strerror (code));

  return -1;
}

/* Whether @fd is still what @path leads to: another program may have removed it before we locked it. */
static gboolean
is_in_place (int fd, const char *path)
{
  struct stat open_file, named_file;

  return fstat (fd, &open_file) == 0 && stat (path, &named_file) == 0 &&
         open_file.st_dev == named_file.st_dev && open_file.st_ino == named_file.st_ino;
}

/*
 * The locked file, or -1: with @busy when another program has it, with an error, or with neither when
 * there is none.
 */
static int
open_locked (const char *path, gboolean create, gboolean *busy, GError **error)
{
  int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | (create ? O_CREAT : 0);

  for (;;)
    {
      int fd = open (path, flags, 0600);

      if (fd < 0)
        return errno == ENOENT && !create ? -1 : fail (error, "opened");
      if (flock (fd, LOCK_EX | LOCK_NB) != 0)
        {
          *busy = errno == EWOULDBLOCK;
          if (!*busy)
            fail (error, "locked");
          close (fd);
          return -1;
        }
      if (is_in_place (fd, path))
        return fd;
      close (fd);
    }
}

/**
 * obm_lock_file_open:
 * @path: where it is
 * @create: whether to make it
 * @busy: (out): whether another program has it open
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the file; %NULL when it is @busy, or when there is none, or with
 *   an error of GIO
 */
ObmLockFile *
obm_lock_file_open (const char *path, gboolean create, gboolean *busy, GError **error)
{
  ObmLockFile *self;
  char text[64] = "";
  int fd;

  *busy = FALSE;
  fd = open_locked (path, create, busy, error);
  if (fd < 0)
    return NULL;

  self = g_new0 (ObmLockFile, 1);
  self->path = g_strdup (path);
  self->fd = fd;
  self->left = read (fd, text, sizeof text - 1) > 0;
  if (sscanf (text, "%" G_GINT64_FORMAT " %" G_GUINT64_FORMAT, &self->pid, &self->start) != 2)
    self->pid = 0;

  return self;
}

/**
 * obm_lock_file_close:
 * @self: a lock file
 *
 * Leaves it as it is.
 */
void
obm_lock_file_close (ObmLockFile *self)
{
  close (self->fd);
  g_free (self->path);
  g_free (self);
}

/**
 * obm_lock_file_remove:
 * @self: a lock file
 *
 * Removes and closes it.
 */
void
obm_lock_file_remove (ObmLockFile *self)
{
  unlink (self->path);
  obm_lock_file_close (self);
}

/**
 * obm_lock_file_is_left:
 * @self: a lock file
 *
 * Returns: whether a program that wrote into it did not come to remove it; one that is empty means nothing
 */
gboolean
obm_lock_file_is_left (ObmLockFile *self)
{
  return self->left;
}

/**
 * obm_lock_file_is_alive:
 * @self: a lock file
 *
 * Returns: whether the process that was noted in it when it was opened still runs
 */
gboolean
obm_lock_file_is_alive (ObmLockFile *self)
{
  return self->pid > 0 && self->start > 0 && get_start (self->pid) == self->start;
}

/**
 * obm_lock_file_write:
 * @self: a lock file
 * @pid: the process that runs, 0 for none yet
 * @error: return location
 *
 * Makes sure that the file is left, with @pid in it, if this program is killed.
 *
 * Returns: %FALSE with an error of GIO
 */
gboolean
obm_lock_file_write (ObmLockFile *self, GPid pid, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%d %" G_GUINT64_FORMAT "\n", pid, get_start (pid));
  ssize_t length = strlen (text);

  if (pwrite (self->fd, text, length, 0) != length ||
      ftruncate (self->fd, length) != 0 ||
      fsync (self->fd) != 0)
    return fail (error, "written") == 0;

  return TRUE;
}
