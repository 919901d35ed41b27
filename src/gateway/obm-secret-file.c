/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-secret-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <string.h>
#include <sys/stat.h>

#include "obm-settings-file.h"

/*
 * Its group is how root gives the file to the gateway (root:obm-gateway 0640), so it may read. Who may write
 * decides what runs as the gateway, or who the gateway is.
 */
static gboolean
check_mode (int fd, const char *path, const ObmSecretFile *words, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return obm_settings_refuse (error, "The %s %s cannot be read: %s", words->kind, path, g_strerror (errno));
  if (S_ISDIR (status.st_mode))
    return obm_settings_refuse (error, "The %s %s is a directory", words->kind, path);
  if (status.st_mode & S_IRWXO)
    return obm_settings_refuse (error,
                                "The %s %s is open to every user of this machine%s; close it to them: "
                                "chmod o= %s", words->kind, path, words->if_read, path);

  return (status.st_mode & S_IWGRP) == 0 ||
         obm_settings_refuse (error,
                              "The %s %s can be changed by its group%s; let the group only read it: "
                              "chmod g-w %s", words->kind, path, words->if_changed, path);
}

static void
forget (gpointer text)
{
  explicit_bzero (text, OBM_SECRET_FILE_MAX);
  g_free (text);
}

/**
 * obm_secret_file_read:
 * @path: where it is
 * @words: how it is spoken of
 * @error: return location
 *
 * Reads a file that nobody else may read.
 *
 * Returns: (transfer full): what is in it; %NULL with an error whose message tells an administrator what to
 *   do
 */
GBytes *
obm_secret_file_read (const char *path, const ObmSecretFile *words, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) reason = NULL;
  char *text;
  gsize length;

  if (fd < 0)
    {
      obm_settings_refuse (error, "The %s %s cannot be read: %s", words->kind, path, g_strerror (errno));
      return NULL;
    }

  stream = g_unix_input_stream_new (fd, TRUE);
  if (!check_mode (fd, path, words, error))
    return NULL;

  text = g_malloc0 (OBM_SECRET_FILE_MAX);
  if (!g_input_stream_read_all (stream, text, OBM_SECRET_FILE_MAX, &length, NULL, &reason))
    obm_settings_refuse (error, "The %s %s cannot be read: %s", words->kind, path, reason->message);
  else if (length == OBM_SECRET_FILE_MAX)
    obm_settings_refuse (error, "The %s %s is too large", words->kind, path);
  else
    return g_bytes_new_with_free_func (text, length, forget, text);

  forget (text);

  return NULL;
}
