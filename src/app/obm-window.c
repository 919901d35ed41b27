/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-window.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-connection-dialog.h"
#include "obm-error.h"
#include "obm-mail-server-dialog.h"
#include "obm-mail-server-list.h"
#include "obm-result-pages.h"
#include "obm-search-form.h"
#include "obm-status-page.h"

/* Anything that takes longer shows that it is under way, in ms. */
#define BUSY_DELAY 500

/**
 * ObmWindow:
 *
 * The module's window: search form, message line, list, foot. It holds the backend, and leads what is asked for in
 * one part to the others.
 */
struct _ObmWindow
{
  GtkApplicationWindow parent_instance;

  GtkStack *stack;
  ObmSearchForm *search_form;
  GtkLabel *message_label;
  ObmMailServerList *list;
  ObmResultPages *result_pages;

  GSettings *settings;
  ObmBackend *backend;
  ObmConnectionDialog *connection_dialog;
  /* What the next connection dialog starts with, as long as nobody is signed in. */
  char *address;
  char *login;
  char *subtitle;
  gboolean busy;
  guint busy_id;
};

enum {
  PROP_0,
  PROP_SUBTITLE,
  PROP_SIGNED_IN,
  PROP_BUSY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmWindow, obm_window, GTK_TYPE_APPLICATION_WINDOW)

static const char * const sort_names[] = { "host", "ip", "imap", "smtp-in", "smtp-out" };

static void
set_action_enabled (ObmWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (ObmWindow *self)
{
  guint page = obm_mail_server_list_get_page (self->list);
  guint pages = obm_mail_server_list_get_pages (self->list);
  gboolean searched = obm_remote_list_get_search (obm_mail_server_list_get_model (self->list)) != NULL;

  set_action_enabled (self, "find", self->backend != NULL);
  set_action_enabled (self, "refresh", searched);
  set_action_enabled (self, "sort", self->backend != NULL);
  set_action_enabled (self, "descending", self->backend != NULL);
  set_action_enabled (self, "first-page", page > 1);
  set_action_enabled (self, "previous-page", page > 1);
  set_action_enabled (self, "next-page", page < pages);
  set_action_enabled (self, "last-page", page < pages);
}

/* The message line, in OBM's words. */
static void
update_message (ObmWindow *self)
{
  ObmRemoteList *model = obm_mail_server_list_get_model (self->list);
  guint length = obm_remote_list_get_length (model);
  g_autofree char *number = g_strdup_printf ("%'u", length);
  g_autofree char *message = NULL;

  if (obm_remote_list_get_search (model) == NULL || obm_remote_list_get_error (model) != NULL)
    message = g_strdup ("");
  else if (obm_remote_list_get_loading (model) && length == 0)
    message = g_strdup ("");
  else if (length == 0)
    message = g_strdup (_("No mail server found matching the query!"));
  else
    /* Translators: the number of mail servers that a search found */
    message = g_strdup_printf (ngettext ("%s mail server found.", "%s mail servers found.", length), number);

  if (g_str_equal (gtk_label_get_label (self->message_label), message))
    return;

  gtk_label_set_label (self->message_label, message);
  if (*message != '\0')
    obm_compat_announce (GTK_WIDGET (self->message_label), message);
}

static void
on_busy_cb (gpointer user_data)
{
  ObmWindow *self = user_data;

  self->busy_id = 0;
  self->busy = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_loading_changed_cb (ObmWindow *self)
{
  gboolean loading = obm_remote_list_get_loading (obm_mail_server_list_get_model (self->list));

  g_clear_handle_id (&self->busy_id, g_source_remove);
  if (loading)
    self->busy_id = g_timeout_add_once (BUSY_DELAY, on_busy_cb, self);
  else if (self->busy)
    {
      self->busy = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }

  update_message (self);
}

static void
on_list_changed_cb (ObmWindow *self)
{
  update_message (self);
  update_actions (self);
}

static void
set_backend (ObmWindow *self, ObmBackend *backend)
{
  if (!g_set_object (&self->backend, backend))
    return;

  obm_remote_list_clear (obm_mail_server_list_get_model (self->list));
  obm_remote_list_set_backend (obm_mail_server_list_get_model (self->list), backend);

  g_clear_pointer (&self->subtitle, g_free);
  self->subtitle = g_strdup_printf ("%s, %s", obm_domain_get_name (obm_backend_get_domain (backend)),
                                    obm_backend_get_host_name (backend));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUBTITLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SIGNED_IN]);
  update_actions (self);
}

static void
search (ObmWindow *self, ObmSearch *criteria)
{
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  obm_search_set_order (criteria, sort, descending);
  obm_remote_list_search (obm_mail_server_list_get_model (self->list), criteria);
}

static void
on_search_cb (ObmWindow *self)
{
  g_autoptr (ObmSearch) criteria = obm_search_form_dup_search (self->search_form);

  search (self, criteria);
}

