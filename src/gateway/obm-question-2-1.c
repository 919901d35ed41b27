/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-address-order.h"

/*
 * What the two lists of OBM 2.1 have in common: the ids of a page are found and put in order first, so that
 * what is shown of them is read for those few rows only.
 */

#define MAIL_SERVERS " FROM MailServer LEFT JOIN Host ON host_id = mailserver_host_id WHERE 1 = 1"
#define HOSTS " FROM Host WHERE 1 = 1"

static gboolean
is_about_hosts (const ObmQuestion21 *question)
{
  return obm_search_get_kind (question->search) == OBM_SEARCH_HOSTS;
}

/* Whether a mail server has a role; OBM lets the column be NULL. */
static const char *
get_role_condition (ObmRoles role)
{
  switch (role)
    {
    case OBM_ROLES_IMAP:
      return "COALESCE(mailserver_imap, 0) <> 0";
    case OBM_ROLES_SMTP_IN:
      return "COALESCE(mailserver_smtp_in, 0) <> 0";
    case OBM_ROLES_SMTP_OUT:
      return "COALESCE(mailserver_smtp_out, 0) <> 0";
    case OBM_ROLES_NONE:
    default:
      g_return_val_if_reached ("1 = 0");
    }
}

static void
append_role (ObmStatement *statement, ObmRoles role, gboolean wanted)
{
  obm_statement_append (statement, wanted ? " AND (" : " AND NOT (");
  obm_statement_append (statement, get_role_condition (role));
  obm_statement_append (statement, ")");
}

static void
append_pattern (ObmStatement *statement, const char *condition, const char *criterion, gboolean anywhere)
{
  g_autofree char *pattern = NULL;

  if (*criterion == '\0')
    return;

  pattern = obm_dialect_make_pattern (criterion, anywhere);
  obm_statement_append (statement, " AND ");
  obm_statement_append (statement, condition);
  obm_statement_bind_text (statement, pattern);
}

/* FROM and WHERE. */
static void
append_matches (ObmStatement *statement, const ObmQuestion21 *question)
{
  const ObmDialect *dialect = question->store->dialect;
  ObmSearch *search = question->search;

  obm_statement_append (statement, is_about_hosts (question) ? HOSTS : MAIL_SERVERS);
  _obm_store_2_1_bind_domain (statement, " AND host_domain_id = ?", question->domain);
  append_pattern (statement, dialect->like_name, obm_search_get_name (search), FALSE);
  append_pattern (statement, dialect->like_address, obm_search_get_ip (search), TRUE);

  if (obm_search_get_available (search))
    obm_statement_append (statement, " AND host_id NOT IN (SELECT mailserver_host_id FROM MailServer)");
  for (guint i = 0; i < OBM_N_ROLES; i++)
    {
      ObmRoles role = 1 << i;

      if (obm_search_get_with (search) & role)
        append_role (statement, role, TRUE);
      if (obm_search_get_without (search) & role)
        append_role (statement, role, FALSE);
    }
}

/* An expression that the matches are sorted by. */
static const char *
get_key (const ObmQuestion21 *question)
{
  ObmSort sort = obm_search_get_sort (question->search);

  if (sort == OBM_SORT_NAME)
    return question->store->dialect->lower_name;

  return get_role_condition (1 << (sort - OBM_SORT_IMAP));
}

static GArray *
find_by_key (const ObmQuestion21 *question, guint page, guint rows, GError **error)
{
  const ObmDialect *dialect = question->store->dialect;
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT p.id FROM (SELECT ");
  g_autoptr (ObmRows) found = NULL;
  GArray *ids;

  obm_statement_append (statement, is_about_hosts (question) ? "host_id" : "mailserver_id");
  obm_statement_append (statement, " AS id, ");
  obm_statement_append (statement, get_key (question));
  obm_statement_append (statement, " AS k");
  append_matches (statement, question);
  obm_statement_append (statement, ") p ORDER BY ");
  obm_statement_append (statement, obm_search_get_descending (question->search) ? dialect->order_descending
                                                                                : dialect->order_ascending);
  obm_statement_append (statement, ", p.id LIMIT ? OFFSET ?");
  obm_statement_bind_int (statement, rows);
  obm_statement_bind_int (statement, (gint64) (page - 1) * rows);
  found = obm_database_query (question->store->database, statement, error);
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
count (const ObmQuestion21 *question, guint n_found, guint page, guint rows, gint64 *length, GError **error)
{
  g_autoptr (ObmStatement) statement = NULL;
  g_autoptr (ObmRows) counted = NULL;
  gint64 seen = n_found > 0 ? (gint64) (page - 1) * rows + n_found : 0;

  *length = seen;
  if (n_found < rows && (n_found > 0 || page == 1))
    return TRUE;

  statement = obm_statement_new ("SELECT COUNT(*)");
  append_matches (statement, question);
  counted = obm_database_query (question->store->database, statement, error);
  if (counted == NULL)
    return FALSE;
  /* Rows may have gone since the first query. */
  *length = MAX (seen, obm_rows_get_int (counted, 0, 0, 0));

  return TRUE;
}

static GArray *
find_by_address (const ObmQuestion21 *question, guint page, guint rows, gint64 *length, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT ");
  g_autoptr (ObmRows) found = NULL;
  gint64 begin, end;
  GArray *ids;

  obm_statement_append (statement, is_about_hosts (question) ? "host_id" : "mailserver_id");
  obm_statement_append (statement, ", host_ip");
  append_matches (statement, question);
  found = obm_database_query (question->store->database, statement, error);
  if (found == NULL)
    return NULL;

  ids = obm_address_order (found, obm_search_get_descending (question->search));
  *length = ids->len;
  begin = MIN ((gint64) (page - 1) * rows, ids->len);
  end = MIN (begin + rows, ids->len);
  g_array_set_size (ids, end);
  g_array_remove_range (ids, 0, begin);

  return ids;
}

/* The ids on a page, in order, and the number of all matches. */
GArray *
_obm_question_2_1_find (const ObmQuestion21 *question, guint page, guint rows, gint64 *length, GError **error)
{
  g_autoptr (GArray) ids = NULL;

  if (obm_search_get_sort (question->search) == OBM_SORT_IP)
    return find_by_address (question, page, rows, length, error);

  ids = find_by_key (question, page, rows, error);
  if (ids == NULL || !count (question, ids->len, page, rows, length, error))
    return NULL;

  return g_steal_pointer (&ids);
}

/* "?, ?, ?" and the ids. */
void
_obm_question_2_1_bind_ids (ObmStatement *statement, const GArray *ids)
{
  for (guint i = 0; i < ids->len; i++)
    {
      obm_statement_append (statement, i > 0 ? ", ?" : "?");
      obm_statement_bind_int (statement, g_array_index (ids, gint64, i));
    }
}

/*
 * A page of what was read for @ids: @table has each by its id. What went away since the ids were found is
 * missing, and not counted.
 */
ObmPage *
_obm_question_2_1_new_page (const GArray *ids, GHashTable *table, gint64 length, guint page, guint rows)
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
