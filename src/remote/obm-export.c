/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-export.h"

#include "obm-error.h"
#include "obm-replacement.h"
#include "obm-sheet.h"

/**
 * ObmExport:
 *
 * The results of a search as a file that spreadsheets read. They are asked for page by page; what others
 * change meanwhile may move rows from one page to another, so each is written once at most, by its id.
 */
struct _ObmExport
{
  GObject parent_instance;

  ObmBackend *backend;
  ObmSearch *search;
  guint first;
  guint count;
  char **headings;
  char separator;

  gboolean running;
  double progress;
  guint rows;
};

G_DEFINE_FINAL_TYPE (ObmExport, obm_export, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_PROGRESS,
  PROP_ROWS,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* A backend that is restarted, or a network that changes, is given this long, once for each page. */
#define RETRY_DELAY_MS 1000

/* From the wish for a file to the file, or to an error. */
typedef struct {
  GFile *file;
  ObmReplacement *replacement;
  ObmSheet *sheet;
  gboolean retried;
  GError *error;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->file);
  g_clear_pointer (&run->replacement, obm_replacement_free);
  obm_sheet_free (run->sheet);
  g_clear_error (&run->error);
  g_free (run);
}

static void
obm_export_finalize (GObject *object)
{
  ObmExport *self = OBM_EXPORT (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->search);
  g_strfreev (self->headings);

  G_OBJECT_CLASS (obm_export_parent_class)->finalize (object);
}

static void
obm_export_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmExport *self = OBM_EXPORT (object);

  switch (prop_id)
    {
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_ROWS:
      g_value_set_uint (value, self->rows);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_export_class_init (ObmExportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = obm_export_finalize;
  object_class->get_property = obm_export_get_property;

  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, 0, 1, 0,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ROWS] = g_param_spec_uint ("rows", NULL, NULL, 0, G_MAXUINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_export_init (ObmExport *self)
{
}

static void
set_progress (ObmExport *self, guint rows, double progress)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (self->rows != rows)
    {
      self->rows = rows;
      g_object_notify_by_pspec (object, properties[PROP_ROWS]);
    }
  if (self->progress < progress || self->progress > progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (object, properties[PROP_PROGRESS]);
    }
  g_object_thaw_notify (object);
}

/* Does a step of @task that blocks. It is never left half-way: when it is over, what it did is known. */
static void
run_step (GTask *task, GTaskThreadFunc step, GAsyncReadyCallback done_cb)
{
  g_autoptr (GTask) stepping = g_task_new (NULL, g_task_get_cancellable (task), done_cb, g_object_ref (task));

  g_task_set_source_tag (stepping, run_step);
  g_task_set_check_cancellable (stepping, FALSE);
  g_task_set_task_data (stepping, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (stepping, step);
}

static void
end_step (GTask *stepping, gboolean done, GError *error)
{
  if (done)
    g_task_return_boolean (stepping, TRUE);
  else
    g_task_return_error (stepping, error);
}

static void
open_in_thread (GTask *stepping, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  GError *error = NULL;

  run->replacement = obm_replacement_new (run->file, cancellable, &error);
  end_step (stepping, run->replacement != NULL, error);
}

static void
write_in_thread (GTask *stepping, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  const GString *text = obm_sheet_get_text (run->sheet);
  GError *error = NULL;
  gboolean done = obm_replacement_write (run->replacement, text->str, text->len, cancellable, &error);

  end_step (stepping, done, error);
}

static void
commit_in_thread (GTask *stepping, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;
  GError *error = NULL;
  gboolean done = obm_replacement_commit (run->replacement, &error);

  end_step (stepping, done, error);
}

static void
discard_in_thread (GTask *stepping, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Run *run = task_data;

  g_clear_pointer (&run->replacement, obm_replacement_free);
  g_task_return_boolean (stepping, TRUE);
}

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ObmExport *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  self->running = FALSE;
  g_task_return_error (task, g_steal_pointer (&run->error));
}

/* The end of a run that failed, or was given up: the caller hears of it when nothing is left behind. */
static void
fail (GTask *task, GError *error)
{
  Run *run = g_task_get_task_data (task);

  run->error = error;
  run_step (task, discard_in_thread, discarded_cb);
}

static void
committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ObmExport *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  self->running = FALSE;
  g_task_return_boolean (task, TRUE);
}

static void ask (GTask *task);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    set_progress (g_task_get_source_object (task), obm_sheet_get_n_rows (run->sheet),
                  obm_sheet_get_progress (run->sheet));
  /* The last moment to give it up. */
  if (error != NULL || g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  if (obm_sheet_get_page (run->sheet) == 0)
    run_step (task, commit_in_thread, committed_cb);
  else
    ask (task);
}

static gboolean
ask_again_cb (gpointer user_data)
{
  ask (user_data);

  return G_SOURCE_REMOVE;
}

