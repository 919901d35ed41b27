/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-pagination.h"

#include <glib/gi18n.h>

#include "obm-compat.h"

/**
 * ObmPagination:
 *
 * OBM's result pages, as places in one continuous list: #ObmPagination:page follows the scrolling, and a jump scrolls
 * to the first row of a page. All rows are of one height.
 */
struct _ObmPagination
{
  GObject parent_instance;

  GtkColumnView *view;
  GtkAdjustment *adjustment;
  ObmRemoteList *model;
  guint rows_per_page;
  guint page;
  /* The page jumped to: it is the current one while its first row is in view, even at the end of the list. */
  guint jumped_to;
};

enum {
  PROP_0,
  PROP_PAGE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmPagination, obm_pagination, G_TYPE_OBJECT)

static void
set_page (ObmPagination *self, guint page)
{
  if (self->page == page)
    return;

  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/* Whether the first row of the page jumped to is still in view. */
static gboolean
is_at_jump (ObmPagination *self, double row_height)
{
  double top = (double) (self->jumped_to - 1) * self->rows_per_page * row_height;
  double value = gtk_adjustment_get_value (self->adjustment);

  return self->jumped_to > 0 && top > value - row_height &&
         top < value + gtk_adjustment_get_page_size (self->adjustment);
}

static void
announce_page (ObmPagination *self)
{
  g_autofree char *page = g_strdup_printf ("%'u", self->page);
  g_autofree char *pages = g_strdup_printf ("%'u", obm_pagination_get_pages (self));
  /* Translators: which page of the results, of how many */
  g_autofree char *place = g_strdup_printf (_("Page %s of %s"), page, pages);

  obm_compat_announce (GTK_WIDGET (self->view), place);
}

static void
obm_pagination_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_PAGE)
    g_value_set_uint (value, OBM_PAGINATION (object)->page);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
obm_pagination_finalize (GObject *object)
{
  ObmPagination *self = OBM_PAGINATION (object);

  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->adjustment);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (obm_pagination_parent_class)->finalize (object);
}

static void
obm_pagination_class_init (ObmPaginationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = obm_pagination_get_property;
  object_class->finalize = obm_pagination_finalize;

  properties[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 1, G_MAXUINT, 1,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_pagination_init (ObmPagination *self)
{
  self->rows_per_page = 10;
  self->page = 1;
}

/**
 * obm_pagination_new:
 * @view: a view that scrolls and selects one row; it is not kept alive
 * @model: the rows it shows
 *
 * Returns: (transfer full): the result pages of @model in @view
 */
ObmPagination *
obm_pagination_new (GtkColumnView *view, ObmRemoteList *model)
{
  ObmPagination *self = g_object_new (OBM_TYPE_PAGINATION, NULL);

  g_set_weak_pointer (&self->view, view);
  self->adjustment = g_object_ref (gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (view)));
  self->model = g_object_ref (model);
  g_signal_connect_object (self->adjustment, "value-changed", G_CALLBACK (obm_pagination_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->adjustment, "changed", G_CALLBACK (obm_pagination_update), self, G_CONNECT_SWAPPED);

  return self;
}

/**
 * obm_pagination_get_page:
 * @self: result pages
 *
 * Returns: the result page in view, from 1
 */
guint
obm_pagination_get_page (ObmPagination *self)
{
  g_return_val_if_fail (OBM_IS_PAGINATION (self), 1);

  return self->page;
}

/**
 * obm_pagination_get_pages:
 * @self: result pages
 *
 * Returns: how many result pages there are; 0 without a result
 */
guint
obm_pagination_get_pages (ObmPagination *self)
{
  guint length;

  g_return_val_if_fail (OBM_IS_PAGINATION (self), 0);

  length = obm_remote_list_get_length (self->model);

  return length == 0 ? 0 : (length - 1) / self->rows_per_page + 1;
}

/**
 * obm_pagination_get_rows_per_page:
 * @self: result pages
 *
 * Returns: how many rows make a result page
 */
guint
obm_pagination_get_rows_per_page (ObmPagination *self)
{
  g_return_val_if_fail (OBM_IS_PAGINATION (self), 1);

  return self->rows_per_page;
}

/**
 * obm_pagination_set_rows_per_page:
 * @self: result pages
 * @rows: how many rows make a result page, from 1
 */
void
obm_pagination_set_rows_per_page (ObmPagination *self, guint rows)
{
  g_return_if_fail (OBM_IS_PAGINATION (self));
  g_return_if_fail (rows > 0);

  self->rows_per_page = rows;
  self->jumped_to = 0;
  obm_pagination_update (self);
}

/**
 * obm_pagination_update:
 * @self: result pages
 *
 * Finds out which page is in view. Scrolling does that by itself; another length of the list has to be told.
 */
void
obm_pagination_update (ObmPagination *self)
{
  double upper, scrollable;
  guint length;

  g_return_if_fail (OBM_IS_PAGINATION (self));

  length = obm_remote_list_get_length (self->model);
  upper = gtk_adjustment_get_upper (self->adjustment);
  scrollable = upper - gtk_adjustment_get_page_size (self->adjustment);

  if (length == 0)
    {
      self->jumped_to = 0;
      set_page (self, 1);
    }
  else if (is_at_jump (self, upper / length))
    set_page (self, self->jumped_to);
  else if (scrollable <= 0)
    set_page (self, 1);
  else
    {
      /* From the first row at the top of the list to the last one at its end. */
      double fraction = CLAMP (gtk_adjustment_get_value (self->adjustment) / scrollable, 0, 1);

      self->jumped_to = 0;
      set_page (self, (guint) (fraction * (length - 1)) / self->rows_per_page + 1);
    }
}

/**
 * obm_pagination_start_over:
 * @self: result pages
 *
 * Goes back to the first row, where another list begins.
 */
void
obm_pagination_start_over (ObmPagination *self)
{
  g_return_if_fail (OBM_IS_PAGINATION (self));

  self->jumped_to = 0;
  /* Else a view that was far down stays there, and is blank. */
  if (self->view != NULL && obm_remote_list_get_length (self->model) > 0)
    obm_compat_scroll_to (self->view, 0, FALSE);
  obm_pagination_update (self);
}

/**
 * obm_pagination_jump:
 * @self: result pages
 * @page: a result page, from 1
 *
 * Brings the first row of @page to the top of the view, or as near as the end of the list allows, selects it, and
 * says which page it is to those who listen.
 */
void
obm_pagination_jump (ObmPagination *self, guint page)
{
  guint length, position;

  g_return_if_fail (OBM_IS_PAGINATION (self));

  if (self->view == NULL || page < 1 || page > obm_pagination_get_pages (self))
    return;

  length = obm_remote_list_get_length (self->model);
  position = (page - 1) * self->rows_per_page;

  self->jumped_to = page;
  gtk_single_selection_set_selected (GTK_SINGLE_SELECTION (gtk_column_view_get_model (self->view)), position);
  /* The first moves the keyboard's place there too, the second brings the row from the edge to the top. */
  obm_compat_scroll_to (self->view, position, TRUE);
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_upper (self->adjustment) / length * position);
  set_page (self, page);
  announce_page (self);
}
