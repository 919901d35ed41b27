/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-2-private.h"

#include "obm-error.h"
#include "obm-mail-server-row.h"
#include "obm-question.h"

#define WITH_ROLE(role) \
  "host_id IN (SELECT e.hostentity_host_id FROM HostEntity e" \
  " JOIN Service s ON s.service_entity_id = e.hostentity_entity_id WHERE s.service_service = '" role "')"

static const ObmQuestionTable mail_servers = {
  .id = "host_id",
  .from = " FROM Host WHERE host_id IN (SELECT e.hostentity_host_id" FROM_SAVED ")",
  .roles = { WITH_ROLE ("imap"), WITH_ROLE ("smtp_in"), WITH_ROLE ("smtp_out") },
};

/* What a host does, and does in production. */
typedef struct {
  ObmRoles saved;
  ObmRoles applied;
} Roles;

/* Reads a ROLE_NUMBER(). */
ObmRoles
_obm_store_2_2_read_role (const ObmRows *rows, guint row, guint column)
{
  gint64 number = obm_rows_get_int (rows, row, column, -1);

  return number >= 0 && number < OBM_N_ROLES ? 1 << number : OBM_ROLES_NONE;
}

/* The roles of hosts by id; there may be several rows for one. */
static GHashTable *
read_roles (ObmStore22 *self, const GArray *ids, GError **error)
{
  enum { HOST_ID, ROLE, IS_APPLIED };
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT e.hostentity_host_id, " ROLE_NUMBER ("s.service_service") ", 0" FROM_SAVED
    " AND e.hostentity_host_id IN (");
  g_autoptr (ObmRows) rows = NULL;

  obm_question_bind_ids (statement, ids);
  obm_statement_append (statement, ") UNION ALL SELECT e.hostentity_host_id, "
                                   ROLE_NUMBER ("s.service_service") ", 1" FROM_APPLIED
                                   " AND e.hostentity_host_id IN (");
  obm_question_bind_ids (statement, ids);
  obm_statement_append (statement, ")");
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 id = obm_rows_get_int (rows, i, HOST_ID, 0);
      ObmRoles role = _obm_store_2_2_read_role (rows, i, ROLE);
      Roles *roles = g_hash_table_lookup (table, &id);

      if (roles == NULL)
        {
          roles = g_new0 (Roles, 1);
          g_hash_table_insert (table, g_memdup2 (&id, sizeof id), roles);
        }
      if (obm_rows_get_boolean (rows, i, IS_APPLIED))
        roles->applied |= role;
      else
        roles->saved |= role;
    }

  return g_steal_pointer (&table);
}

static const char *
get_pending (const Roles *roles)
{
  if (roles->applied == OBM_ROLES_NONE)
    return "created";

  return roles->applied != roles->saved ? "updated" : NULL;
}

/* The mail servers of @ids in @domain, by id; one may have gone. */
static GHashTable *
read_mail_servers (ObmStore22 *self, ObmDomain *domain, const GArray *ids, GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
  g_autoptr (ObmStatement) statement = obm_statement_new (self->show_mail_servers);
  g_autoptr (GHashTable) roles = NULL;
  g_autoptr (ObmRows) rows = NULL;

  if (ids->len == 0)
    return g_steal_pointer (&table);

  roles = read_roles (self, ids, error);
  if (roles == NULL)
    return NULL;

  obm_question_bind_ids (statement, ids);
  obm_statement_append (statement, ")");
  obm_domain_bind (domain, statement, " AND h.host_domain_id = ?");
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      gint64 id = obm_rows_get_int (rows, i, 0, 0);
      const Roles *does = g_hash_table_lookup (roles, &id);

      if (does != NULL && does->saved != OBM_ROLES_NONE)
        g_hash_table_replace (table, g_memdup2 (&id, sizeof id),
                              obm_mail_server_new_from_row (rows, i, does->saved, get_pending (does),
                                                            self->global_key));
    }

  return g_steal_pointer (&table);
}

ObmPage *
_obm_store_2_2_list_mail_servers (ObmStore *store,
                                  ObmDomain *domain,
                                  ObmSearch *search,
                                  guint page,
                                  guint rows,
                                  GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  const ObmQuestion question = { self->database, self->dialect, &mail_servers, domain, search };
  gint64 length;
  g_autoptr (GArray) ids = obm_question_find (&question, page, rows, &length, error);
  g_autoptr (GHashTable) table = ids ? read_mail_servers (self, domain, ids, error) : NULL;

  return table ? obm_question_new_page (ids, table, length, page, rows) : NULL;
}

ObmMailServer *
_obm_store_2_2_get_mail_server (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  g_autoptr (GArray) ids = g_array_append_val (g_array_new (FALSE, FALSE, sizeof id), id);
  g_autoptr (GHashTable) table = read_mail_servers (OBM_STORE_2_2 (store), domain, ids, error);
  ObmMailServer *found = table ? g_hash_table_lookup (table, &id) : NULL;

  if (found != NULL)
    return g_object_ref (found);
  if (table != NULL)
    g_propagate_error (error, obm_error_new (OBM_ERROR_REFERENCE_UNKNOWN, NULL,
                                             "This mail server does not exist"));

  return NULL;
}
