/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-result-actions.h"

#include <glib/gi18n.h>

#include "obm-compat.h"

/**
 * ObmResultActions:
 *
 * What the menu, the keyboard and the pager do with the results of a search: read them again, sort, turn the pages,
 * export. The order that the list is sorted in is remembered from one start to the next.
 */
struct _ObmResultActions
{
  GObject parent_instance;

  ObmMailServerList *list;
  GSettings *settings;
  GSimpleActionGroup *group;
};

enum {
  EXPORT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmResultActions, obm_result_actions, G_TYPE_OBJECT)

/* By #ObmSort: the setting's values, and the action's. */
static const char * const sort_names[] = { "host", "ip", "imap", "smtp-in", "smtp-out" };

static ObmRemoteList *
get_model (ObmResultActions *self)
{
  return obm_mail_server_list_get_model (self->list);
}

static ObmPagination *
get_pagination (ObmResultActions *self)
{
  return obm_mail_server_list_get_pagination (self->list);
}

static void
set_enabled (ObmResultActions *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->group), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_enabled (ObmResultActions *self)
{
  guint page = obm_pagination_get_page (get_pagination (self));
  guint pages = obm_pagination_get_pages (get_pagination (self));
  gboolean connected = obm_remote_list_get_backend (get_model (self)) != NULL;
  gboolean searched = obm_remote_list_get_search (get_model (self)) != NULL;

  set_enabled (self, "refresh", searched);
  set_enabled (self, "sort", connected);
  set_enabled (self, "descending", connected);
  set_enabled (self, "export", pages > 0);
  set_enabled (self, "export-all", pages > 0);
  set_enabled (self, "first-page", page > 1);
  set_enabled (self, "previous-page", page > 1);
  set_enabled (self, "next-page", page < pages);
  set_enabled (self, "last-page", page < pages);
}

static void
update_order (ObmResultActions *self)
{
  GActionGroup *group = G_ACTION_GROUP (self->group);
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  g_action_group_change_action_state (group, "sort", g_variant_new_string (sort_names[sort]));
  g_action_group_change_action_state (group, "descending", g_variant_new_boolean (descending));
}

static void
announce_order (ObmResultActions *self, ObmSort sort, gboolean descending)
{
  const char * const titles[] = { _("Host"), _("IP address"), _("IMAP"), _("SMTP in"), _("SMTP out") };
  g_autofree char *order = NULL;

  if (descending)
    /* Translators: the heading of a column, for those who do not see the arrow in it */
    order = g_strdup_printf (_("Sorted by %s, descending"), titles[sort]);
  else
    /* Translators: the heading of a column, for those who do not see the arrow in it */
    order = g_strdup_printf (_("Sorted by %s, ascending"), titles[sort]);

  obm_compat_announce (GTK_WIDGET (self->list), order);
}

static void
on_sort_changed_cb (ObmResultActions *self)
{
  ObmSort sort;
  gboolean descending;

  update_order (self);
  obm_mail_server_list_get_order (self->list, &sort, &descending);
  g_settings_set_string (self->settings, "sort-column", sort_names[sort]);
  g_settings_set_boolean (self->settings, "sort-descending", descending);
  if (obm_remote_list_get_search (get_model (self)) != NULL)
    announce_order (self, sort, descending);
}

static void
sort_by_name (ObmResultActions *self, const char *name, gboolean descending)
{
  for (guint i = 0; i < G_N_ELEMENTS (sort_names); i++)
    if (g_str_equal (name, sort_names[i]))
      obm_mail_server_list_sort (self->list, i, descending);
}

static void
refresh_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmRemoteList *model = get_model (OBM_RESULT_ACTIONS (user_data));
  ObmSearch *shown = obm_remote_list_get_search (model);

  if (shown != NULL)
    obm_remote_list_search (model, shown);
}

static void
export_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmResultActions *self = OBM_RESULT_ACTIONS (user_data);
  guint rows = obm_pagination_get_rows_per_page (get_pagination (self));
  guint first = (obm_pagination_get_page (get_pagination (self)) - 1) * rows;
  gboolean all = g_str_equal (g_action_get_name (G_ACTION (action)), "export-all");

  g_signal_emit (self, signals[EXPORT], 0, all ? 0 : first, all ? G_MAXUINT : rows);
}

