/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-write.h"

#include "obm-error.h"
#include "obm-json.h"
#include "obm-write-check.h"

/**
 * ObmWrite:
 *
 * One change an administrator asked for, from the moment they pressed the button until it is known what
 * became of it. It is sent once for each start; an answer that is lost is looked for by reading, never by
 * sending again.
 *
 * A change on its way keeps itself alive: whoever asked for it may go.
 */
struct _ObmWrite
{
  GObject parent_instance;

  ObmBackend *backend;
  ObmWriteWish wish;

  ObmWriteState state;
  GError *error;
  ObmMailServer *server;
  gboolean checked;
  /* Some start of it got no answer: what others seem to have done meanwhile may be its own doing. */
  gboolean doubtful;
};

G_DEFINE_ENUM_TYPE (ObmWriteState, obm_write_state,
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_NOT_DONE, "not-done"),
                    G_DEFINE_ENUM_VALUE (OBM_WRITE_UNKNOWN, "unknown"))

G_DEFINE_FINAL_TYPE (ObmWrite, obm_write, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_SERVER,
  PROP_CHECKED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
obm_write_finalize (GObject *object)
{
  ObmWrite *self = OBM_WRITE (object);

  g_clear_object (&self->backend);
  obm_write_wish_clear (&self->wish);
  g_clear_error (&self->error);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (obm_write_parent_class)->finalize (object);
}

static void
obm_write_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmWrite *self = OBM_WRITE (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_SERVER:
      g_value_set_object (value, self->server);
      break;
    case PROP_CHECKED:
      g_value_set_boolean (value, self->checked);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_write_class_init (ObmWriteClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = obm_write_finalize;
  object_class->get_property = obm_write_get_property;

  properties[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, OBM_TYPE_WRITE_STATE, OBM_WRITE_IDLE,
                                              flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_SERVER] = g_param_spec_object ("server", NULL, NULL, OBM_TYPE_MAIL_SERVER, flags);
  properties[PROP_CHECKED] = g_param_spec_boolean ("checked", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_write_init (ObmWrite *self)
{
}

static ObmWrite *
write_new (ObmBackend *backend, ObmWriteKind kind)
{
  ObmWrite *self = g_object_new (OBM_TYPE_WRITE, NULL);

  self->backend = g_object_ref (backend);
  self->wish.kind = kind;

  return self;
}

/**
 * obm_write_new_create:
 * @backend: (transfer none): where the change is made, signed in to
 * @host: (transfer none): the host that is to be a mail server
 * @roles: what it is to do
 *
 * Returns: (transfer full): a change that was not sent yet
 */
ObmWrite *
obm_write_new_create (ObmBackend *backend, ObmHost *host, ObmRoles roles)
{
  ObmWrite *self;

  g_return_val_if_fail (OBM_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (OBM_IS_HOST (host), NULL);

  self = write_new (backend, OBM_WRITE_CREATE);
  self->wish.id = obm_host_get_id (host);
  self->wish.name = g_strdup (obm_host_get_name (host));
  self->wish.roles = roles;

  return self;
}

/**
 * obm_write_new_modify:
 * @backend: (transfer none): where the change is made, signed in to
 * @seen: (transfer none): the mail server as the administrator saw it; what it is like now counts,
 *   whatever happens to the object later
 * @wanted: what it is to do
 *
 * Returns: (transfer full): a change that was not sent yet
 */
ObmWrite *
obm_write_new_modify (ObmBackend *backend, ObmMailServer *seen, ObmRoles wanted)
{
  ObmWrite *self;

  g_return_val_if_fail (OBM_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (OBM_IS_MAIL_SERVER (seen), NULL);

  self = write_new (backend, OBM_WRITE_MODIFY);
  self->wish.id = obm_mail_server_get_id (seen);
  self->wish.etag = g_strdup (obm_mail_server_get_etag (seen));
  self->wish.roles = wanted;

  return self;
}

/**
 * obm_write_new_delete:
 * @backend: (transfer none): where the change is made, signed in to
 * @seen: (transfer none): the mail server as the administrator saw it; what it is like now counts,
 *   whatever happens to the object later
 *
 * Returns: (transfer full): a change that was not sent yet
 */
ObmWrite *
obm_write_new_delete (ObmBackend *backend, ObmMailServer *seen)
{
  ObmWrite *self;

  g_return_val_if_fail (OBM_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (OBM_IS_MAIL_SERVER (seen), NULL);

  self = write_new (backend, OBM_WRITE_DELETE);
  self->wish.id = obm_mail_server_get_id (seen);
  self->wish.etag = g_strdup (obm_mail_server_get_etag (seen));

  return self;
}

/* Everything at once: whoever is notified of one property finds the others in order. */
static void
set_state (ObmWrite *self, ObmWriteState state, const GError *error, ObmMailServer *server, gboolean checked)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);

  if (self->error != NULL || error != NULL)
    {
      g_clear_error (&self->error);
      self->error = error ? g_error_copy (error) : NULL;
      g_object_notify_by_pspec (object, properties[PROP_ERROR]);
    }
  if (g_set_object (&self->server, server))
    g_object_notify_by_pspec (object, properties[PROP_SERVER]);
  if (self->checked != checked)
    {
      self->checked = checked;
      g_object_notify_by_pspec (object, properties[PROP_CHECKED]);
    }
  if (self->state != state)
    {
      self->state = state;
      g_object_notify_by_pspec (object, properties[PROP_STATE]);
    }

  g_object_thaw_notify (object);
}

static void
checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmWrite) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmMailServer) server = NULL;

  switch (obm_write_check_finish (OBM_BACKEND (source), result, &server, &error))
    {
    case OBM_WRITE_FOUND_DONE:
      set_state (self, OBM_WRITE_DONE, NULL, server, TRUE);
      break;
    case OBM_WRITE_FOUND_AS_BEFORE:
      set_state (self, OBM_WRITE_NOT_DONE, NULL, NULL, TRUE);
      break;
    case OBM_WRITE_FOUND_OTHERWISE:
      set_state (self, OBM_WRITE_FAILED, error, server, TRUE);
      break;
    case OBM_WRITE_FOUND_NOTHING:
    default:
      set_state (self, OBM_WRITE_UNKNOWN, error, NULL, FALSE);
    }
}

static void
check (ObmWrite *self, const GError *error)
{
  self->doubtful = TRUE;
  set_state (self, OBM_WRITE_CHECKING, error, NULL, FALSE);
  obm_write_check_async (self->backend, &self->wish, checked_cb, g_object_ref (self));
}

/* The mail server as it is now, if the backend tells in its refusal. */
static ObmMailServer *
read_current (const GError *error)
{
  JsonObject *body = obm_error_get_body (error);
  JsonObject *current = body ? obm_json_get_object (body, "current") : NULL;

  return current ? obm_mail_server_new_from_json (current, NULL) : NULL;
}

/* What the backend refuses because of a start of this very change whose answer was lost. */
static gboolean
may_be_own_doing (ObmWrite *self, const GError *error)
{
  if (!self->doubtful)
    return FALSE;

  return g_error_matches (error, OBM_ERROR, OBM_ERROR_HOST_ALREADY_MAILSERVER) ||
         g_error_matches (error, OBM_ERROR, OBM_ERROR_MAILSERVER_CHANGED) ||
         g_error_matches (error, OBM_ERROR, OBM_ERROR_REFERENCE_UNKNOWN);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmWrite) self = user_data;
  ObmBackend *backend = OBM_BACKEND (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmMailServer) server = NULL;

  switch (self->wish.kind)
    {
    case OBM_WRITE_CREATE:
      server = obm_backend_create_mail_server_finish (backend, result, &error);
      break;
    case OBM_WRITE_MODIFY:
      server = obm_backend_modify_mail_server_finish (backend, result, &error);
      break;
    case OBM_WRITE_DELETE:
    default:
      obm_backend_delete_mail_server_finish (backend, result, &error);
    }

  if (error == NULL)
    {
      set_state (self, OBM_WRITE_DONE, NULL, server, FALSE);
      return;
    }

  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_MAILSERVER_CHANGED))
    server = read_current (error);
  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_OUTCOME_UNKNOWN) || may_be_own_doing (self, error) ||
      (g_error_matches (error, OBM_ERROR, OBM_ERROR_MAILSERVER_CHANGED) && server == NULL))
    check (self, error);
  else
    set_state (self, OBM_WRITE_FAILED, error, server, FALSE);
}

