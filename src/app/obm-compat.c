/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-compat.h"

/*
 * Everything that newer versions of GTK do better than 4.8, which is what the rest is written for.
 */

/**
 * obm_compat_scroll_to:
 * @view: a column view
 * @position: a row
 *
 * Brings a row into view, as near to the top as the list allows, and from GTK 4.12 on gives it the focus too.
 */
void
obm_compat_scroll_to (GtkColumnView *view, guint position)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_column_view_scroll_to (view, position, NULL, GTK_LIST_SCROLL_FOCUS, NULL);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view));
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_LIST_VIEW (child))
      gtk_widget_activate_action (child, "list.scroll-to-item", "u", position);
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