static void
page_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmResultActions *self = OBM_RESULT_ACTIONS (user_data);
  const char *name = g_action_get_name (G_ACTION (action));
  guint page = obm_pagination_get_page (get_pagination (self));
  guint last = obm_pagination_get_pages (get_pagination (self));

  if (g_str_equal (name, "first-page"))
    page = 1;
  else if (g_str_equal (name, "previous-page"))
    page--;
  else if (g_str_equal (name, "next-page"))
    page++;
  else
    page = last;

  obm_pagination_jump (get_pagination (self), page);
}

static void
sort_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmResultActions *self = OBM_RESULT_ACTIONS (user_data);
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  sort_by_name (self, g_variant_get_string (parameter, NULL), descending);
}

static void
descending_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  ObmResultActions *self = OBM_RESULT_ACTIONS (user_data);
  ObmSort sort;
  gboolean descending;

  obm_mail_server_list_get_order (self->list, &sort, &descending);
  obm_mail_server_list_sort (self->list, sort, !descending);
}

static const GActionEntry action_entries[] = {
  { "refresh", refresh_action },
  { "export", export_action },
  { "export-all", export_action },
  { "first-page", page_action },
  { "previous-page", page_action },
  { "next-page", page_action },
  { "last-page", page_action },
  /* Their state follows the headings of the list, which a click changes too. */
  { "sort", sort_action, "s", "'host'" },
  { "descending", descending_action, NULL, "false" },
};

static void
obm_result_actions_finalize (GObject *object)
{
  ObmResultActions *self = OBM_RESULT_ACTIONS (object);

  g_clear_weak_pointer (&self->list);
  g_clear_object (&self->settings);
  g_clear_object (&self->group);

  G_OBJECT_CLASS (obm_result_actions_parent_class)->finalize (object);
}

static void
obm_result_actions_class_init (ObmResultActionsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_result_actions_finalize;

  /**
   * ObmResultActions::export:
   * @first: the first row, from 0
   * @count: how many rows, %G_MAXUINT for all
   *
   * The person wants these results in a file.
   */
  signals[EXPORT] = g_signal_new ("export", OBM_TYPE_RESULT_ACTIONS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
}

static void
obm_result_actions_init (ObmResultActions *self)
{
  self->settings = g_settings_new (APP_ID);
  self->group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->group), action_entries, G_N_ELEMENTS (action_entries), self);
}

/* As the person left it: before anything listens, so that what was read is not written again. */
static void
restore_order (ObmResultActions *self)
{
  g_autofree char *column = g_settings_get_string (self->settings, "sort-column");

  sort_by_name (self, column, g_settings_get_boolean (self->settings, "sort-descending"));
  update_order (self);
}

/**
 * obm_result_actions_new:
 * @list: the results; it is not kept alive
 *
 * Sorts @list as it was sorted last.
 *
 * Returns: (transfer full): the actions on @list
 */
ObmResultActions *
obm_result_actions_new (ObmMailServerList *list)
{
  ObmResultActions *self = g_object_new (OBM_TYPE_RESULT_ACTIONS, NULL);
  ObmRemoteList *model = obm_mail_server_list_get_model (list);

  g_set_weak_pointer (&self->list, list);
  restore_order (self);

  g_signal_connect_object (list, "sort-changed", G_CALLBACK (on_sort_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_pagination (self), "notify::page", G_CALLBACK (update_enabled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::length", G_CALLBACK (update_enabled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::search", G_CALLBACK (update_enabled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "notify::backend", G_CALLBACK (update_enabled), self, G_CONNECT_SWAPPED);
  update_enabled (self);

  return self;
}

/**
 * obm_result_actions_add_to:
 * @self: the actions
 * @map: the window that the results are in
 *
 * Makes them actions of @map.
 */
void
obm_result_actions_add_to (ObmResultActions *self, GActionMap *map)
{
  g_return_if_fail (OBM_IS_RESULT_ACTIONS (self));

  for (gsize i = 0; i < G_N_ELEMENTS (action_entries); i++)
    g_action_map_add_action (map, g_action_map_lookup_action (G_ACTION_MAP (self->group), action_entries[i].name));
}
