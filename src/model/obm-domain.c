/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-domain.h"

#include "obm-error.h"
#include "obm-json.h"

/**
 * ObmDomain:
 *
 * A domain an administrator administers. Its id is an opaque key; the global one stands for all domains.
 */
struct _ObmDomain
{
  GObject parent_instance;

  char *id;
  char *name;
  char *label;
  char **aliases;
  gboolean global;
  gboolean own;
};

G_DEFINE_FINAL_TYPE (ObmDomain, obm_domain, G_TYPE_OBJECT)

static void
obm_domain_finalize (GObject *object)
{
  ObmDomain *self = OBM_DOMAIN (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->label);
  g_strfreev (self->aliases);

  G_OBJECT_CLASS (obm_domain_parent_class)->finalize (object);
}

static void
obm_domain_class_init (ObmDomainClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_domain_finalize;
}

static void
obm_domain_init (ObmDomain *self)
{
}

/**
 * obm_domain_new:
 * @id: the domain key
 * @name: the mail domain, "exemple.fr"
 * @label: (nullable): what people call it
 * @aliases: (nullable): its other mail domains
 * @global: whether it stands for all domains
 * @own: whether the caller belongs to it
 *
 * Returns: (transfer full): a new domain
 */
ObmDomain *
obm_domain_new (const char *id,
                const char *name,
                const char *label,
                const char * const *aliases,
                gboolean global,
                gboolean own)
{
  ObmDomain *self = g_object_new (OBM_TYPE_DOMAIN, NULL);

  self->id = g_strdup (id);
  self->name = g_strdup (name);
  self->label = g_strdup (label);
  self->aliases = g_strdupv ((char **) aliases);
  self->global = global;
  self->own = own;

  return self;
}

/**
 * obm_domain_new_from_json:
 * @object: a domain of the contract
 * @error: return location
 *
 * Returns: (transfer full): the domain; %NULL with %OBM_ERROR_REPLY_MALFORMED when it has no id or no name
 */
ObmDomain *
obm_domain_new_from_json (JsonObject *object, GError **error)
{
  g_auto (GStrv) aliases = obm_json_get_strings (object, "aliases");
  const char *id, *name;

  if (!obm_json_require_string (object, "id", &id, error) ||
      !obm_json_require_string (object, "name", &name, error))
    return NULL;
  if (*id == '\0')
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, "id", "The domain key is empty"));
      return NULL;
    }

  return obm_domain_new (id,
                         name,
                         obm_json_get_string (object, "label"),
                         (const char * const *) aliases,
                         obm_json_get_boolean (object, "global", FALSE),
                         obm_json_get_boolean (object, "own", FALSE));
}

/**
 * obm_domain_to_json:
 * @self: a domain
 * @brief: as it stands in the list of domains, without its aliases
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_domain_to_json (ObmDomain *self, gboolean brief)
{
  g_autofree char *escaped = g_uri_escape_string (self->id, NULL, FALSE);
  g_autofree char *url = g_strconcat ("/domains/", escaped, NULL);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  json_object_set_string_member (object, "url", url);
  json_object_set_string_member (object, "name", self->name);
  obm_json_set_string (object, "label", self->label);
  if (!brief)
    obm_json_set_strings (object, "aliases", (const char * const *) self->aliases);
  json_object_set_boolean_member (object, "global", self->global);
  json_object_set_boolean_member (object, "own", self->own);

  return object;
}

/**
 * obm_domain_get_id:
 * @self: a domain
 *
 * Returns: its key, as it stands in the path of a request once escaped
 */
const char *
obm_domain_get_id (ObmDomain *self)
{
  g_return_val_if_fail (OBM_IS_DOMAIN (self), NULL);

  return self->id;
}

/**
 * obm_domain_get_name:
 * @self: a domain
 *
 * Returns: the mail domain
 */
const char *
obm_domain_get_name (ObmDomain *self)
{
  g_return_val_if_fail (OBM_IS_DOMAIN (self), NULL);

  return self->name;
}

/**
 * obm_domain_get_global:
 * @self: a domain
 *
 * Returns: whether it stands for all domains
 */
gboolean
obm_domain_get_global (ObmDomain *self)
{
  g_return_val_if_fail (OBM_IS_DOMAIN (self), FALSE);

  return self->global;
}

/**
 * obm_domain_get_own:
 * @self: a domain
 *
 * Returns: whether the caller belongs to it
 */
gboolean
obm_domain_get_own (ObmDomain *self)
{
  g_return_val_if_fail (OBM_IS_DOMAIN (self), FALSE);

  return self->own;
}