static void
on_sort_changed_cb (ObmWindow *self)
{
  ObmRemoteList *model = obm_mail_server_list_get_model (self->list);
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  g_action_group_change_action_state (G_ACTION_GROUP (self), "sort", g_variant_new_string (sort_names[sort]));
  g_action_group_change_action_state (G_ACTION_GROUP (self), "descending", g_variant_new_boolean (descending));

  if (obm_remote_list_get_search (model) != NULL)
    {
      /* The criteria of the list as it stands, not what has been typed since. */
      g_autoptr (ObmSearch) criteria = obm_search_copy (obm_remote_list_get_search (model));

      search (self, criteria);
    }
}

static void
on_jump_cb (ObmWindow *self, guint page)
{
  obm_mail_server_list_jump (self->list, page);
}

static void
on_list_activate_cb (ObmWindow *self, ObmMailServer *server)
{
  gtk_window_present (GTK_WINDOW (obm_mail_server_dialog_new (GTK_WINDOW (self), self->backend, server)));
}

static void
on_signed_in_cb (ObmWindow *self, ObmBackend *backend)
{
  g_clear_object (&self->connection_dialog);
  set_backend (self, backend);
  gtk_stack_set_visible_child_name (self->stack, "signed-in");
  obm_search_form_focus_name (self->search_form);
  if (g_settings_get_boolean (self->settings, "display-lists"))
    on_search_cb (self);
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
on_error_changed_cb (ObmWindow *self)
{
  const GError *error = obm_remote_list_get_error (obm_mail_server_list_get_model (self->list));

  update_message (self);
  /* The password was changed, or the account closed, since the person signed in. */
  if (error != NULL && g_error_matches (error, OBM_ERROR, OBM_ERROR_CREDENTIALS_INVALID))
    ask_for_connection (self, error);
}

static void
connect_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ask_for_connection (OBM_WINDOW (user_data), NULL);
}

static void
find_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  obm_search_form_focus_name (OBM_WINDOW (user_data)->search_form);
}

static void
refresh_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmRemoteList *model = obm_mail_server_list_get_model (OBM_WINDOW (user_data)->list);

  if (obm_remote_list_get_search (model) != NULL)
    obm_remote_list_search (model, obm_remote_list_get_search (model));
}

static void
page_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmWindow *self = OBM_WINDOW (user_data);
  const char *name = g_action_get_name (G_ACTION (action));
  guint page = obm_mail_server_list_get_page (self->list);
  guint last = obm_mail_server_list_get_pages (self->list);

  if (g_str_equal (name, "first-page"))
    page = 1;
  else if (g_str_equal (name, "previous-page"))
    page--;
  else if (g_str_equal (name, "next-page"))
    page++;
  else
    page = last;

  obm_mail_server_list_jump (self->list, page);
}

static void
sort_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmWindow *self = OBM_WINDOW (user_data);
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_str_equal (g_variant_get_string (parameter, NULL), sort_names[i]))
      obm_mail_server_list_sort (self->list, i, descending);
}

static void
descending_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmWindow *self = OBM_WINDOW (user_data);
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  obm_mail_server_list_sort (self->list, sort, !descending);
}

static const GActionEntry actions[] = {
  { "connect", connect_action },
  { "find", find_action },
  { "refresh", refresh_action },
  { "first-page", page_action },
  { "previous-page", page_action },
  { "next-page", page_action },
  { "last-page", page_action },
  /* Their state follows the headings of the list, which a click changes too. */
  { "sort", sort_action, "s", "'host'" },
  { "descending", descending_action, NULL, "false" },
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
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
save_size (ObmWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  if (!gtk_window_is_maximized (GTK_WINDOW (self)) && width > 0 && height > 0)
    {
      g_settings_set_int (self->settings, "window-width", width);
      g_settings_set_int (self->settings, "window-height", height);
    }
}

static gboolean
obm_window_close_request (GtkWindow *window)
{
  save_size (OBM_WINDOW (window));

  return GTK_WINDOW_CLASS (obm_window_parent_class)->close_request (window);
}

static void
obm_window_dispose (GObject *object)
{
  ObmWindow *self = OBM_WINDOW (object);

  g_clear_handle_id (&self->busy_id, g_source_remove);
  g_clear_object (&self->connection_dialog);

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
  object_class->dispose = obm_window_dispose;
  object_class->finalize = obm_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = obm_window_close_request;

  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle", NULL, NULL, NULL, readable);
  properties[PROP_SIGNED_IN] = g_param_spec_boolean ("signed-in", NULL, NULL, FALSE, readable);
  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (OBM_TYPE_STATUS_PAGE);
  g_type_ensure (OBM_TYPE_SEARCH_FORM);
  g_type_ensure (OBM_TYPE_MAIL_SERVER_LIST);
  g_type_ensure (OBM_TYPE_RESULT_PAGES);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, search_form);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, list);
  gtk_widget_class_bind_template_child (widget_class, ObmWindow, result_pages);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_jump_cb);
}

static void
obm_window_init (ObmWindow *self)
{
  ObmRemoteList *model;

  self->settings = g_settings_new (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  g_settings_bind (self->settings, "rows-per-page", self->list, "rows-per-page", G_SETTINGS_BIND_GET);

  model = obm_mail_server_list_get_model (self->list);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (on_loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::error", G_CALLBACK (on_error_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::length", G_CALLBACK (on_list_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::search", G_CALLBACK (on_list_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "notify::page", G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
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
