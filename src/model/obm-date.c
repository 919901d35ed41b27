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
 * Returns: (transfer full) (nullable): @date as OBM writes it, in UTC; %NULL if that is before year 1 or after 9999
 */
char *
obm_date_format (GDateTime *date)
{
  g_autoptr (GDateTime) utc = g_date_time_to_utc (date);
  int year, month, day;

  if (utc == NULL)
    return NULL;
  /* Not g_date_time_format(), which writes the year 987 with three digits. */
  g_date_time_get_ymd (utc, &year, &month, &day);

  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d.%03d+0000",
                          year,
                          month,
                          day,
                          g_date_time_get_hour (utc),
                          g_date_time_get_minute (utc),
                          g_date_time_get_second (utc),
                          g_date_time_get_microsecond (utc) / 1000);
}
