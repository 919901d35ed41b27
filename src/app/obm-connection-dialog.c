/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-connection-dialog.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-error.h"
#include "obm-field.h"
#include "obm-keyring.h"
#include "obm-notice.h"

/**
 * ObmConnectionDialog:
 *
 * Signs in: address, login, password. It can do so unseen, with a password that is known, and shows itself only when
 * something is missing or wrong. It keeps what was typed until it worked, then emits
 * #ObmConnectionDialog::signed-in and closes.
 */
struct _ObmConnectionDialog
{
  GtkWindow parent_instance;

  GtkEditable *address_entry;
  GtkEditable *login_entry;
  GtkEditable *password_entry;
  GtkCheckButton *remember_check;
  GtkWidget *fields;
  ObmNotice *notice;

  GSettings *settings;
  GCancellable *cancellable;
  ObmBackend *backend;
  gboolean busy;
  /* Whether the login and the password were refused, and are still the same. */
  gboolean refused;
};

enum {
  PROP_0,
  PROP_BUSY,
  N_PROPS
};

enum {
  SIGNED_IN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmConnectionDialog, obm_connection_dialog, GTK_TYPE_WINDOW)

static void
set_busy (ObmConnectionDialog *self, gboolean busy)
{
  self->busy = busy;
  /* An entry that loses its focus by becoming insensitive would go on blinking, and GTK 4.8 warns. */
  if (busy)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_set_sensitive (self->fields, !busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.connect", !busy);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static gboolean
is_empty (GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  return *text == '\0';
}

static gboolean
is_about_address (const GError *error)
{
  return error != NULL && error->domain == OBM_ERROR &&
         (error->code == OBM_ERROR_ADDRESS_INVALID || error->code == OBM_ERROR_UNREACHABLE ||
          error->code == OBM_ERROR_NOT_THE_API || error->code == OBM_ERROR_TLS);
}

/* Where to go on typing: the first field that is empty, or the one that the error is about. */
static void
focus_field (ObmConnectionDialog *self, const GError *error)
{
  GtkEditable *field = self->password_entry;

  if (is_empty (self->address_entry))
    field = self->address_entry;
  else if (is_empty (self->login_entry))
    field = self->login_entry;
  else if (is_about_address (error))
    field = self->address_entry;

  gtk_widget_grab_focus (GTK_WIDGET (field));
}

/* Says of each field whether the notice is about it. */
static void
blame (ObmConnectionDialog *self, gboolean address, gboolean login, gboolean password)
{
  GtkWidget *label = obm_notice_get_label (self->notice);

  self->refused = password;
  obm_field_set_message (GTK_WIDGET (self->address_entry), address ? label : NULL, TRUE);
  obm_field_set_message (GTK_WIDGET (self->login_entry), login ? label : NULL, TRUE);
  obm_field_set_message (GTK_WIDGET (self->password_entry), password ? label : NULL, TRUE);
}

/* What is being put right is wrong no longer; nor is the login, if only it and the password do not belong together. */
static void
on_entry_changed_cb (ObmConnectionDialog *self, GtkEditable *entry)
{
  if (self->refused && entry != self->address_entry)
    blame (self, FALSE, FALSE, FALSE);
  else
    obm_field_set_message (GTK_WIDGET (entry), NULL, FALSE);
}

static void
fail (ObmConnectionDialog *self, const GError *error)
{
  g_autofree char *text = obm_error_text (error);
  gboolean refused;

  g_clear_object (&self->backend);
  set_busy (self, FALSE);
  obm_notice_show (self->notice, text, NULL, NULL);
  /* Nobody says which of the two it is. */
  refused = g_error_matches (error, OBM_ERROR, OBM_ERROR_CREDENTIALS_INVALID);
  blame (self, is_about_address (error), refused || g_error_matches (error, OBM_ERROR, OBM_ERROR_RIGHTS_INSUFFICIENT),
         refused);
  gtk_window_present (GTK_WINDOW (self));
  focus_field (self, error);
}

static void
on_password_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  /* Signed in all the same: the password is asked for again next time. */
  if (!obm_keyring_store_finish (result, &error))
    g_message ("The password could not be kept in the keyring: %s", error->message);
}

static void
on_password_cleared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!obm_keyring_clear_finish (result, &error))
    g_debug ("No password was removed from the keyring: %s", error ? error->message : "none there");
}

