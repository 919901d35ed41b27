/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-history.h"

/* How many batches are remembered. */
#define MAX_BATCHES 256

struct _ObmUpdateHistory
{
  GMutex mutex;
  /* Of #Entry, the last one first. */
  GQueue entries;
  gint64 last_id;
};

/* A batch, what it applies, and the domain it was asked for: only there it can be seen. */
typedef struct {
  ObmBatch *batch;
  ObmDomain *owner;
  GPtrArray *domains;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_object_unref (entry->batch);
  g_object_unref (entry->owner);
  g_ptr_array_unref (entry->domains);
  g_free (entry);
}

/**
 * obm_update_history_new:
 *
 * Returns: (transfer full): a history without batches
 */
ObmUpdateHistory *
obm_update_history_new (void)
{
  ObmUpdateHistory *self = g_new0 (ObmUpdateHistory, 1);

  g_mutex_init (&self->mutex);
  g_queue_init (&self->entries);

  return self;
}

/**
 * obm_update_history_free:
 * @self: a history
 */
void
obm_update_history_free (ObmUpdateHistory *self)
{
  g_queue_clear_full (&self->entries, entry_free);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * obm_update_history_begin:
 * @self: a history
 * @owner: the domain a batch was asked for
 * @domains: (element-type ObmDomain): what it applies
 *
 * Adds a batch that runs. It is numbered by the time, in ms, so that no number returns after a restart.
 *
 * Returns: (transfer full): the batch as it is now
 */
ObmBatch *
obm_update_history_begin (ObmUpdateHistory *self, ObmDomain *owner, GPtrArray *domains)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  Entry *entry = g_new0 (Entry, 1);

  self->last_id = MAX (self->last_id + 1, g_get_real_time () / 1000);
  entry->batch = obm_batch_new (self->last_id, domains->len, now);
  entry->owner = g_object_ref (owner);
  entry->domains = g_ptr_array_ref (domains);
  g_queue_push_head (&self->entries, entry);
  if (g_queue_get_length (&self->entries) > MAX_BATCHES)
    entry_free (g_queue_pop_tail (&self->entries));

  return obm_batch_copy (entry->batch);
}

/**
 * obm_update_history_note:
 * @self: a history whose last batch runs
 * @failure: (nullable): what went wrong, %NULL for nothing
 *
 * Counts an operation that is over. The first failure is the batch's; of several domains it says which
 * one it is.
 */
void
obm_update_history_note (ObmUpdateHistory *self, const char *failure)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  const Entry *entry = g_queue_peek_head (&self->entries);
  guint index = obm_batch_get_operation_done (entry->batch);
  const char *name = obm_domain_get_name (g_ptr_array_index (entry->domains, index));
  g_autofree char *named = NULL;

  obm_batch_operation_done (entry->batch);
  if (failure == NULL || obm_batch_get_error (entry->batch) != NULL)
    return;

  if (entry->domains->len > 1)
    named = g_strconcat (name, ": ", failure, NULL);
  obm_batch_set_error (entry->batch, named ? named : failure);
}

/**
 * obm_update_history_end:
 * @self: a history whose last batch runs
 *
 * Ends it: it succeeded if all of it is done and nothing was noted.
 */
void
obm_update_history_end (ObmUpdateHistory *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  ObmBatch *batch = ((const Entry *) g_queue_peek_head (&self->entries))->batch;
  gboolean done = obm_batch_get_operation_done (batch) == obm_batch_get_operation_count (batch) &&
                  obm_batch_get_error (batch) == NULL;

  obm_batch_end (batch, done ? OBM_UPDATE_STATUS_SUCCESS : OBM_UPDATE_STATUS_ERROR, now);
}

static gboolean
is_visible (const Entry *entry, ObmDomain *domain)
{
  return obm_domain_get_global (domain) ||
         g_str_equal (obm_domain_get_id (entry->owner), obm_domain_get_id (domain));
}

/* Whether a batch is about @domain, if perhaps among others. */
static gboolean
concerns (const Entry *entry, ObmDomain *domain)
{
  if (is_visible (entry, domain))
    return TRUE;

  for (guint i = 0; i < entry->domains->len; i++)
    if (g_str_equal (obm_domain_get_id (g_ptr_array_index (entry->domains, i)), obm_domain_get_id (domain)))
      return TRUE;

  return FALSE;
}

/**
 * obm_update_history_find:
 * @self: a history
 * @domain: where to look
 * @id: the number of a batch
 *
 * Returns: (transfer full) (nullable): the batch as it is now; %NULL when there is none that belongs there
 */
ObmBatch *
obm_update_history_find (ObmUpdateHistory *self, ObmDomain *domain, gint64 id)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      const Entry *entry = l->data;

      if (obm_batch_get_id (entry->batch) == id)
        return is_visible (entry, domain) ? obm_batch_copy (entry->batch) : NULL;
    }

  return NULL;
}

/**
 * obm_update_history_get_last:
 * @self: a history
 * @domain: where to look
 * @batch: (out) (nullable) (transfer full): the last batch that concerns @domain, if it belongs there
 *
 * Returns: what that batch did; %OBM_UPDATE_STATUS_RUNNING while any batch runs
 */
ObmUpdateStatus
obm_update_history_get_last (ObmUpdateHistory *self, ObmDomain *domain, ObmBatch **batch)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  *batch = NULL;
  for (GList *l = self->entries.head; l != NULL; l = l->next)
    {
      const Entry *entry = l->data;
      ObmUpdateStatus status = obm_batch_get_status (entry->batch);

      if (!concerns (entry, domain) && status != OBM_UPDATE_STATUS_RUNNING)
        continue;
      if (is_visible (entry, domain))
        *batch = obm_batch_copy (entry->batch);
      return status;
    }

  return OBM_UPDATE_STATUS_IDLE;
}
