/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-editor.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-confirm-dialog.h"
#include "obm-error-text.h"
#include "obm-error.h"
#include "obm-mail-server-conflict.h"
#include "obm-mail-server-form.h"
#include "obm-notice.h"
#include "obm-write.h"

/**
 * ObmMailServerEditor:
 *
 * Creates or modifies a mail server: the form, the question before a function is taken away, the sending, and the
 * way out when someone else was faster. What the person entered is kept until it is known what became of it.
 */
struct _ObmMailServerEditor
{
  GtkWidget parent_instance;

  GtkWidget *content;
  ObmNotice *notice;
  GtkStack *stack;
  ObmMailServerForm *form;
  ObmMailServerConflict *conflict;

  ObmBackend *backend;
  /* As it was when the person began to modify it, for the one in the list may change; NULL while creating. */
  ObmMailServer *seen;
  ObmWrite *write;
  gboolean checking_links;
  GCancellable *cancellable;
};

enum {
  PROP_0,
  PROP_CAN_SAVE,
  PROP_WRITING,
  N_PROPS
};

enum {
  SAVED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmMailServerEditor, obm_mail_server_editor, GTK_TYPE_WIDGET)

static ObmWriteState
get_write_state (ObmMailServerEditor *self)
{
  return self->write ? obm_write_get_state (self->write) : OBM_WRITE_IDLE;
}

static gboolean
is_page (ObmMailServerEditor *self, const char *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

static void
update (ObmMailServerEditor *self)
{
  gboolean idle = !obm_mail_server_editor_get_writing (self) && !obm_mail_server_editor_get_unknown (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->stack), idle);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SAVE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WRITING]);
}

static void
show_page (ObmMailServerEditor *self, const char *name)
{
  gtk_stack_set_visible_child_name (self->stack, name);
  update (self);
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* Everything was insensitive, and has lost the focus: the keyboard goes on in the notice, if that offers something. */
static void
focus_again (ObmMailServerEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL && gtk_root_get_focus (root) == NULL &&
      !gtk_widget_child_focus (GTK_WIDGET (self->notice), GTK_DIR_TAB_FORWARD))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
finish_write (ObmMailServerEditor *self)
{
  g_autoptr (ObmMailServer) saved = g_object_ref (obm_write_get_server (self->write));
  const char *host_name = obm_host_get_name (obm_mail_server_get_host (saved));
  const char *name = host_name ? host_name : "–";
  gboolean checked = obm_write_get_checked (self->write);
  g_autofree char *message = NULL;

  message = self->seen == NULL ? g_strdup_printf (_("Mail server %s: insertion successful."), name)
                               : g_strdup_printf (_("Mail server %s: update successful."), name);
  g_clear_object (&self->write);
  update (self);
  g_signal_emit (self, signals[SAVED], 0, saved, message, checked);
}

static void
fail_write (ObmMailServerEditor *self, const GError *error)
{
  ObmMailServer *now = obm_write_get_server (self->write);
  g_autofree char *text = obm_error_text (error);

  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_MAILSERVER_CHANGED) && now != NULL && self->seen != NULL)
    {
      obm_mail_server_conflict_set (self->conflict, obm_mail_server_get_roles (self->seen), now,
                                    obm_mail_server_form_get_roles (self->form));
      show_page (self, "conflict");
      return;
    }

  obm_notice_show (self->notice, text, NULL, NULL);
  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_HOST_ALREADY_MAILSERVER) ||
      g_error_matches (error, OBM_ERROR, OBM_ERROR_HOST_INVALID))
    obm_mail_server_form_refuse (self->form, obm_notice_get_label (self->notice));
}

static void
on_write_state_cb (ObmMailServerEditor *self)
{
  switch (obm_write_get_state (self->write))
    {
    case OBM_WRITE_DONE:
      finish_write (self);
      return;
    case OBM_WRITE_FAILED:
      fail_write (self, obm_write_get_error (self->write));
      break;
    case OBM_WRITE_NOT_DONE:
      obm_notice_show (self->notice, _("The answer was lost. The backend has been asked again: the change is not "
                                       "made. You can send it again."), NULL, NULL);
      break;
    case OBM_WRITE_UNKNOWN:
      obm_notice_show (self->notice, _("The answer was lost and the backend cannot be asked: it is not known whether "
                                       "the change is made. What you entered is kept."),
                       _("Check a_gain"), "editor.check");
      break;
    case OBM_WRITE_IDLE:
    case OBM_WRITE_SENDING:
    case OBM_WRITE_CHECKING:
    default:
      obm_notice_clear (self->notice);
    }

  update (self);
  if (!obm_mail_server_editor_get_writing (self))
    focus_again (self);
}

