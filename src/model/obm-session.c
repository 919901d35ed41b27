/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-session.h"

#include "obm-json.h"

/**
 * ObmSession:
 *
 * Who the backend takes the caller for in a domain, and what that person may do there.
 */
struct _ObmSession
{
  GObject parent_instance;

  char *login;
  char *profile;
  char *domain;
  ObmRights rights;
};

G_DEFINE_FINAL_TYPE (ObmSession, obm_session, G_TYPE_OBJECT)

static const struct {
  ObmRights right;
  const char *name;
} right_names[] = {
  { OBM_RIGHTS_READ, "read" },
  { OBM_RIGHTS_WRITE, "write" },
  { OBM_RIGHTS_COMMIT, "commit" },
};

static void
obm_session_finalize (GObject *object)
{
  ObmSession *self = OBM_SESSION (object);

  g_free (self->login);
  g_free (self->profile);
  g_free (self->domain);

  G_OBJECT_CLASS (obm_session_parent_class)->finalize (object);
}

static void
obm_session_class_init (ObmSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_session_finalize;
}

static void
obm_session_init (ObmSession *self)
{
}

/**
 * obm_session_new:
 * @login: the caller's login, without the domain
 * @profile: (nullable): the caller's profile, "admin"
 * @domain: the key of the domain the rights are for
 * @rights: what the caller may do there
 *
 * Returns: (transfer full): a new session
 */
ObmSession *
obm_session_new (const char *login, const char *profile, const char *domain, ObmRights rights)
{
  ObmSession *self = g_object_new (OBM_TYPE_SESSION, NULL);

  self->login = g_strdup (login);
  self->profile = g_strdup (profile);
  self->domain = g_strdup (domain);
  self->rights = rights;

  return self;
}

/**
 * obm_session_new_from_json:
 * @object: a session of the contract
 * @error: return location
 *
 * Reads a session; a right that is not plainly true is not given.
 *
 * Returns: (transfer full): the session; %NULL with %OBM_ERROR_REPLY_MALFORMED when it names no login
 */
ObmSession *
obm_session_new_from_json (JsonObject *object, GError **error)
{
  JsonObject *granted = obm_json_get_object (object, "rights");
  ObmRights rights = OBM_RIGHTS_NONE;
  const char *login;

  if (!obm_json_require_string (object, "login", &login, error))
    return NULL;

  for (gsize i = 0; granted != NULL && i < G_N_ELEMENTS (right_names); i++)
    if (obm_json_get_boolean (granted, right_names[i].name, FALSE))
      rights |= right_names[i].right;

  return obm_session_new (login,
                          obm_json_get_string (object, "profile"),
                          obm_json_get_string (object, "domain"),
                          rights);
}

/**
 * obm_session_to_json:
 * @self: a session
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_session_to_json (ObmSession *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *rights = json_object_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (right_names); i++)
    json_object_set_boolean_member (rights, right_names[i].name, (self->rights & right_names[i].right) != 0);

  obm_json_set_string (object, "login", self->login);
  obm_json_set_string (object, "profile", self->profile);
  obm_json_set_string (object, "domain", self->domain);
  json_object_set_object_member (object, "rights", rights);

  return object;
}

/**
 * obm_session_get_login:
 * @self: a session
 *
 * Returns: the caller's login, without the domain
 */
const char *
obm_session_get_login (ObmSession *self)
{
  g_return_val_if_fail (OBM_IS_SESSION (self), NULL);

  return self->login;
}

/**
 * obm_session_get_rights:
 * @self: a session
 *
 * Returns: what the caller may do
 */
ObmRights
obm_session_get_rights (ObmSession *self)
{
  g_return_val_if_fail (OBM_IS_SESSION (self), OBM_RIGHTS_NONE);

  return self->rights;
}
