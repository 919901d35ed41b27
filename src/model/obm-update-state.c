/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-state.h"

#include "obm-error.h"
#include "obm-json.h"

/**
 * ObmUpdateState:
 *
 * OBM's "post-it": what has been saved and not yet applied to the system.
 */
struct _ObmUpdateState
{
  GObject parent_instance;

  gboolean flagged;
  ObmUpdateStatus status;
  gboolean may_commit;
  gint64 counts[OBM_N_CHANGE_ACTIONS];
  GPtrArray *changes;
  ObmBatch *batch;
};

static const char * const action_names[] = { "created", "updated", "deleted" };

G_DEFINE_FINAL_TYPE (ObmUpdateState, obm_update_state, G_TYPE_OBJECT)

static void
change_free (gpointer data)
{
  ObmChange *change = data;

  g_free (change->host);
  g_free (change->domain);
  g_free (change);
}

static void
obm_update_state_finalize (GObject *object)
{
  g_ptr_array_unref (OBM_UPDATE_STATE (object)->changes);
  g_clear_object (&OBM_UPDATE_STATE (object)->batch);

  G_OBJECT_CLASS (obm_update_state_parent_class)->finalize (object);
}

static void
obm_update_state_class_init (ObmUpdateStateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_update_state_finalize;
}

static void
obm_update_state_init (ObmUpdateState *self)
{
  self->changes = g_ptr_array_new_with_free_func (change_free);
}

/**
 * obm_update_state_new:
 * @flagged: whether OBM's own flag says that something waits
 * @status: what the last run did
 * @may_commit: whether the caller may start a run
 *
 * Returns: (transfer full): a state without changes yet
 */
ObmUpdateState *
obm_update_state_new (gboolean flagged, ObmUpdateStatus status, gboolean may_commit)
{
  ObmUpdateState *self = g_object_new (OBM_TYPE_UPDATE_STATE, NULL);

  self->flagged = flagged;
  self->status = status;
  self->may_commit = may_commit;

  return self;
}

static void
append_change (ObmUpdateState *self,
               ObmChangeAction action,
               const char *host,
               const char *domain,
               ObmRoles before,
               ObmRoles after)
{
  ObmChange *change = g_new0 (ObmChange, 1);

  change->action = action;
  change->host = g_strdup (host);
  change->domain = g_strdup (domain);
  change->before = before;
  change->after = after;
  g_ptr_array_add (self->changes, change);
}

static gboolean
find_action (const char *name, ObmChangeAction *action)
{
  for (guint i = 0; i < G_N_ELEMENTS (action_names); i++)
    if (g_strcmp0 (name, action_names[i]) == 0)
      {
        *action = i;
        return TRUE;
      }

  return FALSE;
}

static void
read_change (ObmUpdateState *self, JsonObject *object)
{
  JsonObject *before = obm_json_get_object (object, "before");
  JsonObject *after = obm_json_get_object (object, "after");
  ObmChangeAction action;

  if (find_action (obm_json_get_string (object, "action"), &action))
    append_change (self,
                   action,
                   obm_json_get_string (object, "host"),
                   obm_json_get_string (object, "domain"),
                   before ? obm_roles_from_json (before) : OBM_ROLES_NONE,
                   after ? obm_roles_from_json (after) : OBM_ROLES_NONE);
}

/**
 * obm_update_state_new_from_json:
 * @object: an UpdateState of the contract
 * @error: return location
 *
 * Reads a state. A change of an unknown kind is left out of the list.
 *
 * Returns: (transfer full): the state; %NULL with %OBM_ERROR_REPLY_MALFORMED without "pending" and a known "status"
 */
ObmUpdateState *
obm_update_state_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ObmUpdateState) self = NULL;
  JsonObject *counts = obm_json_get_object (object, "counts");
  JsonArray *changes = obm_json_get_array (object, "changes");
  JsonObject *batch = obm_json_get_object (object, "batch");
  ObmUpdateStatus status;
  gboolean pending;

  if (!obm_json_require_boolean (object, "pending", &pending, error))
    return NULL;
  if (!obm_update_status_from_string (obm_json_get_string (object, "status"), &status))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, "status", "The status is unknown"));
      return NULL;
    }

  self = obm_update_state_new (pending, status, obm_json_get_boolean (object, "may_commit", FALSE));
  if (batch != NULL && (self->batch = obm_batch_new_from_json (batch, error)) == NULL)
    return NULL;
  for (guint i = 0; counts != NULL && i < OBM_N_CHANGE_ACTIONS; i++)
    self->counts[i] = MAX (obm_json_get_int (counts, action_names[i], 0), 0);
  for (guint i = 0; changes != NULL && i < json_array_get_length (changes); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (changes, i)))
      read_change (self, json_array_get_object_element (changes, i));

  return g_steal_pointer (&self);
}

static JsonObject *
change_to_json (const ObmChange *change)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "action", action_names[change->action]);
  obm_json_set_string (object, "host", change->host);
  obm_json_set_string (object, "domain", change->domain);
  json_object_set_null_member (object, "before");
  json_object_set_null_member (object, "after");
  if (change->action != OBM_CHANGE_CREATED)
    {
      JsonObject *before = json_object_new ();

      obm_roles_to_json (change->before, before);
      json_object_set_object_member (object, "before", before);
    }
  if (change->action != OBM_CHANGE_DELETED)
    {
      JsonObject *after = json_object_new ();

      obm_roles_to_json (change->after, after);
      json_object_set_object_member (object, "after", after);
    }

  return object;
}

