/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-result-cell.h"

#include <glib/gi18n.h>

#include "obm-mail-server.h"
#include "obm-narrow.h"

/* How much of a name there is room for at least, alone and with something beside it, in characters. */
#define NAME_CHARS 7
#define BESIDE_CHARS 5

/**
 * ObmResultCell:
 *
 * One cell of the list of mail servers. It follows its row, which may still be loading or may have failed, and the
 * mail server in it, which may change while it is shown. (A binding in the UI file would keep what it showed last
 * while the row has no mail server.)
 */
struct _ObmResultCell
{
  GtkWidget parent_instance;

  ObmSort column;
  GtkWidget *text;
  GtkWidget *tick;
  GtkWidget *pending;
  GtkWidget *retry;

  ObmRemoteRow *row;
  GSignalGroup *row_signals;
  GSignalGroup *item_signals;
};

G_DEFINE_FINAL_TYPE (ObmResultCell, obm_result_cell, GTK_TYPE_WIDGET)

static void
set_text (ObmResultCell *self, const char *text, gboolean dim)
{
  gtk_inscription_set_text (GTK_INSCRIPTION (self->text), text);
  /* Names differ at their ends. */
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (self->text), dim ? GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END
                                                                       : GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_MIDDLE);
  if (dim)
    gtk_widget_add_css_class (self->text, "dim-label");
  else
    gtk_widget_remove_css_class (self->text, "dim-label");
}

static gboolean
is_pending (ObmMailServer *server)
{
  g_autofree char *pending = NULL;

  if (server != NULL)
    g_object_get (server, "pending", &pending, NULL);

  return pending != NULL;
}

static void
update_host (ObmResultCell *self, ObmMailServer *server)
{
  gboolean failed = self->row != NULL && obm_remote_row_get_error (self->row) != NULL;

  if (server != NULL)
    {
      const char *name = obm_host_get_name (obm_mail_server_get_host (server));

      set_text (self, name ? name : _("Deleted host"), name == NULL);
    }
  else if (failed)
    set_text (self, _("This page could not be loaded."), TRUE);
  else
    set_text (self, self->row ? _("Loading…") : NULL, TRUE);

  /* What is beside the name takes its room from the name: in a narrow window from nothing else. */
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (self->text),
                                 is_pending (server) || (server == NULL && failed) ? BESIDE_CHARS : NAME_CHARS);
  gtk_widget_set_visible (self->pending, is_pending (server));
  gtk_widget_set_visible (self->retry, server == NULL && failed);
  if (self->row != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->retry), "u", obm_remote_row_get_position (self->row));
}

static void
update_role (ObmResultCell *self, ObmMailServer *server)
{
  const ObmRoles role = 1 << (self->column - OBM_SORT_IMAP);
  gboolean has = server != NULL && (obm_mail_server_get_roles (server) & role) != 0;

  gtk_widget_set_visible (self->tick, has);
}

static void
update (ObmResultCell *self)
{
  ObmEntity *item = self->row ? obm_remote_row_get_item (self->row) : NULL;
  ObmMailServer *server = OBM_IS_MAIL_SERVER (item) ? OBM_MAIL_SERVER (item) : NULL;

  g_signal_group_set_target (self->item_signals, server);

  switch (self->column)
    {
    case OBM_SORT_NAME:
      update_host (self, server);
      break;
    case OBM_SORT_IP:
      set_text (self, server ? obm_host_get_ip (obm_mail_server_get_host (server)) : NULL, FALSE);
      break;
    case OBM_SORT_IMAP:
    case OBM_SORT_SMTP_IN:
    case OBM_SORT_SMTP_OUT:
    default:
      update_role (self, server);
    }
}

static void
set_row (ObmResultCell *self, ObmRemoteRow *row)
{
  if (!g_set_object (&self->row, row))
    return;

  g_signal_group_set_target (self->row_signals, row);
  update (self);
}

static void
obm_result_cell_dispose (GObject *object)
{
  ObmResultCell *self = OBM_RESULT_CELL (object);

  g_clear_object (&self->row);
  g_clear_object (&self->row_signals);
  g_clear_object (&self->item_signals);
  g_clear_pointer (&self->text, gtk_widget_unparent);
  g_clear_pointer (&self->tick, gtk_widget_unparent);
  g_clear_pointer (&self->pending, gtk_widget_unparent);
  g_clear_pointer (&self->retry, gtk_widget_unparent);

  G_OBJECT_CLASS (obm_result_cell_parent_class)->dispose (object);
}

