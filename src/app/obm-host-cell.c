/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-host-cell.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-host.h"
#include "obm-narrow.h"
#include "obm-remote-row.h"

/**
 * ObmHostCell:
 *
 * One row of the host chooser: name and address, and why a host cannot be chosen, if so.
 */
struct _ObmHostCell
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *ip;
  GtkWidget *note;

  ObmRemoteRow *row;
  GtkListItem *list_item;
  GSignalGroup *row_signals;
};

G_DEFINE_FINAL_TYPE (ObmHostCell, obm_host_cell, GTK_TYPE_WIDGET)

/* For those who hear the row as one, and not its texts. */
static void
name_row (ObmHostCell *self)
{
  GtkWidget * const texts[] = { self->name, self->ip, self->note };
  g_autoptr (GString) name = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = gtk_inscription_get_text (GTK_INSCRIPTION (texts[i]));

      if (text != NULL && *text != '\0')
        g_string_append_printf (name, "%s%s", name->len > 0 ? ", " : "", text);
    }

  obm_compat_name_row (G_OBJECT (self->list_item), name->str);
}

static void
update (ObmHostCell *self)
{
  ObmEntity *item = self->row ? obm_remote_row_get_item (self->row) : NULL;
  ObmHost *host = OBM_IS_HOST (item) ? OBM_HOST (item) : NULL;
  gboolean failed = self->row != NULL && obm_remote_row_get_error (self->row) != NULL;
  gboolean taken = host != NULL && obm_host_get_mail_server_id (host) != 0;
  const char *name = host ? obm_host_get_name (host) : failed ? _("This page could not be loaded.") : _("Loading…");
  const char *note = taken ? _("Already a mail server") : host ? obm_host_get_description (host) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (self->name), self->row ? name : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->ip), host ? obm_host_get_ip (host) : NULL);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->note), failed ? _("Press Enter to retry") : note);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), note != NULL && *note != '\0' ? note : NULL);

  gtk_widget_set_sensitive (GTK_WIDGET (self), !taken);
  /* It can be walked over, with its reason; on GTK 4.8 the keyboard would not get past it otherwise. */
  if (self->list_item != NULL)
    {
      gtk_list_item_set_activatable (self->list_item, failed || (host != NULL && !taken));
      name_row (self);
    }
}

static void
set_row (ObmHostCell *self, GtkListItem *list_item, ObmRemoteRow *row)
{
  self->list_item = list_item;
  g_set_object (&self->row, row);
  g_signal_group_set_target (self->row_signals, row);
  update (self);
}

static void
obm_host_cell_dispose (GObject *object)
{
  ObmHostCell *self = OBM_HOST_CELL (object);

  self->list_item = NULL;
  g_clear_object (&self->row);
  g_clear_object (&self->row_signals);
  g_clear_pointer (&self->name, gtk_widget_unparent);
  g_clear_pointer (&self->ip, gtk_widget_unparent);
  g_clear_pointer (&self->note, gtk_widget_unparent);

  G_OBJECT_CLASS (obm_host_cell_parent_class)->dispose (object);
}

static void
obm_host_cell_class_init (ObmHostCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_host_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
add_text (ObmHostCell *self, guint min_chars, guint nat_chars, const char *css_class)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION,
                                  "hexpand", TRUE,
                                  "min-chars", min_chars,
                                  "nat-chars", nat_chars,
                                  "text-overflow", GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END,
                                  NULL);

  if (css_class != NULL)
    gtk_widget_add_css_class (text, css_class);
  gtk_widget_set_parent (text, GTK_WIDGET (self));

  return text;
}

static void
obm_host_cell_init (ObmHostCell *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 9);
  self->name = add_text (self, 8, 12, NULL);
  self->ip = add_text (self, 13, 13, "numeric");
  obm_narrow_tell (self->name);
  self->note = add_text (self, 4, 16, "dim-label");
  obm_narrow_tell (self->note);
  self->row_signals = g_signal_group_new (OBM_TYPE_REMOTE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify", G_CALLBACK (update), self);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  gtk_list_item_set_child (item, g_object_new (OBM_TYPE_HOST_CELL, NULL));
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  set_row (OBM_HOST_CELL (gtk_list_item_get_child (item)), item, gtk_list_item_get_item (item));
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  set_row (OBM_HOST_CELL (gtk_list_item_get_child (item)), NULL, NULL);
}

/**
 * obm_host_cell_factory_new:
 *
 * Returns: (transfer full): a factory of rows for a list of hosts
 */
GtkListItemFactory *
obm_host_cell_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);

  return factory;
}
