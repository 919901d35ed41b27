/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * obm_set_string:
 * @field: the string to replace
 * @value: (nullable): the new value, copied
 *
 * g_set_str() of GLib 2.76, for GLib 2.74.
 *
 * Returns: whether the value changed
 */
static inline gboolean
obm_set_string (char **field, const char *value)
{
  char *copy;

  if (g_strcmp0 (*field, value) == 0)
    return FALSE;

  copy = g_strdup (value);
  g_free (*field);
  *field = copy;

  return TRUE;
}
