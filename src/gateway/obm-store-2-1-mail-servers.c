/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-error.h"
#include "obm-mail-server-row.h"
#include "obm-question.h"

/* OBM lets the columns of the roles be NULL. */
static const ObmQuestionTable mail_servers = {
  .id = "mailserver_id",
  .from = " FROM MailServer LEFT JOIN Host ON host_id = mailserver_host_id WHERE 1 = 1",
  .roles = {
    "COALESCE(mailserver_imap, 0) <> 0",
    "COALESCE(mailserver_smtp_in, 0) <> 0",
    "COALESCE(mailserver_smtp_out, 0) <> 0",
  },
};

/* What is shown of mail servers, after the dates. */
#define SHOW \
  ", creator.userobm_login, updater.userobm_login," \
  " h.host_id, h.host_name, h.host_ip, NULL, h.host_domain_id," \
  " m.mailserver_imap, m.mailserver_smtp_in, m.mailserver_smtp_out," \
  " q.mailserver_id, q.mailserver_host_id, q.mailserver_imap, q.mailserver_smtp_in, q.mailserver_smtp_out" \
  " FROM MailServer m LEFT JOIN Host h ON h.host_id = m.mailserver_host_id" \
  " LEFT JOIN UserObm creator ON creator.userobm_id = m.mailserver_usercreate" \
  " LEFT JOIN UserObm updater ON updater.userobm_id = m.mailserver_userupdate" \
  " LEFT JOIN P_MailServer q ON q.mailserver_id = m.mailserver_id WHERE "

enum {
  ID = 0,
  HOST_ID,
  ROLES = OBM_MAIL_SERVER_N_COLUMNS,
  APPLIED_ID = ROLES + OBM_N_ROLES,
  APPLIED_HOST_ID,
  APPLIED_ROLES,
};

/* A query for mail servers, up to the condition that chooses them. */
static ObmStatement *
new_query (ObmStore21 *self)
{
  g_autofree char *timecreate = obm_dialect_date (self->dialect, "m.mailserver_timecreate");
  g_autofree char *timeupdate = obm_dialect_date (self->dialect, "m.mailserver_timeupdate");
  ObmStatement *statement = obm_statement_new ("SELECT m.mailserver_id, m.mailserver_host_id, ");

  obm_statement_append (statement, timecreate);
  obm_statement_append (statement, ", ");
  obm_statement_append (statement, timeupdate);
  obm_statement_append (statement, SHOW);

  return statement;
}

/* How a mail server differs from its production copy. */
static const char *
read_pending (const ObmRows *rows, guint row)
{
  if (obm_rows_get_text (rows, row, APPLIED_ID) == NULL)
    return "created";
  if (obm_rows_get_int (rows, row, HOST_ID, 0) != obm_rows_get_int (rows, row, APPLIED_HOST_ID, 0) ||
      _obm_store_2_1_read_roles (rows, row, ROLES) != _obm_store_2_1_read_roles (rows, row, APPLIED_ROLES))
    return "updated";

  return NULL;
}

static ObmMailServer *
read_mail_server (const ObmRows *rows, guint row)
{
  return obm_mail_server_new_from_row (rows, row, _obm_store_2_1_read_roles (rows, row, ROLES),
                                       read_pending (rows, row), GLOBAL_KEY);
}

/* The mail servers of @ids, by id; one may have gone. */
static GHashTable *
read_mail_servers (ObmStore21 *self, const GArray *ids, GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_autoptr (ObmStatement) statement = new_query (self);
  g_autoptr (ObmRows) rows = NULL;

  if (ids->len == 0)
    return g_steal_pointer (&table);

  obm_statement_append (statement, "m.mailserver_id IN (");
  obm_question_bind_ids (statement, ids);
  obm_statement_append (statement, ")");
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 id = obm_rows_get_int (rows, i, ID, 0);

      g_hash_table_replace (table, g_memdup2 (&id, sizeof id), read_mail_server (rows, i));
    }

  return g_steal_pointer (&table);
}

ObmPage *
_obm_store_2_1_list_mail_servers (ObmStore *store,
                                  ObmDomain *domain,
                                  ObmSearch *search,
                                  guint page,
                                  guint rows,
                                  GError **error)
{
  ObmStore21 *self = OBM_STORE_2_1 (store);
  const ObmQuestion question = { self->database, self->dialect, &mail_servers, domain, search };
  gint64 length;
  g_autoptr (GArray) ids = obm_question_find (&question, page, rows, &length, error);
  g_autoptr (GHashTable) table = ids ? read_mail_servers (self, ids, error) : NULL;

  return table ? obm_question_new_page (ids, table, length, page, rows) : NULL;
}

ObmMailServer *
_obm_store_2_1_get_mail_server (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  ObmStore21 *self = OBM_STORE_2_1 (store);
  g_autoptr (ObmStatement) statement = new_query (self);
  g_autoptr (ObmRows) rows = NULL;

  obm_statement_append (statement, "m.mailserver_id = ?");
  obm_statement_bind_int (statement, id);
  obm_domain_bind (domain, statement, " AND h.host_domain_id = ?");
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  if (obm_rows_get_n_rows (rows) > 0)
    return read_mail_server (rows, 0);
  g_propagate_error (error, obm_error_new (OBM_ERROR_REFERENCE_UNKNOWN, NULL,
                                           "This mail server does not exist"));

  return NULL;
}
