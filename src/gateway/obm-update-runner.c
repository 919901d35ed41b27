/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-runner.h"

#include "obm-error.h"
#include "obm-update-command.h"
#include "obm-update-history.h"
#include "obm-update-lock.h"

/* How often giving back the lock is tried, once a second. */
#define MAX_GIVES 60

/**
 * ObmUpdateRunner:
 *
 * Applies what waits: runs the update command for one domain after the other, one batch at a time over the
 * whole installation, under OBM's own lock.
 *
 * When the gateway is asked to end, so is the command: it would be cut off from who waits for it, and a
 * service manager ends it then anyway. OBM's flag stays up, and the next run does everything again.
 */
struct _ObmUpdateRunner
{
  GObject parent_instance;

  ObmStore *store;
  GStrv command;
  guint timeout;
  ObmUpdateLock *lock;
  GCancellable *stop;
  ObmUpdateHistory *history;

  GMutex mutex;
  /* From before the lock is taken until after it is given back. */
  gboolean running;
  GThread *thread;
  /* What the thread applies. */
  GPtrArray *domains;
};

G_DEFINE_FINAL_TYPE (ObmUpdateRunner, obm_update_runner, G_TYPE_OBJECT)

static void
obm_update_runner_finalize (GObject *object)
{
  ObmUpdateRunner *self = OBM_UPDATE_RUNNER (object);

  obm_update_runner_stop (self);
  g_clear_object (&self->store);
  g_strfreev (self->command);
  g_clear_object (&self->lock);
  g_clear_object (&self->stop);
  obm_update_history_free (self->history);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (obm_update_runner_parent_class)->finalize (object);
}

static void
obm_update_runner_class_init (ObmUpdateRunnerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_update_runner_finalize;
}

static void
obm_update_runner_init (ObmUpdateRunner *self)
{
  self->stop = g_cancellable_new ();
  g_mutex_init (&self->mutex);
  self->history = obm_update_history_new ();
}

/**
 * obm_update_runner_new:
 * @store: the store
 * @command: (array zero-terminated=1): the words of the update command
 * @timeout: how long it may take for a domain, in seconds
 * @lock_path: the file that tells that the lock is ours
 *
 * Gives back the lock if a gateway that was killed has left it. Blocks.
 *
 * Returns: (transfer full): a new runner
 */
ObmUpdateRunner *
obm_update_runner_new (ObmStore *store, const char * const *command, guint timeout, const char *lock_path)
{
  ObmUpdateRunner *self = g_object_new (OBM_TYPE_UPDATE_RUNNER, NULL);

  self->store = g_object_ref (store);
  self->command = g_strdupv ((char **) command);
  self->timeout = timeout;
  self->lock = obm_update_lock_new (store, lock_path);
  obm_update_lock_recover (self->lock, NULL);

  return self;
}

static void
on_spawned (GPid pid, gpointer lock)
{
  obm_update_lock_note (lock, pid);
}

/* Runs the command for one domain. Returns why it failed, or NULL. */
static char *
apply (ObmUpdateRunner *self, ObmDomain *domain)
{
  g_auto (GStrv) arguments = obm_store_get_update_arguments (self->store, domain);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  gint64 begin = g_get_monotonic_time ();
  char *failure = NULL;
  gboolean done;

  g_strv_builder_addv (builder, (const char **) self->command);
  g_strv_builder_addv (builder, (const char **) arguments);
  argv = g_strv_builder_end (builder);

  done = obm_update_command_run ((const char * const *) argv, self->timeout, self->stop, on_spawned,
                                 self->lock, &failure);
  /* What the command wrote is for those who may apply, not for the log. */
  g_message ("Update of domain %s %s after %.1f s", obm_domain_get_id (domain), done ? "succeeded" : "failed",
             (g_get_monotonic_time () - begin) / 1e6);

  return failure;
}

/* Without the lock nobody can apply anything: a database that is away for a while must not keep it. */
static void
give_lock (ObmUpdateRunner *self)
{
  for (guint i = 0; i < MAX_GIVES; i++)
    {
      if (obm_update_lock_give (self->lock, NULL))
        return;
      if (g_cancellable_is_cancelled (self->stop))
        break;
      g_usleep (G_USEC_PER_SEC);
    }
  g_message ("Update: the lock cannot be given back now");
  obm_update_lock_abandon (self->lock);
}

/* A thread of its own. */
static gpointer
work (gpointer data)
{
  ObmUpdateRunner *self = data;

  for (guint i = 0; i < self->domains->len && !g_cancellable_is_cancelled (self->stop); i++)
    {
      g_autofree char *failure = apply (self, g_ptr_array_index (self->domains, i));

      obm_update_history_note (self->history, failure);
    }
  give_lock (self);

  /* Who sees that the batch is over can start the next one. */
  g_mutex_lock (&self->mutex);
  obm_update_history_end (self->history);
  self->running = FALSE;
  g_mutex_unlock (&self->mutex);

  return NULL;
}

