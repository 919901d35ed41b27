/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-info.h"

/*
 * The table ObmInfo, which says something about the installation as a whole: its "db_version", and the
 * "update_lock", which OBM's own pages take as well.
 */

/**
 * obm_info_find:
 * @database: an OBM database
 * @name: what is asked
 * @value: (out) (nullable) (transfer full): what the table says, %NULL if nothing
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_info_find (ObmDatabase *database, const char *name, char **value, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT obminfo_value FROM ObmInfo WHERE obminfo_name = ?");
  g_autoptr (ObmRows) rows = NULL;

  *value = NULL;
  obm_statement_bind_text (statement, name);
  rows = obm_database_query (database, statement, error);
  if (rows == NULL)
    return FALSE;

  if (obm_rows_get_n_rows (rows) > 0)
    *value = g_strdup (obm_rows_get_text (rows, 0, 0));

  return TRUE;
}

/**
 * obm_info_is_locked:
 * @database: an OBM database
 * @locked: (out): whether an update runs, or is about to
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_info_is_locked (ObmDatabase *database, gboolean *locked, GError **error)
{
  g_autofree char *value = NULL;

  if (!obm_info_find (database, "update_lock", &value, error))
    return FALSE;

  *locked = g_strcmp0 (value, "1") == 0;

  return TRUE;
}

/**
 * obm_info_take_lock:
 * @database: an OBM database, in a transaction
 * @taken: (out): whether nobody had the lock
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_info_take_lock (ObmDatabase *database, gboolean *taken, GError **error)
{
  g_autoptr (ObmStatement) update = obm_statement_new (
    "UPDATE ObmInfo SET obminfo_value = '1' WHERE obminfo_name = 'update_lock'"
    " AND (obminfo_value IS NULL OR obminfo_value <> '1')");
  g_autoptr (ObmStatement) find = obm_statement_new (
    "SELECT 1 FROM ObmInfo WHERE obminfo_name = 'update_lock'");
  g_autoptr (ObmStatement) insert = obm_statement_new (
    "INSERT INTO ObmInfo (obminfo_name, obminfo_value) VALUES ('update_lock', '1')");
  g_autoptr (ObmRows) found = NULL;
  gint64 n_changed;

  if (!obm_database_change (database, update, &n_changed, error))
    return FALSE;
  *taken = n_changed > 0;
  if (*taken)
    return TRUE;

  found = obm_database_query (database, find, error);
  if (found == NULL)
    return FALSE;
  *taken = obm_rows_get_n_rows (found) == 0;

  return !*taken || obm_database_change (database, insert, NULL, error);
}

/**
 * obm_info_give_lock:
 * @database: an OBM database, in a transaction
 * @error: return location
 *
 * Gives the lock back, whoever has it.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_info_give_lock (ObmDatabase *database, GError **error)
{
  g_autoptr (ObmStatement) update = obm_statement_new (
    "UPDATE ObmInfo SET obminfo_value = '0' WHERE obminfo_name = 'update_lock'");

  return obm_database_change (database, update, NULL, error);
}
