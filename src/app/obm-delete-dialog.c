/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-delete-dialog.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-error.h"
#include "obm-links-view.h"
#include "obm-notice.h"
#include "obm-write.h"

/**
 * ObmDeleteDialog:
 *
 * The manual's deletion: it asks what stops it, says whether the mail server can be deleted or why not, and deletes
 * it when told to. Emits #ObmDeleteDialog::deleted and closes when the mail server is gone.
 */
struct _ObmDeleteDialog
{
  GtkWindow parent_instance;

  GtkSpinner *spinner;
  ObmNotice *notice;
  GtkLabel *verdict_label;
  ObmLinksView *links_view;

  ObmBackend *backend;
  ObmMailServer *server;
  ObmWrite *write;
  GCancellable *cancellable;
};

enum {
  DELETED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmDeleteDialog, obm_delete_dialog, GTK_TYPE_WINDOW)

static void
set_busy (ObmDeleteDialog *self, gboolean busy)
{
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
}

/* What the check found, in the manual's words. */
static void
show_links (ObmDeleteDialog *self, ObmLinks *links)
{
  const char *name = obm_host_get_name (obm_mail_server_get_host (self->server));
  g_autofree char *allowed = g_strdup_printf (_("The mail server %s can be deleted."), name ? name : "–");
  const char *verdict = _("This mail server cannot be deleted.");

  for (guint i = 0; i < obm_links_get_n_kinds (links); i++)
    if (g_str_equal (obm_links_get_kind (links, i), "user") && obm_links_get_count (links, i) > 0)
      verdict = _("This mail server is linked to at least one user and therefore cannot be deleted.");
  if (obm_links_get_deletable (links))
    verdict = allowed;

  gtk_label_set_label (self->verdict_label, verdict);
  obm_compat_announce (GTK_WIDGET (self), verdict);
  obm_links_view_set_links (self->links_view, links);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.delete", obm_links_get_deletable (links));
}

static void
on_links_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmDeleteDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmLinks) links = obm_backend_get_links_finish (OBM_BACKEND (source), result, &error);

  /* Closed meanwhile. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  set_busy (self, FALSE);
  if (links != NULL)
    show_links (self, links);
  else
    {
      g_autofree char *text = obm_error_text (error);

      gtk_label_set_label (self->verdict_label, _("It could not be checked whether the mail server can be deleted."));
      obm_notice_show (self->notice, text, _("_Retry"), "dialog.check-links");
    }
}

static void
check_links_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmDeleteDialog *self = OBM_DELETE_DIALOG (widget);

  obm_notice_clear (self->notice);
  set_busy (self, TRUE);
  gtk_widget_action_set_enabled (widget, "dialog.delete", FALSE);
  gtk_label_set_label (self->verdict_label, _("Checking what depends on the mail server…"));
  obm_backend_get_links_async (self->backend, obm_mail_server_get_id (self->server), self->cancellable, on_links_cb,
                               g_object_ref (self));
}

static void
finish (ObmDeleteDialog *self, gboolean by_others)
{
  const char *host_name = obm_host_get_name (obm_mail_server_get_host (self->server));
  const char *name = host_name ? host_name : "–";
  g_autofree char *message = NULL;

  if (by_others)
    message = g_strdup_printf (_("Mail server %s: someone else had deleted it already."), name);
  else if (obm_write_get_checked (self->write))
    message = g_strdup_printf (_("Mail server %s: deletion successful. The answer was lost, but the backend has been "
                                 "asked again."), name);
  else
    message = g_strdup_printf (_("Mail server %s: deletion successful."), name);

  /* Who is told destroys the parent; on GTK 4.8 a dialog must not outlive what it belongs to. */
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  g_signal_emit (self, signals[DELETED], 0, message);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
fail (ObmDeleteDialog *self, const GError *error)
{
  g_autofree char *text = obm_error_text (error);

  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_MAILSERVER_LINKED))
    {
      g_autoptr (ObmLinks) links = obm_write_dup_links (self->write);

      show_links (self, links);
      obm_notice_show (self->notice, _("Something has been linked to the mail server meanwhile."), NULL, NULL);
    }
  else if (g_error_matches (error, OBM_ERROR, OBM_ERROR_MAILSERVER_CHANGED))
    {
      if (obm_write_get_server (self->write) != NULL)
        obm_entity_assign (OBM_ENTITY (self->server), OBM_ENTITY (obm_write_get_server (self->write)));
      check_links_action (GTK_WIDGET (self), NULL, NULL);
      obm_notice_show (self->notice, _("Someone else has modified the mail server meanwhile. Look at it again before "
                                       "you delete it."), NULL, NULL);
    }
  else
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.delete", TRUE);
      obm_notice_show (self->notice, text, NULL, NULL);
    }
}

