/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-dialect.h"

#include <string.h>

/* How long a statement waits for a lock of somebody else; on SQLite obm-connection.c sees to that. */
#define LOCK_TIMEOUT_MS "2000"
#define LOCK_TIMEOUT_S "2"

/* The escape character of patterns: none that an engine takes for anything else. */
#define ESCAPE_CHARACTER '!'

/* lower() only knows ASCII letters here, text is ordered by its bytes, and NULL is less than anything. */
const ObmDialect obm_dialect_sqlite = {
  .scheme = "sqlite:",
  .never_waits = TRUE,
  .lock_messages = { "database is locked", "database table is locked" },
  .lower = { "lower(", ")" },
  .date = { "", "" },
  .order_ascending = "p.k NULLS LAST",
  .order_descending = "p.k DESC",
  .list_tables = "SELECT lower(name), 0 FROM sqlite_master WHERE type IN ('table', 'view')",
  .begin = "BEGIN IMMEDIATE",
  .wide_number = "?",
  .or_raise = "",
};

/*
 * The collation "C" knows ASCII letters only and orders by bytes. An integer that is too big for a column is an
 * error, not just unequal to it. A date without a zone is in the session's. Texts of a database without an encoding
 * come as they are. There is no lock_timeout before 9.3; statements end then when they take too long.
 * What is no error would be printed by libpq.
 */
const ObmDialect obm_dialect_postgresql = {
  .scheme = "postgresql:",
  .is_server = TRUE,
  .quotes_parameters = TRUE,
  .lower = { "lower(", " COLLATE \"C\")" },
  .date = { "to_char(CAST(", " AS timestamp with time zone) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.MS')" },
  .order_ascending = "p.k NULLS LAST",
  .order_descending = "p.k DESC NULLS LAST",
  .session = "SELECT set_config('client_encoding', CASE current_setting('server_encoding')"
             " WHEN 'SQL_ASCII' THEN 'SQL_ASCII' ELSE 'UTF8' END, false);"
             " SELECT set_config(name, '" LOCK_TIMEOUT_MS "', false) FROM pg_settings WHERE name = 'lock_timeout';"
             " SET client_min_messages = error; SET statement_timeout = %u",
  .greeting = "SET statement_timeout = %u",
  .session_unit = 1,
  .begin = "BEGIN ISOLATION LEVEL READ COMMITTED",
  .lock_host = "SELECT host_id FROM Host WHERE host_id = ? FOR UPDATE",
  .lock_missing = "SELECT pg_advisory_xact_lock(?)",
  .wide_number = "CAST(? AS bigint)",
  .encoding = "SHOW server_encoding",
  .guard_flags = "SELECT pg_advisory_xact_lock(-1)",
  .or_raise = "",
  .list_tables = "SELECT table_name, 0 FROM information_schema.tables"
                 " WHERE table_schema = ANY (current_schemas(false))",
};

/*
 * Collations of MariaDB do not tell accents apart, and LOWER() changes more than ASCII letters. So the bytes of
 * the text in UTF-8 are taken for ISO-8859-8, which has no capitals beyond ASCII, and are bytes again then.
 *
 * All columns of dates are "timestamp", which a session sees in its own zone, whatever the server's is. Modes
 * that came after OBM are off, and so is the failure where a row was changed meanwhile. A transaction also keeps
 * the client library from replacing a connection that was lost silently: the lock would not be ours any more. For
 * what is silently replaced before a transaction everything is said again each time.
 *
 * Each has its own limit for a statement, MySQL for what only reads; comments for MySQL from 5.7 on are none for
 * MariaDB.
 */
#define MARIADB_SESSION "SET NAMES utf8mb4, @@session.time_zone = '+00:00', @@session.sql_mode = ''," \
                        " @@session.lock_wait_timeout = " LOCK_TIMEOUT_S "," \
                        " @@session.innodb_lock_wait_timeout = " LOCK_TIMEOUT_S \
                        " /*M!100100 , @@session.max_statement_time = %u */" \
                        " /*!50708 , @@session.max_execution_time = %u000 */" \
                        " /*M!110602 , @@session.innodb_snapshot_isolation = OFF */"
#define MARIADB_LOCK "CONCAT('obm-gateway.', LEFT(MD5(DATABASE()), 16), '.', ?)"

const ObmDialect obm_dialect_mariadb = {
  .scheme = "mysql:",
  .is_server = TRUE,
  .lock_messages = { "Lock wait timeout exceeded", "Deadlock found when trying to get lock" },
  .lower = { "CAST(LOWER(CONVERT(CAST(CONVERT(", " USING utf8mb4) AS BINARY) USING hebrew)) AS BINARY)" },
  .date = { "", "" },
  .order_ascending = "p.k IS NULL, p.k",
  .order_descending = "p.k DESC",
  .session = MARIADB_SESSION,
  .greeting = MARIADB_SESSION,
  .session_unit = 1000,
  .begin = "START TRANSACTION",
  .lock_host = "SELECT GET_LOCK(" MARIADB_LOCK ", " LOCK_TIMEOUT_S ")",
  .unlock_host = "SELECT RELEASE_LOCK(" MARIADB_LOCK ")",
  .count_lasting = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()"
                   " AND table_name IN ('MailServer', 'Service', 'Host', 'ObmInfo') AND engine <> 'InnoDB'",
  .list_tables = "SELECT IF(@@lower_case_table_names = 0, table_name, LOWER(table_name)),"
                 " @@lower_case_table_names = 0 FROM information_schema.tables"
                 " WHERE table_schema = DATABASE()",
  .wide_number = "?",
  .or_raise = " ON DUPLICATE KEY UPDATE domainpropertyvalue_value = '1'",
};

