/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-date.h"

/**
 * obm_date_parse:
 * @text: (nullable): a date as OBM writes it, "2008-06-13T09:00:00.000+0000"
 *
 * Returns: (nullable) (transfer full): the date; %NULL when @text is %NULL, no date, or has no zone
 */
GDateTime *
obm_date_parse (const char *text)
{
  return text ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
}

/**
 * obm_date_format:
 * @date: a date
 *
 * Returns: (transfer full): @date as OBM writes it, in UTC
 */
char *
obm_date_format (GDateTime *date)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (date);
  g_autofree char *seconds = NULL;

  if (utc == NULL)
    return NULL;
  seconds = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03d+0000", seconds, g_date_time_get_microsecond (utc) / 1000);
}
