/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-2-private.h"

#include "obm-update-flag.h"

/*
 * What is changed in OBM 2.2 and later: the Service rows of the three roles, when their host was changed and
 * by whom, and first of all the flag "update_state" of its domain. The host itself always stays: users and
 * mail shares hang on it.
 */

static gboolean
change (ObmStore22 *self, ObmStatement *statement, GError **error)
{
  return obm_database_change (self->database, statement, NULL, error);
}

static const char domain_of_host[] =
  "SELECT domain_id FROM Host JOIN Domain ON domain_id = host_domain_id WHERE host_id = ?";

static gboolean
sign (ObmStore22 *self, ObmAccount *author, gint64 host_id, GError **error)
{
  g_autoptr (ObmStatement) update = obm_statement_new (
    "UPDATE Host SET host_timeupdate = CURRENT_TIMESTAMP, host_userupdate = ? WHERE host_id = ?");

  obm_statement_bind_int (update, author->id);
  obm_statement_bind_int (update, host_id);

  return change (self, update, error);
}

/* The entity of a host, which services are added to, and the roles it has. */
static gboolean
find_services (ObmStore22 *self, gint64 host_id, gint64 *entity, ObmRoles *roles, GError **error)
{
  enum { ENTITY_ID, ROLE };
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT entity_id, " ROLE_NUMBER ("service_service") " FROM HostEntity"
    " LEFT JOIN Entity ON entity_id = hostentity_entity_id"
    " LEFT JOIN Service ON service_entity_id = hostentity_entity_id AND service_service IN " ROLES
    " WHERE hostentity_host_id = ? ORDER BY entity_id");
  g_autoptr (ObmRows) rows = NULL;

  obm_statement_bind_int (statement, host_id);
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return FALSE;

  *roles = OBM_ROLES_NONE;
  *entity = 0;
  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      *roles |= _obm_store_2_2_read_role (rows, i, ROLE);
      if (*entity == 0)
        *entity = obm_rows_get_int (rows, i, ENTITY_ID, 0);
    }

  return TRUE;
}

static gboolean
add_service (ObmStore22 *self, gint64 entity, const char *service, GError **error)
{
  g_autoptr (ObmStatement) insert = obm_statement_new (
    "INSERT INTO Service (service_service, service_entity_id) VALUES (?, ?)");

  obm_statement_bind_text (insert, service);
  obm_statement_bind_int (insert, entity);

  return change (self, insert, error);
}

/* There may be several rows for it. */
static gboolean
remove_service (ObmStore22 *self, gint64 host_id, const char *service, GError **error)
{
  g_autoptr (ObmStatement) delete = obm_statement_new (
    "DELETE FROM Service WHERE service_service = ? AND service_entity_id IN"
    " (SELECT hostentity_entity_id FROM HostEntity WHERE hostentity_host_id = ?)");

  obm_statement_bind_text (delete, service);
  obm_statement_bind_int (delete, host_id);

  return change (self, delete, error);
}

/* Gives a host these roles; the rows of those it has and keeps are left alone. */
static gboolean
set_roles (ObmStore *store, ObmAccount *author, gint64 host_id, ObmRoles roles, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  gint64 entity;
  ObmRoles old;

  if (!obm_update_flag_raise (self->database, domain_of_host, host_id, error) ||
      !find_services (self, host_id, &entity, &old, error))
    return FALSE;

  for (guint i = 0; i < OBM_N_ROLES; i++)
    {
      ObmRoles role = 1 << i;
      const char *service = obm_roles_get_name (role);

      if ((roles & ~old & role) != 0 && !add_service (self, entity, service, error))
        return FALSE;
      if ((old & ~roles & role) != 0 && !remove_service (self, host_id, service, error))
        return FALSE;
    }

  return sign (self, author, host_id, error);
}

gboolean
_obm_store_2_2_insert_mail_server (ObmStore *store,
                                   ObmAccount *author,
                                   gint64 host_id,
                                   ObmRoles roles,
                                   gint64 *id,
                                   GError **error)
{
  *id = host_id;

  return set_roles (store, author, host_id, roles, error);
}

gboolean
_obm_store_2_2_update_mail_server (ObmStore *store,
                                   ObmAccount *author,
                                   gint64 id,
                                   ObmRoles roles,
                                   GError **error)
{
  return set_roles (store, author, id, roles, error);
}

gboolean
_obm_store_2_2_delete_mail_server (ObmStore *store, ObmAccount *author, gint64 id, GError **error)
{
  return set_roles (store, author, id, OBM_ROLES_NONE, error);
}
