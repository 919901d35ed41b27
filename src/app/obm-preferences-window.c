/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-preferences-window.h"

#include "obm-compat.h"
#include "obm-wrap-box.h"

/**
 * ObmPreferencesWindow:
 *
 * The preferences OBM has for its lists. Each takes effect at once.
 */
struct _ObmPreferencesWindow
{
  GtkWindow parent_instance;

  GtkAdjustment *rows_adjustment;
  GtkCheckButton *display_check;
  GtkDropDown *separator_drop_down;

  GSettings *settings;
};

G_DEFINE_FINAL_TYPE (ObmPreferencesWindow, obm_preferences_window, GTK_TYPE_WINDOW)

/* In the order of the list. */
static const char * const separators[] = { "locale", "semicolon", "comma" };

static gboolean
get_separator (GValue *value, GVariant *variant, gpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (separators); i++)
    if (g_str_equal (g_variant_get_string (variant, NULL), separators[i]))
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
set_separator (const GValue *value, const GVariantType *type, gpointer user_data)
{
  guint selected = g_value_get_uint (value);

  return g_variant_new_string (separators[MIN (selected, G_N_ELEMENTS (separators) - 1)]);
}

static void
obm_preferences_window_dispose (GObject *object)
{
  ObmPreferencesWindow *self = OBM_PREFERENCES_WINDOW (object);

  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (obm_preferences_window_parent_class)->dispose (object);
}

static void
obm_preferences_window_class_init (ObmPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_preferences_window_dispose;

  g_type_ensure (OBM_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmPreferencesWindow, rows_adjustment);
  gtk_widget_class_bind_template_child (widget_class, ObmPreferencesWindow, display_check);
  gtk_widget_class_bind_template_child (widget_class, ObmPreferencesWindow, separator_drop_down);
}

static void
obm_preferences_window_init (ObmPreferencesWindow *self)
{
  self->settings = g_settings_new (APP_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
  g_settings_bind (self->settings, "rows-per-page", self->rows_adjustment, "value", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "display-lists", self->display_check, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind_with_mapping (self->settings, "csv-separator", self->separator_drop_down, "selected",
                                G_SETTINGS_BIND_DEFAULT, get_separator, set_separator, NULL, NULL);
}

/**
 * obm_preferences_window_new:
 * @parent: the window it belongs to
 *
 * Returns: (transfer none): a window, to be presented; it destroys itself
 */
ObmPreferencesWindow *
obm_preferences_window_new (GtkWindow *parent)
{
  return g_object_new (OBM_TYPE_PREFERENCES_WINDOW,
                       "transient-for", parent,
                       "destroy-with-parent", TRUE,
                       NULL);
}
