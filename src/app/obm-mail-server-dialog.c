/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-dialog.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-confirm-dialog.h"
#include "obm-delete-dialog.h"
#include "obm-error-text.h"
#include "obm-mail-server-details.h"
#include "obm-mail-server-editor.h"
#include "obm-narrow.h"
#include "obm-notice.h"

/* From which width on the header bar has room for a title beside its buttons, in pixels. */
#define WIDE 420

/**
 * ObmMailServerDialog:
 *
 * A mail server: created, consulted, modified, and the way to its deletion. Whatever the backend holds afterwards is
 * announced by #ObmMailServerDialog::saved.
 */
struct _ObmMailServerDialog
{
  GtkWindow parent_instance;

  GtkWidget *cancel_button;
  GtkWidget *modify_button;
  GtkWidget *delete_button;
  GtkWidget *close_button;
  GtkWidget *create_button;
  GtkWidget *save_button;
  GtkSpinner *spinner;
  GtkWidget *title_label;
  GtkStack *stack;
  ObmNotice *notice;
  ObmMailServerDetails *details;
  GtkLabel *read_only_label;
  ObmMailServerEditor *editor;

  ObmBackend *backend;
  /* NULL while it is being created. */
  ObmMailServer *server;
  GCancellable *cancellable;
};

enum {
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmMailServerDialog, obm_mail_server_dialog, GTK_TYPE_WINDOW)

static gboolean
is_consulting (ObmMailServerDialog *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "consult") == 0;
}

/* Why the mail server cannot be changed, or NULL if it can. */
static const char *
get_read_only_reason (ObmMailServerDialog *self)
{
  gboolean editable;

  if ((obm_session_get_rights (obm_backend_get_session (self->backend)) & OBM_RIGHTS_WRITE) == 0)
    return _("This backend lets you consult mail servers, but not change them.");

  g_object_get (self->server, "editable", &editable, NULL);

  return editable ? NULL : _("You can only modify or delete a mail server of your own domain.");
}

static void
update (ObmMailServerDialog *self)
{
  gboolean consulting = is_consulting (self);
  gboolean creating = self->server == NULL;
  gboolean writing = obm_mail_server_editor_get_writing (self->editor);
  const char *reason = creating ? NULL : get_read_only_reason (self);
  gboolean may_change = consulting && !creating && reason == NULL;

  gtk_widget_set_visible (self->close_button, consulting);
  gtk_widget_set_visible (self->modify_button, consulting);
  gtk_widget_set_visible (self->delete_button, consulting);
  gtk_widget_set_visible (self->cancel_button, !consulting);
  gtk_widget_set_visible (self->create_button, !consulting && creating);
  gtk_widget_set_visible (self->save_button, !consulting && !creating);
  gtk_window_set_default_widget (GTK_WINDOW (self), consulting ? self->close_button
                                                    : creating ? self->create_button : self->save_button);
  gtk_spinner_set_spinning (self->spinner, writing);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), writing);
  gtk_label_set_label (self->read_only_label, reason ? reason : "");
  gtk_widget_set_visible (GTK_WIDGET (self->read_only_label), reason != NULL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.save",
                                 !consulting && obm_mail_server_editor_get_can_save (self->editor));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.cancel", !writing);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.modify", may_change);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.delete", may_change);
}

/* Another page has another height; the width is the person's. */
static void
fit_height (ObmMailServerDialog *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, -1);
}

static void
on_editor_changed_cb (ObmMailServerDialog *self)
{
  update (self);
}

