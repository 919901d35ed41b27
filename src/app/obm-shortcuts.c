/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-shortcuts.h"

#include <glib/gi18n.h>

/* Every key there is; the help lists them too (a test compares). */
static const ObmShortcut shortcuts[] = {
  { OBM_SHORTCUT_GROUP_SEARCH, N_("Go to the search form"), "win.find", { "<Control>f" } },
  { OBM_SHORTCUT_GROUP_SEARCH, N_("Search, from an entry of the form"), NULL, { "Return" } },
  { OBM_SHORTCUT_GROUP_SEARCH, N_("Ask for the list again"), "win.refresh", { "F5", "<Control>r" } },

  { OBM_SHORTCUT_GROUP_SERVERS, N_("Create a mail server"), "win.new", { "<Control>n" } },
  { OBM_SHORTCUT_GROUP_SERVERS, N_("Consult the selected mail server"), NULL, { "Return" } },
  { OBM_SHORTCUT_GROUP_SERVERS, N_("Open the post-it"), "win.post-it", { "<Control>u" } },

  { OBM_SHORTCUT_GROUP_RESULTS, N_("Sort by host"), "win.sort::host", { "<Control>1" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Sort by IP address"), "win.sort::ip", { "<Control>2" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Sort by IMAP"), "win.sort::imap", { "<Control>3" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Sort by SMTP in"), "win.sort::smtp-in", { "<Control>4" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Sort by SMTP out"), "win.sort::smtp-out", { "<Control>5" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Turn the order round"), "win.descending", { "<Control>d" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("First result page"), "win.first-page", { "<Alt>Home" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Previous result page"), "win.previous-page", { "<Alt>Page_Up" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Next result page"), "win.next-page", { "<Alt>Page_Down" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Last result page"), "win.last-page", { "<Alt>End" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Export the result page in view"), "win.export", { "<Control>e" } },
  { OBM_SHORTCUT_GROUP_RESULTS, N_("Export every result"), "win.export-all", { "<Control><Shift>e" } },

  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Open the menu"), NULL, { "F10" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Open another connection"), "win.connect", { "<Control>o" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Open the preferences"), "app.preferences", { "<Control>comma" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Open the help"), "app.help", { "F1" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Show these shortcuts"), "app.shortcuts", { "<Control>question" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Close a dialog"), NULL, { "Escape" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Close the window"), "window.close", { "<Control>w" } },
  { OBM_SHORTCUT_GROUP_PROGRAM, N_("Quit"), "app.quit", { "<Control>q" } },
};

/**
 * obm_shortcuts_get:
 * @n_shortcuts: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_shortcuts): every shortcut of the program, group by group
 */
const ObmShortcut *
obm_shortcuts_get (guint *n_shortcuts)
{
  *n_shortcuts = G_N_ELEMENTS (shortcuts);

  return shortcuts;
}

/**
 * obm_shortcuts_apply:
 * @application: the application
 *
 * Makes the keys of the table those of its actions.
 */
void
obm_shortcuts_apply (GtkApplication *application)
{
  g_return_if_fail (GTK_IS_APPLICATION (application));

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].action != NULL)
      gtk_application_set_accels_for_action (application, shortcuts[i].action, shortcuts[i].accels);
}
