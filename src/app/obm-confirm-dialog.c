/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-confirm-dialog.h"

#include "obm-compat.h"
#include "obm-links-view.h"

/**
 * ObmConfirmDialog:
 *
 * Asks before something that cannot be taken back, or that others depend on. Emits #ObmConfirmDialog::confirmed if
 * the person means it, and closes either way.
 */
struct _ObmConfirmDialog
{
  GtkWindow parent_instance;

  GtkButton *confirm_button;
  GtkLabel *question_label;
  ObmLinksView *links_view;
};

enum {
  CONFIRMED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmConfirmDialog, obm_confirm_dialog, GTK_TYPE_WINDOW)

static void
confirm_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  /* Who is told may destroy the parent; on GTK 4.8 a dialog must not outlive what it belongs to. */
  gtk_window_set_transient_for (GTK_WINDOW (widget), NULL);
  g_signal_emit (widget, signals[CONFIRMED], 0);
  gtk_window_destroy (GTK_WINDOW (widget));
}

static void
obm_confirm_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_CONFIRM_DIALOG);

  G_OBJECT_CLASS (obm_confirm_dialog_parent_class)->dispose (object);
}

static void
obm_confirm_dialog_class_init (ObmConfirmDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_confirm_dialog_dispose;

  /**
   * ObmConfirmDialog::confirmed:
   *
   * The person means it.
   */
  signals[CONFIRMED] = g_signal_new ("confirmed", OBM_TYPE_CONFIRM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "dialog.confirm", NULL, confirm_action);

  g_type_ensure (OBM_TYPE_LINKS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-confirm-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmConfirmDialog, confirm_button);
  gtk_widget_class_bind_template_child (widget_class, ObmConfirmDialog, question_label);
  gtk_widget_class_bind_template_child (widget_class, ObmConfirmDialog, links_view);
}

static void
obm_confirm_dialog_init (ObmConfirmDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
}

/**
 * obm_confirm_dialog_new:
 * @parent: the window it belongs to
 * @title: the dialog's title
 * @question: what to say and ask
 * @confirm_label: the button that means yes, with a mnemonic
 * @links: (nullable): what depends on it
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmConfirmDialog *
obm_confirm_dialog_new (GtkWindow *parent,
                        const char *title,
                        const char *question,
                        const char *confirm_label,
                        ObmLinks *links)
{
  ObmConfirmDialog *self = g_object_new (OBM_TYPE_CONFIRM_DIALOG,
                                         "title", title,
                                         "transient-for", parent,
                                         "destroy-with-parent", TRUE,
                                         NULL);

  gtk_label_set_label (self->question_label, question);
  obm_compat_set_label (self->confirm_button, confirm_label);
  if (links != NULL)
    obm_links_view_set_links (self->links_view, links);

  return self;
}
