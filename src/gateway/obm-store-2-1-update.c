/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-update-flag.h"

/*
 * The post-it of OBM 2.1: the flag "update_state" of a domain, and where MailServer differs from
 * P_MailServer. The run of the update command is "--global", because its incremental runs leave mail servers
 * out.
 */

#define SAVED_ROLES "m.mailserver_imap, m.mailserver_smtp_in, m.mailserver_smtp_out"
#define APPLIED_ROLES "q.mailserver_imap, q.mailserver_smtp_in, q.mailserver_smtp_out"
#define SAVED_IN_DOMAIN " AND h.host_domain_id = ?"
#define DELETED_IN_DOMAIN " AND COALESCE(h.host_domain_id, g.host_domain_id) = ?"
#define DIFFERS(column) "COALESCE(m." column ", 0) <> COALESCE(q." column ", 0)"

/* Mail servers that production does not have, or has with other roles or on another host. */
#define FROM_SAVED \
  " FROM MailServer m LEFT JOIN Host h ON h.host_id = m.mailserver_host_id" \
  " LEFT JOIN P_MailServer q ON q.mailserver_id = m.mailserver_id" \
  " WHERE (q.mailserver_id IS NULL OR " DIFFERS ("mailserver_host_id") " OR " DIFFERS ("mailserver_imap") \
  " OR " DIFFERS ("mailserver_smtp_in") " OR " DIFFERS ("mailserver_smtp_out") ")"

/* Mail servers that only production has; their host may be gone as well. */
#define FROM_DELETED \
  " FROM P_MailServer q LEFT JOIN MailServer m ON m.mailserver_id = q.mailserver_id" \
  " LEFT JOIN Host h ON h.host_id = q.mailserver_host_id" \
  " LEFT JOIN P_Host g ON g.host_id = q.mailserver_host_id" \
  " WHERE m.mailserver_id IS NULL"

/* A host may be gone from production as well. */
#define SAVED_NAME "h.host_name"
#define DELETED_NAME "COALESCE(h.host_name, g.host_name)"

static const char saved[] =
  "SELECT " SAVED_NAME ", h.host_domain_id, m.mailserver_id, q.mailserver_id, " SAVED_ROLES
  ", " APPLIED_ROLES FROM_SAVED;

static const char deleted[] =
  "SELECT " DELETED_NAME ", COALESCE(h.host_domain_id, g.host_domain_id), m.mailserver_id,"
  " q.mailserver_id, " SAVED_ROLES ", " APPLIED_ROLES FROM_DELETED;

static const char pending[] =
  "SELECT h.host_domain_id" FROM_SAVED
  " UNION SELECT COALESCE(h.host_domain_id, g.host_domain_id)" FROM_DELETED
  " UNION " OBM_UPDATE_FLAG_RAISED;

static gboolean
add_changes (ObmStore21 *self,
             ObmUpdateState *state,
             const char *sql,
             const char *name,
             const char *condition,
             ObmDomain *domain,
             GError **error)
{
  enum { HOST, DOMAIN_ID, SAVED_ID, APPLIED_ID, SAVED, APPLIED = SAVED + OBM_N_ROLES };
  g_autofree char *order = obm_dialect_by_name (self->dialect, name,
                                                "COALESCE(m.mailserver_id, q.mailserver_id)");
  g_autoptr (ObmStatement) statement = obm_statement_new (sql);
  g_autoptr (ObmRows) rows = NULL;

  obm_domain_bind (domain, statement, condition);
  obm_statement_append (statement, order);
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      const char *key = obm_rows_get_text (rows, i, DOMAIN_ID);
      ObmChangeAction action = OBM_CHANGE_UPDATED;

      if (obm_rows_get_text (rows, i, APPLIED_ID) == NULL)
        action = OBM_CHANGE_CREATED;
      else if (obm_rows_get_text (rows, i, SAVED_ID) == NULL)
        action = OBM_CHANGE_DELETED;
      obm_update_state_add_change (state,
                                   action,
                                   obm_rows_get_text (rows, i, HOST),
                                   key ? key : GLOBAL_KEY,
                                   _obm_store_2_1_read_roles (rows, i, APPLIED),
                                   _obm_store_2_1_read_roles (rows, i, SAVED));
    }

  return TRUE;
}

ObmUpdateState *
_obm_store_2_1_get_update_state (ObmStore *store, ObmDomain *domain, gboolean may_commit, GError **error)
{
  ObmStore21 *self = OBM_STORE_2_1 (store);
  g_autoptr (ObmUpdateState) state = obm_update_flag_new_state (self->database, domain, may_commit, error);

  if (state == NULL ||
      !add_changes (self, state, saved, SAVED_NAME, SAVED_IN_DOMAIN, domain, error) ||
      !add_changes (self, state, deleted, DELETED_NAME, DELETED_IN_DOMAIN, domain, error))
    return NULL;

  return g_steal_pointer (&state);
}

/* What belongs to no domain, or to one that is gone, no run can apply. */
GPtrArray *
_obm_store_2_1_list_pending_domains (ObmStore *store, GError **error)
{
  return obm_domain_table_list_some (&_obm_store_2_1_domains, OBM_STORE_2_1 (store)->database, pending,
                                     error);
}

GStrv
_obm_store_2_1_get_update_arguments (ObmStore *store, ObmDomain *domain)
{
  const char * const arguments[] = { "--global", "--domain", obm_domain_get_id (domain), NULL };

  return g_strdupv ((char **) arguments);
}
