/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-domain-table.h"

#include "obm-error.h"

/*
 * The domains of an installation. A client knows them by their key, OBM's tables by their number; where OBM
 * has no better key, it is the number.
 */

#define NUMBER_DATA "obm-domain-number"

/* OBM keeps the aliases in one text, one a line. */
static char **
split_aliases (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text ? text : "", " \t\r\n,;", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

/**
 * obm_domain_new_from_row:
 * @rows: what was found
 * @row: below obm_rows_get_n_rows()
 * @column: the first of the columns of obm_domain_table_append_columns()
 * @own: (nullable): the key of the caller's domain, %NULL if it is this one
 *
 * Returns: (transfer full): the domain
 */
ObmDomain *
obm_domain_new_from_row (const ObmRows *rows, guint row, guint column, const char *own)
{
  enum { NUMBER, KEY, NAME, LABEL, ALIAS, GLOBAL };
  g_auto (GStrv) aliases = split_aliases (obm_rows_get_text (rows, row, column + ALIAS));
  const char *key = obm_rows_get_text (rows, row, column + KEY);
  const char *name = obm_rows_get_text (rows, row, column + NAME);
  gint64 number = obm_rows_get_int (rows, row, column + NUMBER, 0);
  ObmDomain *domain;

  domain = obm_domain_new (key ? key : "", name ? name : "", obm_rows_get_text (rows, row, column + LABEL),
                           (const char * const *) aliases, obm_rows_get_boolean (rows, row, column + GLOBAL),
                           own == NULL || g_strcmp0 (own, key) == 0);
  g_object_set_data_full (G_OBJECT (domain), NUMBER_DATA, g_memdup2 (&number, sizeof number), g_free);

  return domain;
}

/**
 * obm_domain_get_number:
 * @domain: a domain that was read here
 *
 * Returns: its domain_id
 */
gint64
obm_domain_get_number (ObmDomain *domain)
{
  const gint64 *number = g_object_get_data (G_OBJECT (domain), NUMBER_DATA);

  g_return_val_if_fail (number != NULL, -1);

  return *number;
}

/**
 * obm_domain_bind:
 * @domain: where to look
 * @statement: a statement
 * @condition: " AND host_domain_id = ?"
 *
 * Limits a statement to a domain; the global one contains everything.
 */
void
obm_domain_bind (ObmDomain *domain, ObmStatement *statement, const char *condition)
{
  if (obm_domain_get_global (domain))
    return;

  obm_statement_append (statement, condition);
  obm_statement_bind_int (statement, obm_domain_get_number (domain));
}

/**
 * obm_domain_table_append_columns:
 * @table: a table of domains
 * @statement: "SELECT "
 */
void
obm_domain_table_append_columns (const ObmDomainTable *table, ObmStatement *statement)
{
  obm_statement_append (statement, table->uuids ? "d.domain_id, d.domain_uuid" : "d.domain_id, d.domain_id");
  obm_statement_append (statement, ", d.domain_name, d.domain_label, d.domain_alias, d.domain_global");
}

static ObmStatement *
new_query (const ObmDomainTable *table, const char *condition)
{
  ObmStatement *statement = obm_statement_new ("SELECT ");

  obm_domain_table_append_columns (table, statement);
  obm_statement_append (statement, " FROM ");
  obm_statement_append (statement, table->from);
  obm_statement_append (statement, condition);

  return statement;
}

/* The global one, then by name, as the contract orders names. */
static int
compare (gconstpointer a, gconstpointer b)
{
  ObmDomain *one = *(ObmDomain **) a, *other = *(ObmDomain **) b;
  g_autofree char *one_name = g_ascii_strdown (obm_domain_get_name (one), -1);
  g_autofree char *other_name = g_ascii_strdown (obm_domain_get_name (other), -1);
  int order = obm_domain_get_global (other) - obm_domain_get_global (one);

  if (order == 0)
    order = strcmp (one_name, other_name);
  if (order == 0)
    order = obm_domain_get_number (one) < obm_domain_get_number (other) ? -1 : 1;

  return order;
}

/**
 * obm_domain_table_list:
 * @table: a table of domains
 * @database: where it is
 * @own: (nullable): the key of the caller's domain
 * @error: return location
 *
 * Returns: (transfer full) (element-type ObmDomain): every domain by name, the global one first; %NULL with
 *   %OBM_ERROR_DATABASE_UNAVAILABLE
 */
GPtrArray *
obm_domain_table_list (const ObmDomainTable *table, ObmDatabase *database, const char *own, GError **error)
{
  g_autoptr (ObmStatement) statement = new_query (table, "");
  g_autoptr (ObmRows) rows = obm_database_query (database, statement, error);
  GPtrArray *domains;

  if (rows == NULL)
    return NULL;

  domains = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    g_ptr_array_add (domains, obm_domain_new_from_row (rows, i, 0, own));
  g_ptr_array_sort (domains, compare);

  return domains;
}

/**
 * obm_domain_table_list_some:
 * @table: a table of domains
 * @database: where it is
 * @sql: a query for numbers of domains
 * @error: return location
 *
 * Returns: (transfer full) (element-type ObmDomain): the domains among them, as obm_domain_table_list() does
 */
GPtrArray *
obm_domain_table_list_some (const ObmDomainTable *table,
                            ObmDatabase *database,
                            const char *sql,
                            GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (sql);
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (ObmRows) found = obm_database_query (database, statement, error);
  g_autoptr (GPtrArray) domains = found ? obm_domain_table_list (table, database, NULL, error) : NULL;
  GPtrArray *some;

  if (domains == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (found); i++)
    {
      gint64 number = obm_rows_get_int (found, i, 0, -1);

      g_hash_table_add (numbers, g_memdup2 (&number, sizeof number));
    }

  some = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < domains->len; i++)
    {
      ObmDomain *domain = g_ptr_array_index (domains, i);
      gint64 number = obm_domain_get_number (domain);

      if (g_hash_table_contains (numbers, &number))
        g_ptr_array_add (some, g_object_ref (domain));
    }

  return some;
}

