/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-schema.h"

struct _ObmSchema
{
  ObmDatabase *database;
  /* Lower case, unless they are told apart by their case. */
  GHashTable *names;
  gboolean case_matters;
  /* The columns of the tables that were required, as rows without a row. */
  GHashTable *columns;
};

/**
 * obm_schema_new:
 * @database: a database
 * @dialect: its SQL
 * @error: return location
 *
 * Blocks.
 *
 * Returns: (transfer full): what the database has; %NULL with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
ObmSchema *
obm_schema_new (ObmDatabase *database, const ObmDialect *dialect, GError **error)
{
  enum { NAME, CASE_MATTERS };
  g_autoptr (ObmStatement) statement = obm_statement_new (dialect->list_tables);
  g_autoptr (ObmRows) rows = obm_database_query (database, statement, error);
  ObmSchema *self;

  if (rows == NULL)
    return NULL;

  self = g_new0 (ObmSchema, 1);
  self->database = g_object_ref (database);
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) obm_rows_free);
  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    if (obm_rows_get_text (rows, i, NAME) != NULL)
      {
        g_hash_table_add (self->names, g_strdup (obm_rows_get_text (rows, i, NAME)));
        self->case_matters = obm_rows_get_boolean (rows, i, CASE_MATTERS);
      }

  return self;
}

/**
 * obm_schema_free:
 * @self: a schema
 */
void
obm_schema_free (ObmSchema *self)
{
  g_object_unref (self->database);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->columns);
  g_free (self);
}

/**
 * obm_schema_has_table:
 * @self: a schema
 * @name: a table
 *
 * Returns: whether statements find one of that name
 */
gboolean
obm_schema_has_table (ObmSchema *self, const char *name)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_hash_table_contains (self->names, self->case_matters ? name : lower);
}

static gboolean
require_columns (ObmSchema *self, const char *generation, const ObmSchemaTable *table, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s WHERE 1 = 0", table->name);
  g_autoptr (ObmStatement) statement = obm_statement_new (sql);
  g_auto (GStrv) columns = g_strsplit (table->columns, " ", -1);
  ObmRows *rows = obm_database_query (self->database, statement, error);

  if (rows == NULL)
    return FALSE;

  g_hash_table_replace (self->columns, (gpointer) table->name, rows);
  for (guint i = 0; columns[i] != NULL; i++)
    if (!obm_rows_has_column (rows, columns[i]))
      {
        g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                     "The database looks like %s, but its table %s has no column %s", generation, table->name,
                     columns[i]);
        return FALSE;
      }

  return TRUE;
}

/**
 * obm_schema_require:
 * @self: a schema
 * @generation: what it seems to be, "OBM 2.1"
 * @tables: (array length=n_tables): what there must be
 * @n_tables: how many
 * @error: return location
 *
 * Blocks.
 *
 * Returns: %FALSE with %G_OPTION_ERROR_BAD_VALUE and a sentence when something is missing, or with
 *   %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_schema_require (ObmSchema *self,
                    const char *generation,
                    const ObmSchemaTable *tables,
                    gsize n_tables,
                    GError **error)
{
  for (gsize i = 0; i < n_tables; i++)
    {
      if (!obm_schema_has_table (self, tables[i].name))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "The database looks like %s, but has no table %s", generation, tables[i].name);
          return FALSE;
        }
      if (!require_columns (self, generation, &tables[i], error))
        return FALSE;
    }

  return TRUE;
}

/**
 * obm_schema_has_column:
 * @self: a schema
 * @table: a table that was required, by the same name
 * @column: a column
 *
 * Returns: whether it is there
 */
gboolean
obm_schema_has_column (ObmSchema *self, const char *table, const char *column)
{
  const ObmRows *rows = g_hash_table_lookup (self->columns, table);

  g_return_val_if_fail (rows != NULL, FALSE);

  return obm_rows_has_column (rows, column);
}
