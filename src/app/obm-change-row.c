/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-change-row.h"

#include <glib/gi18n.h>

#include "obm-narrow.h"
#include "obm-roles-text.h"

/*
 * The rows of the post-it: a host, and what was done to its mail server.
 */

static char *
describe_change (const ObmChange *change)
{
  g_autofree char *before = obm_roles_text (change->before);
  g_autofree char *after = obm_roles_text (change->after);

  switch (change->action)
    {
    case OBM_CHANGE_CREATED:
      /* Translators: what a mail server that was created does: "Created: IMAP, SMTP in" */
      return g_strdup_printf (_("Created: %s"), after);
    case OBM_CHANGE_UPDATED:
      /* Translators: what a mail server did and does now: "Modified: IMAP → IMAP, SMTP in" */
      return g_strdup_printf (_("Modified: %s → %s"), before, after);
    case OBM_CHANGE_DELETED:
    default:
      /* Translators: what a mail server that was deleted did: "Deleted: IMAP" */
      return g_strdup_printf (_("Deleted: %s"), before);
    }
}

static const char *
get_host_name (const ObmChange *change)
{
  return change->host ? change->host : _("Deleted host");
}

/**
 * obm_change_row_name:
 * @change: a change that waits
 *
 * Returns: (transfer full): all that the row of @change says
 */
char *
obm_change_row_name (const ObmChange *change)
{
  g_autofree char *text = describe_change (change);

  return g_strdup_printf ("%s, %s", get_host_name (change), text);
}

/**
 * obm_change_row_new:
 * @change: a change that waits
 *
 * Returns: (transfer floating): a row for it
 */
GtkWidget *
obm_change_row_new (const ObmChange *change)
{
  g_autofree char *text = describe_change (change);
  g_autofree char *name = obm_change_row_name (change);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *host = gtk_label_new (get_host_name (change));
  GtkWidget *what = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (host), 0);
  gtk_label_set_ellipsize (GTK_LABEL (host), PANGO_ELLIPSIZE_END);
  obm_narrow_tell (host);
  gtk_label_set_xalign (GTK_LABEL (what), 0);
  gtk_label_set_wrap (GTK_LABEL (what), TRUE);
  /* The scrolled window asks for the height without a width: that of one long line, were this not set. */
  gtk_label_set_max_width_chars (GTK_LABEL (what), 33);
  gtk_widget_add_css_class (what, "dim-label");
  gtk_widget_add_css_class (box, "change");
  gtk_box_append (GTK_BOX (box), host);
  gtk_box_append (GTK_BOX (box), what);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}