/* The button that was pressed has lost the focus by becoming insensitive. */
static void
focus_again (ObmDeleteDialog *self)
{
  GtkWindow *window = GTK_WINDOW (self);

  if (gtk_window_get_focus (window) == NULL &&
      !gtk_widget_child_focus (GTK_WIDGET (self->notice), GTK_DIR_TAB_FORWARD))
    gtk_window_set_focus (window, gtk_window_get_default_widget (window));
}

static void
on_write_state_cb (ObmDeleteDialog *self)
{
  ObmWriteState state = obm_write_get_state (self->write);

  set_busy (self, state == OBM_WRITE_SENDING || state == OBM_WRITE_CHECKING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.delete", FALSE);

  switch (state)
    {
    case OBM_WRITE_DONE:
      finish (self, FALSE);
      return;
    case OBM_WRITE_FAILED:
      if (g_error_matches (obm_write_get_error (self->write), OBM_ERROR, OBM_ERROR_REFERENCE_UNKNOWN))
        {
          finish (self, TRUE);
          return;
        }
      fail (self, obm_write_get_error (self->write));
      break;
    case OBM_WRITE_NOT_DONE:
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.delete", TRUE);
      obm_notice_show (self->notice, _("The answer was lost. The backend says that the mail server has not been "
                                       "deleted."), NULL, NULL);
      break;
    case OBM_WRITE_UNKNOWN:
      obm_notice_show (self->notice, _("The answer was lost and the backend cannot be asked: it is not known whether "
                                       "the mail server has been deleted."), _("Check a_gain"), "dialog.check");
      break;
    case OBM_WRITE_IDLE:
    case OBM_WRITE_SENDING:
    case OBM_WRITE_CHECKING:
    default:
      obm_notice_clear (self->notice);
      return;
    }

  focus_again (self);
}

static void
delete_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmDeleteDialog *self = OBM_DELETE_DIALOG (widget);

  g_clear_object (&self->write);
  self->write = obm_write_new_delete (self->backend, self->server);
  g_signal_connect_object (self->write, "notify::state", G_CALLBACK (on_write_state_cb), self, G_CONNECT_SWAPPED);
  obm_write_start (self->write);
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  obm_write_check (OBM_DELETE_DIALOG (widget)->write);
}

/* While it is not known what became of the mail server, nobody should lose sight of that by accident. */
static gboolean
obm_delete_dialog_close_request (GtkWindow *window)
{
  ObmDeleteDialog *self = OBM_DELETE_DIALOG (window);
  ObmWriteState state = self->write ? obm_write_get_state (self->write) : OBM_WRITE_IDLE;

  if (state == OBM_WRITE_SENDING || state == OBM_WRITE_CHECKING)
    return TRUE;

  return GTK_WINDOW_CLASS (obm_delete_dialog_parent_class)->close_request (window);
}

static void
obm_delete_dialog_dispose (GObject *object)
{
  ObmDeleteDialog *self = OBM_DELETE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_DELETE_DIALOG);

  G_OBJECT_CLASS (obm_delete_dialog_parent_class)->dispose (object);
}

static void
obm_delete_dialog_finalize (GObject *object)
{
  ObmDeleteDialog *self = OBM_DELETE_DIALOG (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->server);
  g_clear_object (&self->write);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (obm_delete_dialog_parent_class)->finalize (object);
}

static void
obm_delete_dialog_class_init (ObmDeleteDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = obm_delete_dialog_dispose;
  object_class->finalize = obm_delete_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = obm_delete_dialog_close_request;

  /**
   * ObmDeleteDialog::deleted:
   * @message: how it came to that, for the message line
   *
   * The mail server is gone.
   */
  signals[DELETED] = g_signal_new ("deleted", OBM_TYPE_DELETE_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_install_action (widget_class, "dialog.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "dialog.check", NULL, check_action);
  gtk_widget_class_install_action (widget_class, "dialog.check-links", NULL, check_links_action);

  g_type_ensure (OBM_TYPE_NOTICE);
  g_type_ensure (OBM_TYPE_LINKS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-delete-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmDeleteDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, ObmDeleteDialog, notice);
  gtk_widget_class_bind_template_child (widget_class, ObmDeleteDialog, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, ObmDeleteDialog, links_view);
}

static void
obm_delete_dialog_init (ObmDeleteDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
}

/**
 * obm_delete_dialog_new:
 * @parent: the window it belongs to
 * @backend: where @server comes from
 * @server: the mail server to delete
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmDeleteDialog *
obm_delete_dialog_new (GtkWindow *parent, ObmBackend *backend, ObmMailServer *server)
{
  ObmDeleteDialog *self = g_object_new (OBM_TYPE_DELETE_DIALOG,
                                        "transient-for", parent,
                                        "destroy-with-parent", TRUE,
                                        NULL);

  self->backend = g_object_ref (backend);
  self->server = g_object_ref (server);
  check_links_action (GTK_WIDGET (self), NULL, NULL);

  return self;
}
