/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-account.h"

/**
 * obm_account_free:
 * @self: an account
 */
void
obm_account_free (ObmAccount *self)
{
  g_free (self->login);
  g_free (self->profile);
  g_clear_object (&self->domain);
  g_free (self->password_type);
  g_free (self->password);
  g_free (self);
}

/**
 * obm_account_get_rights:
 * @self: an account
 *
 * OBM's profile "admin_delegue" never validates an update of a domain. A global administrator does.
 *
 * Returns: what its profile allows in the domains it administers
 */
ObmRights
obm_account_get_rights (const ObmAccount *self)
{
  gboolean is_admin = g_strcmp0 (self->profile, "admin") == 0;

  if (!is_admin && g_strcmp0 (self->profile, "admin_delegue") != 0)
    return OBM_RIGHTS_NONE;
  if (obm_domain_get_global (self->domain) || (is_admin && self->domain_realm))
    return OBM_RIGHTS_READ | OBM_RIGHTS_WRITE | OBM_RIGHTS_COMMIT;

  return OBM_RIGHTS_READ | OBM_RIGHTS_WRITE;
}

/**
 * obm_account_describe:
 * @self: an account
 *
 * Returns: (transfer full): who it is, "admin@exemple.fr", fit for a line of a log
 */
char *
obm_account_describe (const ObmAccount *self)
{
  g_autofree char *user = g_strconcat (self->login, "@", obm_domain_get_name (self->domain), NULL);

  return g_strescape (user, NULL);
}
