/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-settings-file.h"

#include "obm-secret-file.h"

#define GROUP OBM_SETTINGS_FILE_GROUP

static const ObmSecretFile words = {
  "file", ", and there may be a password in it", ", which could make the gateway run any command"
};

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

/* An address of a database that lost its "database=" may have a "=" of its own, and a password before that. */
static gboolean
is_name (const char *key)
{
  return strspn (key, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_[]") == strlen (key);
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
  g_autoptr (GBytes) bytes = obm_secret_file_read (path, &words, error);

  if (bytes == NULL)
    return FALSE;
  if (!g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, NULL))
    return obm_settings_refuse (error,
                                "The file %s is no list of settings: one line is neither [" GROUP "], nor "
                                "key=value, nor a comment after #", path);

  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  if (keys == NULL)
    return obm_settings_refuse (error, "The file %s has no group [" GROUP "]", path);

  for (guint i = 0; keys[i] != NULL; i++)
    if (!contains (names, n_names, keys[i]))
      return obm_settings_refuse (error, "The file %s has an unknown setting%s%s", path,
                                  is_name (keys[i]) ? ", " : "", is_name (keys[i]) ? keys[i] : "");

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