static void
consult (ObmMailServerDialog *self, ObmMailServer *server)
{
  if (g_set_object (&self->server, server))
    {
      obm_mail_server_details_set_server (self->details, server);
      g_signal_connect_object (server, "notify::editable", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  obm_notice_clear (self->notice);
  gtk_stack_set_visible_child_name (self->stack, "consult");
  fit_height (self);
  gtk_window_set_title (GTK_WINDOW (self), _("Mail server"));
  update (self);
  gtk_widget_grab_focus (self->close_button);
}

static void
edit (ObmMailServerDialog *self)
{
  gtk_stack_set_visible_child_name (self->stack, "edit");
  fit_height (self);
  if (self->server == NULL)
    obm_mail_server_editor_create (self->editor, self->backend);
  else
    obm_mail_server_editor_modify (self->editor, self->backend, self->server);
  gtk_window_set_title (GTK_WINDOW (self), self->server ? _("Modify") : _("New mail server"));
  update (self);
}

static void
on_editor_saved_cb (ObmMailServerDialog *self, ObmMailServer *saved, const char *message, gboolean checked)
{
  if (self->server != NULL)
    obm_entity_assign (OBM_ENTITY (self->server), OBM_ENTITY (saved));
  consult (self, self->server ? self->server : saved);
  if (checked)
    obm_notice_inform (self->notice,
                       _("The answer was lost, but the backend has been asked again: the change is made."));
  g_signal_emit (self, signals[SAVED], 0, message);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmMailServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmMailServer) server = obm_backend_get_mail_server_finish (OBM_BACKEND (source), result, &error);

  /* Closed meanwhile. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (server != NULL)
    obm_entity_assign (OBM_ENTITY (self->server), OBM_ENTITY (server));
  else if (is_consulting (self))
    {
      g_autofree char *text = obm_error_text (error);

      obm_notice_show (self->notice, text, _("_Retry"), "dialog.reload");
    }
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (widget);

  obm_notice_clear (self->notice);
  obm_backend_get_mail_server_async (self->backend, obm_mail_server_get_id (self->server), self->cancellable,
                                     on_read_cb, g_object_ref (self));
}

static void
save_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  obm_mail_server_editor_save (OBM_MAIL_SERVER_DIALOG (widget)->editor);
}

static void
modify_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  edit (OBM_MAIL_SERVER_DIALOG (widget));
}

static void
on_deleted_cb (ObmMailServerDialog *self, const char *message)
{
  g_signal_emit (self, signals[SAVED], 0, message);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (widget);
  ObmDeleteDialog *dialog = obm_delete_dialog_new (GTK_WINDOW (self), self->backend, self->server);

  g_signal_connect_object (dialog, "deleted", G_CALLBACK (on_deleted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Leaves the form: back to the consultation, or out of the creation. */
static void
leave (ObmMailServerDialog *self)
{
  if (self->server == NULL || is_consulting (self))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  consult (self, self->server);
  reload_action (GTK_WIDGET (self), NULL, NULL);
}

/* Returns: whether nothing is lost; else it asks, and @confirmed is called if the person means it. */
static gboolean
may_leave (ObmMailServerDialog *self, GCallback confirmed)
{
  ObmConfirmDialog *dialog;
  const char *question;

  if (is_consulting (self) || !obm_mail_server_editor_get_dirty (self->editor))
    return TRUE;

  question = obm_mail_server_editor_get_unknown (self->editor)
               ? _("It is not known yet whether your change is made. Leave all the same?")
               : _("What you entered has not been saved. Leave without saving?");
  dialog = obm_confirm_dialog_new (GTK_WINDOW (self), _("Unsaved changes"), question, _("_Leave"), NULL);
  g_signal_connect_object (dialog, "confirmed", confirmed, self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));

  return FALSE;
}

static void
cancel_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (widget);

  if (may_leave (self, G_CALLBACK (leave)))
    leave (self);
}

static gboolean
obm_mail_server_dialog_close_request (GtkWindow *window)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (window);

  /* It ends by itself, and what became of it must be seen. */
  if (obm_mail_server_editor_get_writing (self->editor) || !may_leave (self, G_CALLBACK (gtk_window_destroy)))
    return TRUE;

  return GTK_WINDOW_CLASS (obm_mail_server_dialog_parent_class)->close_request (window);
}

static void
obm_mail_server_dialog_dispose (GObject *object)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_MAIL_SERVER_DIALOG);

  G_OBJECT_CLASS (obm_mail_server_dialog_parent_class)->dispose (object);
}

static void
obm_mail_server_dialog_finalize (GObject *object)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->server);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (obm_mail_server_dialog_parent_class)->finalize (object);
}

static void
obm_mail_server_dialog_class_init (ObmMailServerDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = obm_mail_server_dialog_dispose;
  object_class->finalize = obm_mail_server_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = obm_mail_server_dialog_close_request;

  /**
   * ObmMailServerDialog::saved:
   * @message: what was saved, for the message line
   *
   * The backend holds something else than before.
   */
  signals[SAVED] = g_signal_new ("saved", OBM_TYPE_MAIL_SERVER_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "dialog.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "dialog.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "dialog.modify", NULL, modify_action);
  gtk_widget_class_install_action (widget_class, "dialog.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "dialog.reload", NULL, reload_action);

  g_type_ensure (OBM_TYPE_NOTICE);
  g_type_ensure (OBM_TYPE_MAIL_SERVER_DETAILS);
  g_type_ensure (OBM_TYPE_MAIL_SERVER_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, modify_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, delete_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, close_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, create_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, title_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, details);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, read_only_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, editor);
  gtk_widget_class_bind_template_callback (widget_class, on_editor_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_editor_saved_cb);
}

static void
obm_mail_server_dialog_init (ObmMailServerDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_hide_pages (self->stack);
  obm_narrow_hide (GTK_WINDOW (self), self->title_label, WIDE);
  obm_compat_name (GTK_WIDGET (self));
}

static ObmMailServerDialog *
new_dialog (GtkWindow *parent, ObmBackend *backend)
{
  ObmMailServerDialog *self = g_object_new (OBM_TYPE_MAIL_SERVER_DIALOG,
                                            "transient-for", parent,
                                            "destroy-with-parent", TRUE,
                                            NULL);

  self->backend = g_object_ref (backend);

  return self;
}

/**
 * obm_mail_server_dialog_new_create:
 * @parent: the window it belongs to
 * @backend: where to create a mail server
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmMailServerDialog *
obm_mail_server_dialog_new_create (GtkWindow *parent, ObmBackend *backend)
{
  ObmMailServerDialog *self = new_dialog (parent, backend);

  edit (self);

  return self;
}

/**
 * obm_mail_server_dialog_new_consult:
 * @parent: the window it belongs to
 * @backend: where @server comes from
 * @server: the mail server to consult
 *
 * Shows at once what is known, and reads the mail server again meanwhile, since others work on it too.
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmMailServerDialog *
obm_mail_server_dialog_new_consult (GtkWindow *parent, ObmBackend *backend, ObmMailServer *server)
{
  ObmMailServerDialog *self = new_dialog (parent, backend);

  consult (self, server);
  reload_action (GTK_WIDGET (self), NULL, NULL);

  return self;
}
