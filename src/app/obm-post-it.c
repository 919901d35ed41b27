/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-post-it.h"

#include <glib/gi18n.h>

#include "obm-change-row.h"
#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-error.h"

/**
 * ObmPostIt:
 *
 * OBM's post-it: there while saved changes wait to be applied to the system. It lists them, has them applied, and
 * says what became of that. Inside a run no progress is known, and none is shown.
 */
struct _ObmPostIt
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkLabel *count_label;
  GtkSpinner *button_spinner;
  GtkLabel *status_label;
  GtkLabel *detail_label;
  GtkWidget *changes_window;
  GtkListBox *changes_box;
  GtkLabel *more_label;
  GtkButton *validate_button;

  ObmUpdateMonitor *monitor;
  GSignalGroup *monitor_signals;
  /* What the rows say. */
  char **names;
};

G_DEFINE_FINAL_TYPE (ObmPostIt, obm_post_it, GTK_TYPE_WIDGET)

static char **
name_rows (ObmUpdateState *state)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; i < obm_update_state_get_n_changes (state); i++)
    {
      g_autofree char *name = obm_change_row_name (obm_update_state_get_change (state, i));

      g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

static void
fill_changes (ObmPostIt *self, ObmUpdateState *state)
{
  guint n_changes = obm_update_state_get_n_changes (state);
  g_auto (GStrv) names = name_rows (state);
  GtkWidget *row;

  /* Who is among the rows should stay there while nothing new is known. */
  if (self->names != NULL && g_strv_equal ((const char * const *) names, (const char * const *) self->names))
    return;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->changes_box))) != NULL)
    gtk_list_box_remove (self->changes_box, row);
  for (guint i = 0; i < n_changes; i++)
    gtk_list_box_append (self->changes_box, obm_change_row_new (obm_update_state_get_change (state, i)));
  gtk_widget_set_visible (self->changes_window, n_changes > 0);
  g_strfreev (self->names);
  self->names = g_steal_pointer (&names);
}

static gint64
count_changes (ObmUpdateState *state)
{
  gint64 count = 0;

  for (guint i = 0; i < OBM_N_CHANGE_ACTIONS; i++)
    count += obm_update_state_get_count (state, i);

  return count;
}

static char *
describe_more (ObmUpdateState *state)
{
  gint64 hidden = count_changes (state) - obm_update_state_get_n_changes (state);
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, hidden);

  if (hidden > 0)
    return g_strdup_printf (ngettext ("and %s more", "and %s more", hidden), number);
  if (obm_update_state_get_other (state))
    return g_strdup (_("The domain has other changes, of users, groups or hosts: they are applied too."));

  return g_strdup ("");
}

static const char *
get_status_text (ObmPostIt *self)
{
  if (obm_update_monitor_get_running (self->monitor))
    return _("The system is being configured…");

  switch (obm_update_monitor_get_result (self->monitor))
    {
    case OBM_UPDATE_RESULT_APPLIED:
      return _("The configuration of the system has been applied.");
    case OBM_UPDATE_RESULT_FAILED:
      return _("The configuration of the system failed!");
    case OBM_UPDATE_RESULT_BUSY:
      return _("Impossible: the system is already being configured…");
    case OBM_UPDATE_RESULT_UNKNOWN:
      return _("It is not known what became of the update. What still waits is listed here.");
    case OBM_UPDATE_RESULT_REFUSED:
      return _("The update could not be started.");
    case OBM_UPDATE_RESULT_NONE:
    default:
      return _("The configuration of the system has been modified. These changes wait to be applied:");
    }
}

/* What the button is there for: how much waits, or what became of it. */
static char *
describe_button (ObmPostIt *self, gint64 count)
{
  gulong n = MIN (count, G_MAXINT32);
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, count);

  if (obm_update_monitor_get_running (self->monitor) ||
      obm_update_monitor_get_result (self->monitor) != OBM_UPDATE_RESULT_NONE)
    return g_strdup (get_status_text (self));
  if (count == 0)
    return g_strdup (_("Changes of the domain wait to be applied."));

  return g_strdup_printf (ngettext ("%s change waits to be applied.", "%s changes wait to be applied.", n), number);
}

/* Why there was no success, or NULL if there is no more to say than the status does. */
static char *
describe_result (ObmPostIt *self)
{
  const GError *error = obm_update_monitor_get_result_error (self->monitor);

  switch (obm_update_monitor_get_result (self->monitor))
    {
    case OBM_UPDATE_RESULT_FAILED:
      return g_strdup (obm_update_monitor_get_result_text (self->monitor));
    case OBM_UPDATE_RESULT_UNKNOWN:
      /* A backend that was restarted knows its old runs no more, which is no news. */
      if (g_error_matches (error, OBM_ERROR, OBM_ERROR_REFERENCE_UNKNOWN))
        return NULL;
      return error ? obm_error_text (error) : NULL;
    case OBM_UPDATE_RESULT_REFUSED:
      return error ? obm_error_text (error) : NULL;
    case OBM_UPDATE_RESULT_NONE:
    case OBM_UPDATE_RESULT_APPLIED:
    case OBM_UPDATE_RESULT_BUSY:
    default:
      return NULL;
    }
}

static void
set_status (ObmPostIt *self, const char *status, gboolean announce)
{
  if (g_str_equal (gtk_label_get_label (self->status_label), status))
    return;

  gtk_label_set_label (self->status_label, status);
  if (announce)
    obm_compat_announce (GTK_WIDGET (self), status);
}

