/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-search-page.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-error.h"
#include "obm-mail-server-list.h"
#include "obm-result-actions.h"
#include "obm-result-pages.h"
#include "obm-search-form.h"

/* Anything that takes longer shows that it is under way, in ms. */
#define BUSY_DELAY 500

/**
 * ObmSearchPage:
 *
 * The manual's module: search form, message line, list of results, foot. Its actions are the window's, so that the
 * menu and the keyboard reach them from everywhere; those on the results are in #ObmResultActions.
 */
struct _ObmSearchPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  ObmSearchForm *search_form;
  GtkLabel *message_label;
  ObmMailServerList *list;

  GSettings *settings;
  ObmResultActions *actions;
  GSimpleAction *find_action;
  char *said;
  /* What the message line said when it was read out; a search that finds as many again is read out again. */
  char *announced;
  gboolean busy;
  guint busy_id;
};

enum {
  PROP_0,
  PROP_BUSY,
  N_PROPS
};

enum {
  ACTIVATE,
  EXPORT,
  REFUSED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmSearchPage, obm_search_page, GTK_TYPE_WIDGET)

static ObmRemoteList *
get_model (ObmSearchPage *self)
{
  return obm_mail_server_list_get_model (self->list);
}

/* What the search found, in OBM's words. */
static char *
describe_result (ObmSearchPage *self)
{
  ObmRemoteList *model = get_model (self);
  guint length = obm_remote_list_get_length (model);
  g_autofree char *number = g_strdup_printf ("%'u", length);

  if (obm_remote_list_get_search (model) == NULL || obm_remote_list_get_error (model) != NULL ||
      (obm_remote_list_get_loading (model) && length == 0))
    return g_strdup ("");
  if (length == 0)
    return g_strdup (_("No mail server found matching the query!"));

  /* Translators: the number of mail servers that a search found */
  return g_strdup_printf (ngettext ("%s mail server found.", "%s mail servers found.", length), number);
}

static void
update_message (ObmSearchPage *self)
{
  g_autofree char *result = describe_result (self);
  g_autofree char *message = g_strjoin (" ", self->said ? self->said : result, self->said ? result : NULL, NULL);

  gtk_label_set_label (self->message_label, message);
  if (*message != '\0' && !obm_remote_list_get_loading (get_model (self)) &&
      g_strcmp0 (self->announced, message) != 0)
    {
      obm_compat_announce (GTK_WIDGET (self), message);
      g_free (self->announced);
      self->announced = g_strdup (message);
    }
}

static void
on_busy_cb (gpointer user_data)
{
  ObmSearchPage *self = user_data;

  self->busy_id = 0;
  self->busy = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
on_loading_changed_cb (ObmSearchPage *self)
{
  g_clear_handle_id (&self->busy_id, g_source_remove);
  if (obm_remote_list_get_loading (get_model (self)))
    {
      g_clear_pointer (&self->announced, g_free);
      self->busy_id = g_timeout_add_once (BUSY_DELAY, on_busy_cb, self);
    }
  else if (self->busy)
    {
      self->busy = FALSE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
    }

  update_message (self);
}

static void
on_error_changed_cb (ObmSearchPage *self)
{
  const GError *error = obm_remote_list_get_error (get_model (self));

  update_message (self);
  if (error != NULL)
    {
      g_autofree char *text = obm_error_text (error);

      obm_compat_announce (GTK_WIDGET (self), text);
    }
  /* The password was changed, or the account closed, since the person signed in. */
  if (error != NULL && g_error_matches (error, OBM_ERROR, OBM_ERROR_CREDENTIALS_INVALID))
    g_signal_emit (self, signals[REFUSED], 0, error);
}

static void
search (ObmSearchPage *self, ObmSearch *criteria)
{
  ObmSort sort;
  gboolean descending;

  g_clear_pointer (&self->said, g_free);
  obm_mail_server_list_get_order (self->list, &sort, &descending);
  obm_search_set_order (criteria, sort, descending);
  obm_remote_list_search (get_model (self), criteria);
}

static void
on_search_cb (ObmSearchPage *self)
{
  g_autoptr (ObmSearch) criteria = obm_search_form_dup_search (self->search_form);

  search (self, criteria);
}

static void
on_sort_changed_cb (ObmSearchPage *self)
{
  /* The criteria of the list as it stands, not what has been typed since. */
  g_autoptr (ObmSearch) criteria = obm_search_page_dup_search (self);

  if (criteria != NULL)
    search (self, criteria);
}

static void
on_jump_cb (ObmSearchPage *self, guint page)
{
  obm_pagination_jump (obm_mail_server_list_get_pagination (self->list), page);
}

static void
on_list_activate_cb (ObmSearchPage *self, ObmMailServer *server)
{
  g_signal_emit (self, signals[ACTIVATE], 0, server);
}

static void
on_export_cb (ObmSearchPage *self, guint first, guint count)
{
  g_signal_emit (self, signals[EXPORT], 0, first, count);
}

static void
on_find_cb (ObmSearchPage *self)
{
  obm_search_form_focus_name (self->search_form);
}

static void
obm_search_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_BUSY)
    g_value_set_boolean (value, OBM_SEARCH_PAGE (object)->busy);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
