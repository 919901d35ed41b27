/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-settings-file.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gunixinputstream.h>
#include <sys/stat.h>

#define GROUP OBM_SETTINGS_FILE_GROUP
/* More than anybody writes. */
#define MAX_SIZE 65536

/**
 * obm_settings_refuse:
 * @error: return location
 * @format: a sentence that tells an administrator what to do
 * @...: what stands in it
 *
 * Sets %G_OPTION_ERROR_BAD_VALUE.
 *
 * Returns: %FALSE
 */
gboolean
obm_settings_refuse (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args));
  va_end (args);

  return FALSE;
}

/*
 * Its group is how root gives the file to the gateway (root:obm-gateway 0640), so it may read. Who may write
 * decides what runs as the gateway.
 */
static gboolean
check_mode (int fd, const char *path, GError **error)
{
  struct stat status;

  if (fstat (fd, &status) != 0)
    return obm_settings_refuse (error, "The file %s cannot be read: %s", path, g_strerror (errno));
  if (S_ISDIR (status.st_mode))
    return obm_settings_refuse (error, "The file %s is a directory", path);
  if (status.st_mode & S_IRWXO)
    return obm_settings_refuse (error,
                                "The file %s is open to every user of this machine, and there may be a password in "
                                "it; close it to them: chmod o= %s", path, path);

  return (status.st_mode & S_IWGRP) == 0 ||
         obm_settings_refuse (error,
                              "The file %s can be changed by its group, which could make the gateway run any "
                              "command; let the group only read it: chmod g-w %s", path, path);
}

static char *
load (const char *path, gsize *length, GError **error)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  g_autoptr (GInputStream) stream = NULL;
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;

  if (fd < 0)
    {
      obm_settings_refuse (error, "The file %s cannot be read: %s", path, g_strerror (errno));
      return NULL;
    }

  stream = g_unix_input_stream_new (fd, TRUE);
  if (!check_mode (fd, path, error))
    return NULL;

  text = g_malloc (MAX_SIZE);
  if (!g_input_stream_read_all (stream, text, MAX_SIZE, length, NULL, &reason))
    {
      obm_settings_refuse (error, "The file %s cannot be read: %s", path, reason->message);
      return NULL;
    }
  if (*length == MAX_SIZE)
    {
      obm_settings_refuse (error, "The file %s is no list of settings: it is too large", path);
      return NULL;
    }

  return g_steal_pointer (&text);
}

static gboolean
contains (const char * const *names, guint n_names, const char *key)
{
  for (guint i = 0; i < n_names; i++)
    if (g_str_equal (key, names[i]))
      return TRUE;

  return FALSE;
}

/**
 * obm_settings_file_read:
 * @path: where the file is
 * @names: (array length=n_names): the settings there are
 * @n_names: how many
 * @settings: (array length=n_names) (inout): each setting as it is written; those that are %NULL are taken
 *   from the file, if they stand there
 * @error: return location
 *
 * Reads settings from a file that nobody else may read. No line of it is ever shown: there may be a password
 * in it.
 *
 * Returns: %FALSE with an error whose message tells an administrator what to do
 */
gboolean
obm_settings_file_read (const char *path,
                        const char * const *names,
                        guint n_names,
                        char **settings,
                        GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) keys = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = load (path, &length, error);
  if (text == NULL)
    return FALSE;
  if (!g_key_file_load_from_data (file, text, length, G_KEY_FILE_NONE, NULL))
    return obm_settings_refuse (error,
                                "The file %s is no list of settings: one line is neither [" GROUP "], nor "
                                "key=value, nor a comment after #", path);

  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  if (keys == NULL)
    return obm_settings_refuse (error, "The file %s has no group [" GROUP "]", path);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!contains (names, n_names, keys[i]))
      return obm_settings_refuse (error, "The file %s has an unknown setting, %s", path, keys[i]);

  for (guint i = 0; i < n_names; i++)
    if (settings[i] == NULL && g_key_file_has_key (file, GROUP, names[i], NULL))
      {
        settings[i] = g_key_file_get_string (file, GROUP, names[i], NULL);
        if (settings[i] == NULL)
          return obm_settings_refuse (error, "The file %s has a setting that is no text, %s", path, names[i]);
        g_strstrip (settings[i]);
      }

  return TRUE;
}
