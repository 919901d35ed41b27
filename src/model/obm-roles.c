/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-roles.h"

#include "obm-json.h"

G_DEFINE_FLAGS_TYPE (ObmRoles, obm_roles,
                     G_DEFINE_ENUM_VALUE (OBM_ROLES_IMAP, "imap"),
                     G_DEFINE_ENUM_VALUE (OBM_ROLES_SMTP_IN, "smtp_in"),
                     G_DEFINE_ENUM_VALUE (OBM_ROLES_SMTP_OUT, "smtp_out"))

/**
 * obm_roles_get_name:
 * @role: one role
 *
 * Returns: its name in the contract, the query and OBM's Service table alike
 */
const char *
obm_roles_get_name (ObmRoles role)
{
  switch (role)
    {
    case OBM_ROLES_IMAP:
      return "imap";
    case OBM_ROLES_SMTP_IN:
      return "smtp_in";
    case OBM_ROLES_SMTP_OUT:
      return "smtp_out";
    case OBM_ROLES_NONE:
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * obm_roles_from_json:
 * @object: an object with the three roles as booleans
 *
 * Returns: the roles that are true
 */
ObmRoles
obm_roles_from_json (JsonObject *object)
{
  ObmRoles roles = OBM_ROLES_NONE;

  for (guint i = 0; i < OBM_N_ROLES; i++)
    if (obm_json_get_boolean (object, obm_roles_get_name (1 << i), FALSE))
      roles |= 1 << i;

  return roles;
}

/**
 * obm_roles_to_json:
 * @roles: roles
 * @object: the object to write the three booleans to
 */
void
obm_roles_to_json (ObmRoles roles, JsonObject *object)
{
  for (guint i = 0; i < OBM_N_ROLES; i++)
    json_object_set_boolean_member (object, obm_roles_get_name (1 << i), (roles & (1 << i)) != 0);
}
