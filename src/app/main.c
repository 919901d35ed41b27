/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "obm-application.h"

int
main (int argc, char *argv[])
{
  g_autoptr (ObmApplication) application = NULL;
  g_autofree char *password = g_strdup (g_getenv ("OBM_PASSWORD"));
  const char *localedir = g_getenv ("OBM_LOCALEDIR");

  /* Not for children, nor for those who may look at the environment of a process. */
  if (password != NULL)
    {
      char *inherited = (char *) g_getenv ("OBM_PASSWORD");

      memset (inherited, 'x', strlen (inherited));
      g_unsetenv ("OBM_PASSWORD");
    }

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_application_name (_("OBM Mail Servers"));

  application = obm_application_new (password);

  return g_application_run (G_APPLICATION (application), argc, argv);
}