/**
 * obm_write_start:
 * @self: a change
 *
 * Sends the change. Does nothing while it is on its way, in doubt, or made. After
 * %OBM_ERROR_MAILSERVER_CHANGED it will be refused again: what is wanted now is another change, of
 * #ObmWrite:server.
 */
void
obm_write_start (ObmWrite *self)
{
  const ObmWriteWish *wish;

  g_return_if_fail (OBM_IS_WRITE (self));

  if (self->state != OBM_WRITE_IDLE && self->state != OBM_WRITE_FAILED && self->state != OBM_WRITE_NOT_DONE)
    return;

  set_state (self, OBM_WRITE_SENDING, NULL, NULL, FALSE);
  wish = &self->wish;
  switch (wish->kind)
    {
    case OBM_WRITE_CREATE:
      obm_backend_create_mail_server_async (self->backend, wish->id, wish->roles, NULL, sent_cb,
                                            g_object_ref (self));
      break;
    case OBM_WRITE_MODIFY:
      obm_backend_modify_mail_server_async (self->backend, wish->id, wish->etag, wish->roles, NULL, sent_cb,
                                            g_object_ref (self));
      break;
    case OBM_WRITE_DELETE:
    default:
      obm_backend_delete_mail_server_async (self->backend, wish->id, wish->etag, NULL, sent_cb,
                                            g_object_ref (self));
    }
}

