/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-host-table.h"

#include "obm-question.h"

enum {
  ID,
  NAME,
  IP,
  FQDN,
  DESCRIPTION,
  DOMAIN_KEY,
};

/* Which mail server each host is: there may be no index by host, so all of a page are looked up at once. */
static GHashTable *
find_mail_servers (const ObmHostTable *table, ObmDatabase *database, const GArray *ids, GError **error)
{
  enum { HOST_ID, MAIL_SERVER_ID };
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (ObmStatement) statement = obm_statement_new (table->mail_servers);
  g_autoptr (ObmRows) rows = NULL;

  obm_question_bind_ids (statement, ids);
  obm_statement_append (statement, ") GROUP BY 1");
  rows = obm_database_query (database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 host = obm_rows_get_int (rows, i, HOST_ID, 0);
      gint64 mail_server = obm_rows_get_int (rows, i, MAIL_SERVER_ID, 0);

      g_hash_table_replace (found, g_memdup2 (&host, sizeof host),
                            g_memdup2 (&mail_server, sizeof mail_server));
    }

  return g_steal_pointer (&found);
}

static ObmHost *
read_host (const ObmHostTable *table, const ObmRows *rows, guint row, GHashTable *mail_servers)
{
  gint64 id = obm_rows_get_int (rows, row, ID, 0);
  gint64 *mail_server = g_hash_table_lookup (mail_servers, &id);
  const char *key = obm_rows_get_text (rows, row, DOMAIN_KEY);

  return g_object_new (OBM_TYPE_HOST,
                       "id", id,
                       "name", obm_rows_get_text (rows, row, NAME),
                       "ip", obm_rows_get_text (rows, row, IP),
                       "fqdn", obm_rows_get_text (rows, row, FQDN),
                       "description", obm_rows_get_text (rows, row, DESCRIPTION),
                       "domain", key ? key : table->global_key,
                       "mail-server-id", mail_server ? *mail_server : 0,
                       NULL);
}

/**
 * obm_host_table_read:
 * @table: a table of hosts
 * @database: where it is
 * @ids: (element-type gint64): ids of hosts
 * @error: return location
 *
 * Returns: (transfer full) (element-type gint64 ObmHost): the hosts by id, without those that are gone; %NULL
 *   with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
GHashTable *
obm_host_table_read (const ObmHostTable *table, ObmDatabase *database, const GArray *ids, GError **error)
{
  g_autoptr (GHashTable) hosts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_autoptr (ObmStatement) statement = obm_statement_new (table->show);
  g_autoptr (GHashTable) mail_servers = NULL;
  g_autoptr (ObmRows) rows = NULL;

  if (ids->len == 0)
    return g_steal_pointer (&hosts);

  mail_servers = find_mail_servers (table, database, ids, error);
  if (mail_servers == NULL)
    return NULL;

  obm_question_bind_ids (statement, ids);
  obm_statement_append (statement, ")");
  rows = obm_database_query (database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 id = obm_rows_get_int (rows, i, ID, 0);

      g_hash_table_replace (hosts, g_memdup2 (&id, sizeof id), read_host (table, rows, i, mail_servers));
    }

  return g_steal_pointer (&hosts);
}

/**
 * obm_host_table_find:
 * @table: a table of hosts
 * @database: where it is
 * @domain: where to look
 * @id: the id of a host
 * @host: (out) (nullable) (transfer full): the host, %NULL if there is none
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_host_table_find (const ObmHostTable *table,
                     ObmDatabase *database,
                     ObmDomain *domain,
                     gint64 id,
                     ObmHost **host,
                     GError **error)
{
  g_autoptr (GArray) ids = g_array_append_val (g_array_new (FALSE, FALSE, sizeof id), id);
  g_autoptr (GHashTable) hosts = obm_host_table_read (table, database, ids, error);
  ObmHost *found = hosts ? g_hash_table_lookup (hosts, &id) : NULL;
  g_autofree char *key = NULL;

  *host = NULL;
  if (found != NULL)
    g_object_get (found, "domain", &key, NULL);
  if (found != NULL && (obm_domain_get_global (domain) || g_str_equal (key, obm_domain_get_id (domain))))
    *host = g_object_ref (found);

  return hosts != NULL;
}
