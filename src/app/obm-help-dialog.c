/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-help-dialog.h"

#include "obm-compat.h"

/**
 * ObmHelpDialog:
 *
 * Says why the help did not open, and which file it is.
 */
struct _ObmHelpDialog
{
  GtkWindow parent_instance;

  GtkLabel *text_label;
  GtkLabel *path_label;
};

G_DEFINE_FINAL_TYPE (ObmHelpDialog, obm_help_dialog, GTK_TYPE_WINDOW)

static void
obm_help_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_HELP_DIALOG);

  G_OBJECT_CLASS (obm_help_dialog_parent_class)->dispose (object);
}

static void
obm_help_dialog_class_init (ObmHelpDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_help_dialog_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-help-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmHelpDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, ObmHelpDialog, path_label);
}

static void
obm_help_dialog_init (ObmHelpDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
}

/**
 * obm_help_dialog_new:
 * @parent: the window it belongs to
 * @text: what is the matter
 * @path: the file of the help, in the file system's encoding
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmHelpDialog *
obm_help_dialog_new (GtkWindow *parent, const char *text, const char *path)
{
  ObmHelpDialog *self = g_object_new (OBM_TYPE_HELP_DIALOG,
                                      "transient-for", parent,
                                      "destroy-with-parent", TRUE,
                                      NULL);
  g_autofree char *readable = g_filename_display_name (path);

  gtk_label_set_label (self->text_label, text);
  gtk_label_set_label (self->path_label, readable);

  return self;
}
