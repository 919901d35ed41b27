/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-field.h"

/**
 * obm_field_set_message:
 * @field: an entry, a check box, a button that chooses something
 * @message: (nullable): the label that says what @field lacks, in the same window
 * @wrong: whether what the person entered is wrong, and not only missing yet
 *
 * Ties what is said about a field to it, for those who hear one widget at a time; without @message, takes that back.
 */
void
obm_field_set_message (GtkWidget *field, GtkWidget *message, gboolean wrong)
{
  GtkAccessible *accessible = GTK_ACCESSIBLE (field);

  if (message != NULL)
    gtk_accessible_update_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, message, NULL, -1);
  else
    gtk_accessible_reset_relation (accessible, GTK_ACCESSIBLE_RELATION_DESCRIBED_BY);

  gtk_accessible_update_state (accessible, GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL && wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  if (message != NULL && wrong)
    gtk_widget_add_css_class (field, "error");
  else
    gtk_widget_remove_css_class (field, "error");
}
