/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server.h"

#include "obm-json.h"
#include "obm-string.h"

/**
 * ObmMailServer:
 *
 * A host of a domain that does IMAP, SMTP in or SMTP out. #ObmMailServer:host is never %NULL; it is empty when OBM
 * lost the host. The three roles are there as booleans too, for the columns and check boxes.
 */
struct _ObmMailServer
{
  GObject parent_instance;

  gint64 id;
  char *url;
  char *etag;
  ObmHost *host;
  char *domain;
  ObmRoles roles;
  GDateTime *timecreate;
  char *usercreate;
  GDateTime *timeupdate;
  char *userupdate;
  gboolean editable;
  char *pending;
};

enum {
  PROP_0,
  PROP_ID,
  PROP_URL,
  PROP_ETAG,
  PROP_HOST,
  PROP_DOMAIN,
  PROP_ROLES,
  PROP_IMAP,
  PROP_SMTP_IN,
  PROP_SMTP_OUT,
  PROP_TIMECREATE,
  PROP_USERCREATE,
  PROP_TIMEUPDATE,
  PROP_USERUPDATE,
  PROP_EDITABLE,
  PROP_PENDING,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void obm_mail_server_entity_init (ObmEntityInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmMailServer, obm_mail_server, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OBM_TYPE_ENTITY, obm_mail_server_entity_init))

/* The string behind a property, or NULL for the others. */
static char **
string_field (ObmMailServer *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_URL:
      return &self->url;
    case PROP_ETAG:
      return &self->etag;
    case PROP_DOMAIN:
      return &self->domain;
    case PROP_USERCREATE:
      return &self->usercreate;
    case PROP_USERUPDATE:
      return &self->userupdate;
    case PROP_PENDING:
      return &self->pending;
    default:
      return NULL;
    }
}

static void
obm_mail_server_finalize (GObject *object)
{
  ObmMailServer *self = OBM_MAIL_SERVER (object);

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    if (string_field (self, i) != NULL)
      g_free (*string_field (self, i));
  g_clear_object (&self->host);
  g_clear_pointer (&self->timecreate, g_date_time_unref);
  g_clear_pointer (&self->timeupdate, g_date_time_unref);

  G_OBJECT_CLASS (obm_mail_server_parent_class)->finalize (object);
}

static void
obm_mail_server_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmMailServer *self = OBM_MAIL_SERVER (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_HOST:
      g_value_set_object (value, self->host);
      break;
    case PROP_ROLES:
      g_value_set_flags (value, self->roles);
      break;
    case PROP_IMAP:
      g_value_set_boolean (value, (self->roles & OBM_ROLES_IMAP) != 0);
      break;
    case PROP_SMTP_IN:
      g_value_set_boolean (value, (self->roles & OBM_ROLES_SMTP_IN) != 0);
      break;
    case PROP_SMTP_OUT:
      g_value_set_boolean (value, (self->roles & OBM_ROLES_SMTP_OUT) != 0);
      break;
    case PROP_TIMECREATE:
      g_value_set_boxed (value, self->timecreate);
      break;
    case PROP_TIMEUPDATE:
      g_value_set_boxed (value, self->timeupdate);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, self->editable);
      break;
    default:
      if (string_field (self, prop_id) != NULL)
        g_value_set_string (value, *string_field (self, prop_id));
      else
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_roles (ObmMailServer *self, ObmRoles roles)
{
  ObmRoles changed = self->roles ^ roles;

  if (changed == OBM_ROLES_NONE)
    return;

  self->roles = roles;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ROLES]);
  if (changed & OBM_ROLES_IMAP)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IMAP]);
  if (changed & OBM_ROLES_SMTP_IN)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMTP_IN]);
  if (changed & OBM_ROLES_SMTP_OUT)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SMTP_OUT]);
}