static gboolean
reserve (ObmUpdateRunner *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  gboolean is_free = !self->running && !g_cancellable_is_cancelled (self->stop);

  if (is_free)
    self->running = TRUE;

  return is_free;
}

static gboolean
fail_running (GError **error)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_UPDATE_RUNNING, NULL,
                                           "The system is already being configured"));

  return FALSE;
}

static gboolean
take_lock (ObmUpdateRunner *self, GError **error)
{
  gboolean taken;

  return obm_update_lock_take (self->lock, &taken, error) && (taken || fail_running (error));
}

/* What a batch for @domain is to apply. */
static GPtrArray *
find_domains (ObmUpdateRunner *self, ObmDomain *domain, GError **error)
{
  GPtrArray *domains;

  if (obm_domain_get_global (domain))
    return obm_store_list_pending_domains (self->store, error);

  domains = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (domains, g_object_ref (domain));

  return domains;
}

/* Begins a batch. */
static ObmBatch *
begin (ObmUpdateRunner *self, ObmDomain *owner, GPtrArray *domains)
{
  ObmBatch *batch = obm_update_history_begin (self->history, owner, domains);

  /* The one before is over: it has released us. */
  g_clear_pointer (&self->thread, g_thread_join);
  g_clear_pointer (&self->domains, g_ptr_array_unref);
  self->domains = g_ptr_array_ref (domains);
  self->thread = g_thread_new ("update", work, self);

  return batch;
}

/**
 * obm_update_runner_start:
 * @self: a runner
 * @domain: what to apply; the global domain stands for every one where something waits
 * @account: who wants it
 * @error: return location
 *
 * Starts a batch. Blocks until the lock is taken, not until the batch ends.
 *
 * Returns: (transfer full): the batch as it is now; %NULL with %OBM_ERROR_UPDATE_RUNNING while another one
 *   runs, with %OBM_ERROR_DATABASE_UNAVAILABLE or %OBM_ERROR_INTERNAL
 */
ObmBatch *
obm_update_runner_start (ObmUpdateRunner *self, ObmDomain *domain, ObmAccount *account, GError **error)
{
  g_autoptr (GPtrArray) domains = NULL;
  g_autofree char *user = NULL;
  gboolean locked;
  ObmBatch *batch;

  g_return_val_if_fail (OBM_IS_UPDATE_RUNNER (self), NULL);

  if (!reserve (self))
    {
      fail_running (error);
      return NULL;
    }

  locked = take_lock (self, error);
  if (locked)
    domains = find_domains (self, domain, error);
  if (domains == NULL)
    {
      if (locked)
        give_lock (self);
      g_mutex_lock (&self->mutex);
      self->running = FALSE;
      g_mutex_unlock (&self->mutex);
      return NULL;
    }

  batch = begin (self, domain, domains);
  user = obm_account_describe (account);
  g_message ("Update batch %" G_GINT64_FORMAT " for %u domains started by %s", obm_batch_get_id (batch),
             obm_batch_get_operation_count (batch), user);

  return batch;
}

/**
 * obm_update_runner_find:
 * @self: a runner
 * @domain: where to look
 * @id: the number of a batch
 *
 * Returns: (transfer full) (nullable): the batch as it is now; %NULL when there is none that belongs there
 */
ObmBatch *
obm_update_runner_find (ObmUpdateRunner *self, ObmDomain *domain, gint64 id)
{
  g_return_val_if_fail (OBM_IS_UPDATE_RUNNER (self), NULL);

  return obm_update_history_find (self->history, domain, id);
}

/**
 * obm_update_runner_get_last:
 * @self: a runner
 * @domain: where to look
 * @batch: (out) (nullable) (transfer full): the last batch, if it belongs there
 *
 * Looks first whether a lock was left that can be given back now. Blocks.
 *
 * Returns: what the last batch that concerned @domain did; %OBM_UPDATE_STATUS_RUNNING while any batch runs
 */
ObmUpdateStatus
obm_update_runner_get_last (ObmUpdateRunner *self, ObmDomain *domain, ObmBatch **batch)
{
  g_return_val_if_fail (OBM_IS_UPDATE_RUNNER (self), OBM_UPDATE_STATUS_IDLE);

  obm_update_lock_recover (self->lock, NULL);

  return obm_update_history_get_last (self->history, domain, batch);
}

/**
 * obm_update_runner_stop:
 * @self: a runner
 *
 * Starts nothing any more, ends the command that runs, and waits until it has ended.
 */
void
obm_update_runner_stop (ObmUpdateRunner *self)
{
  g_return_if_fail (OBM_IS_UPDATE_RUNNER (self));

  g_mutex_lock (&self->mutex);
  if (self->running)
    g_message ("Update: the command that runs is ended");
  g_mutex_unlock (&self->mutex);
  g_cancellable_cancel (self->stop);
  g_clear_pointer (&self->thread, g_thread_join);
}
