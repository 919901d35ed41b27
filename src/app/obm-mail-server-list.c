/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-list.h"

#include <glib/gi18n.h>

#include "obm-column-sorter.h"
#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-result-cell.h"
#include "obm-row-name.h"
#include "obm-selection-keeper.h"
#include "obm-status-page.h"

/**
 * ObmMailServerList:
 *
 * The result of a search: one continuous list of every mail server found, or what there is to say instead. OBM's
 * result pages live on as places in it: #ObmMailServerList:page follows the scrolling.
 */
struct _ObmMailServerList
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  ObmStatusPage *error_page;
  GtkScrolledWindow *scrolled_window;
  GtkColumnView *column_view;
  GtkColumnViewColumn *columns[OBM_SORT_SMTP_OUT + 1];

  ObmRemoteList *model;
  GtkSingleSelection *selection;
  ObmSelectionKeeper *keeper;
  ObmSort sort;
  gboolean descending;
  guint rows_per_page;
  guint page;
  /* The page jumped to: it is the current one while its first row is in view, even at the end of the list. */
  guint jumped_to;
};

enum {
  PROP_0,
  PROP_LENGTH,
  PROP_PAGE,
  PROP_ROWS_PER_PAGE,
  PROP_HAS_ROWS,
  N_PROPS
};

enum {
  ACTIVATE,
  SORT_CHANGED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmMailServerList, obm_mail_server_list, GTK_TYPE_WIDGET)

static void
set_page (ObmMailServerList *self, guint page)
{
  if (self->page == page)
    return;

  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
}

/* Whether the first row of the page jumped to is still in view. All rows are of one height. */
static gboolean
is_at_jump (ObmMailServerList *self, GtkAdjustment *adjustment, double row_height)
{
  double top = (double) (self->jumped_to - 1) * self->rows_per_page * row_height;
  double value = gtk_adjustment_get_value (adjustment);

  return self->jumped_to > 0 && top > value - row_height &&
         top < value + gtk_adjustment_get_page_size (adjustment);
}

static void
update_page (ObmMailServerList *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  guint length = obm_remote_list_get_length (self->model);
  double upper = gtk_adjustment_get_upper (adjustment);
  double scrollable = upper - gtk_adjustment_get_page_size (adjustment);

  if (length == 0)
    {
      self->jumped_to = 0;
      set_page (self, 1);
    }
  else if (is_at_jump (self, adjustment, upper / length))
    set_page (self, self->jumped_to);
  else if (scrollable <= 0)
    set_page (self, 1);
  else
    {
      /* From the first row at the top of the list to the last one at its end. */
      double fraction = CLAMP (gtk_adjustment_get_value (adjustment) / scrollable, 0, 1);

      self->jumped_to = 0;
      set_page (self, (guint) (fraction * (length - 1)) / self->rows_per_page + 1);
    }
}

static void
update_stack (ObmMailServerList *self)
{
  const GError *error = obm_remote_list_get_error (self->model);
  const char *name;

  if (error != NULL)
    {
      g_autofree char *text = obm_error_text (error);

      g_object_set (self->error_page, "description", text, NULL);
      name = "error";
    }
  else if (obm_remote_list_get_length (self->model) > 0)
    name = "rows";
  else if (obm_remote_list_get_loading (self->model))
    name = "loading";
  else
    name = obm_remote_list_get_search (self->model) ? "empty" : "prompt";

  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
on_length_changed_cb (ObmMailServerList *self)
{
  update_stack (self);
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LENGTH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_ROWS]);
}

/* A new search is another list: it starts at its beginning. */
static void
on_search_changed_cb (ObmMailServerList *self)
{
  self->jumped_to = 0;
  update_stack (self);
  /* Else a view that was far down stays there, and is blank. */
  if (obm_remote_list_get_length (self->model) > 0)
    obm_compat_scroll_to (self->column_view, 0, FALSE);
  update_page (self);
}

static void
on_sorter_changed_cb (ObmMailServerList *self)
{
  ObmSort sort;
  gboolean descending;

  /* The view's sorter loses its columns after the list lost the view. */
  if (self->column_view == NULL)
    return;

  if (!obm_column_sorter_read (gtk_column_view_get_sorter (self->column_view), &sort, &descending) ||
      (sort == self->sort && descending == self->descending))
    return;

  self->sort = sort;
  self->descending = descending;
  g_signal_emit (self, signals[SORT_CHANGED], 0);
}

