/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-shortcuts-window.h"

#include <glib/gi18n.h>

#include "obm-shortcuts.h"

/**
 * ObmShortcutsWindow:
 *
 * The keys of the program, group by group, as they are called on the person's keyboard. (GTK's own window for that
 * goes away: it is deprecated from 4.18 on.)
 */
struct _ObmShortcutsWindow
{
  GtkWindow parent_instance;

  GtkSizeGroup *sizes;
  GtkGrid *grids[OBM_N_SHORTCUT_GROUPS];
};

G_DEFINE_FINAL_TYPE (ObmShortcutsWindow, obm_shortcuts_window, GTK_TYPE_WINDOW)

static void
append_key (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

/* GTK calls the key "Return", which in French is what nobody calls it. */
static char *
get_label (guint key, GdkModifierType modifiers)
{
  /* Translators: the key */
  return key == GDK_KEY_Return ? g_strdup (_("Enter")) : gtk_accelerator_get_label (key, modifiers);
}

/* A cap for each key: "Ctrl" "F". None of ours is the plus sign. */
static void
append_accel (GtkWidget *box, const char *accel)
{
  g_autofree char *label = NULL;
  g_auto (GStrv) keys = NULL;
  GdkModifierType modifiers;
  guint key;

  if (!gtk_accelerator_parse (accel, &key, &modifiers))
    return;

  label = get_label (key, modifiers);
  keys = g_strsplit (label, "+", -1);
  for (guint i = 0; keys[i] != NULL; i++)
    append_key (box, keys[i], "keycap");
}

static void
add_shortcut (ObmShortcutsWindow *self, int row, const ObmShortcut *shortcut)
{
  GtkGrid *grid = self->grids[shortcut->group];
  GtkWidget *keys = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *title = gtk_label_new (_(shortcut->title));

  for (guint i = 0; shortcut->accels[i] != NULL; i++)
    {
      if (i > 0)
        /* Translators: between two shortcuts that do the same */
        append_key (keys, _("or"), "dim-label");
      append_accel (keys, shortcut->accels[i]);
    }
  gtk_widget_set_valign (keys, GTK_ALIGN_CENTER);
  gtk_size_group_add_widget (self->sizes, keys);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (title), 15);
  gtk_label_set_max_width_chars (GTK_LABEL (title), 28);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_grid_attach (grid, keys, 0, row, 1, 1);
  gtk_grid_attach (grid, title, 1, row, 1, 1);
}

static void
obm_shortcuts_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_SHORTCUTS_WINDOW);

  G_OBJECT_CLASS (obm_shortcuts_window_parent_class)->dispose (object);
}

static void
obm_shortcuts_window_class_init (ObmShortcutsWindowClass *klass)
{
  static const char * const grid_ids[] = { "search_grid", "servers_grid", "results_grid", "program_grid" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_shortcuts_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-shortcuts-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmShortcutsWindow, sizes);
  for (guint i = 0; i < G_N_ELEMENTS (grid_ids); i++)
    gtk_widget_class_bind_template_child_full (widget_class, grid_ids[i], FALSE,
                                               G_STRUCT_OFFSET (ObmShortcutsWindow, grids) + i * sizeof (GtkGrid *));
}

static void
obm_shortcuts_window_init (ObmShortcutsWindow *self)
{
  guint n_shortcuts;
  const ObmShortcut *shortcuts = obm_shortcuts_get (&n_shortcuts);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < n_shortcuts; i++)
    add_shortcut (self, i, &shortcuts[i]);
}

/**
 * obm_shortcuts_window_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window, to be presented; it destroys itself
 */
ObmShortcutsWindow *
obm_shortcuts_window_new (GtkWindow *parent)
{
  return g_object_new (OBM_TYPE_SHORTCUTS_WINDOW,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       NULL);
}
