/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-batch.h"

#include "obm-error.h"
#include "obm-json.h"
#include "obm-string.h"

/**
 * ObmBatch:
 *
 * A validation of the post-it: one run of the update command for each of its domains. Inside a run no progress is
 * known, only how many runs are over.
 */
struct _ObmBatch
{
  GObject parent_instance;

  gint64 id;
  ObmUpdateStatus status;
  guint operation_count;
  guint operation_done;
  char *error;
  GDateTime *timestart;
  GDateTime *timeend;
};

G_DEFINE_FINAL_TYPE (ObmBatch, obm_batch, G_TYPE_OBJECT)

static const char * const status_names[] = { "IDLE", "RUNNING", "ERROR", "SUCCESS" };

/**
 * obm_update_status_to_string:
 * @status: a status
 *
 * Returns: its name in the contract
 */
const char *
obm_update_status_to_string (ObmUpdateStatus status)
{
  g_return_val_if_fail (status < G_N_ELEMENTS (status_names), "");

  return status_names[status];
}

/**
 * obm_update_status_from_string:
 * @text: (nullable): the name of a status
 * @status: (out): the status
 *
 * Returns: whether @text is one
 */
gboolean
obm_update_status_from_string (const char *text, ObmUpdateStatus *status)
{
  for (guint i = 0; i < G_N_ELEMENTS (status_names); i++)
    if (g_strcmp0 (text, status_names[i]) == 0)
      {
        *status = i;
        return TRUE;
      }

  return FALSE;
}

static void
obm_batch_finalize (GObject *object)
{
  ObmBatch *self = OBM_BATCH (object);

  g_free (self->error);
  g_clear_pointer (&self->timestart, g_date_time_unref);
  g_clear_pointer (&self->timeend, g_date_time_unref);

  G_OBJECT_CLASS (obm_batch_parent_class)->finalize (object);
}

static void
obm_batch_class_init (ObmBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_batch_finalize;
}

static void
obm_batch_init (ObmBatch *self)
{
}

/**
 * obm_batch_new:
 * @id: its number
 * @operation_count: how many runs it takes
 * @timestart: (nullable): when it began
 *
 * Returns: (transfer full): a batch that is running
 */
ObmBatch *
obm_batch_new (gint64 id, guint operation_count, GDateTime *timestart)
{
  ObmBatch *self = g_object_new (OBM_TYPE_BATCH, NULL);

  self->id = id;
  self->status = OBM_UPDATE_STATUS_RUNNING;
  self->operation_count = operation_count;
  self->timestart = timestart ? g_date_time_ref (timestart) : NULL;

  return self;
}

/**
 * obm_batch_new_from_json:
 * @object: a Batch of the contract
 * @error: return location
 *
 * Returns: (transfer full): the batch; %NULL with %OBM_ERROR_REPLY_MALFORMED without an id and a known status
 */
ObmBatch *
obm_batch_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (GDateTime) timestart = obm_json_get_date (object, "timestart");
  ObmUpdateStatus status;
  ObmBatch *self;
  gint64 id;

  if (!obm_json_require_id (object, &id, error))
    return NULL;
  if (!obm_update_status_from_string (obm_json_get_string (object, "status"), &status))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, "status", "The status is unknown"));
      return NULL;
    }

  self = obm_batch_new (id, CLAMP (obm_json_get_int (object, "operationCount", 0), 0, G_MAXINT32), timestart);
  self->status = status;
  self->operation_done = CLAMP (obm_json_get_int (object, "operationDone", 0), 0, (gint64) self->operation_count);
  self->error = g_strdup (obm_json_get_string (object, "error"));
  self->timeend = obm_json_get_date (object, "timeend");

  return self;
}

/**
 * obm_batch_copy:
 * @self: a batch
 *
 * Returns: (transfer full): the batch as it is now
 */
ObmBatch *
obm_batch_copy (ObmBatch *self)
{
  ObmBatch *copy;

  g_return_val_if_fail (OBM_IS_BATCH (self), NULL);

  copy = obm_batch_new (self->id, self->operation_count, self->timestart);
  copy->status = self->status;
  copy->operation_done = self->operation_done;
  copy->error = g_strdup (self->error);
  copy->timeend = self->timeend ? g_date_time_ref (self->timeend) : NULL;

  return copy;
}

/**
 * obm_batch_to_json:
 * @self: a batch
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_batch_to_json (ObmBatch *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "id", self->id);
  json_object_set_string_member (object, "status", obm_update_status_to_string (self->status));
  json_object_set_int_member (object, "operationCount", self->operation_count);
  json_object_set_int_member (object, "operationDone", self->operation_done);
  obm_json_set_string (object, "error", self->error);
  obm_json_set_date (object, "timestart", self->timestart);
  obm_json_set_date (object, "timeend", self->timeend);

  return object;
}

/**
 * obm_batch_get_id:
 * @self: a batch
 *
 * Returns: its number
 */
gint64
obm_batch_get_id (ObmBatch *self)
{
  g_return_val_if_fail (OBM_IS_BATCH (self), 0);

  return self->id;
}

/**
 * obm_batch_get_status:
 * @self: a batch
 *
 * Returns: what became of it so far
 */
ObmUpdateStatus
obm_batch_get_status (ObmBatch *self)
{
  g_return_val_if_fail (OBM_IS_BATCH (self), OBM_UPDATE_STATUS_IDLE);

  return self->status;
}

/**
 * obm_batch_get_error:
 * @self: a batch
 *
 * Returns: (nullable): why it failed, and the last the update command said
 */
const char *
obm_batch_get_error (ObmBatch *self)
{
  g_return_val_if_fail (OBM_IS_BATCH (self), NULL);

  return self->error;
}

/**
 * obm_batch_set_error:
 * @self: a batch
 * @error: (nullable): why it failed, for those who may know
 */
void
obm_batch_set_error (ObmBatch *self, const char *error)
{
  g_return_if_fail (OBM_IS_BATCH (self));

  obm_set_string (&self->error, error);
}

/**
 * obm_batch_get_timeend:
 * @self: a batch
 *
 * Returns: (nullable) (transfer none): when it ended
 */
GDateTime *
obm_batch_get_timeend (ObmBatch *self)
{
  g_return_val_if_fail (OBM_IS_BATCH (self), NULL);

  return self->timeend;
}

/**
 * obm_batch_get_operation_count:
 * @self: a batch
 *
 * Returns: how many runs it takes
 */
guint
obm_batch_get_operation_count (ObmBatch *self)
{
  g_return_val_if_fail (OBM_IS_BATCH (self), 0);

  return self->operation_count;
}

/**
 * obm_batch_get_operation_done:
 * @self: a batch
 *
 * Returns: how many runs are over
 */
guint
obm_batch_get_operation_done (ObmBatch *self)
{
  g_return_val_if_fail (OBM_IS_BATCH (self), 0);

  return self->operation_done;
}

/**
 * obm_batch_operation_done:
 * @self: a batch that is running
 *
 * Counts a run that is over.
 */
void
obm_batch_operation_done (ObmBatch *self)
{
  g_return_if_fail (OBM_IS_BATCH (self) && self->operation_done < self->operation_count);

  self->operation_done++;
}

/**
 * obm_batch_end:
 * @self: a batch that is running
 * @status: what became of it
 * @timeend: when it ended
 */
void
obm_batch_end (ObmBatch *self, ObmUpdateStatus status, GDateTime *timeend)
{
  g_return_if_fail (OBM_IS_BATCH (self) && self->status == OBM_UPDATE_STATUS_RUNNING);

  self->status = status;
  self->timeend = g_date_time_ref (timeend);
}
