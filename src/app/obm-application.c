/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-application.h"

#include <glib/gi18n.h>

#include "obm-about-window.h"
#include "obm-help.h"
#include "obm-preferences-window.h"
#include "obm-shortcuts-window.h"
#include "obm-shortcuts.h"
#include "obm-window.h"

/**
 * ObmApplication:
 *
 * The program: its command line, its actions, and its one window.
 */
struct _ObmApplication
{
  GtkApplication parent_instance;

  char *backend;
  char *login;
  char *password;
};

G_DEFINE_FINAL_TYPE (ObmApplication, obm_application, GTK_TYPE_APPLICATION)

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  gtk_window_present (GTK_WINDOW (obm_about_window_new (parent)));
}

static void
help_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  obm_help_open (gtk_application_get_active_window (user_data));
}

static void
preferences_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  gtk_window_present (GTK_WINDOW (obm_preferences_window_new (parent)));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *parent = gtk_application_get_active_window (user_data);

  gtk_window_present (GTK_WINDOW (obm_shortcuts_window_new (parent)));
}

/* Closes the window as its own button does, so that it can save what it has to. */
static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (user_data));

  for (GList *l = windows; l != NULL; l = l->next)
    if (OBM_IS_WINDOW (l->data))
      gtk_window_close (l->data);
  g_list_free (windows);
}

static const GActionEntry actions[] = {
  { "about", about_action },
  { "help", help_action },
  { "preferences", preferences_action },
  { "quit", quit_action },
  { "shortcuts", shortcuts_action },
};

static void
load_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, APP_RESOURCE_PATH "/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static int
obm_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (!g_variant_dict_contains (options, "version"))
    return -1;

  g_print ("obm-mail-servers %s\n", APP_VERSION);

  return 0;
}

static gboolean
on_help_key_cb (GtkWidget *window, GVariant *args, gpointer user_data)
{
  obm_help_open (GTK_WINDOW (window));

  return GDK_EVENT_STOP;
}

static void
obm_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (obm_application_parent_class)->startup (application);

  load_style ();
  gtk_window_set_default_icon_name (APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  obm_shortcuts_apply (GTK_APPLICATION (application));
  /* The application's shortcuts do not reach its dialogs; questions come up there too. */
  gtk_widget_class_add_binding (g_type_class_ref (GTK_TYPE_WINDOW), GDK_KEY_F1, 0, on_help_key_cb, NULL);
}

static void
obm_application_activate (GApplication *application)
{
  ObmApplication *self = OBM_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    {
      gtk_window_present (window);
      return;
    }

  window = GTK_WINDOW (obm_window_new (GTK_APPLICATION (application)));
  gtk_window_present (window);
  obm_window_start (OBM_WINDOW (window), self->backend, self->login, self->password);
}

static void
obm_application_dispose (GObject *object)
{
  ObmApplication *self = OBM_APPLICATION (object);

  g_clear_pointer (&self->backend, g_free);
  g_clear_pointer (&self->login, g_free);
  g_clear_pointer (&self->password, g_free);

  G_OBJECT_CLASS (obm_application_parent_class)->dispose (object);
}

static void
obm_application_class_init (ObmApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_application_dispose;
  application_class->handle_local_options = obm_application_handle_local_options;
  application_class->startup = obm_application_startup;
  application_class->activate = obm_application_activate;
}

static void
obm_application_init (ObmApplication *self)
{
  const GOptionEntry options[] = {
    { "backend", 0, 0, G_OPTION_ARG_STRING, &self->backend, N_("Address of the backend"), N_("URL") },
    { "login", 0, 0, G_OPTION_ARG_STRING, &self->login, N_("Account to sign in with"), N_("LOGIN@DOMAIN") },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            _("The password is taken from the variable OBM_PASSWORD, else from "
                                              "the keyring, else asked for."));
}

/**
 * obm_application_new:
 * @password: (nullable): the password for the first connection
 *
 * Returns: (transfer full): the application
 */
ObmApplication *
obm_application_new (const char *password)
{
  ObmApplication *self = g_object_new (OBM_TYPE_APPLICATION,
                                       "application-id", APP_ID,
                                       "resource-base-path", APP_RESOURCE_PATH,
                                       NULL);

  self->password = g_strdup (password);

  return self;
}