/* Binds a key; FALSE when there can be no such domain: a number is only a key as we write it. */
static gboolean
bind_key (const ObmDomainTable *table, ObmStatement *statement, const char *key)
{
  g_autofree char *canonical = NULL;
  guint64 number;

  if (table->uuids)
    {
      obm_statement_bind_text (statement, key);
      return TRUE;
    }
  if (!g_ascii_string_to_unsigned (key, 10, 0, G_MAXINT32, &number, NULL))
    return FALSE;
  canonical = g_strdup_printf ("%" G_GUINT64_FORMAT, number);
  obm_statement_bind_int (statement, number);

  return g_str_equal (canonical, key);
}

/**
 * obm_domain_table_get:
 * @table: a table of domains
 * @database: where it is
 * @own: the key of the caller's domain
 * @key: the key of a domain, as it came in a path
 * @error: return location
 *
 * Returns: (transfer full): the domain; %NULL with %OBM_ERROR_REFERENCE_UNKNOWN or
 *   %OBM_ERROR_DATABASE_UNAVAILABLE
 */
ObmDomain *
obm_domain_table_get (const ObmDomainTable *table,
                      ObmDatabase *database,
                      const char *own,
                      const char *key,
                      GError **error)
{
  g_autoptr (ObmStatement) statement = new_query (table, table->uuids ? " WHERE d.domain_uuid = ?"
                                                                      : " WHERE d.domain_id = ?");

  if (bind_key (table, statement, key))
    {
      g_autoptr (ObmRows) rows = obm_database_query (database, statement, error);

      if (rows == NULL)
        return NULL;
      /* There are engines to which case and trailing spaces do not matter. */
      for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
        {
          g_autoptr (ObmDomain) domain = obm_domain_new_from_row (rows, i, 0, own);

          if (g_str_equal (obm_domain_get_id (domain), key))
            return g_steal_pointer (&domain);
        }
    }
  g_propagate_error (error, obm_error_new (OBM_ERROR_REFERENCE_UNKNOWN, NULL, "This domain does not exist"));

  return NULL;
}
