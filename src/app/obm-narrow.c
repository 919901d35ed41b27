/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-narrow.h"

/*
 * What becomes of things for which there is no room. GTK 4.8 has nothing for that.
 */

/**
 * obm_narrow_measure:
 * @widget: a widget
 *
 * Returns: how wide it is where there is room, in pixels
 */
int
obm_narrow_measure (GtkWidget *widget)
{
  int natural;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), 0);

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);

  return natural;
}

static void
update (GtkWidget *widget, GParamSpec *pspec, GdkSurface *surface)
{
  int width = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (widget), "obm-narrow-width"));
  GtkNative *window = gtk_native_get_for_surface (surface);
  double left = 0, top = 0;

  /* The surface has room for the window's shadow too, where there is one. */
  if (window != NULL)
    gtk_native_get_surface_transform (window, &left, &top);
  gtk_widget_set_visible (widget, gdk_surface_get_width (surface) - 2 * (int) left >= width);
}

static void
on_realize_cb (GtkWidget *widget, GtkNative *window)
{
  g_signal_connect_object (gtk_native_get_surface (window), "notify::width", G_CALLBACK (update), widget,
                           G_CONNECT_SWAPPED);
}

/**
 * obm_narrow_hide:
 * @window: a window that is not on the screen yet
 * @widget: something in it
 * @width: a width, in pixels
 *
 * Hides @widget while @window is narrower than that.
 */
void
obm_narrow_hide (GtkWindow *window, GtkWidget *widget, int width)
{
  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (GTK_IS_WIDGET (widget));

  g_object_set_data (G_OBJECT (widget), "obm-narrow-width", GINT_TO_POINTER (width));
  g_signal_connect_object (window, "realize", G_CALLBACK (on_realize_cb), widget, G_CONNECT_SWAPPED);
}

static gboolean
on_query_tooltip_cb (GtkWidget *text, int x, int y, gboolean keyboard_mode, GtkTooltip *tooltip)
{
  const char *whole = GTK_IS_LABEL (text) ? gtk_label_get_text (GTK_LABEL (text))
                                          : gtk_inscription_get_text (GTK_INSCRIPTION (text));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (text, whole);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  gtk_tooltip_set_text (tooltip, whole);

  return width > gtk_widget_get_width (text);
}

/**
 * obm_narrow_tell:
 * @text: a #GtkLabel or #GtkInscription of one line, which may be shortened
 *
 * Has a tooltip tell all of @text while it is shortened.
 */
void
obm_narrow_tell (GtkWidget *text)
{
  g_return_if_fail (GTK_IS_LABEL (text) || GTK_IS_INSCRIPTION (text));

  gtk_widget_set_has_tooltip (text, TRUE);
  g_signal_connect (text, "query-tooltip", G_CALLBACK (on_query_tooltip_cb), NULL);
}
