/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-compat.h"

/*
 * Everything that newer versions of GTK do better than 4.8, which is what the rest is written for.
 */

#if !GTK_CHECK_VERSION(4, 12, 0)
/* Else the arrow keys, and Tab into the list, would go on from where the focus was before, and scroll back to there. */
static void
focus_selected (GtkWidget *list_view)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list_view); row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_widget_get_state_flags (row) & GTK_STATE_FLAG_SELECTED)
      {
        gtk_widget_grab_focus (row);
        return;
      }
}
#endif

/**
 * obm_compat_scroll_to:
 * @view: a column view
 * @position: a row
 * @focus: whether to give it the focus too; before GTK 4.12 it must be the selected one
 *
 * Brings a row into view, as near to the top as the list allows.
 */
void
obm_compat_scroll_to (GtkColumnView *view, guint position, gboolean focus)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_column_view_scroll_to (view, position, NULL, focus ? GTK_LIST_SCROLL_FOCUS : GTK_LIST_SCROLL_NONE, NULL);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      {
        gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
        if (focus)
          focus_selected (child);
      }
#endif
}

/**
 * obm_compat_announce:
 * @widget: where it happened
 * @message: what to say
 *
 * Tells people who listen to the screen what changed on it, where GTK can (4.14).
 */
void
obm_compat_announce (GtkWidget *widget, const char *message)
{
#if GTK_CHECK_VERSION(4, 14, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), message, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

/* A label with a mnemonic names its button already; the button's own name would be added to it, with the "_". */
static void
name_button (GtkButton *button)
{
  if (gtk_button_get_use_underline (button))
    gtk_accessible_reset_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

/**
 * obm_compat_set_label:
 * @button: a button
 * @label: what it says, with a mnemonic if it uses underlines
 *
 * Labels a button so that its accessible name is what it says, on GTK 4.8 too.
 */
void
obm_compat_set_label (GtkButton *button, const char *label)
{
  gtk_button_set_label (button, label);
  name_button (button);
}

/**
 * obm_compat_name:
 * @widget: a widget whose template was just made
 *
 * Makes the accessible names of the buttons in @widget what they say, on GTK 4.8 too.
 */
void
obm_compat_name (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget))
    name_button (GTK_BUTTON (widget));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    obm_compat_name (child);
}