static void
on_activate_cb (ObmMailServerList *self, guint position)
{
  g_autoptr (ObmRemoteRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  ObmEntity *item = row ? obm_remote_row_get_item (row) : NULL;

  if (OBM_IS_MAIL_SERVER (item))
    g_signal_emit (self, signals[ACTIVATE], 0, item);
  else if (row != NULL && obm_remote_row_get_error (row) != NULL)
    obm_remote_list_retry (self->model, position);
}

static void
retry_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  obm_remote_list_retry (OBM_MAIL_SERVER_LIST (widget)->model, g_variant_get_uint32 (parameter));
}

static void
search_again_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmRemoteList *model = OBM_MAIL_SERVER_LIST (widget)->model;

  if (obm_remote_list_get_search (model) != NULL)
    obm_remote_list_search (model, obm_remote_list_get_search (model));
}

static void
obm_mail_server_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmMailServerList *self = OBM_MAIL_SERVER_LIST (object);

  switch (prop_id)
    {
    case PROP_LENGTH:
      g_value_set_uint (value, obm_remote_list_get_length (self->model));
      break;
    case PROP_PAGE:
      g_value_set_uint (value, self->page);
      break;
    case PROP_ROWS_PER_PAGE:
      g_value_set_uint (value, self->rows_per_page);
      break;
    case PROP_HAS_ROWS:
      g_value_set_boolean (value, obm_remote_list_get_length (self->model) > 0);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_mail_server_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmMailServerList *self = OBM_MAIL_SERVER_LIST (object);

  if (prop_id != PROP_ROWS_PER_PAGE)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  self->rows_per_page = g_value_get_uint (value);
  self->jumped_to = 0;
  update_page (self);
}

static void
obm_mail_server_list_dispose (GObject *object)
{
  ObmMailServerList *self = OBM_MAIL_SERVER_LIST (object);

  /* The view goes before the model it shows. */
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_MAIL_SERVER_LIST);
  g_clear_object (&self->keeper);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (obm_mail_server_list_parent_class)->dispose (object);
}

static void
obm_mail_server_list_finalize (GObject *object)
{
  g_clear_object (&OBM_MAIL_SERVER_LIST (object)->model);

  G_OBJECT_CLASS (obm_mail_server_list_parent_class)->finalize (object);
}

static void
obm_mail_server_list_class_init (ObmMailServerListClass *klass)
{
  static const char * const column_ids[] = {
    "host_column", "ip_column", "imap_column", "smtp_in_column", "smtp_out_column",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_mail_server_list_get_property;
  object_class->set_property = obm_mail_server_list_set_property;
  object_class->dispose = obm_mail_server_list_dispose;
  object_class->finalize = obm_mail_server_list_finalize;

  properties[PROP_LENGTH] = g_param_spec_uint ("length", NULL, NULL, 0, G_MAXUINT, 0, readable);
  properties[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 1, G_MAXUINT, 1, readable);
  properties[PROP_ROWS_PER_PAGE] = g_param_spec_uint ("rows-per-page", NULL, NULL, 1, 200, 10,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_HAS_ROWS] = g_param_spec_boolean ("has-rows", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ObmMailServerList::activate:
   * @server: a mail server
   *
   * The person wants to consult @server.
   */
  signals[ACTIVATE] = g_signal_new ("activate", OBM_TYPE_MAIL_SERVER_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, OBM_TYPE_MAIL_SERVER);
  /**
   * ObmMailServerList::sort-changed:
   *
   * Another order is wanted, which the backend has to make.
   */
  signals[SORT_CHANGED] = g_signal_new ("sort-changed", OBM_TYPE_MAIL_SERVER_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "results.retry", "u", retry_action);
  gtk_widget_class_install_action (widget_class, "results.search-again", NULL, search_again_action);

  g_type_ensure (OBM_TYPE_STATUS_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-list.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerList, stack);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerList, spinner);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerList, error_page);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerList, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerList, column_view);
  for (guint i = 0; i < G_N_ELEMENTS (column_ids); i++)
    gtk_widget_class_bind_template_child_full (widget_class, column_ids[i], FALSE,
                                               G_STRUCT_OFFSET (ObmMailServerList, columns) +
                                                   i * sizeof (GtkColumnViewColumn *));
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
obm_mail_server_list_init (ObmMailServerList *self)
{
  g_autoptr (GtkListItemFactory) names = obm_row_name_factory_new ();
  GtkAdjustment *adjustment;

  self->rows_per_page = 10;
  self->page = 1;
  self->model = obm_remote_list_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_hide_pages (self->stack);
  obm_compat_tab_leaves (GTK_WIDGET (self->column_view));

  for (guint i = 0; i < G_N_ELEMENTS (self->columns); i++)
    {
      g_autoptr (GtkListItemFactory) factory = obm_result_cell_factory_new (i);
      g_autoptr (GtkSorter) sorter = obm_column_sorter_new (i);

      gtk_column_view_column_set_factory (self->columns[i], factory);
      gtk_column_view_column_set_sorter (self->columns[i], sorter);
    }
  gtk_column_view_sort_by_column (self->column_view, self->columns[OBM_SORT_NAME], GTK_SORT_ASCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->column_view), "changed",
                           G_CALLBACK (on_sorter_changed_cb), self, G_CONNECT_SWAPPED);

  self->selection = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  self->keeper = obm_selection_keeper_new (self->selection);
  obm_compat_set_row_factory (self->column_view, names);
  gtk_column_view_set_model (self->column_view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->model, "notify::length", G_CALLBACK (on_length_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::search", G_CALLBACK (on_search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);

  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  update_stack (self);
}

/**
 * obm_mail_server_list_get_model:
 * @self: a list
 *
 * Returns: (transfer none): the rows it shows; a search is started there
 */
ObmRemoteList *
obm_mail_server_list_get_model (ObmMailServerList *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_LIST (self), NULL);

  return self->model;
}

