/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-list.h"

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
 * result pages live on as places in it, see #ObmPagination.
 */
struct _ObmMailServerList
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkSpinner *spinner;
  ObmStatusPage *error_page;
  GtkColumnView *column_view;
  GtkColumnViewColumn *columns[OBM_SORT_SMTP_OUT + 1];

  ObmRemoteList *model;
  GtkSingleSelection *selection;
  ObmSelectionKeeper *keeper;
  ObmPagination *pagination;
  ObmSort sort;
  gboolean descending;
  /* Retry had the focus, which nobody has until something came of it. */
  gboolean retrying;
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

/* The focus goes from the button to what came of it, unless the person has gone elsewhere meanwhile. */
static void
follow_retry (ObmMailServerList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->retrying = FALSE;
  if (root != NULL && gtk_root_get_focus (root) == NULL)
    gtk_widget_child_focus (gtk_stack_get_visible_child (self->stack), GTK_DIR_TAB_FORWARD);
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
  if (self->retrying && !obm_remote_list_get_loading (self->model))
    follow_retry (self);
}

static void
on_length_changed_cb (ObmMailServerList *self)
{
  update_stack (self);
  obm_pagination_update (self->pagination);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LENGTH]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_ROWS]);
}

/* A new search is another list: it starts at its beginning. */
static void
on_search_changed_cb (ObmMailServerList *self)
{
  update_stack (self);
  obm_pagination_start_over (self->pagination);
}

static void
on_page_changed_cb (ObmMailServerList *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
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
  ObmMailServerList *self = OBM_MAIL_SERVER_LIST (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (obm_remote_list_get_search (self->model) == NULL)
    return;

  /* Else GTK gives it to whatever comes next, when the button is hidden. */
  gtk_root_set_focus (root, NULL);
  self->retrying = TRUE;
  obm_remote_list_search (self->model, obm_remote_list_get_search (self->model));
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
      g_value_set_uint (value, obm_pagination_get_page (self->pagination));
      break;
    case PROP_ROWS_PER_PAGE:
      g_value_set_uint (value, obm_pagination_get_rows_per_page (self->pagination));
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
  if (prop_id == PROP_ROWS_PER_PAGE)
    obm_pagination_set_rows_per_page (OBM_MAIL_SERVER_LIST (object)->pagination, g_value_get_uint (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
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
  ObmMailServerList *self = OBM_MAIL_SERVER_LIST (object);

  g_clear_object (&self->pagination);
  g_clear_object (&self->model);

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

  self->pagination = obm_pagination_new (self->column_view, self->model);
  g_signal_connect_object (self->pagination, "notify::page", G_CALLBACK (on_page_changed_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (self->model, "notify::length", G_CALLBACK (on_length_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::search", G_CALLBACK (on_search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::loading", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::error", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);

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
 * obm_mail_server_list_get_pagination:
 * @self: a list
 *
 * Returns: (transfer none): its result pages
 */
ObmPagination *
obm_mail_server_list_get_pagination (ObmMailServerList *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_LIST (self), NULL);

  return self->pagination;
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
