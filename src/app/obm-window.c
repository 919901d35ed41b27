/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-window.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-connection-dialog.h"
#include "obm-csv.h"
#include "obm-export-dialog.h"
#include "obm-mail-server-dialog.h"
#include "obm-narrow.h"
#include "obm-post-it.h"
#include "obm-search-page.h"
#include "obm-status-page.h"
#include "obm-update-monitor.h"

/* From which width on the header bar has room for words, in pixels. */
#define WIDE 560

/**
 * ObmWindow:
 *
 * The program's window: who is signed in where, the search, the post-it, and the dialogs they lead to.
 */
struct _ObmWindow
{
  GtkApplicationWindow parent_instance;

  GtkStack *stack;
  GtkWidget *new_label;
  ObmSearchPage *search_page;
  ObmPostIt *post_it;

  GSettings *settings;
  ObmBackend *backend;
  ObmUpdateMonitor *monitor;
  ObmConnectionDialog *connection_dialog;
  /* What the next connection dialog starts with, as long as nobody is signed in. */
  char *address;
  char *login;
  char *subtitle;
};

/* What to export, while the person chooses the file. */
typedef struct {
  ObmWindow *window;
  guint first;
  guint count;
} ExportRequest;

enum {
  PROP_0,
  PROP_SUBTITLE,
  PROP_SIGNED_IN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmWindow, obm_window, GTK_TYPE_APPLICATION_WINDOW)

static void
update_actions (ObmWindow *self)
{
  gboolean may_write = self->backend != NULL &&
                       (obm_session_get_rights (obm_backend_get_session (self->backend)) & OBM_RIGHTS_WRITE) != 0;

  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), "new")), may_write);
}

static void
on_saved_cb (ObmWindow *self, const char *message)
{
  obm_search_page_reload (self->search_page, message);
  obm_update_monitor_refresh (self->monitor);
}

static void
present_dialog (ObmWindow *self, ObmMailServerDialog *dialog)
{
  g_signal_connect_object (dialog, "saved", G_CALLBACK (on_saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
on_activate_cb (ObmWindow *self, ObmMailServer *server)
{
  present_dialog (self, obm_mail_server_dialog_new_consult (GTK_WINDOW (self), self->backend, server));
}

static void
new_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmWindow *self = OBM_WINDOW (user_data);

  present_dialog (self, obm_mail_server_dialog_new_create (GTK_WINDOW (self), self->backend));
}

static char
get_separator (ObmWindow *self)
{
  g_autofree char *separator = g_settings_get_string (self->settings, "csv-separator");

  if (g_str_equal (separator, "semicolon"))
    return ';';
  if (g_str_equal (separator, "comma"))
    return ',';

  return obm_csv_default_separator ();
}

static void
on_file_chosen_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ExportRequest *request = user_data;
  g_autoptr (ObmWindow) self = request->window;
  const char * const headings[] = { _("Host"), _("IP address"), _("IMAP"), _("SMTP in"), _("SMTP out"), NULL };
  g_autoptr (GFile) file = obm_compat_save_file_finish (result);
  g_autoptr (ObmSearch) search = self->monitor ? obm_search_page_dup_search (self->search_page) : NULL;

  if (file != NULL && search != NULL)
    {
      g_autoptr (ObmExport) export = obm_export_new (self->backend, search, request->first, request->count, headings,
                                                     get_separator (self));

      gtk_window_present (GTK_WINDOW (obm_export_dialog_new (GTK_WINDOW (self), export, file)));
    }

  g_free (request);
}

static void
on_export_cb (ObmWindow *self, guint first, guint count)
{
  ExportRequest *request = g_new0 (ExportRequest, 1);

  request->window = g_object_ref (self);
  request->first = first;
  request->count = count;
  /* Translators: the name of the file that OBM proposes for an export */
  obm_compat_save_file_async (GTK_WINDOW (self), _("Export"), _("mailserver.csv"), on_file_chosen_cb, request);
}

/* The end of a run is seen in the rows: they no longer wait. */
static void
on_running_changed_cb (ObmWindow *self)
{
  if (!obm_update_monitor_get_running (self->monitor))
    obm_search_page_reload (self->search_page, NULL);
}

static void
on_active_changed_cb (ObmWindow *self)
{
  if (self->monitor != NULL && gtk_window_is_active (GTK_WINDOW (self)))
    obm_update_monitor_refresh (self->monitor);
}

static void
set_backend (ObmWindow *self, ObmBackend *backend)
{
  g_set_object (&self->backend, backend);

  g_clear_object (&self->monitor);
  self->monitor = obm_update_monitor_new (backend);
  g_signal_connect_object (self->monitor, "notify::running", G_CALLBACK (on_running_changed_cb), self,
                           G_CONNECT_SWAPPED);
  obm_post_it_set_monitor (self->post_it, self->monitor);
  obm_update_monitor_refresh (self->monitor);

  g_clear_pointer (&self->subtitle, g_free);
  self->subtitle = g_strdup_printf ("%s, %s", obm_domain_get_name (obm_backend_get_domain (backend)),
                                    obm_backend_get_host_name (backend));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  update_actions (self);
}

static void
on_signed_in_cb (ObmWindow *self, ObmBackend *backend)
{
  g_clear_object (&self->connection_dialog);
  set_backend (self, backend);
  gtk_stack_set_visible_child_name (self->stack, "signed-in");
  obm_search_page_set_backend (self->search_page, backend);
}

static gboolean
on_connection_dialog_close_request_cb (ObmWindow *self, ObmConnectionDialog *dialog)
{
  if (self->backend == NULL)
    {
      g_free (self->address);
      g_free (self->login);
      obm_connection_dialog_get_account (dialog, &self->address, &self->login);
      gtk_stack_set_visible_child_name (self->stack, "signed-out");
    }
  g_clear_object (&self->connection_dialog);

  return GDK_EVENT_PROPAGATE;
}

static ObmConnectionDialog *
open_connection_dialog (ObmWindow *self, const char *address, const char *login)
{
  if (self->connection_dialog != NULL)
    return self->connection_dialog;

  self->connection_dialog = g_object_ref (obm_connection_dialog_new (GTK_WINDOW (self), address, login));
  g_signal_connect_object (self->connection_dialog, "signed-in", G_CALLBACK (on_signed_in_cb), self,
                           G_CONNECT_SWAPPED);
  /* Not "destroy": that comes with the last reference, which may be ours. */
  g_signal_connect_object (self->connection_dialog, "close-request",
                           G_CALLBACK (on_connection_dialog_close_request_cb), self, G_CONNECT_SWAPPED);

  return self->connection_dialog;
}

/* Opens the dialog with what is known about the connection; @error says why it comes unasked. */
static void
ask_for_connection (ObmWindow *self, const GError *error)
{
  const char *address = self->backend ? obm_backend_get_address (self->backend) : self->address;
  const char *login = self->backend ? obm_backend_get_login (self->backend) : self->login;

  obm_connection_dialog_show_error (open_connection_dialog (self, address, login), error);
}

static void
on_refused_cb (ObmWindow *self, const GError *error)
{
  ask_for_connection (self, error);
}

static void
connect_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_for_connection (OBM_WINDOW (user_data), NULL);
}