/**
 * obm_dialect_find:
 * @url: where a database is
 *
 * Returns: (nullable): what its engine speaks; %NULL if it is none we know
 */
const ObmDialect *
obm_dialect_find (const char *url)
{
  static const ObmDialect * const dialects[] = {
    &obm_dialect_sqlite, &obm_dialect_postgresql, &obm_dialect_mariadb
  };

  for (gsize i = 0; i < G_N_ELEMENTS (dialects); i++)
    if (g_str_has_prefix (url, dialects[i]->scheme))
      return dialects[i];

  return NULL;
}

/**
 * obm_dialect_lower:
 * @self: a dialect
 * @text: an SQL expression
 *
 * Returns: (transfer full): the expression with ASCII letters in lower case, ordered by its bytes
 */
char *
obm_dialect_lower (const ObmDialect *self, const char *text)
{
  return g_strconcat (self->lower[0], text, self->lower[1], NULL);
}

/**
 * obm_dialect_date:
 * @self: a dialect
 * @date: a column
 *
 * Returns: (transfer full): its date, for obm_dialect_parse_date()
 */
char *
obm_dialect_date (const ObmDialect *self, const char *date)
{
  return g_strconcat (self->date[0], date, self->date[1], NULL);
}

/**
 * obm_dialect_like:
 * @self: a dialect
 * @text: an SQL expression
 *
 * Returns: (transfer full): whether it is like "?" of obm_dialect_make_pattern()
 */
char *
obm_dialect_like (const ObmDialect *self, const char *text)
{
  g_autofree char *lower = obm_dialect_lower (self, text);

  return g_strconcat (lower, " LIKE ? ESCAPE '!'", NULL);
}

/**
 * obm_dialect_by_name:
 * @self: a dialect
 * @name: an SQL expression
 * @id: what tells equal names apart
 *
 * Returns: (transfer full): ORDER BY, as the contract orders names; NULL last
 */
char *
obm_dialect_by_name (const ObmDialect *self, const char *name, const char *id)
{
  g_autofree char *lower = obm_dialect_lower (self, name);

  return g_strdup_printf (" ORDER BY %s IS NULL, %s, %s", name, lower, id);
}

/**
 * obm_dialect_get_charset:
 * @encoding: what the query of an #ObmDialect found
 *
 * Returns: (nullable): its name for g_convert(); %NULL if every text can be asked for
 */
const char *
obm_dialect_get_charset (const char *encoding)
{
  /* All that have one byte for a character. */
  static const char * const charsets[][2] = {
    { "LATIN1", "ISO-8859-1" },
    { "LATIN2", "ISO-8859-2" },
    { "LATIN3", "ISO-8859-3" },
    { "LATIN4", "ISO-8859-4" },
    { "LATIN5", "ISO-8859-9" },
    { "LATIN6", "ISO-8859-10" },
    { "LATIN7", "ISO-8859-13" },
    { "LATIN8", "ISO-8859-14" },
    { "LATIN9", "ISO-8859-15" },
    { "LATIN10", "ISO-8859-16" },
    { "ISO_8859_5", "ISO-8859-5" },
    { "ISO_8859_6", "ISO-8859-6" },
    { "ISO_8859_7", "ISO-8859-7" },
    { "ISO_8859_8", "ISO-8859-8" },
    { "WIN1250", "CP1250" },
    { "WIN1251", "CP1251" },
    { "WIN1252", "CP1252" },
    { "WIN1253", "CP1253" },
    { "WIN1254", "CP1254" },
    { "WIN1255", "CP1255" },
    { "WIN1256", "CP1256" },
    { "WIN1257", "CP1257" },
    { "WIN1258", "CP1258" },
    { "WIN866", "CP866" },
    { "WIN874", "CP874" },
    { "KOI8R", "KOI8-R" },
    { "KOI8U", "KOI8-U" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (charsets); i++)
    if (g_str_equal (encoding, charsets[i][0]))
      return charsets[i][1];

  return NULL;
}

/**
 * obm_dialect_is_lock:
 * @self: a dialect
 * @message: what stopped a statement
 *
 * Returns: whether it was only the lock of somebody else, held for too long
 */
gboolean
obm_dialect_is_lock (const ObmDialect *self, const char *message)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->lock_messages); i++)
    if (self->lock_messages[i] != NULL && strstr (message, self->lock_messages[i]) != NULL)
      return TRUE;

  return FALSE;
}

/**
 * obm_dialect_make_pattern:
 * @criterion: what a client searches for; "*" stands for any text
 * @anywhere: whether it may stand anywhere, and not only at the beginning
 *
 * Returns: (transfer full): a pattern, without regard to the case of ASCII letters
 */
char *
obm_dialect_make_pattern (const char *criterion, gboolean anywhere)
{
  GString *pattern = g_string_new (anywhere ? "%" : NULL);

  for (const char *p = criterion; *p != '\0'; p++)
    if (*p == '*')
      g_string_append_c (pattern, '%');
    else if (*p == '%' || *p == '_' || *p == ESCAPE_CHARACTER)
      g_string_append_printf (pattern, "%c%c", ESCAPE_CHARACTER, *p);
    else
      g_string_append_c (pattern, g_ascii_tolower (*p));
  g_string_append_c (pattern, '%');

  return g_string_free (pattern, FALSE);
}

/**
 * obm_dialect_parse_date:
 * @text: (nullable): a date as the database writes it, "2008-06-13 09:00:00"
 *
 * Reads a date in UTC.
 *
 * Returns: (transfer full) (nullable): the date; %NULL for NULL, and for what is no date
 */
GDateTime *
obm_dialect_parse_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return text ? g_date_time_new_from_iso8601 (text, utc) : NULL;
}
