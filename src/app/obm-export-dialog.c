/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-export-dialog.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-error.h"
#include "obm-notice.h"

/**
 * ObmExportDialog:
 *
 * Watches an export: how far it is, and what became of it. Closing it while it runs gives it up, and the file stays
 * as it was.
 */
struct _ObmExportDialog
{
  GtkWindow parent_instance;

  GtkButton *close_button;
  ObmNotice *notice;
  GtkLabel *status_label;
  GtkProgressBar *progress_bar;

  ObmExport *export;
  GFile *file;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (ObmExportDialog, obm_export_dialog, GTK_TYPE_WINDOW)

static char *
count_rows (ObmExportDialog *self)
{
  guint rows = obm_export_get_rows (self->export);
  g_autofree char *number = g_strdup_printf ("%'u", rows);

  return g_strdup_printf (ngettext ("%s mail server exported.", "%s mail servers exported.", rows), number);
}

static void
on_progress_cb (ObmExportDialog *self)
{
  g_autofree char *text = count_rows (self);

  gtk_progress_bar_set_fraction (self->progress_bar, obm_export_get_progress (self->export));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress_bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text, -1);
  gtk_label_set_label (self->status_label, text);
}

static void
on_exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean exported = obm_export_run_finish (OBM_EXPORT (source), result, &error);
  g_autofree char *text = NULL;

  /* Given up: the dialog is gone. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  obm_compat_set_label (self->close_button, _("_Close"));
  if (exported)
    {
      g_autofree char *name = g_file_get_basename (self->file);
      g_autofree char *rows = count_rows (self);

      gtk_progress_bar_set_fraction (self->progress_bar, 1);
      text = g_strdup_printf ("%s\n%s", rows, name);
      gtk_label_set_label (self->status_label, text);
      obm_compat_announce (GTK_WIDGET (self), rows);
      return;
    }

  text = error->domain == OBM_ERROR ? obm_error_text (error) : g_strdup (error->message);
  gtk_label_set_label (self->status_label, _("Nothing was written; a file that was there is as it was."));
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), FALSE);
  obm_notice_show (self->notice, text, NULL, NULL);
}

static void
obm_export_dialog_dispose (GObject *object)
{
  ObmExportDialog *self = OBM_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_EXPORT_DIALOG);

  G_OBJECT_CLASS (obm_export_dialog_parent_class)->dispose (object);
}

static void
obm_export_dialog_finalize (GObject *object)
{
  ObmExportDialog *self = OBM_EXPORT_DIALOG (object);

  g_clear_object (&self->export);
  g_clear_object (&self->file);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (obm_export_dialog_parent_class)->finalize (object);
}

static void
obm_export_dialog_class_init (ObmExportDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = obm_export_dialog_dispose;
  object_class->finalize = obm_export_dialog_finalize;

  g_type_ensure (OBM_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmExportDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, ObmExportDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, ObmExportDialog, status_label);
  gtk_widget_class_bind_template_child (widget_class, ObmExportDialog, progress_bar);
}

static void
obm_export_dialog_init (ObmExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_set_label (self->close_button, _("_Cancel"));
}

/**
 * obm_export_dialog_new:
 * @parent: the window it belongs to
 * @export: an export that has not been started
 * @file: where to
 *
 * Starts @export.
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmExportDialog *
obm_export_dialog_new (GtkWindow *parent, ObmExport *export, GFile *file)
{
  ObmExportDialog *self = g_object_new (OBM_TYPE_EXPORT_DIALOG,
                                        "transient-for", parent,
                                        "destroy-with-parent", TRUE,
                                        NULL);

  self->export = g_object_ref (export);
  self->file = g_object_ref (file);
  g_signal_connect_object (export, "notify", G_CALLBACK (on_progress_cb), self, G_CONNECT_SWAPPED);
  on_progress_cb (self);
  obm_export_run_async (export, file, self->cancellable, on_exported_cb, g_object_ref (self));

  return self;
}