/* Asking again changes nothing, and may help. */
static gboolean
is_worth_a_retry (const GError *error)
{
  return g_error_matches (error, OBM_ERROR, OBM_ERROR_UNREACHABLE) ||
         g_error_matches (error, OBM_ERROR, OBM_ERROR_TIMEOUT) ||
         g_error_matches (error, OBM_ERROR, OBM_ERROR_REPLY_MALFORMED) ||
         g_error_matches (error, OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE);
}

static void
got_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmPage) page = obm_backend_search_finish (OBM_BACKEND (source), result, &error);

  if (page != NULL && obm_sheet_take_page (run->sheet, page, &error))
    {
      run->retried = FALSE;
      run_step (task, write_in_thread, written_cb);
    }
  else if (!run->retried && is_worth_a_retry (error))
    {
      g_autoptr (GSource) delay = g_timeout_source_new (RETRY_DELAY_MS);

      run->retried = TRUE;
      g_task_attach_source (task, delay, ask_again_cb);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static void
ask (GTask *task)
{
  ObmExport *self = g_task_get_source_object (task);
  Run *run = g_task_get_task_data (task);

  obm_backend_search_async (self->backend, self->search, obm_sheet_get_page (run->sheet),
                            obm_sheet_get_page_rows (run->sheet), g_task_get_cancellable (task), got_page_cb,
                            g_object_ref (task));
}

static void
wrote_headings_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    ask (task);
  else
    fail (task, g_steal_pointer (&error));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    run_step (task, write_in_thread, wrote_headings_cb);
  else
    fail (task, g_steal_pointer (&error));
}

/**
 * obm_export_new:
 * @backend: (transfer none): where the search is made, signed in to
 * @search: (transfer none): a search for mail servers; what it is like now counts
 * @first: the first row, from 0
 * @count: how many rows, %G_MAXUINT for all that follow
 * @headings: (array zero-terminated=1): the headings of the %OBM_SHEET_N_COLUMNS columns, in the user's
 *   language
 * @separator: what stands between two cells, see obm_csv_default_separator()
 *
 * Returns: (transfer full): an export that was not run yet
 */
ObmExport *
obm_export_new (ObmBackend *backend,
                ObmSearch *search,
                guint first,
                guint count,
                const char * const *headings,
                char separator)
{
  ObmExport *self;

  g_return_val_if_fail (OBM_IS_BACKEND (backend), NULL);
  g_return_val_if_fail (OBM_IS_SEARCH (search), NULL);
  g_return_val_if_fail (obm_search_get_kind (search) == OBM_SEARCH_MAIL_SERVERS, NULL);

  self = g_object_new (OBM_TYPE_EXPORT, NULL);
  self->backend = g_object_ref (backend);
  self->search = obm_search_copy (search);
  self->first = first;
  self->count = count;
  self->headings = g_strdupv ((char **) headings);
  self->separator = separator;

  return self;
}

static Run *
run_new (ObmExport *self, GFile *file)
{
  Run *run = g_new0 (Run, 1);

  run->file = g_object_ref (file);
  run->sheet = obm_sheet_new (self->first, self->count, (const char * const *) self->headings,
                              self->separator);

  return run;
}

/**
 * obm_export_run_async:
 * @self: an export
 * @file: (transfer none): where the rows go
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done, and everything is tidied up
 * @user_data: for @callback
 *
 * Writes the rows, one page of the backend's in memory at a time. @file is replaced at the end and at once;
 * until then, and when it fails or is given up, it stays as it was.
 */
void
obm_export_run_async (ObmExport *self,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (OBM_IS_EXPORT (self));
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, obm_export_run_async);
  /* Once the file is in place, it is too late to say that it is not. */
  g_task_set_check_cancellable (task, FALSE);
  if (self->running)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "It is running already");
      return;
    }

  self->running = TRUE;
  set_progress (self, 0, 0);
  g_task_set_task_data (task, run_new (self, file), (GDestroyNotify) run_free);
  run_step (task, open_in_thread, opened_cb);
}

/**
 * obm_export_run_finish:
 * @self: an export
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the file is there, whole; %FALSE with an error of the domain %OBM_ERROR when the backend
 *   failed, %G_IO_ERROR when the file did, or %G_IO_ERROR_CANCELLED
 */
gboolean
obm_export_run_finish (ObmExport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * obm_export_get_progress:
 * @self: an export
 *
 * Returns: how far it is, from 0 to 1
 */
double
obm_export_get_progress (ObmExport *self)
{
  g_return_val_if_fail (OBM_IS_EXPORT (self), 0);

  return self->progress;
}

/**
 * obm_export_get_rows:
 * @self: an export
 *
 * Returns: how many rows are written
 */
guint
obm_export_get_rows (ObmExport *self)
{
  g_return_val_if_fail (OBM_IS_EXPORT (self), 0);

  return self->rows;
}
