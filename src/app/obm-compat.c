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
 * obm_compat_tab_leaves:
 * @view: a list or column view
 *
 * Has Tab go to the row in use and on out of @view, as before GTK 4.12, instead of through each of its rows from the
 * first one.
 */
void
obm_compat_tab_leaves (GtkWidget *view)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  g_object_set (view, "tab-behavior", GTK_LIST_TAB_ITEM, NULL);
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

/**
 * obm_compat_set_row_factory:
 * @view: a column view
 * @factory: (transfer none): what is called for each GtkColumnViewRow
 *
 * Sets who names the rows, where they can have a name (GTK 4.12). Before, they are the text of their cells.
 */
void
obm_compat_set_row_factory (GtkColumnView *view, GtkListItemFactory *factory)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_column_view_set_row_factory (view, factory);
  G_GNUC_END_IGNORE_DEPRECATIONS
#endif
}

/**
 * obm_compat_name_row:
 * @row: a #GtkListItem or GtkColumnViewRow
 * @name: (nullable): what it says
 *
 * Sets the accessible name of a row, where it can have one (GTK 4.12).
 */
void
obm_compat_name_row (GObject *row, const char *name)
{
#if GTK_CHECK_VERSION(4, 12, 0)
  g_object_set (row, "accessible-label", name ? name : "", NULL);
#endif
}

#if GTK_CHECK_VERSION(4, 10, 0)
static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_task_return_pointer (task, gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, NULL), g_object_unref);
  G_GNUC_END_IGNORE_DEPRECATIONS
}
#else
static void
on_response_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GFile *file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  g_task_return_pointer (task, file, g_object_unref);
  g_object_unref (dialog);
}
#endif

/**
 * obm_compat_save_file_async:
 * @parent: the window it belongs to
 * @title: what the file is for
 * @name: the name to propose
 * @callback: (scope async): called when the person has chosen
 * @user_data: for @callback
 *
 * Asks where to save a file.
 */
void
obm_compat_save_file_async (GtkWindow *parent,
                            const char *title,
                            const char *name,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (parent, NULL, callback, user_data);

  g_task_set_source_tag (task, obm_compat_save_file_async);
#if GTK_CHECK_VERSION(4, 10, 0)
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  g_autoptr (GtkFileDialog) dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  gtk_file_dialog_set_initial_name (dialog, name);
  gtk_file_dialog_save (dialog, parent, NULL, on_saved_cb, task);
  G_GNUC_END_IGNORE_DEPRECATIONS
#else
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (title, parent, GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  g_signal_connect (dialog, "response", G_CALLBACK (on_response_cb), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
#endif
}

/**
 * obm_compat_save_file_finish:
 * @result: what the callback was given
 *
 * Returns: (nullable) (transfer full): the file; %NULL if the person chose none
 */
GFile *
obm_compat_save_file_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
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

static void
on_visible_child_changed_cb (GtkStack *stack)
{
  GtkWidget *visible = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != visible, -1);
}

/**
 * obm_compat_hide_pages:
 * @stack: a stack with all its pages
 *
 * Hides the pages that are not to be seen from screen readers too, for whom GTK leaves them where they were.
 */
void
obm_compat_hide_pages (GtkStack *stack)
{
  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_visible_child_changed_cb), NULL);
  on_visible_child_changed_cb (stack);
}
