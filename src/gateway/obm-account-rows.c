/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-account-rows.h"

/*
 * The accounts of an installation: rows of UserObm, whose login is unique in its domain only.
 */

static gboolean
names_equal (const char *one, const char *other)
{
  g_autofree char *folded_one = g_utf8_casefold (one, -1);
  g_autofree char *folded_other = g_utf8_casefold (other, -1);

  return g_str_equal (folded_one, folded_other);
}

/**
 * obm_account_find:
 * @database: an OBM database
 * @domains: its domains
 * @status: an SQL expression that is 'VALID' for users who may sign in
 * @login: a login
 * @domain_name: the name of its domain; case does not matter
 * @account: (out) (nullable) (transfer full): the account, %NULL if there is none; one that is not archived
 *   if there are several. Its profile has the realm of the domain.
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_account_find (ObmDatabase *database,
                  const ObmDomainTable *domains,
                  const char *status,
                  const char *login,
                  const char *domain_name,
                  ObmAccount **account,
                  GError **error)
{
  enum { ID, LOGIN, PROFILE, PASSWORD_TYPE, PASSWORD, ARCHIVE, STATUS, DOMAIN };
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT userobm_id, userobm_login, userobm_perms, userobm_password_type, userobm_password,"
    " userobm_archive, ");
  g_autoptr (ObmRows) rows = NULL;

  *account = NULL;
  obm_statement_append (statement, status);
  obm_statement_append (statement, ", ");
  obm_domain_table_append_columns (domains, statement);
  obm_statement_append (statement, " FROM UserObm JOIN ");
  obm_statement_append (statement, domains->from);
  obm_statement_append (statement, " ON d.domain_id = userobm_domain_id WHERE userobm_login = ?"
                                   " ORDER BY userobm_archive, userobm_id");
  obm_statement_bind_text (statement, login);
  rows = obm_database_query (database, statement, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < obm_rows_get_n_rows (rows) && *account == NULL; i++)
    {
      g_autoptr (ObmDomain) domain = obm_domain_new_from_row (rows, i, DOMAIN, NULL);

      /* There are engines to which case, accents and spaces at the end do not matter. */
      if (g_strcmp0 (obm_rows_get_text (rows, i, LOGIN), login) != 0 ||
          !names_equal (obm_domain_get_name (domain), domain_name))
        continue;
      *account = g_new0 (ObmAccount, 1);
      (*account)->domain = g_steal_pointer (&domain);
      (*account)->id = obm_rows_get_int (rows, i, ID, 0);
      (*account)->login = g_strdup (obm_rows_get_text (rows, i, LOGIN));
      (*account)->profile = g_strdup (obm_rows_get_text (rows, i, PROFILE));
      (*account)->domain_realm = TRUE;
      (*account)->password_type = g_strdup (obm_rows_get_text (rows, i, PASSWORD_TYPE));
      (*account)->password = g_strdup (obm_rows_get_text (rows, i, PASSWORD));
      (*account)->disabled = obm_rows_get_int (rows, i, ARCHIVE, 1) != 0 ||
                             g_strcmp0 (obm_rows_get_text (rows, i, STATUS), "VALID") != 0;
    }

  return TRUE;
}
