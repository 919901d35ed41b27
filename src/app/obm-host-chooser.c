/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-host-chooser.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-error-text.h"
#include "obm-field.h"
#include "obm-host-cell.h"
#include "obm-remote-list.h"

/* Of the list, in pixels. */
#define MIN_WIDTH 320
#define MIN_HEIGHT 320

/**
 * ObmHostChooser:
 *
 * A button that says which host is chosen, and opens the list of the domain's hosts to choose another: with its own
 * search, and with those that are mail servers already shown, but not to be chosen.
 */
struct _ObmHostChooser
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkEditable *name_entry;
  GtkEditable *ip_entry;
  GtkLabel *message_label;
  GtkListView *list_view;

  ObmRemoteList *model;
  ObmHost *host;
  /* Whether it was read out what the last search found. */
  gboolean announced;
};

enum {
  PROP_0,
  PROP_HOST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmHostChooser, obm_host_chooser, GTK_TYPE_WIDGET)

static void
set_host (ObmHostChooser *self, ObmHost *host)
{
  g_autofree char *label = NULL;

  if (host == NULL)
    label = g_strdup (_("Choose a host…"));
  else if (obm_host_get_ip (host) != NULL)
    label = g_strdup_printf ("%s  (%s)", obm_host_get_name (host), obm_host_get_ip (host));
  else
    label = g_strdup (obm_host_get_name (host));

  gtk_menu_button_set_label (self->button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (g_set_object (&self->host, host))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HOST]);
}

static void
update_message (ObmHostChooser *self)
{
  const GError *error = obm_remote_list_get_error (self->model);
  guint length = obm_remote_list_get_length (self->model);
  g_autofree char *number = g_strdup_printf ("%'u", length);
  g_autofree char *message = NULL;

  if (error != NULL)
    message = obm_error_text (error);
  else if (obm_remote_list_get_loading (self->model) && length == 0)
    message = g_strdup (_("Searching…"));
  else if (length == 0)
    message = g_strdup (_("No host found matching the query!"));
  else
    /* Translators: the number of hosts that a search found */
    message = g_strdup_printf (ngettext ("%s host found.", "%s hosts found.", length), number);

  gtk_label_set_label (self->message_label, message);
  if (obm_remote_list_get_loading (self->model))
    self->announced = FALSE;
  else if (!self->announced && gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    {
      obm_compat_announce (GTK_WIDGET (self), message);
      self->announced = TRUE;
    }
}

static void
on_search_cb (ObmHostChooser *self)
{
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_HOSTS);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (self->name_entry)));
  g_autofree char *ip = g_strstrip (g_strdup (gtk_editable_get_text (self->ip_entry)));

  if (obm_remote_list_get_backend (self->model) == NULL)
    return;

  obm_search_set_name (search, name);
  obm_search_set_ip (search, ip);
  obm_remote_list_search (self->model, search);
}

/*
 * Each time it opens it is read again: a host may have become a mail server since. It is as wide as its button, where
 * there is room: why a host cannot be chosen stands at the end of its row.
 */
static void
on_show_cb (ObmHostChooser *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->button));

  gtk_widget_set_size_request (GTK_WIDGET (self->popover), MAX (width, MIN_WIDTH), MIN_HEIGHT);
  on_search_cb (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}

static void
on_row_activate_cb (ObmHostChooser *self, guint position)
{
  g_autoptr (ObmRemoteRow) row = g_list_model_get_item (G_LIST_MODEL (self->model), position);
  ObmEntity *item = row ? obm_remote_row_get_item (row) : NULL;

  if (OBM_IS_HOST (item))
    {
      if (obm_host_get_mail_server_id (OBM_HOST (item)) != 0)
        return;
      set_host (self, OBM_HOST (item));
      gtk_popover_popdown (self->popover);
      gtk_widget_grab_focus (GTK_WIDGET (self->button));
    }
  else if (row != NULL && obm_remote_row_get_error (row) != NULL)
    obm_remote_list_retry (self->model, position);
}

/* Enter chooses when there is nothing left to choose among, else it leads to the list. */
static void
on_entry_activate_cb (ObmHostChooser *self)
{
  if (obm_remote_list_get_error (self->model) != NULL)
    on_search_cb (self);
  else if (obm_remote_list_get_length (self->model) == 1 && !obm_remote_list_get_loading (self->model))
    on_row_activate_cb (self, 0);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->list_view), GTK_DIR_TAB_FORWARD);
}

