/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-backend-private.h"

#include "obm-error.h"

/*
 * The routes that change something. Each ends with what the backend made of it, with an error that says
 * why it was not made, or with %OBM_ERROR_OUTCOME_UNKNOWN; an answer that describes something else counts
 * as lost.
 */

typedef enum {
  ANSWER_NOTHING,
  ANSWER_MAIL_SERVER,
  ANSWER_BATCH,
} Answer;

/* What was asked for: the answer is held against it. */
typedef struct {
  Answer answer;
  gint64 id;
  gint64 host_id;
  ObmRoles roles;
} Change;

static gpointer
read_mail_server (const Change *change, JsonObject *object, GError **error)
{
  g_autoptr (ObmMailServer) server = obm_mail_server_new_from_json (object, error);

  if (server == NULL)
    return NULL;

  if ((change->id != 0 && obm_mail_server_get_id (server) != change->id) ||
      (change->host_id != 0 && obm_host_get_id (obm_mail_server_get_host (server)) != change->host_id) ||
      obm_mail_server_get_roles (server) != change->roles)
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL,
                                               "The answer is another mail server"));
      return NULL;
    }

  return g_steal_pointer (&server);
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Change *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = obm_http_change_finish (OBM_HTTP (source), result, &error);
  JsonObject *object;
  gpointer value = NULL;

  if (node == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (change->answer == ANSWER_NOTHING)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  object = obm_backend_require_object (node, &error);
  if (object != NULL)
    value = change->answer == ANSWER_BATCH ? (gpointer) obm_batch_new_from_json (object, &error)
                                           : read_mail_server (change, object, &error);
  if (value != NULL)
    g_task_return_pointer (task, value, g_object_unref);
  else
    g_task_return_error (task, obm_error_new (OBM_ERROR_OUTCOME_UNKNOWN, NULL, "%s", error->message));
}

/* A tag of the backend's goes back in a header, where a line's end would begin another one. */
static gboolean
is_usable (const char *etag)
{
  if (etag == NULL || *etag == '\0')
    return FALSE;

  for (const char *c = etag; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || *c == ' ')
      return FALSE;

  return TRUE;
}

/* Changes a mail server that must still be the one that was seen. */
static void
change_mail_server (ObmBackend *self,
                    GTask *task,
                    const char *method,
                    gint64 id,
                    const char *etag,
                    JsonObject *body,
                    guint due)
{
  g_autofree char *rest = g_strdup_printf ("/mailservers/%" G_GINT64_FORMAT, id);

  if (is_usable (etag))
    obm_backend_change (self, task, method, rest, etag, body, due, changed_cb);
  else
    g_task_return_error (task, obm_error_new (OBM_ERROR_REPLY_MALFORMED, "etag",
                                              "The mail server came without a usable entity tag"));
}

static GTask *
task_new (ObmBackend *self,
          gpointer tag,
          Change change,
          GCancellable *cancellable,
          GAsyncReadyCallback callback,
          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, g_memdup2 (&change, sizeof change), g_free);

  return task;
}

static gpointer
finish_pointer (ObmBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * obm_backend_create_mail_server_async:
 * @self: a backend, signed in to
 * @host_id: the host that becomes a mail server
 * @roles: what it does
 * @cancellable: (nullable): gives up waiting, which does not undo anything
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Makes a host a mail server.
 */
void
obm_backend_create_mail_server_async (ObmBackend *self,
                                      gint64 host_id,
                                      ObmRoles roles,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) body = json_object_new ();
  JsonObject *host = json_object_new ();

  g_return_if_fail (OBM_IS_BACKEND (self));

  task = task_new (self, obm_backend_create_mail_server_async,
                   (Change) { ANSWER_MAIL_SERVER, .host_id = host_id, .roles = roles }, cancellable, callback,
                   user_data);
  json_object_set_int_member (host, "id", host_id);
  json_object_set_object_member (body, "host", host);
  obm_roles_to_json (roles, body);
  obm_backend_change (self, task, "POST", "/mailservers", NULL, body, 201, changed_cb);
}

/**
 * obm_backend_create_mail_server_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the new mail server; %NULL with an error, %OBM_ERROR_OUTCOME_UNKNOWN when it
 *   may be there all the same
 */
ObmMailServer *
obm_backend_create_mail_server_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

/**
 * obm_backend_modify_mail_server_async:
 * @self: a backend, signed in to
 * @id: the mail server's id
 * @etag: (nullable): its entity tag as it was seen; without a usable one nothing is sent
 * @roles: what it is to do
 * @cancellable: (nullable): gives up waiting, which does not undo anything
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Changes the roles of a mail server that is still as it was seen.
 */
void
obm_backend_modify_mail_server_async (ObmBackend *self,
                                      gint64 id,
                                      const char *etag,
                                      ObmRoles roles,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) body = json_object_new ();

  g_return_if_fail (OBM_IS_BACKEND (self));

  task = task_new (self, obm_backend_modify_mail_server_async,
                   (Change) { ANSWER_MAIL_SERVER, .id = id, .roles = roles }, cancellable, callback,
                   user_data);
  obm_roles_to_json (roles, body);
  change_mail_server (self, task, "PUT", id, etag, body, 200);
}

/**
 * obm_backend_modify_mail_server_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the mail server as it is now; %NULL with an error, %OBM_ERROR_OUTCOME_UNKNOWN
 *   when it may be changed all the same
 */
ObmMailServer *
obm_backend_modify_mail_server_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

/**
 * obm_backend_delete_mail_server_async:
 * @self: a backend, signed in to
 * @id: the mail server's id
 * @etag: (nullable): its entity tag as it was seen; without a usable one nothing is sent
 * @cancellable: (nullable): gives up waiting, which does not undo anything
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Makes a mail server that is still as it was seen a plain host again.
 */
void
obm_backend_delete_mail_server_async (ObmBackend *self,
                                      gint64 id,
                                      const char *etag,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OBM_IS_BACKEND (self));

  task = task_new (self, obm_backend_delete_mail_server_async, (Change) { ANSWER_NOTHING, .id = id },
                   cancellable, callback, user_data);
  change_mail_server (self, task, "DELETE", id, etag, NULL, 204);
}

/**
 * obm_backend_delete_mail_server_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether it is gone; %FALSE with an error, %OBM_ERROR_OUTCOME_UNKNOWN when it may be gone all
 *   the same
 */
gboolean
obm_backend_delete_mail_server_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * obm_backend_commit_update_async:
 * @self: a backend, signed in to
 * @cancellable: (nullable): gives up waiting, which does not undo anything
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Starts the update command, which applies what is saved.
 */
void
obm_backend_commit_update_async (ObmBackend *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) body = json_object_new ();

  g_return_if_fail (OBM_IS_BACKEND (self));

  task = task_new (self, obm_backend_commit_update_async, (Change) { ANSWER_BATCH },
                   cancellable, callback, user_data);
  obm_backend_change (self, task, "POST", "/update", NULL, body, 202, changed_cb);
}

/**
 * obm_backend_commit_update_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the batch that was started; %NULL with an error, %OBM_ERROR_OUTCOME_UNKNOWN
 *   when one may have been started all the same
 */
ObmBatch *
obm_backend_commit_update_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}