static void
obm_result_cell_class_init (ObmResultCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_result_cell_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "resultcell");
}

static void
obm_result_cell_init (ObmResultCell *self)
{
  self->row_signals = g_signal_group_new (OBM_TYPE_REMOTE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify", G_CALLBACK (update), self);
  self->item_signals = g_signal_group_new (OBM_TYPE_MAIL_SERVER);
  g_signal_group_connect_swapped (self->item_signals, "notify::host", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::roles", G_CALLBACK (update), self);
  g_signal_group_connect_swapped (self->item_signals, "notify::pending", G_CALLBACK (update), self);
}

static GtkWidget *
make_text (guint min_chars, guint nat_chars)
{
  GtkWidget *text = g_object_new (GTK_TYPE_INSCRIPTION,
                                  "hexpand", TRUE,
                                  "min-chars", min_chars,
                                  "nat-chars", nat_chars,
                                  NULL);

  obm_narrow_tell (text);

  return text;
}

static GtkWidget *
make_tick (void)
{
  GtkWidget *tick = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name", "object-select-symbolic",
                                  "halign", GTK_ALIGN_CENTER,
                                  "hexpand", TRUE,
                                  NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (tick), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Yes"), -1);

  return tick;
}

/* Saved, not applied yet: in a narrow column there is room for the post-it only. */
static GtkWidget *
make_pending (void)
{
  GtkWidget *pending = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *icon = gtk_image_new_from_icon_name ("obm-post-it-symbolic");
  GtkWidget *text = gtk_inscription_new (_("waiting"));

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 0);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (text), g_utf8_strlen (_("waiting"), -1));
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (pending), icon);
  gtk_box_append (GTK_BOX (pending), text);
  gtk_widget_set_tooltip_text (pending, _("Saved, but not applied to the system yet"));
  gtk_widget_add_css_class (pending, "pending");

  return pending;
}

static GtkWidget *
make_retry (void)
{
  GtkWidget *retry = g_object_new (GTK_TYPE_BUTTON,
                                   "label", _("Retry"),
                                   "action-target", g_variant_new_uint32 (0),
                                   "action-name", "results.retry",
                                   "visible", FALSE,
                                   NULL);

  gtk_widget_add_css_class (retry, "retry");

  return retry;
}

static GtkWidget *
obm_result_cell_new (ObmSort column)
{
  ObmResultCell *self = g_object_new (OBM_TYPE_RESULT_CELL, NULL);

  self->column = column;
  if (column >= OBM_SORT_IMAP)
    self->tick = make_tick ();
  else
    self->text = column == OBM_SORT_NAME ? make_text (NAME_CHARS, 24) : make_text (9, 15);
  if (column == OBM_SORT_NAME)
    {
      self->pending = make_pending ();
      self->retry = make_retry ();
    }

  if (self->text != NULL)
    gtk_widget_set_parent (self->text, GTK_WIDGET (self));
  if (self->tick != NULL)
    gtk_widget_set_parent (self->tick, GTK_WIDGET (self));
  if (self->pending != NULL)
    gtk_widget_set_parent (self->pending, GTK_WIDGET (self));
  if (self->retry != NULL)
    gtk_widget_set_parent (self->retry, GTK_WIDGET (self));

  return GTK_WIDGET (self);
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_list_item_set_child (item, obm_result_cell_new (GPOINTER_TO_INT (user_data)));
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  set_row (OBM_RESULT_CELL (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  set_row (OBM_RESULT_CELL (gtk_list_item_get_child (item)), NULL);
}

/**
 * obm_result_cell_factory_new:
 * @column: what the cells show
 *
 * Returns: (transfer full): a factory of cells for a #GtkColumnViewColumn over rows of an #ObmRemoteList
 */
GtkListItemFactory *
obm_result_cell_factory_new (ObmSort column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), GINT_TO_POINTER (column));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind_cb), NULL);

  return factory;
}