/**
 * obm_update_state_to_json:
 * @self: a state
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_update_state_to_json (ObmUpdateState *self)
{
  JsonObject *object = json_object_new ();
  JsonObject *counts = json_object_new ();
  JsonArray *changes = json_array_new ();

  for (guint i = 0; i < OBM_N_CHANGE_ACTIONS; i++)
    json_object_set_int_member (counts, action_names[i], self->counts[i]);
  for (guint i = 0; i < self->changes->len; i++)
    json_array_add_object_element (changes, change_to_json (g_ptr_array_index (self->changes, i)));

  json_object_set_boolean_member (object, "pending", obm_update_state_get_pending (self));
  json_object_set_boolean_member (object, "other", obm_update_state_get_other (self));
  json_object_set_string_member (object, "status", obm_update_status_to_string (self->status));
  json_object_set_boolean_member (object, "may_commit", self->may_commit);
  json_object_set_object_member (object, "counts", counts);
  json_object_set_array_member (object, "changes", changes);
  if (self->batch != NULL)
    json_object_set_object_member (object, "batch", obm_batch_to_json (self->batch));
  else
    json_object_set_null_member (object, "batch");

  return object;
}

/**
 * obm_update_state_add_change:
 * @self: a state
 * @action: how the mail server differs from its production copy
 * @host: (nullable): the host's name
 * @domain: (nullable): the key of its domain
 * @before: the roles in production
 * @after: the roles saved
 *
 * Counts a change, and lists it while there is room.
 */
void
obm_update_state_add_change (ObmUpdateState *self,
                             ObmChangeAction action,
                             const char *host,
                             const char *domain,
                             ObmRoles before,
                             ObmRoles after)
{
  g_return_if_fail (OBM_IS_UPDATE_STATE (self));

  self->counts[action]++;
  if (self->changes->len < OBM_UPDATE_STATE_MAX_CHANGES)
    append_change (self, action, host, domain, before, after);
}

static gint64
count_all (ObmUpdateState *self)
{
  gint64 sum = 0;

  for (guint i = 0; i < OBM_N_CHANGE_ACTIONS; i++)
    sum += MIN (self->counts[i], G_MAXINT32);

  return sum;
}

/**
 * obm_update_state_get_pending:
 * @self: a state
 *
 * Returns: whether anything waits for an update
 */
gboolean
obm_update_state_get_pending (ObmUpdateState *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self), FALSE);

  return self->flagged || count_all (self) > 0;
}

/**
 * obm_update_state_get_other:
 * @self: a state
 *
 * Returns: whether what waits is something else than mail servers
 */
gboolean
obm_update_state_get_other (ObmUpdateState *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self), FALSE);

  return self->flagged && count_all (self) == 0;
}

/**
 * obm_update_state_get_status:
 * @self: a state
 *
 * Returns: what the last run did
 */
ObmUpdateStatus
obm_update_state_get_status (ObmUpdateState *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self), OBM_UPDATE_STATUS_IDLE);

  return self->status;
}

/**
 * obm_update_state_get_may_commit:
 * @self: a state
 *
 * Returns: whether the caller may start a run
 */
gboolean
obm_update_state_get_may_commit (ObmUpdateState *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self), FALSE);

  return self->may_commit;
}

/**
 * obm_update_state_get_batch:
 * @self: a state
 *
 * Returns: (nullable) (transfer none): the last validation, or the one that runs
 */
ObmBatch *
obm_update_state_get_batch (ObmUpdateState *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self), NULL);

  return self->batch;
}

/**
 * obm_update_state_set_run:
 * @self: a state
 * @status: what runs, or became of the last run
 * @batch: (nullable): its batch, if it was started here
 */
void
obm_update_state_set_run (ObmUpdateState *self, ObmUpdateStatus status, ObmBatch *batch)
{
  g_return_if_fail (OBM_IS_UPDATE_STATE (self));

  self->status = status;
  g_set_object (&self->batch, batch);
}

/**
 * obm_update_state_get_count:
 * @self: a state
 * @action: a kind of change
 *
 * Returns: how many mail servers changed that way, listed or not
 */
gint64
obm_update_state_get_count (ObmUpdateState *self, ObmChangeAction action)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self) && action < OBM_N_CHANGE_ACTIONS, 0);

  return self->counts[action];
}

/**
 * obm_update_state_get_n_changes:
 * @self: a state
 *
 * Returns: how many changes are listed, at most %OBM_UPDATE_STATE_MAX_CHANGES from a gateway of ours
 */
guint
obm_update_state_get_n_changes (ObmUpdateState *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self), 0);

  return self->changes->len;
}

/**
 * obm_update_state_get_change:
 * @self: a state
 * @index: below obm_update_state_get_n_changes()
 *
 * Returns: (transfer none): a change
 */
const ObmChange *
obm_update_state_get_change (ObmUpdateState *self, guint index)
{
  g_return_val_if_fail (OBM_IS_UPDATE_STATE (self) && index < self->changes->len, NULL);

  return g_ptr_array_index (self->changes, index);
}