obm_search_page_dispose (GObject *object)
{
  ObmSearchPage *self = OBM_SEARCH_PAGE (object);

  g_clear_handle_id (&self->busy_id, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_SEARCH_PAGE);

  G_OBJECT_CLASS (obm_search_page_parent_class)->dispose (object);
}

static void
obm_search_page_finalize (GObject *object)
{
  ObmSearchPage *self = OBM_SEARCH_PAGE (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  g_clear_object (&self->find_action);
  g_free (self->said);
  g_free (self->announced);

  G_OBJECT_CLASS (obm_search_page_parent_class)->finalize (object);
}

static void
obm_search_page_class_init (ObmSearchPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = obm_search_page_get_property;
  object_class->dispose = obm_search_page_dispose;
  object_class->finalize = obm_search_page_finalize;

  properties[PROP_BUSY] = g_param_spec_boolean ("busy", NULL, NULL, FALSE,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ObmSearchPage::activate:
   * @server: a mail server
   *
   * The person wants to consult @server.
   */
  signals[ACTIVATE] = g_signal_new ("activate", OBM_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, OBM_TYPE_MAIL_SERVER);
  /**
   * ObmSearchPage::export:
   * @first: the first row, from 0
   * @count: how many rows, %G_MAXUINT for all
   *
   * The person wants these results in a file.
   */
  signals[EXPORT] = g_signal_new ("export", OBM_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  /**
   * ObmSearchPage::refused:
   * @error: why
   *
   * The backend no longer takes the login and password.
   */
  signals[REFUSED] = g_signal_new ("refused", OBM_TYPE_SEARCH_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);

  g_type_ensure (OBM_TYPE_SEARCH_FORM);
  g_type_ensure (OBM_TYPE_MAIL_SERVER_LIST);
  g_type_ensure (OBM_TYPE_RESULT_PAGES);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-search-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmSearchPage, content);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchPage, search_form);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_list_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sort_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_jump_cb);
}

static void
obm_search_page_init (ObmSearchPage *self)
{
  ObmRemoteList *model;

  self->settings = g_settings_new (APP_ID);
  self->find_action = g_simple_action_new ("find", NULL);
  g_simple_action_set_enabled (self->find_action, FALSE);
  g_signal_connect_object (self->find_action, "activate", G_CALLBACK (on_find_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_settings_bind (self->settings, "rows-per-page", self->list, "rows-per-page", G_SETTINGS_BIND_GET);
  self->actions = obm_result_actions_new (self->list);
  g_signal_connect_object (self->actions, "export", G_CALLBACK (on_export_cb), self, G_CONNECT_SWAPPED);

  model = get_model (self);
  g_signal_connect_object (model, "notify::loading", G_CALLBACK (on_loading_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::error", G_CALLBACK (on_error_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::length", G_CALLBACK (update_message), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::search", G_CALLBACK (update_message), self, G_CONNECT_SWAPPED);
}

/**
 * obm_search_page_add_actions:
 * @self: a page
 * @map: the window it is in
 *
 * Makes the page's actions those of its window.
 */
void
obm_search_page_add_actions (ObmSearchPage *self, GActionMap *map)
{
  g_return_if_fail (OBM_IS_SEARCH_PAGE (self));

  g_action_map_add_action (map, G_ACTION (self->find_action));
  obm_result_actions_add_to (self->actions, map);
}

/**
 * obm_search_page_set_backend:
 * @self: a page
 * @backend: where to search, signed in to
 *
 * Another backend empties the list. If the preferences say so, everything is searched at once.
 */
void
obm_search_page_set_backend (ObmSearchPage *self, ObmBackend *backend)
{
  g_return_if_fail (OBM_IS_SEARCH_PAGE (self));

  obm_remote_list_set_backend (get_model (self), backend);
  g_simple_action_set_enabled (self->find_action, backend != NULL);
  obm_search_form_focus_name (self->search_form);
  if (g_settings_get_boolean (self->settings, "display-lists"))
    on_search_cb (self);
}

/**
 * obm_search_page_dup_search:
 * @self: a page
 *
 * Returns: (nullable) (transfer full): the search whose results are shown
 */
ObmSearch *
obm_search_page_dup_search (ObmSearchPage *self)
{
  ObmSearch *shown;

  g_return_val_if_fail (OBM_IS_SEARCH_PAGE (self), NULL);

  shown = obm_remote_list_get_search (get_model (self));

  return shown ? obm_search_copy (shown) : NULL;
}

/**
 * obm_search_page_reload:
 * @self: a page
 * @message: (nullable): what happened, for the message line
 *
 * Reads the results in view again, where they stand.
 */
void
obm_search_page_reload (ObmSearchPage *self, const char *message)
{
  g_return_if_fail (OBM_IS_SEARCH_PAGE (self));

  if (message != NULL)
    {
      g_free (self->said);
      self->said = g_strdup (message);
      update_message (self);
    }
  obm_mail_server_list_reload (self->list);
}
