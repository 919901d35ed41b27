/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-row-name.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-mail-server.h"
#include "obm-remote-row.h"
#include "obm-roles-text.h"

/**
 * ObmRowName:
 *
 * Keeps the accessible name of one row of the list of mail servers: the host, its address, what it does, and whether
 * that waits to be applied. As an #ObmResultCell, it follows its row and the mail server in it.
 */
struct _ObmRowName
{
  GObject parent_instance;

  /* The GtkColumnViewRow, which owns this. */
  GObject *target;
  ObmRemoteRow *row;
  GSignalGroup *row_signals;
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (ObmRowName, obm_row_name, G_TYPE_OBJECT)

static char *
describe (ObmMailServer *server)
{
  ObmHost *host = obm_mail_server_get_host (server);
  const char *name = obm_host_get_name (host);
  const char *ip = obm_host_get_ip (host);
  g_autofree char *roles = obm_roles_text (obm_mail_server_get_roles (server));
  g_autofree char *pending = NULL;
  g_autoptr (GString) text = g_string_new (name ? name : _("Deleted host"));

  if (ip != NULL && *ip != '\0')
    g_string_append_printf (text, ", %s", ip);
  g_string_append_printf (text, ", %s", roles);
  g_object_get (server, "pending", &pending, NULL);
  if (pending != NULL)
    g_string_append_printf (text, ", %s", _("waiting"));

  return g_strdup (text->str);
}

static void
update (ObmRowName *self)
{
  ObmEntity *item = self->row ? obm_remote_row_get_item (self->row) : NULL;
  g_autofree char *name = NULL;

  g_signal_group_set_target (self->item_signals, OBM_IS_MAIL_SERVER (item) ? item : NULL);

  if (OBM_IS_MAIL_SERVER (item))
    name = describe (OBM_MAIL_SERVER (item));
  else if (self->row != NULL && obm_remote_row_get_error (self->row) != NULL)
    name = g_strjoin (" ", _("This page could not be loaded."), _("Press Enter to retry"), NULL);
  else if (self->row != NULL)
    name = g_strdup (_("Loading…"));

  obm_compat_name_row (self->target, name);
}

static void
obm_row_name_dispose (GObject *object)
{
  ObmRowName *self = OBM_ROW_NAME (object);

  g_clear_object (&self->row);
  g_clear_object (&self->row_signals);
  g_clear_object (&self->item_signals);

  G_OBJECT_CLASS (obm_row_name_parent_class)->dispose (object);
}

static void
obm_row_name_class_init (ObmRowNameClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_row_name_dispose;
}

static void
obm_row_name_init (ObmRowName *self)
{
  self->row_signals = g_signal_group_new (OBM_TYPE_REMOTE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify", G_CALLBACK (update), self);
  self->item_signals = g_signal_group_new (OBM_TYPE_MAIL_SERVER);
  g_signal_group_connect_swapped (self->item_signals, "notify::host", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::roles", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::pending", G_CALLBACK (update), self);
}

static void
set_row (ObmRowName *self, ObmRemoteRow *row)
{
  g_set_object (&self->row, row);
  g_signal_group_set_target (self->row_signals, row);
  update (self);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GObject *target)
{
  ObmRowName *self = g_object_new (OBM_TYPE_ROW_NAME, NULL);

  self->target = target;
  g_object_set_data_full (target, "obm-row-name", self, g_object_unref);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GObject *target)
{
  g_autoptr (GObject) row = NULL;

  g_object_get (target, "item", &row, NULL);
  set_row (g_object_get_data (target, "obm-row-name"), OBM_REMOTE_ROW (row));
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GObject *target)
{
  set_row (g_object_get_data (target, "obm-row-name"), NULL);
}

/**
 * obm_row_name_factory_new:
 *
 * Returns: (transfer full): a factory that names the rows of a #GtkColumnView over an #ObmRemoteList of mail servers
 */
GtkListItemFactory *
obm_row_name_factory_new (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);

  return factory;
}