static void
remember (ObmConnectionDialog *self)
{
  const char *address = obm_backend_get_address (self->backend);
  const char *login = obm_backend_get_login (self->backend);
  gboolean wanted = gtk_check_button_get_active (self->remember_check);

  g_settings_set_string (self->settings, "address", address);
  g_settings_set_string (self->settings, "login", login);
  g_settings_set_boolean (self->settings, "remember", wanted);

  if (wanted)
    obm_keyring_store_async (address, login, gtk_editable_get_text (self->password_entry), NULL,
                             on_password_stored_cb, NULL);
  else
    obm_keyring_clear_async (address, login, NULL, on_password_cleared_cb, NULL);
}

static void
on_signed_in_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmConnectionDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean signed_in = obm_backend_sign_in_finish (OBM_BACKEND (source), result, &error);

  /* Closed meanwhile, or tried again with something else. */
  if (self->backend != OBM_BACKEND (source))
    return;

  if (!signed_in)
    {
      fail (self, error);
      return;
    }

  if (gtk_widget_get_visible (GTK_WIDGET (self)))
    remember (self);
  g_signal_emit (self, signals[SIGNED_IN], 0, self->backend);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmConnectionDialog *self = OBM_CONNECTION_DIALOG (widget);
  g_autofree char *address = g_strstrip (g_strdup (gtk_editable_get_text (self->address_entry)));
  g_autofree char *login = g_strstrip (g_strdup (gtk_editable_get_text (self->login_entry)));
  g_autoptr (GError) error = NULL;

  obm_notice_clear (self->notice);
  blame (self, FALSE, FALSE, FALSE);
  if (*address == '\0' || *login == '\0')
    {
      obm_notice_show (self->notice, _("The address and the login are needed."), NULL, NULL);
      blame (self, *address == '\0', *login == '\0', FALSE);
      focus_field (self, NULL);
      return;
    }
  if (strchr (login, '@') == NULL)
    {
      obm_notice_show (self->notice, _("The login names its domain too, like admin@example.org."), NULL, NULL);
      blame (self, FALSE, TRUE, FALSE);
      gtk_widget_grab_focus (GTK_WIDGET (self->login_entry));
      return;
    }

  g_clear_object (&self->backend);
  self->backend = obm_backend_new (address, login, gtk_editable_get_text (self->password_entry), &error);
  if (self->backend == NULL)
    {
      fail (self, error);
      return;
    }

  set_busy (self, TRUE);
  obm_backend_sign_in_async (self->backend, self->cancellable, on_signed_in_cb, g_object_ref (self));
}

static void
on_password_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmConnectionDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  char *password = obm_keyring_lookup_finish (result, &error);

  if (error != NULL)
    g_message ("The keyring cannot be read: %s", error->message);

  if (!g_cancellable_is_cancelled (self->cancellable))
    {
      set_busy (self, FALSE);
      if (password != NULL)
        obm_connection_dialog_start (self, password);
      else
        {
          gtk_window_present (GTK_WINDOW (self));
          focus_field (self, NULL);
        }
    }

  if (password != NULL)
    {
      memset (password, 0, strlen (password));
      g_free (password);
    }
}

static void
obm_connection_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmConnectionDialog *self = OBM_CONNECTION_DIALOG (object);

  switch (prop_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* Nobody waits for an answer any more; a request under way would keep the dialog alive until it comes. */
static gboolean
obm_connection_dialog_close_request (GtkWindow *window)
{
  ObmConnectionDialog *self = OBM_CONNECTION_DIALOG (window);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->backend);

  return GTK_WINDOW_CLASS (obm_connection_dialog_parent_class)->close_request (window);
}

static void
obm_connection_dialog_dispose (GObject *object)
{
  ObmConnectionDialog *self = OBM_CONNECTION_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->backend);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_CONNECTION_DIALOG);

  G_OBJECT_CLASS (obm_connection_dialog_parent_class)->dispose (object);
}