static void
start_write (ObmMailServerEditor *self, ObmWrite *write)
{
  g_clear_object (&self->write);
  self->write = write;
  g_signal_connect_object (write, "notify::state", G_CALLBACK (on_write_state_cb), self, G_CONNECT_SWAPPED);
  obm_write_start (write);
}

static void
modify_to (ObmMailServerEditor *self, ObmMailServer *seen, ObmRoles roles)
{
  start_write (self, obm_write_new_modify (self->backend, seen, roles));
}

static void
on_unticking_confirmed_cb (ObmMailServerEditor *self)
{
  modify_to (self, self->seen, obm_mail_server_form_get_roles (self->form));
}

static void
on_links_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmMailServerEditor) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmLinks) links = obm_backend_get_links_finish (OBM_BACKEND (source), result, &error);

  /* Closed meanwhile. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  self->checking_links = FALSE;
  update (self);
  if (links == NULL)
    {
      g_autofree char *text = obm_error_text (error);

      obm_notice_show (self->notice, text, NULL, NULL);
      focus_again (self);
    }
  else if (obm_links_get_deletable (links))
    on_unticking_confirmed_cb (self);
  else
    {
      GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
      ObmConfirmDialog *dialog =
        obm_confirm_dialog_new (parent, _("Remove a function?"),
                                _("Something depends on this mail server. It will no longer do what you unticked."),
                                _("_Modify anyway"), links);

      /* It has the focus when the question is answered with no. */
      focus_again (self);
      g_signal_connect_object (dialog, "confirmed", G_CALLBACK (on_unticking_confirmed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_window_present (GTK_WINDOW (dialog));
    }
}

static void
on_conflict_resolved_cb (ObmMailServerEditor *self, ObmRoles roles)
{
  g_autoptr (ObmMailServer) now = g_object_ref (obm_write_get_server (self->write));

  if (roles == obm_mail_server_get_roles (now))
    {
      g_clear_object (&self->write);
      g_signal_emit (self, signals[SAVED], 0, now,
                     _("Nothing was changed: the mail server is as the other person left it."), FALSE);
      return;
    }

  g_set_object (&self->seen, now);
  obm_mail_server_form_modify (self->form, now);
  obm_mail_server_form_set_roles (self->form, roles);
  show_page (self, "form");
  modify_to (self, now, roles);
}

static void
check_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  obm_write_check (OBM_MAIL_SERVER_EDITOR (widget)->write);
}

static void
on_form_changed_cb (ObmMailServerEditor *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_SAVE]);
}

static void
obm_mail_server_editor_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmMailServerEditor *self = OBM_MAIL_SERVER_EDITOR (object);

  switch (prop_id)
    {
    case PROP_CAN_SAVE:
      g_value_set_boolean (value, obm_mail_server_editor_get_can_save (self));
      break;
    case PROP_WRITING:
      g_value_set_boolean (value, obm_mail_server_editor_get_writing (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_mail_server_editor_dispose (GObject *object)
{
  ObmMailServerEditor *self = OBM_MAIL_SERVER_EDITOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->write);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_MAIL_SERVER_EDITOR);

  G_OBJECT_CLASS (obm_mail_server_editor_parent_class)->dispose (object);
}

static void
obm_mail_server_editor_finalize (GObject *object)
{
  ObmMailServerEditor *self = OBM_MAIL_SERVER_EDITOR (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->seen);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (obm_mail_server_editor_parent_class)->finalize (object);
}

static void
obm_mail_server_editor_class_init (ObmMailServerEditorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_mail_server_editor_get_property;
  object_class->dispose = obm_mail_server_editor_dispose;
  object_class->finalize = obm_mail_server_editor_finalize;

  properties[PROP_CAN_SAVE] = g_param_spec_boolean ("can-save", NULL, NULL, FALSE, readable);
  properties[PROP_WRITING] = g_param_spec_boolean ("writing", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ObmMailServerEditor::saved:
   * @server: the mail server as it is now
   * @message: what happened, for the message line
   * @checked: whether the answer was lost and the outcome had to be looked up
   */
  signals[SAVED] = g_signal_new ("saved", OBM_TYPE_MAIL_SERVER_EDITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 3, OBM_TYPE_MAIL_SERVER, G_TYPE_STRING, G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "editor.check", NULL, check_action);

  g_type_ensure (OBM_TYPE_NOTICE);
  g_type_ensure (OBM_TYPE_MAIL_SERVER_FORM);
  g_type_ensure (OBM_TYPE_MAIL_SERVER_CONFLICT);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerEditor, content);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerEditor, notice);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerEditor, stack);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerEditor, form);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerEditor, conflict);
  gtk_widget_class_bind_template_callback (widget_class, on_form_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_conflict_resolved_cb);
}

