/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-system-details.h"

#include <gtk/gtk.h>
#include <locale.h>
#include <sys/utsname.h>

#include "obm-libraries.h"

/*
 * In English whatever the language, as those read it who were sent a bug report. Nothing in it tells who the
 * person is, or where they sign in.
 */

static const char *
or_unknown (const char *text)
{
  return text != NULL && *text != '\0' ? text : "unknown";
}

static void
append_libraries (GString *text)
{
  g_autofree char *others = obm_libraries_describe ();

  g_string_append_printf (text, "GTK: %u.%u.%u (built with %d.%d.%d)\n",
                          gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
                          GTK_MAJOR_VERSION, GTK_MINOR_VERSION, GTK_MICRO_VERSION);
  g_string_append_printf (text, "GLib: %u.%u.%u (built with %d.%d.%d)\n",
                          glib_major_version, glib_minor_version, glib_micro_version,
                          GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION);
  g_string_append (text, others);
}

static void
append_system (GString *text)
{
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  gboolean flatpak = g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
  struct utsname machine;

  g_string_append_printf (text, "System: %s\n", or_unknown (name));
  if (uname (&machine) == 0)
    g_string_append_printf (text, "Kernel: %s %s %s\n", machine.sysname, machine.release, machine.machine);
  g_string_append_printf (text, "Flatpak: %s\n", flatpak ? "yes" : "no");
}

static void
append_desktop (GString *text, const char *renderer)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autofree char *theme = NULL;

  g_string_append_printf (text, "Desktop: %s\n", or_unknown (g_getenv ("XDG_CURRENT_DESKTOP")));
  g_string_append_printf (text, "Session: %s\n", or_unknown (g_getenv ("XDG_SESSION_TYPE")));
  g_string_append_printf (text, "Display: %s\n", display ? G_OBJECT_TYPE_NAME (display) : "none");
  g_string_append_printf (text, "Renderer: %s\n", or_unknown (renderer));
  if (display != NULL)
    g_object_get (gtk_settings_get_for_display (display), "gtk-theme-name", &theme, NULL);
  g_string_append_printf (text, "Theme: %s\n", or_unknown (theme));
}

static void
append_language (GString *text)
{
  g_autofree char *languages = g_strjoinv (", ", (char **) g_get_language_names ());

  g_string_append_printf (text, "Locale: %s\n", or_unknown (setlocale (LC_MESSAGES, NULL)));
  g_string_append_printf (text, "Languages: %s\n", languages);
}

/**
 * obm_system_details:
 * @renderer: (nullable): what draws the window
 *
 * Returns: (transfer full): what the program runs on and with, one thing a line, for a bug report
 */
char *
obm_system_details (const char *renderer)
{
  g_autoptr (GString) text = g_string_new ("OBM Mail Servers: " APP_VERSION "\n");

  append_libraries (text);
  append_system (text);
  append_desktop (text, renderer);
  append_language (text);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
