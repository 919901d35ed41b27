/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-host.h"

#include "obm-json.h"
#include "obm-string.h"

/**
 * ObmHost:
 *
 * A machine of a domain. It can become a mail server once (#ObmHost:mail-server-id is 0 while it is free).
 * Inside a mail server it is the machine it runs on; OBM 2.1 lets that be deleted, then everything here is empty.
 */
struct _ObmHost
{
  GObject parent_instance;

  gint64 id;
  char *name;
  char *ip;
  char *fqdn;
  char *description;
  char *domain;
  gint64 mail_server_id;
};

enum {
  PROP_0,
  PROP_ID,
  PROP_NAME,
  PROP_IP,
  PROP_FQDN,
  PROP_DESCRIPTION,
  PROP_DOMAIN,
  PROP_MAIL_SERVER_ID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void obm_host_entity_init (ObmEntityInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmHost, obm_host, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OBM_TYPE_ENTITY, obm_host_entity_init))

/* The string behind a property, or NULL for the others. */
static char **
string_field (ObmHost *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_NAME:
      return &self->name;
    case PROP_IP:
      return &self->ip;
    case PROP_FQDN:
      return &self->fqdn;
    case PROP_DESCRIPTION:
      return &self->description;
    case PROP_DOMAIN:
      return &self->domain;
    default:
      return NULL;
    }
}

static void
obm_host_finalize (GObject *object)
{
  ObmHost *self = OBM_HOST (object);

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    if (string_field (self, i) != NULL)
      g_free (*string_field (self, i));

  G_OBJECT_CLASS (obm_host_parent_class)->finalize (object);
}

static void
obm_host_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmHost *self = OBM_HOST (object);

  if (string_field (self, prop_id) != NULL)
    g_value_set_string (value, *string_field (self, prop_id));
  else if (prop_id == PROP_ID)
    g_value_set_int64 (value, self->id);
  else if (prop_id == PROP_MAIL_SERVER_ID)
    g_value_set_int64 (value, self->mail_server_id);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
set_id (ObmHost *self, gint64 *field, gint64 id, GParamSpec *pspec)
{
  if (*field == id)
    return;

  *field = id;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
obm_host_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmHost *self = OBM_HOST (object);

  if (string_field (self, prop_id) != NULL)
    {
      if (obm_set_string (string_field (self, prop_id), g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
    }
  else if (prop_id == PROP_ID)
    set_id (self, &self->id, g_value_get_int64 (value), pspec);
  else if (prop_id == PROP_MAIL_SERVER_ID)
    set_id (self, &self->mail_server_id, g_value_get_int64 (value), pspec);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
obm_host_class_init (ObmHostClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = obm_host_finalize;
  object_class->get_property = obm_host_get_property;
  object_class->set_property = obm_host_set_property;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  properties[PROP_IP] = g_param_spec_string ("ip", NULL, NULL, NULL, flags);
  properties[PROP_FQDN] = g_param_spec_string ("fqdn", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_DOMAIN] = g_param_spec_string ("domain", NULL, NULL, NULL, flags);
  properties[PROP_MAIL_SERVER_ID] = g_param_spec_int64 ("mail-server-id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_host_init (ObmHost *self)
{
}

static gint64
entity_get_id (ObmEntity *entity)
{
  return OBM_HOST (entity)->id;
}

static JsonObject *
entity_to_json (ObmEntity *entity)
{
  ObmHost *self = OBM_HOST (entity);
  JsonObject *object = obm_host_to_brief_json (self);

  json_object_set_string_member (object, "description", self->description ? self->description : "");
  obm_json_set_string (object, "domain", self->domain);
  if (self->mail_server_id != 0)
    json_object_set_int_member (object, "mailserver_id", self->mail_server_id);
  else
    json_object_set_null_member (object, "mailserver_id");

  return object;
}

static void
obm_host_entity_init (ObmEntityInterface *iface)
{
  iface->get_id = entity_get_id;
  iface->to_json = entity_to_json;
}

static ObmHost *
new_host (JsonObject *object, gint64 id)
{
  return g_object_new (OBM_TYPE_HOST,
                       "id", id,
                       "name", obm_json_get_string (object, "name"),
                       "ip", obm_json_get_string (object, "ip"),
                       "fqdn", obm_json_get_string (object, "fqdn"),
                       "description", obm_json_get_string (object, "description"),
                       "domain", obm_json_get_string (object, "domain"),
                       "mail-server-id", MAX (obm_json_get_int (object, "mailserver_id", 0), 0),
                       NULL);
}

/**
 * obm_host_new_from_json:
 * @object: a Host of the contract
 * @error: return location
 *
 * Reads a host; but for its id, what is missing or of another type is taken as null.
 *
 * Returns: (transfer full): the host; %NULL with %OBM_ERROR_REPLY_MALFORMED
 */
ObmHost *
obm_host_new_from_json (JsonObject *object, GError **error)
{
  gint64 id;

  return obm_json_require_id (object, &id, error) ? new_host (object, id) : NULL;
}

/**
 * obm_host_new_from_brief_json:
 * @object: the member "host" of a mail server
 *
 * Returns: (transfer full): the host; without an id if it is gone
 */
ObmHost *
obm_host_new_from_brief_json (JsonObject *object)
{
  return new_host (object, MAX (obm_json_get_int (object, "id", 0), 0));
}

/**
 * obm_host_get_id:
 * @self: a host
 *
 * Returns: its id; 0 if the host is gone
 */
gint64
obm_host_get_id (ObmHost *self)
{
  g_return_val_if_fail (OBM_IS_HOST (self), 0);

  return self->id;
}

/**
 * obm_host_get_name:
 * @self: a host
 *
 * Returns: (nullable): its name
 */
const char *
obm_host_get_name (ObmHost *self)
{
  g_return_val_if_fail (OBM_IS_HOST (self), NULL);

  return self->name;
}

/**
 * obm_host_get_ip:
 * @self: a host
 *
 * Returns: (nullable): its address
 */
const char *
obm_host_get_ip (ObmHost *self)
{
  g_return_val_if_fail (OBM_IS_HOST (self), NULL);

  return self->ip;
}

/**
 * obm_host_get_fqdn:
 * @self: a host
 *
 * Returns: (nullable): its fully qualified name, which OBM 2.1 does not have
 */
const char *
obm_host_get_fqdn (ObmHost *self)
{
  g_return_val_if_fail (OBM_IS_HOST (self), NULL);

  return self->fqdn;
}

/**
 * obm_host_get_description:
 * @self: a host
 *
 * Returns: (nullable): what an administrator wrote about it
 */
const char *
obm_host_get_description (ObmHost *self)
{
  g_return_val_if_fail (OBM_IS_HOST (self), NULL);

  return self->description;
}

/**
 * obm_host_get_mail_server_id:
 * @self: a host
 *
 * Returns: the id of the mail server on it; 0 if it is free to become one
 */
gint64
obm_host_get_mail_server_id (ObmHost *self)
{
  g_return_val_if_fail (OBM_IS_HOST (self), 0);

  return self->mail_server_id;
}

/**
 * obm_host_to_brief_json:
 * @self: a host
 *
 * Returns: (transfer full): the four members that stand in a mail server
 */
JsonObject *
obm_host_to_brief_json (ObmHost *self)
{
  JsonObject *object = json_object_new ();

  if (self->id != 0)
    json_object_set_int_member (object, "id", self->id);
  else
    json_object_set_null_member (object, "id");
  obm_json_set_string (object, "name", self->name);
  obm_json_set_string (object, "ip", self->ip);
  obm_json_set_string (object, "fqdn", self->fqdn);

  return object;
}
