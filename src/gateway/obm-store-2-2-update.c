/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-2-private.h"

#include "obm-update-flag.h"

/*
 * The post-it of OBM 2.2 and later: the flag "update_state" of a domain, and where the mail services of a
 * host differ from those in production. Entities may have other numbers there, hosts have not.
 */

/* Services of hosts that are there. */
#define SAVED \
  " FROM Host b JOIN HostEntity e ON e.hostentity_host_id = b.host_id" \
  " JOIN Service s ON s.service_entity_id = e.hostentity_entity_id WHERE s.service_service IN " ROLES
#define NOT_IN(entities, services) \
  " AND NOT EXISTS (SELECT 1 FROM " entities " f JOIN " services " t" \
  " ON t.service_entity_id = f.hostentity_entity_id" \
  " WHERE f.hostentity_host_id = e.hostentity_host_id AND t.service_service = s.service_service)"

/* The hosts that have a role on one side only. */
#define CHANGED \
  "(SELECT e.hostentity_host_id AS id" SAVED NOT_IN ("P_HostEntity", "P_Service") \
  " UNION SELECT e.hostentity_host_id" FROM_APPLIED NOT_IN ("HostEntity", "Service") ") c"

/* A host that is gone is known from production. */
#define HOSTS \
  " LEFT JOIN Host h ON h.host_id = c.id LEFT JOIN P_Host g ON g.host_id = c.id"
#define NAME_OF_HOST "COALESCE(h.host_name, g.host_name)"
#define DOMAIN_ID "COALESCE(h.host_domain_id, g.host_domain_id)"

static const char changes[] =
  " FROM " CHANGED
  " JOIN (SELECT e.hostentity_host_id AS id, " ROLE_NUMBER ("s.service_service") " AS role, 0 AS is_applied"
  SAVED
  " UNION ALL SELECT e.hostentity_host_id, " ROLE_NUMBER ("s.service_service") ", 1"
  FROM_APPLIED ") r ON r.id = c.id" HOSTS
  " LEFT JOIN Domain d ON d.domain_id = " DOMAIN_ID " WHERE 1 = 1";

static const char pending[] =
  "SELECT " DOMAIN_ID " FROM " CHANGED HOSTS " UNION " OBM_UPDATE_FLAG_RAISED;

enum {
  HOST_ID,
  NAME,
  DOMAIN_KEY,
  ROLE,
  IS_APPLIED,
};

/* Adds the change of the host in @row; returns the row of the next one. */
static guint
add_change (ObmStore22 *self, ObmUpdateState *state, const ObmRows *rows, guint row)
{
  gint64 id = obm_rows_get_int (rows, row, HOST_ID, 0);
  const char *key = obm_rows_get_text (rows, row, DOMAIN_KEY);
  ObmChangeAction action = OBM_CHANGE_UPDATED;
  ObmRoles before = OBM_ROLES_NONE, after = OBM_ROLES_NONE;
  guint end;

  for (end = row; end < obm_rows_get_n_rows (rows) && obm_rows_get_int (rows, end, HOST_ID, 0) == id; end++)
    *(obm_rows_get_boolean (rows, end, IS_APPLIED) ? &before : &after) |=
      _obm_store_2_2_read_role (rows, end, ROLE);

  if (before == OBM_ROLES_NONE)
    action = OBM_CHANGE_CREATED;
  else if (after == OBM_ROLES_NONE)
    action = OBM_CHANGE_DELETED;
  obm_update_state_add_change (state, action, obm_rows_get_text (rows, row, NAME),
                               key ? key : self->global_key, before, after);

  return end;
}

static gboolean
add_changes (ObmStore22 *self, ObmUpdateState *state, ObmDomain *domain, GError **error)
{
  g_autofree char *select = g_strdup_printf (
    "SELECT c.id, " NAME_OF_HOST ", %s, r.role, r.is_applied", self->domain_key);
  g_autofree char *order = obm_dialect_by_name (self->dialect, NAME_OF_HOST, "c.id");
  g_autoptr (ObmStatement) statement = obm_statement_new (select);
  g_autoptr (ObmRows) rows = NULL;

  obm_statement_append (statement, changes);
  obm_domain_bind (domain, statement, " AND " DOMAIN_ID " = ?");
  obm_statement_append (statement, order);
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < obm_rows_get_n_rows (rows);)
    i = add_change (self, state, rows, i);

  return TRUE;
}

ObmUpdateState *
_obm_store_2_2_get_update_state (ObmStore *store, ObmDomain *domain, gboolean may_commit, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  g_autoptr (ObmUpdateState) state = obm_update_flag_new_state (self->database, domain, may_commit, error);

  return state != NULL && add_changes (self, state, domain, error) ? g_steal_pointer (&state) : NULL;
}

GPtrArray *
_obm_store_2_2_list_pending_domains (ObmStore *store, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);

  return obm_domain_table_list_some (&self->domains, self->database, pending, error);
}

/* Incremental runs obey tables that only OBM's own pages fill. */
GStrv
_obm_store_2_2_get_update_arguments (ObmStore *store, ObmDomain *domain)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, obm_domain_get_number (domain));
  const char * const arguments[] = { "--global", "--domain-id", number, NULL };

  return g_strdupv ((char **) arguments);
}
