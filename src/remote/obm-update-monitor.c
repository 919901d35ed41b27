/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-monitor.h"

#include "obm-error.h"
#include "obm-string.h"

/**
 * ObmUpdateMonitor:
 *
 * The post-it: what is saved but not applied yet, and the run of the update command that applies it. It
 * reads when it is told to, and on its own while a run is in progress.
 */

struct _ObmUpdateMonitor
{
  GObject parent_instance;

  ObmBackend *backend;
  guint interval;

  ObmUpdateState *state;
  GError *error;
  gboolean reading;
  gboolean read_again;
  guint n_failures;
  guint timer_id;

  ObmUpdateRun run;
  /* what was notified last */
  gboolean running;
  ObmUpdateResult result;
  char *result_text;
};

G_DEFINE_FINAL_TYPE (ObmUpdateMonitor, obm_update_monitor, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_ERROR,
  PROP_RUNNING,
  PROP_RESULT,
  PROP_RESULT_TEXT,
  PROP_INTERVAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

#define DEFAULT_INTERVAL_MS 2000
/* A backend that is away is asked less and less often, at most this many doublings. */
#define MAX_DOUBLINGS 4

static void
obm_update_monitor_dispose (GObject *object)
{
  ObmUpdateMonitor *self = OBM_UPDATE_MONITOR (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  g_clear_object (&self->backend);

  G_OBJECT_CLASS (obm_update_monitor_parent_class)->dispose (object);
}

static void
obm_update_monitor_finalize (GObject *object)
{
  ObmUpdateMonitor *self = OBM_UPDATE_MONITOR (object);

  g_clear_object (&self->state);
  g_clear_error (&self->error);
  obm_update_run_clear (&self->run);
  g_free (self->result_text);

  G_OBJECT_CLASS (obm_update_monitor_parent_class)->finalize (object);
}

static void
obm_update_monitor_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmUpdateMonitor *self = OBM_UPDATE_MONITOR (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_object (value, self->state);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    case PROP_RUNNING:
      g_value_set_boolean (value, self->running);
      break;
    case PROP_RESULT:
      g_value_set_enum (value, self->result);
      break;
    case PROP_RESULT_TEXT:
      g_value_set_string (value, self->result_text);
      break;
    case PROP_INTERVAL:
      g_value_set_uint (value, self->interval);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_update_monitor_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmUpdateMonitor *self = OBM_UPDATE_MONITOR (object);

  switch (prop_id)
    {
    case PROP_INTERVAL:
      if (self->interval != g_value_get_uint (value))
        {
          self->interval = g_value_get_uint (value);
          g_object_notify_by_pspec (object, pspec);
        }
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_update_monitor_class_init (ObmUpdateMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = obm_update_monitor_dispose;
  object_class->finalize = obm_update_monitor_finalize;
  object_class->get_property = obm_update_monitor_get_property;
  object_class->set_property = obm_update_monitor_set_property;

  properties[PROP_STATE] = g_param_spec_object ("state", NULL, NULL, OBM_TYPE_UPDATE_STATE, flags);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, flags);
  properties[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  properties[PROP_RESULT] = g_param_spec_enum ("result", NULL, NULL, OBM_TYPE_UPDATE_RESULT,
                                               OBM_UPDATE_RESULT_NONE, flags);
  properties[PROP_RESULT_TEXT] = g_param_spec_string ("result-text", NULL, NULL, NULL, flags);
  /* How often a run is looked at, in milliseconds. */
  properties[PROP_INTERVAL] = g_param_spec_uint ("interval", NULL, NULL, 1, 60 * 60 * 1000,
                                                 DEFAULT_INTERVAL_MS,
                                                 G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_update_monitor_init (ObmUpdateMonitor *self)
{
  self->interval = DEFAULT_INTERVAL_MS;
}

/* A request does not keep the monitor alive: nobody may be there to see the answer. */
static GWeakRef *
ref_weakly (ObmUpdateMonitor *self)
{
  GWeakRef *ref = g_new0 (GWeakRef, 1);

  g_weak_ref_init (ref, self);

  return ref;
}

/* The monitor, if it still wants an answer. */
static ObmUpdateMonitor *
unref_weakly (gpointer ref)
{
  g_autoptr (ObmUpdateMonitor) self = g_weak_ref_get (ref);

  g_weak_ref_clear (ref);
  g_free (ref);

  return self != NULL && self->backend != NULL ? g_steal_pointer (&self) : NULL;
}

static void
set_state (ObmUpdateMonitor *self, ObmUpdateState *state)
{
  if (g_set_object (&self->state, state))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
set_error (ObmUpdateMonitor *self, const GError *error)
{
  self->n_failures = error ? self->n_failures + 1 : 0;
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static gboolean
is_running (ObmUpdateMonitor *self)
{
  return self->run.phase != OBM_UPDATE_PHASE_NONE ||
         (self->state != NULL && obm_update_state_get_status (self->state) == OBM_UPDATE_STATUS_RUNNING);
}

/* Tells of whatever changed. */
static void
notify_run (ObmUpdateMonitor *self)
{
  GObject *object = G_OBJECT (self);
  gboolean running = is_running (self);

  if (obm_set_string (&self->result_text, self->run.text))
    g_object_notify_by_pspec (object, properties[PROP_RESULT_TEXT]);
  if (self->result != self->run.result)
    {
      self->result = self->run.result;
      g_object_notify_by_pspec (object, properties[PROP_RESULT]);
    }
  if (self->running != running)
    {
      self->running = running;
      g_object_notify_by_pspec (object, properties[PROP_RUNNING]);
    }
}

static gboolean
timer_cb (gpointer user_data)
{
  ObmUpdateMonitor *self = user_data;

  self->timer_id = 0;
  obm_update_monitor_refresh (self);

  return G_SOURCE_REMOVE;
}

/* Looks again in a while, if there is anything to wait for. */
static void
schedule (ObmUpdateMonitor *self)
{
  guint64 delay = (guint64) self->interval << MIN (self->n_failures, MAX_DOUBLINGS);

  /* The answer to the wish for a run is such a thing, and comes by itself. */
  if (!self->running || self->run.phase == OBM_UPDATE_PHASE_SENDING)
    return;
  /* Asked again and again, a password that is wrong by now locks its owner out. */
  if (g_error_matches (self->error, OBM_ERROR, OBM_ERROR_CREDENTIALS_INVALID))
    return;
  if (self->error != NULL)
    delay = MAX (delay, obm_error_get_retry_after (self->error) * G_GUINT64_CONSTANT (1000));

  self->timer_id = g_timeout_add (MIN (delay, G_MAXUINT), timer_cb, self);
}

/* The end of every reading: the next one is on its way if one is due. */
static void
end_reading (ObmUpdateMonitor *self)
{
  GObject *object = G_OBJECT (self);

  notify_run (self);
  self->reading = FALSE;
  if (self->read_again)
    obm_update_monitor_refresh (self);
  else
    schedule (self);
  g_object_thaw_notify (object);
}

static void
got_batch_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmUpdateMonitor) self = unref_weakly (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmBatch) batch = obm_backend_get_batch_finish (OBM_BACKEND (source), result, &error);

  if (self == NULL)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  obm_update_run_asked (&self->run, batch, error);
  if (self->run.phase == OBM_UPDATE_PHASE_NONE)
    {
      /* The state was read before the run was over. */
      set_error (self, NULL);
      self->read_again = TRUE;
    }
  else
    set_error (self, error);
  end_reading (self);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmUpdateMonitor) self = unref_weakly (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmBatch) batch = obm_backend_commit_update_finish (OBM_BACKEND (source), result, &error);

  if (self == NULL)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  obm_update_run_sent (&self->run, batch, error);
  notify_run (self);
  obm_update_monitor_refresh (self);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
got_state_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmUpdateMonitor) self = unref_weakly (user_data);
  ObmBackend *backend = OBM_BACKEND (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmUpdateState) state = obm_backend_get_update_state_finish (backend, result, &error);
  ObmUpdateNext next = OBM_UPDATE_NEXT_NOTHING;

  if (self == NULL)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  if (state != NULL)
    set_state (self, state);
  /* If something happened since this one was asked for, the next one counts. */
  if (!self->read_again)
    next = obm_update_run_read (&self->run, state, error);

  if (next == OBM_UPDATE_NEXT_ASK)
    {
      obm_backend_get_batch_async (backend, self->run.batch_id, NULL, got_batch_cb, ref_weakly (self));
      g_object_thaw_notify (G_OBJECT (self));
      return;
    }
  set_error (self, error);
  if (next == OBM_UPDATE_NEXT_SEND)
    obm_backend_commit_update_async (backend, NULL, sent_cb, ref_weakly (self));
  end_reading (self);
}

/**
 * obm_update_monitor_new:
 * @backend: (transfer none): what is looked at, signed in to
 *
 * Returns: (transfer full): a monitor that read nothing yet
 */
ObmUpdateMonitor *
obm_update_monitor_new (ObmBackend *backend)
{
  ObmUpdateMonitor *self;

  g_return_val_if_fail (OBM_IS_BACKEND (backend), NULL);

  self = g_object_new (OBM_TYPE_UPDATE_MONITOR, NULL);
  self->backend = g_object_ref (backend);

  return self;
}

/**
 * obm_update_monitor_refresh:
 * @self: a monitor
 *
 * Reads the state. While that is under way already, it is read once more afterwards, however often it is
 * asked for.
 */
void
obm_update_monitor_refresh (ObmUpdateMonitor *self)
{
  g_return_if_fail (OBM_IS_UPDATE_MONITOR (self));

  self->read_again = self->reading;
  if (self->reading || self->backend == NULL)
    return;

  g_clear_handle_id (&self->timer_id, g_source_remove);
  self->reading = TRUE;
  obm_backend_get_update_state_async (self->backend, NULL, got_state_cb, ref_weakly (self));
}

/**
 * obm_update_monitor_commit:
 * @self: a monitor
 *
 * Starts the update command and follows it to its end; #ObmUpdateMonitor:result tells what became of it.
 * Does nothing while one started from here is not over.
 */
void
obm_update_monitor_commit (ObmUpdateMonitor *self)
{
  GObject *object = G_OBJECT (self);

  g_return_if_fail (OBM_IS_UPDATE_MONITOR (self));

  if (self->run.phase != OBM_UPDATE_PHASE_NONE || self->backend == NULL)
    return;

  g_object_freeze_notify (object);
  obm_update_run_begin (&self->run);
  notify_run (self);
  g_object_thaw_notify (object);

  obm_update_monitor_refresh (self);
}

/**
 * obm_update_monitor_acknowledge:
 * @self: a monitor
 *
 * Forgets the result of the last run started from here.
 */
void
obm_update_monitor_acknowledge (ObmUpdateMonitor *self)
{
  GObject *object = G_OBJECT (self);

  g_return_if_fail (OBM_IS_UPDATE_MONITOR (self));

  if (self->run.phase != OBM_UPDATE_PHASE_NONE)
    return;

  g_object_freeze_notify (object);
  obm_update_run_clear (&self->run);
  notify_run (self);
  g_object_thaw_notify (object);
}

/**
 * obm_update_monitor_get_state:
 * @self: a monitor
 *
 * Returns: (nullable) (transfer none): what was read last
 */
ObmUpdateState *
obm_update_monitor_get_state (ObmUpdateMonitor *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_MONITOR (self), NULL);

  return self->state;
}

/**
 * obm_update_monitor_get_error:
 * @self: a monitor
 *
 * Returns: (nullable) (transfer none): why the last reading failed; the state is then older
 */
const GError *
obm_update_monitor_get_error (ObmUpdateMonitor *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_MONITOR (self), NULL);

  return self->error;
}

/**
 * obm_update_monitor_get_running:
 * @self: a monitor
 *
 * Returns: whether a run is in progress, whoever started it, or one was asked for
 */
gboolean
obm_update_monitor_get_running (ObmUpdateMonitor *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_MONITOR (self), FALSE);

  return self->running;
}

/**
 * obm_update_monitor_get_result:
 * @self: a monitor
 *
 * Returns: what became of the run started from here
 */
ObmUpdateResult
obm_update_monitor_get_result (ObmUpdateMonitor *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_MONITOR (self), OBM_UPDATE_RESULT_NONE);

  return self->result;
}

/**
 * obm_update_monitor_get_result_text:
 * @self: a monitor
 *
 * Returns: (nullable): the details of the result, for people: what the update command wrote, or an error's
 *   message
 */
const char *
obm_update_monitor_get_result_text (ObmUpdateMonitor *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_MONITOR (self), NULL);

  return self->result_text;
}

/**
 * obm_update_monitor_get_result_error:
 * @self: a monitor
 *
 * Returns: (nullable) (transfer none): the error behind the result, if that is what it comes from; it
 *   changes with the result, before that notifies
 */
const GError *
obm_update_monitor_get_result_error (ObmUpdateMonitor *self)
{
  g_return_val_if_fail (OBM_IS_UPDATE_MONITOR (self), NULL);

  return self->run.error;
}
