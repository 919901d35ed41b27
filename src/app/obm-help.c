/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-help.h"

#include <glib/gi18n.h>

#include "obm-help-dialog.h"

/*
 * The help: one web page in each language, with everything it needs in it, which the desktop's own program for web
 * pages opens.
 */

/* A wish for the help, until the desktop has taken it over. */
typedef struct {
  GtkWindow *parent;
  GFile *file;
} Request;

static void
request_free (Request *request)
{
  g_clear_weak_pointer (&request->parent);
  g_object_unref (request->file);
  g_free (request);
}

/* The help in the first of the person's languages that has one; they end with "C", which is English. */
static GFile *
find_file (gboolean *exists)
{
  const char *directory = g_getenv ("OBM_HELPDIR");
  const char * const *languages = g_get_language_names ();
  GFile *file = NULL;

  *exists = FALSE;
  for (guint i = 0; languages[i] != NULL && !*exists; i++)
    {
      g_clear_object (&file);
      file = g_file_new_build_filename (directory ? directory : HELPDIR, languages[i], "index.html", NULL);
      *exists = g_file_query_exists (file, NULL);
    }

  return file;
}

static void
say (Request *request, const char *text)
{
  g_autofree char *path = g_file_get_path (request->file);

  /* Without a parent, everything is closed. */
  if (request->parent != NULL)
    gtk_window_present (GTK_WINDOW (obm_help_dialog_new (request->parent, text, path)));
}

static void
on_launched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Request *request = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_app_info_launch_default_for_uri_finish (result, &error))
    {
      g_debug ("The help was not opened: %s", error->message);
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        say (request, _("No program on this computer opens web pages. The help is this file:"));
      /* Cancelled: asked which program to take, the person took none. */
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        say (request, _("The help could not be opened. It is this file:"));
    }

  request_free (request);
}

/**
 * obm_help_open:
 * @parent: (nullable): the window that the help was asked for in
 *
 * Opens the help in the person's language; when that fails, a dialog says so, and where the help is.
 */
void
obm_help_open (GtkWindow *parent)
{
  Request *request;
  g_autoptr (GdkAppLaunchContext) context = NULL;
  g_autofree char *uri = NULL;
  gboolean exists;

  /* It has just been said that it does not open. */
  if (OBM_IS_HELP_DIALOG (parent))
    return;

  request = g_new0 (Request, 1);
  g_set_weak_pointer (&request->parent, parent);
  request->file = find_file (&exists);
  /* In a sandbox, GLib (2.84) would never say that there is no such file. */
  if (!exists)
    {
      say (request, _("The help is not installed. This file is missing:"));
      request_free (request);
      return;
    }

  uri = g_file_get_uri (request->file);
  context = gdk_display_get_app_launch_context (gdk_display_get_default ());

  /*
   * Not GtkFileLauncher, which is not in 4.8 and does no more: in a sandbox this too hands the open file to the
   * desktop's portal, which knows where a file in /app is on the host. (A copy in the cache folder of the sandbox is
   * what it would not know on older desktops: xdg-desktop-portal, issue 592.)
   */
  g_app_info_launch_default_for_uri_async (uri, G_APP_LAUNCH_CONTEXT (context), NULL, on_launched_cb, request);
}
