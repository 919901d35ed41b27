/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-question.h"

#include "obm-address-order.h"
#include "obm-domain-table.h"

/*
 * What all lists have in common: the ids of a page are found and put in order first, so that what is shown
 * of them is read for those few rows only.
 */

static void
append_role (ObmStatement *statement, const char *condition, gboolean wanted)
{
  obm_statement_append (statement, wanted ? " AND (" : " AND NOT (");
  obm_statement_append (statement, condition);
  obm_statement_append (statement, ")");
}

static void
append_pattern (ObmStatement *statement,
                const ObmDialect *dialect,
                const char *column,
                const char *criterion,
                gboolean anywhere)
{
  g_autofree char *condition = NULL;
  g_autofree char *pattern = NULL;

  if (*criterion == '\0')
    return;

  condition = obm_dialect_like (dialect, column);
  pattern = obm_dialect_make_pattern (criterion, anywhere);
  obm_statement_append (statement, " AND ");
  obm_statement_append (statement, condition);
  obm_statement_bind_text (statement, pattern);
}

/* FROM and WHERE. */
static void
append_matches (ObmStatement *statement, const ObmQuestion *self)
{
  ObmSearch *search = self->search;

  obm_statement_append (statement, self->table->from);
  obm_domain_bind (self->domain, statement, " AND host_domain_id = ?");
  append_pattern (statement, self->dialect, "host_name", obm_search_get_name (search), FALSE);
  append_pattern (statement, self->dialect, "host_ip", obm_search_get_ip (search), TRUE);

  if (obm_search_get_available (search))
    {
      obm_statement_append (statement, " AND ");
      obm_statement_append (statement, self->table->available);
    }
  for (guint i = 0; i < OBM_N_ROLES; i++)
    {
      ObmRoles role = 1 << i;

      if (obm_search_get_with (search) & role)
        append_role (statement, self->table->roles[i], TRUE);
      if (obm_search_get_without (search) & role)
        append_role (statement, self->table->roles[i], FALSE);
    }
}

/* An expression that the matches are sorted by. */
static char *
make_key (const ObmQuestion *self)
{
  ObmSort sort = obm_search_get_sort (self->search);

  return sort == OBM_SORT_NAME ? obm_dialect_lower (self->dialect, "host_name")
                               : g_strdup (self->table->roles[sort - OBM_SORT_IMAP]);
}

static GArray *
find_by_key (const ObmQuestion *self, guint page, guint rows, GError **error)
{
  const ObmDialect *dialect = self->dialect;
  g_autofree char *key = make_key (self);
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT p.id FROM (SELECT ");
  g_autoptr (ObmRows) found = NULL;
  GArray *ids;

  obm_statement_append (statement, self->table->id);
  obm_statement_append (statement, " AS id, ");
  obm_statement_append (statement, key);
  obm_statement_append (statement, " AS k");
  append_matches (statement, self);
  obm_statement_append (statement, ") p ORDER BY ");
  obm_statement_append (statement, obm_search_get_descending (self->search) ? dialect->order_descending
                                                                                : dialect->order_ascending);
  obm_statement_append (statement, ", p.id LIMIT ? OFFSET ?");
  obm_statement_bind_int (statement, rows);
  obm_statement_bind_int (statement, (gint64) (page - 1) * rows);
  found = obm_database_query (self->database, statement, error);
  if (found == NULL)
    return NULL;

  ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), obm_rows_get_n_rows (found));
  for (guint i = 0; i < obm_rows_get_n_rows (found); i++)
    {
      gint64 id = obm_rows_get_int (found, i, 0, 0);

      g_array_append_val (ids, id);
    }

  return ids;
}

/* The number of matches. Often the page itself shows where the list ends: then nothing is asked. */
static gboolean
count (const ObmQuestion *self, guint n_found, guint page, guint rows, gint64 *length, GError **error)
{
  g_autoptr (ObmStatement) statement = NULL;
  g_autoptr (ObmRows) counted = NULL;
  gint64 seen = n_found > 0 ? (gint64) (page - 1) * rows + n_found : 0;

  *length = seen;
  if (n_found < rows && (n_found > 0 || page == 1))
    return TRUE;

  statement = obm_statement_new ("SELECT COUNT(*)");
  append_matches (statement, self);
  counted = obm_database_query (self->database, statement, error);
  if (counted == NULL)
    return FALSE;
  /* Rows may have gone since the first query. */
  *length = MAX (seen, obm_rows_get_int (counted, 0, 0, 0));

  return TRUE;
}

static GArray *
find_by_address (const ObmQuestion *self, guint page, guint rows, gint64 *length, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT ");
  g_autoptr (ObmRows) found = NULL;
  gint64 begin, end;
  GArray *ids;

  obm_statement_append (statement, self->table->id);
  obm_statement_append (statement, ", host_ip");
  append_matches (statement, self);
  found = obm_database_query (self->database, statement, error);
  if (found == NULL)
    return NULL;

  ids = obm_address_order (found, obm_search_get_descending (self->search));
  *length = ids->len;
  begin = MIN ((gint64) (page - 1) * rows, ids->len);
  end = MIN (begin + rows, ids->len);
  g_array_set_size (ids, end);
  g_array_remove_range (ids, 0, begin);

  return ids;
}

/**
 * obm_question_find:
 * @self: a question
 * @page: the result page, from 1
 * @rows: the rows of a page
 * @length: (out): the number of all matches
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64): the ids on the page, in order; %NULL with
 *   %OBM_ERROR_DATABASE_UNAVAILABLE
 */
GArray *
obm_question_find (const ObmQuestion *self, guint page, guint rows, gint64 *length, GError **error)
{
  g_autoptr (GArray) ids = NULL;

  if (obm_search_get_sort (self->search) == OBM_SORT_IP)
    return find_by_address (self, page, rows, length, error);

  ids = find_by_key (self, page, rows, error);
  if (ids == NULL || !count (self, ids->len, page, rows, length, error))
    return NULL;

  return g_steal_pointer (&ids);
}

/**
 * obm_question_bind_ids:
 * @statement: a statement, up to "IN ("
 * @ids: (element-type gint64): ids
 *
 * Appends "?, ?, ?" and the ids.
 */
void
obm_question_bind_ids (ObmStatement *statement, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      obm_statement_append (statement, i > 0 ? ", ?" : "?");
      obm_statement_bind_int (statement, g_array_index (ids, gint64, i));
    }
}

/**
 * obm_question_new_page:
 * @ids: (element-type gint64): the ids on a page
 * @table: (element-type gint64 ObmEntity): what was read for them, by id
 * @length: the number of all matches
 * @page: the result page, from 1
 * @rows: the rows of a page
 *
 * What went away since the ids were found is missing in @table, and not counted.
 *
 * Returns: (transfer full): the page
 */
ObmPage *
obm_question_new_page (const GArray *ids, GHashTable *table, gint64 length, guint page, guint rows)
{
  ObmPage *result = obm_page_new (length - ids->len + g_hash_table_size (table), page, rows);

  for (guint i = 0; i < ids->len; i++)
    {
      ObmEntity *entity = g_hash_table_lookup (table, &g_array_index (ids, gint64, i));

      if (entity != NULL)
        obm_page_take (result, g_object_ref (entity));
    }

  return result;
}