/* Every answer brings the host as another object; it is only set anew when it says something else. */
static void
set_host (ObmMailServer *self, ObmHost *host)
{
  if (host == NULL ||
      (obm_host_get_id (host) == obm_host_get_id (self->host) &&
       g_strcmp0 (obm_host_get_name (host), obm_host_get_name (self->host)) == 0 &&
       g_strcmp0 (obm_host_get_ip (host), obm_host_get_ip (self->host)) == 0 &&
       g_strcmp0 (obm_host_get_fqdn (host), obm_host_get_fqdn (self->host)) == 0))
    return;

  g_set_object (&self->host, host);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
}

static void
set_date (ObmMailServer *self, GDateTime **field, const GValue *value, GParamSpec *pspec)
{
  GDateTime *date = g_value_get_boxed (value);

  if (*field == date || (*field != NULL && date != NULL && g_date_time_equal (*field, date)))
    return;

  g_clear_pointer (field, g_date_time_unref);
  *field = date ? g_date_time_ref (date) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
obm_mail_server_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmMailServer *self = OBM_MAIL_SERVER (object);

  switch (prop_id)
    {
    case PROP_ID:
      if (self->id != g_value_get_int64 (value))
        {
          self->id = g_value_get_int64 (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    case PROP_HOST:
      set_host (self, g_value_get_object (value));
      break;
    case PROP_ROLES:
      set_roles (self, g_value_get_flags (value));
      break;
    case PROP_TIMECREATE:
      set_date (self, &self->timecreate, value, pspec);
      break;
    case PROP_TIMEUPDATE:
      set_date (self, &self->timeupdate, value, pspec);
      break;
    case PROP_EDITABLE:
      if (self->editable != g_value_get_boolean (value))
        {
          self->editable = g_value_get_boolean (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      if (string_field (self, prop_id) == NULL)
        G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      else if (obm_set_string (string_field (self, prop_id), g_value_get_string (value)))
        g_object_notify_by_pspec (object, pspec);
    }
}

static void
obm_mail_server_class_init (ObmMailServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = obm_mail_server_finalize;
  object_class->get_property = obm_mail_server_get_property;
  object_class->set_property = obm_mail_server_set_property;

  properties[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, flags);
  properties[PROP_ETAG] = g_param_spec_string ("etag", NULL, NULL, NULL, flags);
  properties[PROP_HOST] = g_param_spec_object ("host", NULL, NULL, OBM_TYPE_HOST, flags);
  properties[PROP_DOMAIN] = g_param_spec_string ("domain", NULL, NULL, NULL, flags);
  properties[PROP_ROLES] = g_param_spec_flags ("roles", NULL, NULL, OBM_TYPE_ROLES, 0, flags);
  properties[PROP_IMAP] = g_param_spec_boolean ("imap", NULL, NULL, FALSE, readable);
  properties[PROP_SMTP_IN] = g_param_spec_boolean ("smtp-in", NULL, NULL, FALSE, readable);
  properties[PROP_SMTP_OUT] = g_param_spec_boolean ("smtp-out", NULL, NULL, FALSE, readable);
  properties[PROP_TIMECREATE] = g_param_spec_boxed ("timecreate", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_USERCREATE] = g_param_spec_string ("usercreate", NULL, NULL, NULL, flags);
  properties[PROP_TIMEUPDATE] = g_param_spec_boxed ("timeupdate", NULL, NULL, G_TYPE_DATE_TIME, flags);
  properties[PROP_USERUPDATE] = g_param_spec_string ("userupdate", NULL, NULL, NULL, flags);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, FALSE, flags);
  properties[PROP_PENDING] = g_param_spec_string ("pending", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_mail_server_init (ObmMailServer *self)
{
  self->host = g_object_new (OBM_TYPE_HOST, NULL);
}

static gint64
entity_get_id (ObmEntity *entity)
{
  return OBM_MAIL_SERVER (entity)->id;
}

static JsonObject *
entity_to_json (ObmEntity *entity)
{
  ObmMailServer *self = OBM_MAIL_SERVER (entity);
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", self->id);
  obm_json_set_string (object, "url", self->url);
  obm_json_set_string (object, "etag", self->etag);
  json_object_set_object_member (object, "host", obm_host_to_brief_json (self->host));
  obm_json_set_string (object, "domain", self->domain);
  obm_roles_to_json (self->roles, object);
  obm_json_set_date (object, "timecreate", self->timecreate);
  obm_json_set_string (object, "usercreate", self->usercreate);
  obm_json_set_date (object, "timeupdate", self->timeupdate);
  obm_json_set_string (object, "userupdate", self->userupdate);
  json_object_set_boolean_member (object, "editable", self->editable);
  obm_json_set_string (object, "pending", self->pending);

  return object;
}

static void
obm_mail_server_entity_init (ObmEntityInterface *iface)
{
  iface->get_id = entity_get_id;
  iface->to_json = entity_to_json;
}

/**
 * obm_mail_server_new_from_json:
 * @object: a MailServer of the contract
 * @error: return location
 *
 * Reads a mail server. Its id and the three roles must be there; the rest is taken as null when it is missing or of
 * another type.
 *
 * Returns: (transfer full): the mail server; %NULL with %OBM_ERROR_REPLY_MALFORMED
 */
ObmMailServer *
obm_mail_server_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (GDateTime) timecreate = obm_json_get_date (object, "timecreate");
  g_autoptr (GDateTime) timeupdate = obm_json_get_date (object, "timeupdate");
  g_autoptr (ObmHost) host = NULL;
  gint64 id;

  if (!obm_json_require_id (object, &id, error))
    return NULL;
  for (guint i = 0; i < OBM_N_ROLES; i++)
    {
      gboolean ignored;

      if (!obm_json_require_boolean (object, obm_roles_get_name (1 << i), &ignored, error))
        return NULL;
    }

  if (obm_json_get_object (object, "host") != NULL)
    host = obm_host_new_from_brief_json (obm_json_get_object (object, "host"));

  return g_object_new (OBM_TYPE_MAIL_SERVER,
                       "id", id,
                       "url", obm_json_get_string (object, "url"),
                       "etag", obm_json_get_string (object, "etag"),
                       "host", host,
                       "domain", obm_json_get_string (object, "domain"),
                       "roles", obm_roles_from_json (object),
                       "timecreate", timecreate,
                       "usercreate", obm_json_get_string (object, "usercreate"),
                       "timeupdate", timeupdate,
                       "userupdate", obm_json_get_string (object, "userupdate"),
                       "editable", obm_json_get_boolean (object, "editable", FALSE),
                       "pending", obm_json_get_string (object, "pending"),
                       NULL);
}

/**
 * obm_mail_server_make_etag:
 * @id: the mail server
 * @host_id: its host
 * @roles: its roles
 *
 * Makes the strong entity tag, so that If-Match means "the roles are still those I saw".
 *
 * Returns: (transfer full): the tag, with its quotes
 */
char *
obm_mail_server_make_etag (gint64 id, gint64 host_id, ObmRoles roles)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d", id, host_id, roles);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

  return g_strdup_printf ("\"%.16s\"", digest);
}

/**
 * obm_mail_server_get_id:
 * @self: a mail server
 *
 * Returns: its id
 */
gint64
obm_mail_server_get_id (ObmMailServer *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER (self), 0);

  return self->id;
}

/**
 * obm_mail_server_get_etag:
 * @self: a mail server
 *
 * Returns: (nullable): the entity tag a change of it must name
 */
const char *
obm_mail_server_get_etag (ObmMailServer *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER (self), NULL);

  return self->etag;
}

/**
 * obm_mail_server_get_host:
 * @self: a mail server
 *
 * Returns: (transfer none): its host, empty if OBM lost it
 */
ObmHost *
obm_mail_server_get_host (ObmMailServer *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER (self), NULL);

  return self->host;
}

/**
 * obm_mail_server_get_roles:
 * @self: a mail server
 *
 * Returns: what it does
 */
ObmRoles
obm_mail_server_get_roles (ObmMailServer *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER (self), OBM_ROLES_NONE);

  return self->roles;
}