static void
obm_connection_dialog_finalize (GObject *object)
{
  ObmConnectionDialog *self = OBM_CONNECTION_DIALOG (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (obm_connection_dialog_parent_class)->finalize (object);
}

static void
obm_connection_dialog_class_init (ObmConnectionDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_connection_dialog_get_property;
  object_class->dispose = obm_connection_dialog_dispose;
  object_class->finalize = obm_connection_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = obm_connection_dialog_close_request;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ObmConnectionDialog::signed-in:
   * @backend: a backend that is signed in
   */
  signals[SIGNED_IN] = g_signal_new ("signed-in", OBM_TYPE_CONNECTION_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 1, OBM_TYPE_BACKEND);

  gtk_widget_class_install_action (widget_class, "dialog.connect", NULL, connect_action);

  g_type_ensure (OBM_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-connection-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmConnectionDialog, address_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmConnectionDialog, login_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmConnectionDialog, password_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmConnectionDialog, remember_check);
  gtk_widget_class_bind_template_child (widget_class, ObmConnectionDialog, fields);
  gtk_widget_class_bind_template_child (widget_class, ObmConnectionDialog, notice);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed_cb);
}

static void
obm_connection_dialog_init (ObmConnectionDialog *self)
{
  self->settings = g_settings_new (APP_ID);
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
  gtk_check_button_set_active (self->remember_check, g_settings_get_boolean (self->settings, "remember"));
}

/**
 * obm_connection_dialog_new:
 * @parent: the window it belongs to
 * @address: (nullable): the address to start with
 * @login: (nullable): the login to start with
 *
 * Returns: (transfer none): a dialog, not yet shown; it destroys itself
 */
ObmConnectionDialog *
obm_connection_dialog_new (GtkWindow *parent, const char *address, const char *login)
{
  ObmConnectionDialog *self = g_object_new (OBM_TYPE_CONNECTION_DIALOG,
                                            "transient-for", parent,
                                            "destroy-with-parent", TRUE,
                                            NULL);

  gtk_editable_set_text (self->address_entry, address ? address : "");
  gtk_editable_set_text (self->login_entry, login ? login : "");

  return self;
}

/**
 * obm_connection_dialog_start:
 * @self: a dialog
 * @password: (nullable): the password, if it is known; else the keyring is asked for it
 *
 * Signs in without showing the dialog; it shows itself when that fails or there is no password.
 */
void
obm_connection_dialog_start (ObmConnectionDialog *self, const char *password)
{
  g_return_if_fail (OBM_IS_CONNECTION_DIALOG (self));

  if (password != NULL)
    {
      gtk_editable_set_text (self->password_entry, password);
      connect_action (GTK_WIDGET (self), NULL, NULL);
      return;
    }

  set_busy (self, TRUE);
  obm_keyring_lookup_async (gtk_editable_get_text (self->address_entry), gtk_editable_get_text (self->login_entry),
                            self->cancellable, on_password_found_cb, g_object_ref (self));
}

/**
 * obm_connection_dialog_show_error:
 * @self: a dialog
 * @error: (nullable): why it is shown
 *
 * Shows the dialog.
 */
void
obm_connection_dialog_show_error (ObmConnectionDialog *self, const GError *error)
{
  g_return_if_fail (OBM_IS_CONNECTION_DIALOG (self));

  if (error != NULL)
    {
      fail (self, error);
      return;
    }

  gtk_window_present (GTK_WINDOW (self));
  focus_field (self, NULL);
}

/**
 * obm_connection_dialog_get_account:
 * @self: a dialog
 * @address: (out) (transfer full): the address as it was typed
 * @login: (out) (transfer full): the login as it was typed
 *
 * Gets what another dialog can start with.
 */
void
obm_connection_dialog_get_account (ObmConnectionDialog *self, char **address, char **login)
{
  g_return_if_fail (OBM_IS_CONNECTION_DIALOG (self));

  *address = g_strdup (gtk_editable_get_text (self->address_entry));
  *login = g_strdup (gtk_editable_get_text (self->login_entry));
}