/* The button has lost the focus by becoming insensitive; who pressed it need not look for it to press it again. */
static void
set_running (ObmPostIt *self, gboolean running)
{
  gboolean ended = !running && !gtk_widget_get_sensitive (GTK_WIDGET (self->validate_button));

  gtk_widget_set_sensitive (GTK_WIDGET (self->validate_button), !running);
  if (ended && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    gtk_widget_grab_focus (GTK_WIDGET (self->validate_button));
}

static void
update (ObmPostIt *self)
{
  ObmUpdateState *state = self->monitor ? obm_update_monitor_get_state (self->monitor) : NULL;
  gboolean running = self->monitor != NULL && obm_update_monitor_get_running (self->monitor);
  ObmUpdateResult result = self->monitor ? obm_update_monitor_get_result (self->monitor) : OBM_UPDATE_RESULT_NONE;
  gboolean pending = state != NULL && obm_update_state_get_pending (state);
  gboolean failed = result != OBM_UPDATE_RESULT_NONE && result != OBM_UPDATE_RESULT_APPLIED;
  g_autofree char *detail = self->monitor ? describe_result (self) : NULL;
  g_autofree char *count = NULL;
  g_autofree char *name = NULL;
  g_autofree char *more = NULL;
  g_autofree char *description = NULL;

  if (state == NULL || !obm_update_state_get_may_commit (state) ||
      !(pending || running || result != OBM_UPDATE_RESULT_NONE))
    {
      gtk_popover_popdown (self->popover);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }

  count = count_changes (state) > 0 ? g_strdup_printf ("%'" G_GINT64_FORMAT, count_changes (state)) : g_strdup ("");
  name = *count != '\0' ? g_strdup_printf (_("Update the system (%s)"), count) : g_strdup (_("Update the system"));
  more = describe_more (state);
  description = describe_button (self, count_changes (state));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), description);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_label_set_label (self->count_label, count);
  gtk_widget_set_visible (GTK_WIDGET (self->count_label), *count != '\0');
  gtk_spinner_set_spinning (self->button_spinner, running);
  gtk_widget_set_visible (GTK_WIDGET (self->button_spinner), running);

  fill_changes (self, state);
  set_status (self, get_status_text (self), running || result != OBM_UPDATE_RESULT_NONE);
  gtk_label_set_label (self->detail_label, detail ? detail : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail_label), detail != NULL);
  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), *more != '\0');

  obm_compat_set_label (self->validate_button, failed ? _("Try a_gain") : _("_Validate"));
  gtk_widget_set_visible (GTK_WIDGET (self->validate_button), pending);
  set_running (self, running);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
on_validate_cb (ObmPostIt *self)
{
  obm_update_monitor_commit (self->monitor);
}

/* What it is opened for, before the list of changes. */
static void
on_popover_show_cb (ObmPostIt *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->validate_button));
}

/* Once it has been read, a result need not stay. */
static void
on_popover_closed_cb (ObmPostIt *self)
{
  if (self->monitor != NULL && !obm_update_monitor_get_running (self->monitor))
    obm_update_monitor_acknowledge (self->monitor);
}

static void
obm_post_it_dispose (GObject *object)
{
  ObmPostIt *self = OBM_POST_IT (object);

  g_clear_object (&self->monitor_signals);
  g_clear_object (&self->monitor);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_POST_IT);

  G_OBJECT_CLASS (obm_post_it_parent_class)->dispose (object);
}

static void
obm_post_it_finalize (GObject *object)
{
  g_strfreev (OBM_POST_IT (object)->names);

  G_OBJECT_CLASS (obm_post_it_parent_class)->finalize (object);
}

static void
obm_post_it_class_init (ObmPostItClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_post_it_dispose;
  G_OBJECT_CLASS (klass)->finalize = obm_post_it_finalize;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-post-it.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, button);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, popover);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, count_label);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, button_spinner);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, status_label);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, detail_label);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, changes_window);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, changes_box);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, more_label);
  gtk_widget_class_bind_template_child (widget_class, ObmPostIt, validate_button);
  gtk_widget_class_bind_template_callback (widget_class, on_validate_cb);
}

static void
obm_post_it_init (ObmPostIt *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->monitor_signals = g_signal_group_new (OBM_TYPE_UPDATE_MONITOR);
  g_signal_group_connect_swapped (self->monitor_signals, "notify", G_CALLBACK (update), self);
  g_signal_connect_object (self->popover, "show", G_CALLBACK (on_popover_show_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->popover, "closed", G_CALLBACK (on_popover_closed_cb), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * obm_post_it_set_monitor:
 * @self: a post-it
 * @monitor: what it follows
 */
void
obm_post_it_set_monitor (ObmPostIt *self, ObmUpdateMonitor *monitor)
{
  g_return_if_fail (OBM_IS_POST_IT (self));

  g_set_object (&self->monitor, monitor);
  g_signal_group_set_target (self->monitor_signals, monitor);
  update (self);
}

/**
 * obm_post_it_open:
 * @self: a post-it that is to be seen
 *
 * Opens it as a click does.
 */
void
obm_post_it_open (ObmPostIt *self)
{
  g_return_if_fail (OBM_IS_POST_IT (self));

  gtk_menu_button_popup (self->button);
}
