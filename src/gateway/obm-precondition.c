/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-precondition.h"

#include <string.h>

/* Skips white space and the commas of empty list elements. */
static const char *
skip_separators (const char *p)
{
  return p + strspn (p, " \t,");
}

/**
 * obm_precondition_holds:
 * @if_match: the value of If-Match: "*", or a list of entity tags
 * @etag: the entity tag of what there is
 *
 * Compares as RFC 9110 asks, strongly: a weak tag is never equal to another one. Nothing is found in or
 * behind what is no entity tag.
 *
 * Returns: whether @if_match allows a change of what there is
 */
gboolean
obm_precondition_holds (const char *if_match, const char *etag)
{
  const char *p = skip_separators (if_match);

  if (*p == '*')
    return p[1 + strspn (p + 1, " \t")] == '\0';

  while (*p != '\0')
    {
      gboolean weak = g_str_has_prefix (p, "W/\"");
      const char *begin = weak ? p + 2 : p;
      const char *end = *begin == '"' ? strchr (begin + 1, '"') : NULL;

      if (end == NULL)
        return FALSE;
      end++;
      if (!weak && strlen (etag) == (gsize) (end - begin) && strncmp (begin, etag, end - begin) == 0)
        return TRUE;

      p = end + strspn (end, " \t");
      if (*p != ',' && *p != '\0')
        return FALSE;
      p = skip_separators (p);
    }

  return FALSE;
}