static void
post_it_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  obm_post_it_open (OBM_WINDOW (user_data)->post_it);
}

static const GActionEntry actions[] = {
  { "connect", connect_action },
  { "new", new_action },
  { "post-it", post_it_action },
};

static void
obm_window_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmWindow *self = OBM_WINDOW (object);

  switch (prop_id)
    {
    case PROP_SUBTITLE:
      g_value_set_string (value, self->subtitle);
      break;
    case PROP_SIGNED_IN:
      g_value_set_boolean (value, self->backend != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The default size follows that of the window, except while it is maximized. */
static void
save_size (ObmWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

static void
restore_size (ObmWindow *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
}

static gboolean
obm_window_close_request (GtkWindow *window)
{
  save_size (OBM_WINDOW (window));

  return GTK_WINDOW_CLASS (obm_window_parent_class)->close_request (window);
}

/* Not before: on GTK 4.8 "maximized" is a construct property, set to its default after init. */
static void
obm_window_constructed (GObject *object)
{
  G_OBJECT_CLASS (obm_window_parent_class)->constructed (object);

  restore_size (OBM_WINDOW (object));
}

static void
obm_window_dispose (GObject *object)
{
  ObmWindow *self = OBM_WINDOW (object);

  g_clear_object (&self->connection_dialog);
  g_clear_object (&self->monitor);

  /* Not gtk_widget_dispose_template(): that takes away the menu bar, which GtkApplicationWindow still has to (4.8). */
  G_OBJECT_CLASS (obm_window_parent_class)->dispose (object);
}

static void
obm_window_finalize (GObject *object)
{
  ObmWindow *self = OBM_WINDOW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->backend);
  g_free (self->address);
  g_free (self->login);
  g_free (self->subtitle);

  G_OBJECT_CLASS (obm_window_parent_class)->finalize (object);
}

static void
obm_window_class_init (ObmWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_window_get_property;
  object_class->constructed = obm_window_constructed;
  object_class->dispose = obm_window_dispose;
  object_class->finalize = obm_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = obm_window_close_request;

  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, readable);
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (OBM_TYPE_STATUS_PAGE);
  g_type_ensure (OBM_TYPE_SEARCH_PAGE);
  g_type_ensure (OBM_TYPE_POST_IT);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, new_label);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, search_page);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, post_it);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_export_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_refused_cb);
}

static void
obm_window_init (ObmWindow *self)
{
  self->settings = g_settings_new (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_hide_pages (self->stack);
  obm_narrow_hide (GTK_WINDOW (self), self->new_label, WIDE);
  obm_search_page_add_actions (self->search_page, G_ACTION_MAP (self));

  g_object_bind_property (self->post_it, "visible", g_action_map_lookup_action (G_ACTION_MAP (self), "post-it"),
                          "enabled", G_BINDING_SYNC_CREATE);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active_changed_cb), NULL);
  update_actions (self);
}

/**
 * obm_window_new:
 * @application: the application
 *
 * Returns: (transfer none): a window, to be presented; it destroys itself
 */
ObmWindow *
obm_window_new (GtkApplication *application)
{
  return g_object_new (OBM_TYPE_WINDOW, "application", application, NULL);
}

/**
 * obm_window_start:
 * @self: a window that is not signed in
 * @address: (nullable): the backend's address; %NULL for the one remembered
 * @login: (nullable): the login; %NULL for the one remembered
 * @password: (nullable): the password; %NULL to look into the keyring, and ask if it is not there
 *
 * Signs in, or asks for what is missing.
 */
void
obm_window_start (ObmWindow *self, const char *address, const char *login, const char *password)
{
  ObmConnectionDialog *dialog;

  g_return_if_fail (OBM_IS_WINDOW (self));

  g_free (self->address);
  g_free (self->login);
  self->address = address ? g_strdup (address) : g_settings_get_string (self->settings, "address");
  self->login = login ? g_strdup (login) : g_settings_get_string (self->settings, "login");
  dialog = open_connection_dialog (self, self->address, self->login);

  if (*self->address == '\0' || *self->login == '\0')
    {
      obm_connection_dialog_show_error (dialog, NULL);
      return;
    }

  gtk_stack_set_visible_child_name (self->stack, "signing-in");
  obm_connection_dialog_start (dialog, password);
}