static void
obm_mail_server_editor_init (ObmMailServerEditor *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_hide_pages (self->stack);
}

static void
begin (ObmMailServerEditor *self, ObmBackend *backend, ObmMailServer *seen)
{
  g_set_object (&self->backend, backend);
  g_set_object (&self->seen, seen);
  g_clear_object (&self->write);
  obm_notice_clear (self->notice);
  show_page (self, "form");
}

/**
 * obm_mail_server_editor_create:
 * @self: an editor
 * @backend: where to create a mail server
 *
 * Begins a new mail server.
 */
void
obm_mail_server_editor_create (ObmMailServerEditor *self, ObmBackend *backend)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self));

  obm_mail_server_form_create (self->form, backend);
  begin (self, backend, NULL);
}

/**
 * obm_mail_server_editor_modify:
 * @self: an editor
 * @backend: where @server comes from
 * @server: the mail server to modify
 *
 * Begins to modify a mail server as it is now.
 */
void
obm_mail_server_editor_modify (ObmMailServerEditor *self, ObmBackend *backend, ObmMailServer *server)
{
  g_autoptr (ObmMailServer) seen = g_object_new (OBM_TYPE_MAIL_SERVER, NULL);

  g_return_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self));

  obm_entity_assign (OBM_ENTITY (seen), OBM_ENTITY (server));
  obm_mail_server_form_modify (self->form, seen);
  begin (self, backend, seen);
}

/**
 * obm_mail_server_editor_save:
 * @self: an editor that can save
 *
 * Sends what was entered. Before a function is taken away, it is asked what depends on the mail server.
 */
void
obm_mail_server_editor_save (ObmMailServerEditor *self)
{
  ObmRoles roles;

  g_return_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self));

  if (!obm_mail_server_editor_get_can_save (self))
    return;

  roles = obm_mail_server_form_get_roles (self->form);
  obm_notice_clear (self->notice);
  obm_mail_server_form_refuse (self->form, NULL);
  if (self->seen == NULL)
    start_write (self, obm_write_new_create (self->backend, obm_mail_server_form_get_host (self->form), roles));
  else if (obm_mail_server_get_roles (self->seen) & ~roles)
    {
      self->checking_links = TRUE;
      update (self);
      obm_backend_get_links_async (self->backend, obm_mail_server_get_id (self->seen), self->cancellable,
                                   on_links_cb, g_object_ref (self));
    }
  else
    modify_to (self, self->seen, roles);
}

/**
 * obm_mail_server_editor_get_can_save:
 * @self: an editor
 *
 * Returns: whether what was entered can be sent now
 */
gboolean
obm_mail_server_editor_get_can_save (ObmMailServerEditor *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self), FALSE);

  return is_page (self, "form") && !obm_mail_server_editor_get_writing (self) &&
         !obm_mail_server_editor_get_unknown (self) && obm_mail_server_form_get_valid (self->form);
}

/**
 * obm_mail_server_editor_get_writing:
 * @self: an editor
 *
 * Returns: whether a request is under way whose outcome must be seen
 */
gboolean
obm_mail_server_editor_get_writing (ObmMailServerEditor *self)
{
  ObmWriteState state;

  g_return_val_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self), FALSE);

  state = get_write_state (self);

  return self->checking_links || state == OBM_WRITE_SENDING || state == OBM_WRITE_CHECKING;
}

/**
 * obm_mail_server_editor_get_unknown:
 * @self: an editor
 *
 * Returns: whether it is not known what became of what was sent
 */
gboolean
obm_mail_server_editor_get_unknown (ObmMailServerEditor *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self), FALSE);

  return get_write_state (self) == OBM_WRITE_UNKNOWN;
}

/**
 * obm_mail_server_editor_get_dirty:
 * @self: an editor
 *
 * Returns: whether leaving it would lose something
 */
gboolean
obm_mail_server_editor_get_dirty (ObmMailServerEditor *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_EDITOR (self), FALSE);

  return obm_mail_server_editor_get_unknown (self) || obm_mail_server_form_get_dirty (self->form);
}
