/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-column-sorter.h"

/*
 * The backend sorts, but GtkColumnView only lets sorters be told about a click on a heading, and before GTK 4.10 it
 * cannot be asked which column is sorted and how. So each column's sorter says who it is when it is asked to compare:
 * the view's sorter asks the primary column first, and turns its answer round when the order is descending.
 */
static int asked = -1;

static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  if (asked < 0)
    asked = GPOINTER_TO_INT (user_data);

  return GTK_ORDERING_LARGER;
}

/**
 * obm_column_sorter_new:
 * @sort: what the column shows
 *
 * Returns: (transfer full): a sorter for a #GtkColumnViewColumn that sorts nothing itself
 */
GtkSorter *
obm_column_sorter_new (ObmSort sort)
{
  return GTK_SORTER (gtk_custom_sorter_new (compare, GINT_TO_POINTER (sort), NULL));
}

/**
 * obm_column_sorter_read:
 * @view_sorter: the sorter of a #GtkColumnView whose columns have sorters of ours
 * @sort: (out): the column that is sorted
 * @descending: (out): how
 *
 * Returns: whether any column is sorted
 */
gboolean
obm_column_sorter_read (GtkSorter *view_sorter, ObmSort *sort, gboolean *descending)
{
  /* Two of them: an item is equal to itself without asking anybody. */
  g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) other = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering ordering;

  asked = -1;
  ordering = gtk_sorter_compare (view_sorter, item, other);
  if (asked < 0)
    return FALSE;

  *sort = asked;
  *descending = ordering == GTK_ORDERING_SMALLER;

  return TRUE;
}
