/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

/*
 * What the two lists of OBM 2.1 have in common. One statement finds the ids of a page, sorted; the lists join to those
 * few rows what they show of them. Only a page that does not show where the list ends is followed by a COUNT.
 */

#define MAIL_SERVERS " FROM MailServer LEFT JOIN Host ON host_id = mailserver_host_id WHERE 1 = 1"
#define HOSTS " FROM Host WHERE 1 = 1"

static gboolean
is_about_hosts (const ObmQuestion21 *question)
{
  return obm_search_get_kind (question->search) == OBM_SEARCH_HOSTS;
}

static const char *
get_role_column (ObmRoles role)
{
  switch (role)
    {
    case OBM_ROLES_IMAP:
      return "COALESCE(mailserver_imap, 0)";
    case OBM_ROLES_SMTP_IN:
      return "COALESCE(mailserver_smtp_in, 0)";
    case OBM_ROLES_SMTP_OUT:
      return "COALESCE(mailserver_smtp_out, 0)";
    case OBM_ROLES_NONE:
    default:
      g_return_val_if_reached ("0");
    }
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

      if (((obm_search_get_with (search) | obm_search_get_without (search)) & role) == 0)
        continue;
      obm_statement_append (statement, " AND ");
      obm_statement_append (statement, get_role_column (role));
      obm_statement_append (statement, obm_search_get_with (search) & role ? " <> 0" : " = 0");
      /* Asked for both with and without a role, nothing can match. */
      if (obm_search_get_with (search) & obm_search_get_without (search) & role)
        obm_statement_append (statement, " AND 1 = 0");
    }
}

/* Every match as "id" and "k", the key it is sorted by. */
static void
append_keys (ObmStatement *statement, const ObmQuestion21 *question)
{
  const ObmDialect *dialect = question->store->dialect;
  ObmSort sort = obm_search_get_sort (question->search);

  if (sort == OBM_SORT_IP)
    obm_statement_append (statement, dialect->address_begin);

  obm_statement_append (statement, is_about_hosts (question) ? "SELECT host_id AS id, " : "SELECT mailserver_id AS id, ");
  if (sort == OBM_SORT_IP)
    obm_statement_append (statement, "host_ip AS ip");
  else if (sort == OBM_SORT_NAME)
    {
      obm_statement_append (statement, dialect->lower_name);
      obm_statement_append (statement, " AS k");
    }
  else
    {
      obm_statement_append (statement, "CASE WHEN ");
      obm_statement_append (statement, get_role_column (1 << (sort - OBM_SORT_IMAP)));
      obm_statement_append (statement, " <> 0 THEN 1 ELSE 0 END AS k");
    }
  append_matches (statement, question);

  if (sort == OBM_SORT_IP)
    obm_statement_append (statement, dialect->address_end);
}

/* The order of "p", NULL last and ties by id in both directions. */
void
_obm_question_2_1_append_order (const ObmQuestion21 *question, ObmStatement *statement)
{
  obm_statement_append (statement, obm_search_get_descending (question->search)
                                   ? " ORDER BY p.k IS NULL, p.k DESC, p.id"
                                   : " ORDER BY p.k IS NULL, p.k, p.id");
}

/* A SELECT of the ids and keys of one page. */
void
_obm_question_2_1_append_page (const ObmQuestion21 *question, ObmStatement *statement, guint page, guint rows)
{
  obm_statement_append (statement, "SELECT p.id, p.k FROM (");
  append_keys (statement, question);
  obm_statement_append (statement, ") p");
  _obm_question_2_1_append_order (question, statement);
  obm_statement_append (statement, " LIMIT ? OFFSET ?");
  obm_statement_bind_int (statement, rows);
  obm_statement_bind_int (statement, (gint64) (page - 1) * rows);
}

/* A new page for @n_found entities. Its length needs no query when they show where the list ends. */
ObmPage *
_obm_question_2_1_new_page (const ObmQuestion21 *question, guint n_found, guint page, guint rows, GError **error)
{
  g_autoptr (ObmStatement) statement = NULL;
  g_autoptr (ObmRows) counted = NULL;
  gint64 length = (gint64) (page - 1) * rows + n_found;

  if (n_found < rows && (n_found > 0 || page == 1))
    return obm_page_new (length, page, rows);

  statement = obm_statement_new ("SELECT COUNT(*)");
  append_matches (statement, question);
  counted = obm_database_query (question->store->database, statement, error);
  if (counted == NULL)
    return NULL;

  /* Rows may have gone since the first query. */
  if (n_found == 0)
    length = 0;

  return obm_page_new (MAX (length, obm_rows_get_int (counted, 0, 0, 0)), page, rows);
}
