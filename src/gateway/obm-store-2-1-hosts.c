/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

enum {
  ID,
  NAME,
  IP,
  DESCRIPTION,
  DOMAIN_ID,
};

/* Which mail server each host of @hosts is: MailServer has no index by host, so all are looked up at once. */
static GHashTable *
find_mail_servers (ObmStore21 *self, const ObmRows *hosts, GError **error)
{
  enum { HOST_ID, MAIL_SERVER_ID };
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT mailserver_host_id, MIN(mailserver_id) FROM MailServer WHERE mailserver_host_id IN (");
  g_autoptr (ObmRows) found = NULL;

  if (obm_rows_get_n_rows (hosts) == 0)
    return g_steal_pointer (&table);

  for (guint i = 0; i < obm_rows_get_n_rows (hosts); i++)
    {
      obm_statement_append (statement, i > 0 ? ", ?" : "?");
      obm_statement_bind_int (statement, obm_rows_get_int (hosts, i, ID, 0));
    }
  obm_statement_append (statement, ") GROUP BY mailserver_host_id");
  found = obm_database_query (self->database, statement, error);
  if (found == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (found); i++)
    {
      gint64 *host = g_new (gint64, 1);
      gint64 *mail_server = g_new (gint64, 1);

      *host = obm_rows_get_int (found, i, HOST_ID, 0);
      *mail_server = obm_rows_get_int (found, i, MAIL_SERVER_ID, 0);
      g_hash_table_insert (table, host, mail_server);
    }

  return g_steal_pointer (&table);
}

static ObmHost *
read_host (const ObmRows *rows, guint row, GHashTable *mail_servers)
{
  gint64 id = obm_rows_get_int (rows, row, ID, 0);
  gint64 *mail_server = g_hash_table_lookup (mail_servers, &id);
  g_autofree char *key = _obm_store_2_1_make_key (rows, row, DOMAIN_ID);

  return g_object_new (OBM_TYPE_HOST,
                       "id", id,
                       "name", obm_rows_get_text (rows, row, NAME),
                       "ip", obm_rows_get_text (rows, row, IP),
                       "description", obm_rows_get_text (rows, row, DESCRIPTION),
                       "domain", key,
                       "mail-server-id", mail_server ? *mail_server : 0,
                       NULL);
}

ObmPage *
_obm_store_2_1_list_hosts (ObmStore *store,
                           ObmDomain *domain,
                           ObmSearch *search,
                           guint page,
                           guint rows,
                           GError **error)
{
  const ObmQuestion21 question = { OBM_STORE_2_1 (store), domain, search };
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT h.host_id, h.host_name, h.host_ip, h.host_description, h.host_domain_id FROM (");
  g_autoptr (ObmRows) found = NULL;
  g_autoptr (GHashTable) mail_servers = NULL;
  ObmPage *result;

  _obm_question_2_1_append_page (&question, statement, page, rows);
  obm_statement_append (statement, ") p JOIN Host h ON h.host_id = p.id");
  _obm_question_2_1_append_order (&question, statement);
  found = obm_database_query (question.store->database, statement, error);
  if (found == NULL)
    return NULL;

  mail_servers = find_mail_servers (question.store, found, error);
  if (mail_servers == NULL)
    return NULL;

  result = _obm_question_2_1_new_page (&question, obm_rows_get_n_rows (found), page, rows, error);
  for (guint i = 0; result != NULL && i < obm_rows_get_n_rows (found); i++)
    obm_page_take (result, OBM_ENTITY (read_host (found, i, mail_servers)));

  return result;
}
