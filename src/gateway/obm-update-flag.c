/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-flag.h"

#include "obm-domain-table.h"
#include "obm-info.h"

/*
 * OBM's flag "update_state": a domain has something that the update command has not applied yet.
 */

static gboolean
is_up (ObmDatabase *database, ObmDomain *domain, gboolean *up, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (OBM_UPDATE_FLAG_RAISED);
  g_autoptr (ObmRows) rows = NULL;

  obm_domain_bind (domain, statement, " AND domainpropertyvalue_domain_id = ?");
  rows = obm_database_query (database, statement, error);
  *up = rows != NULL && obm_rows_get_n_rows (rows) > 0;

  return rows != NULL;
}

/**
 * obm_update_flag_new_state:
 * @database: an OBM database
 * @domain: a domain; the global one stands for all
 * @may_commit: whether the caller may apply what is pending
 * @error: return location
 *
 * Returns: (transfer full): whether the flag is up somewhere there, and whether an update runs; no changes
 *   yet. %NULL with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
ObmUpdateState *
obm_update_flag_new_state (ObmDatabase *database, ObmDomain *domain, gboolean may_commit, GError **error)
{
  gboolean flagged, locked;

  if (!is_up (database, domain, &flagged, error) || !obm_info_is_locked (database, &locked, error))
    return NULL;

  return obm_update_state_new (flagged,
                               locked ? OBM_UPDATE_STATUS_RUNNING : OBM_UPDATE_STATUS_IDLE,
                               may_commit);
}

/* Whether there is a flag, be it up or down. */
static gboolean
find (ObmDatabase *database, gint64 domain_number, gboolean *found, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT 1 FROM DomainPropertyValue"
    " WHERE domainpropertyvalue_property_key = 'update_state' AND domainpropertyvalue_domain_id = ?");
  g_autoptr (ObmRows) rows = NULL;

  obm_statement_bind_int (statement, domain_number);
  rows = obm_database_query (database, statement, error);
  *found = rows != NULL && obm_rows_get_n_rows (rows) > 0;

  return rows != NULL;
}

static gboolean
guard (ObmDatabase *database, const char *sql, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (sql);
  g_autoptr (ObmRows) rows = obm_database_query (database, statement, error);

  return rows != NULL;
}

/* Raises the flag of a domain, which may be its first one: two may do that at once. */
static gboolean
raise_flag (ObmDatabase *database, gint64 domain_number, GError **error)
{
  const ObmDialect *dialect = obm_database_get_dialect (database);
  g_autoptr (ObmStatement) insert = obm_statement_new (
    "INSERT INTO DomainPropertyValue (domainpropertyvalue_property_key, domainpropertyvalue_value,"
    " domainpropertyvalue_domain_id) VALUES ('update_state', '1', ?)");
  g_autoptr (ObmStatement) update = obm_statement_new (
    "UPDATE DomainPropertyValue SET domainpropertyvalue_value = '1'"
    " WHERE domainpropertyvalue_property_key = 'update_state' AND domainpropertyvalue_domain_id = ?");
  gboolean found;

  obm_statement_bind_int (insert, domain_number);
  obm_statement_append (insert, dialect->or_raise);
  obm_statement_bind_int (update, domain_number);
  if (!find (database, domain_number, &found, error))
    return FALSE;
  if (!found && dialect->guard_flags != NULL &&
      (!guard (database, dialect->guard_flags, error) || !find (database, domain_number, &found, error)))
    return FALSE;

  return obm_database_announce (database, found ? update : insert, error);
}

/**
 * obm_update_flag_raise:
 * @database: an OBM database, in a transaction
 * @domain_of: a query for OBM's number of a domain, by an id that is "?"
 * @id: that id
 * @error: return location
 *
 * Raises the flag of the domain, if there is one. To be called before anything else is changed: where tables know no
 * transactions, a flag may be up in vain, but nothing is changed without it.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_update_flag_raise (ObmDatabase *database, const char *domain_of, gint64 id, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (domain_of);
  g_autoptr (ObmRows) found = NULL;

  obm_statement_bind_int (statement, id);
  found = obm_database_query (database, statement, error);
  if (found == NULL)
    return FALSE;

  return obm_rows_get_n_rows (found) == 0 || raise_flag (database, obm_rows_get_int (found, 0, 0, 0), error);
}
