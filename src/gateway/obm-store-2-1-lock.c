/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

/*
 * The run of OBM 2.1's update command: "--global", because its incremental runs leave mail servers out,
 * and under ObmInfo's "update_lock", which OBM's own pages take as well.
 */

gboolean
_obm_store_2_1_take_update_lock (ObmStore *store, gboolean *taken, GError **error)
{
  ObmDatabase *database = OBM_STORE_2_1 (store)->database;
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

gboolean
_obm_store_2_1_give_update_lock (ObmStore *store, GError **error)
{
  g_autoptr (ObmStatement) update = obm_statement_new (
    "UPDATE ObmInfo SET obminfo_value = '0' WHERE obminfo_name = 'update_lock'");

  return obm_database_change (OBM_STORE_2_1 (store)->database, update, NULL, error);
}

GStrv
_obm_store_2_1_get_update_arguments (ObmStore *store, ObmDomain *domain)
{
  const char * const arguments[] = { "--global", "--domain", obm_domain_get_id (domain), NULL };

  return g_strdupv ((char **) arguments);
}
