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

/* Which mail server each host is: MailServer has no index by host, so all of a page are looked up at once. */
static GHashTable *
find_mail_servers (ObmStore21 *self, const GArray *ids, GError **error)
{
  enum { HOST_ID, MAIL_SERVER_ID };
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT mailserver_host_id, MIN(mailserver_id) FROM MailServer WHERE mailserver_host_id IN (");
  g_autoptr (ObmRows) rows = NULL;

  _obm_question_2_1_bind_ids (statement, ids);
  obm_statement_append (statement, ") GROUP BY mailserver_host_id");
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 host = obm_rows_get_int (rows, i, HOST_ID, 0);
      gint64 mail_server = obm_rows_get_int (rows, i, MAIL_SERVER_ID, 0);

      g_hash_table_replace (table, g_memdup2 (&host, sizeof host),
                            g_memdup2 (&mail_server, sizeof mail_server));
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

/* The hosts of @ids, by id; one may have gone. */
static GHashTable *
read_hosts (ObmStore21 *self, const GArray *ids, GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT host_id, host_name, host_ip, host_description, host_domain_id FROM Host WHERE host_id IN (");
  g_autoptr (GHashTable) mail_servers = NULL;
  g_autoptr (ObmRows) rows = NULL;

  if (ids->len == 0)
    return g_steal_pointer (&table);

  mail_servers = find_mail_servers (self, ids, error);
  if (mail_servers == NULL)
    return NULL;

  _obm_question_2_1_bind_ids (statement, ids);
  obm_statement_append (statement, ")");
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 id = obm_rows_get_int (rows, i, ID, 0);

      g_hash_table_replace (table, g_memdup2 (&id, sizeof id), read_host (rows, i, mail_servers));
    }

  return g_steal_pointer (&table);
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
  gint64 length;
  g_autoptr (GArray) ids = _obm_question_2_1_find (&question, page, rows, &length, error);
  g_autoptr (GHashTable) table = ids ? read_hosts (question.store, ids, error) : NULL;

  return table ? _obm_question_2_1_new_page (ids, table, length, page, rows) : NULL;
}

gboolean
_obm_store_2_1_find_host (ObmStore *store, ObmDomain *domain, gint64 id, ObmHost **host, GError **error)
{
  g_autoptr (GArray) ids = g_array_append_val (g_array_new (FALSE, FALSE, sizeof id), id);
  g_autoptr (GHashTable) table = read_hosts (OBM_STORE_2_1 (store), ids, error);
  ObmHost *found = table ? g_hash_table_lookup (table, &id) : NULL;
  g_autofree char *key = NULL;

  *host = NULL;
  if (found != NULL)
    g_object_get (found, "domain", &key, NULL);
  if (found != NULL && (obm_domain_get_global (domain) || g_str_equal (key, obm_domain_get_id (domain))))
    *host = g_object_ref (found);

  return table != NULL;
}
