/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-2-private.h"

#include "obm-account-rows.h"

/*
 * Who may sign in to OBM 2.2 and later. What a profile may do is in tables: those of the user's domain, or
 * else of the global one.
 */

static gboolean
has_word (const char *text, const char *word)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ,;", -1);

  return g_strv_contains ((const char * const *) words, word);
}

/* Whether a profile has the realm "domain"; one without any realm has it. */
static gboolean
read_realm (const ObmRows *rows, gint64 domain_number)
{
  enum { DOMAIN_ID, IS_GLOBAL, REALM };
  gboolean is_own = FALSE, is_limited = FALSE, has_domain = FALSE;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    is_own = is_own || obm_rows_get_int (rows, i, DOMAIN_ID, -1) == domain_number;
  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      const char *realm = obm_rows_get_text (rows, i, REALM);

      if (realm == NULL || (is_own ? obm_rows_get_int (rows, i, DOMAIN_ID, -1) != domain_number
                                   : !obm_rows_get_boolean (rows, i, IS_GLOBAL)))
        continue;
      is_limited = TRUE;
      has_domain = has_domain || has_word (realm, "domain");
    }

  return has_domain || !is_limited;
}

static gboolean
find_realm (ObmStore22 *self, ObmAccount *account, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT profile_domain_id, domain_global, profileproperty_value FROM Profile"
    " JOIN Domain ON domain_id = profile_domain_id"
    " LEFT JOIN ProfileProperty ON profileproperty_profile_id = profile_id"
    " AND profileproperty_name = 'admin_realm' WHERE profile_name = ?");
  g_autoptr (ObmRows) rows = NULL;

  obm_statement_bind_text (statement, account->profile);
  rows = obm_database_query (self->database, statement, error);
  if (rows != NULL)
    account->domain_realm = read_realm (rows, obm_domain_get_number (account->domain));

  return rows != NULL;
}

gboolean
_obm_store_2_2_find_account (ObmStore *store,
                             const char *login,
                             const char *domain_name,
                             ObmAccount **account,
                             GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  g_autoptr (ObmAccount) found = NULL;

  *account = NULL;
  if (!obm_account_find (self->database, &self->domains, self->status, login, domain_name, &found, error))
    return FALSE;
  if (found != NULL && found->profile != NULL && !find_realm (self, found, error))
    return FALSE;

  *account = g_steal_pointer (&found);

  return TRUE;
}
