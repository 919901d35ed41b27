/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-export.h"

#include "obm-csv.h"

/**
 * ObmExport:
 *
 * The results of a search as a file that spreadsheets read.
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

/**
 * obm_export_new:
 * @backend: (transfer none): where the search is made, signed in to
 * @search: (transfer none): what is searched; what it is like now counts
 * @first: the first row, from 0
 * @count: how many rows, %G_MAXUINT for all that follow
 * @headings: (array zero-terminated=1): the headings of the %OBM_EXPORT_N_COLUMNS columns, in the user's
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

  self = g_object_new (OBM_TYPE_EXPORT, NULL);
  self->backend = g_object_ref (backend);
  self->search = obm_search_copy (search);
  self->first = first;
  self->count = count;
  self->headings = g_strdupv ((char **) headings);
  self->separator = separator;

  return self;
}

/**
 * obm_export_run_async:
 * @self: an export
 * @file: where the rows go
 * @cancellable: (nullable): gives up; @file stays as it was
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Writes the rows to @file.
 */
void
obm_export_run_async (ObmExport *self,
                      GFile *file,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_return_if_fail (OBM_IS_EXPORT (self));

  g_task_report_new_error (self, callback, user_data, obm_export_run_async, G_IO_ERROR,
                           G_IO_ERROR_NOT_SUPPORTED, "Not written yet");
}

/**
 * obm_export_run_finish:
 * @self: an export
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the file is there, whole
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