/**
 * obm_write_check:
 * @self: a change in state %OBM_WRITE_UNKNOWN
 *
 * Reads again what became of it. Does nothing in another state.
 */
void
obm_write_check (ObmWrite *self)
{
  g_return_if_fail (OBM_IS_WRITE (self));

  if (self->state == OBM_WRITE_UNKNOWN)
    check (self, NULL);
}

/**
 * obm_write_get_state:
 * @self: a change
 *
 * Returns: how far it is
 */
ObmWriteState
obm_write_get_state (ObmWrite *self)
{
  g_return_val_if_fail (OBM_IS_WRITE (self), OBM_WRITE_IDLE);

  return self->state;
}

/**
 * obm_write_get_error:
 * @self: a change
 *
 * Returns: (nullable) (transfer none): why it failed; while it is being checked why that is needed, if it
 *   is unknown why that could not be done
 */
const GError *
obm_write_get_error (ObmWrite *self)
{
  g_return_val_if_fail (OBM_IS_WRITE (self), NULL);

  return self->error;
}

/**
 * obm_write_get_server:
 * @self: a change
 *
 * Returns: (nullable) (transfer none): the mail server that was created or modified; with
 *   %OBM_ERROR_MAILSERVER_CHANGED what others made of it
 */
ObmMailServer *
obm_write_get_server (ObmWrite *self)
{
  g_return_val_if_fail (OBM_IS_WRITE (self), NULL);

  return self->server;
}

/**
 * obm_write_get_checked:
 * @self: a change
 *
 * Returns: whether its outcome was not answered, but found by reading
 */
gboolean
obm_write_get_checked (ObmWrite *self)
{
  g_return_val_if_fail (OBM_IS_WRITE (self), FALSE);

  return self->checked;
}

/**
 * obm_write_dup_links:
 * @self: a change
 *
 * Returns: (nullable) (transfer full): what stopped a deletion; %NULL unless it failed with
 *   %OBM_ERROR_MAILSERVER_LINKED
 */
ObmLinks *
obm_write_dup_links (ObmWrite *self)
{
  g_autoptr (JsonObject) object = NULL;
  JsonObject *body;
  JsonArray *links;

  g_return_val_if_fail (OBM_IS_WRITE (self), NULL);

  if (!g_error_matches (self->error, OBM_ERROR, OBM_ERROR_MAILSERVER_LINKED))
    return NULL;

  /* The refusal has the links, but does not say again that there are any. */
  body = obm_error_get_body (self->error);
  links = body ? obm_json_get_array (body, "links") : NULL;
  object = json_object_new ();
  json_object_set_boolean_member (object, "deletable", FALSE);
  if (links != NULL)
    json_object_set_array_member (object, "links", json_array_ref (links));

  return obm_links_new_from_json (object, NULL);
}
