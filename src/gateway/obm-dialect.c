/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-dialect.h"

/*
 * lower() and LIKE only know ASCII letters here, text is ordered by its bytes, and NULL is less than
 * anything.
 */
const ObmDialect obm_dialect_sqlite = {
  .lower_name = "lower(host_name)",
  .like_name = "host_name LIKE ? ESCAPE '\\'",
  .like_address = "host_ip LIKE ? ESCAPE '\\'",
  .order_ascending = "p.k NULLS LAST",
  .order_descending = "p.k DESC",
  .list_tables = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')",
};

/**
 * obm_dialect_make_pattern:
 * @criterion: what a client searches for; "*" stands for any text
 * @anywhere: whether it may stand anywhere, and not only at the beginning
 *
 * Returns: (transfer full): a pattern for LIKE with the escape character "\"
 */
char *
obm_dialect_make_pattern (const char *criterion, gboolean anywhere)
{
  GString *pattern = g_string_new (anywhere ? "%" : NULL);

  for (const char *p = criterion; *p != '\0'; p++)
    if (*p == '*')
      g_string_append_c (pattern, '%');
    else if (*p == '%' || *p == '_' || *p == '\\')
      g_string_append_printf (pattern, "\\%c", *p);
    else
      g_string_append_c (pattern, *p);
  g_string_append_c (pattern, '%');

  return g_string_free (pattern, FALSE);
}

/**
 * obm_dialect_parse_date:
 * @text: (nullable): a date as the database writes it, "2008-06-13 09:00:00"
 *
 * Reads a date without a zone, which is in the zone of the database session: that is UTC on SQLite, and is
 * made UTC elsewhere.
 *
 * Returns: (transfer full) (nullable): the date; %NULL for NULL, and for what is no date
 */
GDateTime *
obm_dialect_parse_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return text ? g_date_time_new_from_iso8601 (text, utc) : NULL;
}