static void
on_stop_search_cb (ObmHostChooser *self)
{
  gtk_popover_popdown (self->popover);
}

static void
obm_host_chooser_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  if (prop_id == PROP_HOST)
    g_value_set_object (value, OBM_HOST_CHOOSER (object)->host);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

/* The label before it leads to the button. */
static gboolean
obm_host_chooser_mnemonic_activate (GtkWidget *widget, gboolean group_cycling)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (OBM_HOST_CHOOSER (widget)->button));

  return gtk_widget_mnemonic_activate (button, group_cycling);
}

static void
obm_host_chooser_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_HOST_CHOOSER);

  G_OBJECT_CLASS (obm_host_chooser_parent_class)->dispose (object);
}

static void
obm_host_chooser_finalize (GObject *object)
{
  ObmHostChooser *self = OBM_HOST_CHOOSER (object);

  g_clear_object (&self->model);
  g_clear_object (&self->host);

  G_OBJECT_CLASS (obm_host_chooser_parent_class)->finalize (object);
}

static void
obm_host_chooser_class_init (ObmHostChooserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = obm_host_chooser_get_property;
  object_class->dispose = obm_host_chooser_dispose;
  object_class->finalize = obm_host_chooser_finalize;
  widget_class->mnemonic_activate = obm_host_chooser_mnemonic_activate;

  properties[PROP_HOST] = g_param_spec_object ("host", NULL, NULL, OBM_TYPE_HOST,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-host-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmHostChooser, button);
  gtk_widget_class_bind_template_child (widget_class, ObmHostChooser, popover);
  gtk_widget_class_bind_template_child (widget_class, ObmHostChooser, name_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmHostChooser, ip_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmHostChooser, message_label);
  gtk_widget_class_bind_template_child (widget_class, ObmHostChooser, list_view);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activate_cb);
}

static void
obm_host_chooser_init (ObmHostChooser *self)
{
  g_autoptr (GtkListItemFactory) factory = obm_host_cell_factory_new ();
  g_autoptr (GtkSelectionModel) selection = NULL;
  GtkSingleSelection *single;

  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_tab_leaves (GTK_WIDGET (self->list_view));

  self->model = obm_remote_list_new (NULL);
  single = gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->model)));
  gtk_single_selection_set_autoselect (single, FALSE);
  gtk_single_selection_set_can_unselect (single, TRUE);
  selection = GTK_SELECTION_MODEL (single);
  gtk_list_view_set_factory (self->list_view, factory);
  gtk_list_view_set_model (self->list_view, selection);
  g_signal_connect_object (self->model, "notify", G_CALLBACK (update_message), self, G_CONNECT_SWAPPED);
  set_host (self, NULL);
}

/**
 * obm_host_chooser_set_backend:
 * @self: a chooser
 * @backend: where the hosts come from
 */
void
obm_host_chooser_set_backend (ObmHostChooser *self, ObmBackend *backend)
{
  g_return_if_fail (OBM_IS_HOST_CHOOSER (self));

  obm_remote_list_set_backend (self->model, backend);
}

/**
 * obm_host_chooser_get_host:
 * @self: a chooser
 *
 * Returns: (nullable) (transfer none): the host that was chosen
 */
ObmHost *
obm_host_chooser_get_host (ObmHostChooser *self)
{
  g_return_val_if_fail (OBM_IS_HOST_CHOOSER (self), NULL);

  return self->host;
}

/**
 * obm_host_chooser_reset:
 * @self: a chooser
 *
 * Forgets the choice.
 */
void
obm_host_chooser_reset (ObmHostChooser *self)
{
  g_return_if_fail (OBM_IS_HOST_CHOOSER (self));

  set_host (self, NULL);
}

/**
 * obm_host_chooser_set_message:
 * @self: a chooser
 * @message: (nullable): the label that says what is the matter with the choice
 * @wrong: whether the choice is wrong, and not only missing yet
 *
 * As obm_field_set_message(), for what has the focus.
 */
void
obm_host_chooser_set_message (ObmHostChooser *self, GtkWidget *message, gboolean wrong)
{
  g_return_if_fail (OBM_IS_HOST_CHOOSER (self));

  obm_field_set_message (gtk_widget_get_first_child (GTK_WIDGET (self->button)), message, wrong);
}
