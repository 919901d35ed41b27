/* SPDX-License-Identifier: GPL-3.0-or-later */

/*
 * From GTK 4.10 on, a widget's place as assistive technology is told it leaves out the padding and the border of
 * everything the widget is in, counts that of a stack's page twice, and stays the last one when the widget is hidden.
 * That is up to 30 pixels beside a small button, and a row where there is another by now. The pointer of the tests
 * has to meet what it aims at, so they put this module into the client by GIO_EXTRA_MODULES.
 */

#include <gio/gio.h>
#include <gtk/gtk.h>

static gboolean
widget_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  GtkWidget *widget = GTK_WIDGET (accessible);
  GtkWidget *parent = gtk_widget_get_parent (widget);
  graphene_rect_t bounds, outer;

  if (!gtk_widget_get_realized (widget))
    return FALSE;

  *x = *y = *width = *height = 0;
  if (parent == NULL)
    parent = widget;
  if (gtk_widget_get_mapped (widget) && gtk_widget_compute_bounds (widget, parent, &bounds) &&
      gtk_widget_compute_bounds (parent, parent, &outer))
    {
      *x = (int) (bounds.origin.x - outer.origin.x);
      *y = (int) (bounds.origin.y - outer.origin.y);
      *width = (int) bounds.size.width;
      *height = (int) bounds.size.height;
    }

  return TRUE;
}

static gboolean
stack_page_bounds (GtkAccessible *accessible, int *x, int *y, int *width, int *height)
{
  if (!widget_bounds (GTK_ACCESSIBLE (gtk_stack_page_get_child (GTK_STACK_PAGE (accessible))), x, y, width, height))
    return FALSE;

  *x = *y = 0;
  return TRUE;
}

static void
mend (GType type, gboolean (*get_bounds) (GtkAccessible *, int *, int *, int *, int *))
{
  GTypeClass *klass = g_type_class_ref (type);
  GtkAccessibleInterface *iface;

  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  iface = g_type_interface_peek (klass, GTK_TYPE_ACCESSIBLE);
  G_GNUC_END_IGNORE_DEPRECATIONS
  iface->get_bounds = get_bounds;
}

void
g_io_module_load (GIOModule *module)
{
  g_type_module_use (G_TYPE_MODULE (module));
  mend (GTK_TYPE_WIDGET, widget_bounds);
  mend (GTK_TYPE_STACK_PAGE, stack_page_bounds);
}

void
g_io_module_unload (GIOModule *module)
{
}

/* No extension point wants it: it is loaded with the first one that is asked for. */
char **
g_io_module_query (void)
{
  return g_new0 (char *, 1);
}