/**
 * obm_mail_server_list_get_page:
 * @self: a list
 *
 * Returns: the result page in view, from 1
 */
guint
obm_mail_server_list_get_page (ObmMailServerList *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_LIST (self), 1);

  return self->page;
}

/**
 * obm_mail_server_list_get_pages:
 * @self: a list
 *
 * Returns: how many result pages there are; 0 without a result
 */
guint
obm_mail_server_list_get_pages (ObmMailServerList *self)
{
  guint length;

  g_return_val_if_fail (OBM_IS_MAIL_SERVER_LIST (self), 0);

  length = obm_remote_list_get_length (self->model);

  return length == 0 ? 0 : (length - 1) / self->rows_per_page + 1;
}

/**
 * obm_mail_server_list_get_rows_per_page:
 * @self: a list
 *
 * Returns: how many rows make a result page
 */
guint
obm_mail_server_list_get_rows_per_page (ObmMailServerList *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_LIST (self), 1);

  return self->rows_per_page;
}

/**
 * obm_mail_server_list_reload:
 * @self: a list
 *
 * Reads what is in view again, in place: what is selected stays selected.
 */
void
obm_mail_server_list_reload (ObmMailServerList *self)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_LIST (self));

  obm_remote_list_reload (self->model);
}

/**
 * obm_mail_server_list_sort:
 * @self: a list
 * @sort: the column to sort by
 * @descending: the direction
 *
 * Sorts as a click on a heading does.
 */
void
obm_mail_server_list_sort (ObmMailServerList *self, ObmSort sort, gboolean descending)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_LIST (self));

  /* Before it sorts by another column, GTK 4.8 forgets to take the arrow off the one before. */
  gtk_column_view_sort_by_column (self->column_view, NULL, GTK_SORT_ASCENDING);
  gtk_column_view_sort_by_column (self->column_view, self->columns[sort],
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

/**
 * obm_mail_server_list_get_order:
 * @self: a list
 * @sort: (out): the column it is sorted by
 * @descending: (out): the direction
 */
void
obm_mail_server_list_get_order (ObmMailServerList *self, ObmSort *sort, gboolean *descending)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_LIST (self));

  *sort = self->sort;
  *descending = self->descending;
}

/**
 * obm_mail_server_list_jump:
 * @self: a list
 * @page: a result page, from 1
 *
 * Brings the first row of @page to the top of the view, or as near as the end of the list allows, selects it, and
 * says which page it is to those who listen.
 */
void
obm_mail_server_list_jump (ObmMailServerList *self, guint page)
{
  g_autofree char *number = g_strdup_printf ("%'u", page);
  g_autofree char *pages = NULL;
  g_autofree char *place = NULL;
  GtkAdjustment *adjustment;
  guint length, position;

  g_return_if_fail (OBM_IS_MAIL_SERVER_LIST (self));

  if (page < 1 || page > obm_mail_server_list_get_pages (self))
    return;

  length = obm_remote_list_get_length (self->model);
  position = (page - 1) * self->rows_per_page;
  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

  self->jumped_to = page;
  gtk_single_selection_set_selected (self->selection, position);
  /* The first moves the keyboard's place there too, the second brings the row from the edge to the top. */
  obm_compat_scroll_to (self->column_view, position, TRUE);
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) / length * position);
  set_page (self, page);

  pages = g_strdup_printf ("%'u", obm_mail_server_list_get_pages (self));
  /* Translators: which page of the results, of how many */
  place = g_strdup_printf (_("Page %s of %s"), number, pages);
  obm_compat_announce (GTK_WIDGET (self), place);
}
