/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-selection-keeper.h"

#include "obm-remote-row.h"

/* How far a row may have moved. One change moves it by one; others may have made some too. */
#define REACH 20

/**
 * ObmSelectionKeeper:
 *
 * The rows of a list stay where they are when it is read again, and show what is there now. So that the same mail
 * server stays selected, the selection follows it to the row it moved to.
 */
struct _ObmSelectionKeeper
{
  GObject parent_instance;

  GtkSingleSelection *selection;
  GSignalGroup *row_signals;
  gint64 id;
};

G_DEFINE_FINAL_TYPE (ObmSelectionKeeper, obm_selection_keeper, G_TYPE_OBJECT)

static gint64
get_id (ObmRemoteRow *row)
{
  ObmEntity *item = row ? obm_remote_row_get_item (row) : NULL;

  return item ? obm_entity_get_id (item) : 0;
}

static gboolean
is_at (ObmSelectionKeeper *self, guint position)
{
  GListModel *model = gtk_single_selection_get_model (self->selection);
  g_autoptr (ObmRemoteRow) row = g_list_model_get_item (model, position);

  return row != NULL && get_id (row) == self->id;
}

static void
on_item_changed_cb (ObmSelectionKeeper *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  ObmRemoteRow *row = gtk_single_selection_get_selected_item (self->selection);
  gint64 id = get_id (row);

  if (id == 0 || id == self->id)
    return;

  for (guint distance = 1; self->id != 0 && distance <= REACH; distance++)
    {
      if (is_at (self, selected + distance))
        {
          gtk_single_selection_set_selected (self->selection, selected + distance);
          return;
        }
      if (distance <= selected && is_at (self, selected - distance))
        {
          gtk_single_selection_set_selected (self->selection, selected - distance);
          return;
        }
    }

  self->id = id;
}

static void
on_selected_cb (ObmSelectionKeeper *self)
{
  ObmRemoteRow *row = gtk_single_selection_get_selected_item (self->selection);

  g_signal_group_set_target (self->row_signals, row);
  self->id = get_id (row);
}

static void
obm_selection_keeper_dispose (GObject *object)
{
  ObmSelectionKeeper *self = OBM_SELECTION_KEEPER (object);

  g_clear_object (&self->row_signals);
  g_clear_object (&self->selection);

  G_OBJECT_CLASS (obm_selection_keeper_parent_class)->dispose (object);
}

static void
obm_selection_keeper_class_init (ObmSelectionKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_selection_keeper_dispose;
}

static void
obm_selection_keeper_init (ObmSelectionKeeper *self)
{
  self->row_signals = g_signal_group_new (OBM_TYPE_REMOTE_ROW);
  g_signal_group_connect_swapped (self->row_signals, "notify::item", G_CALLBACK (on_item_changed_cb), self);
}

/**
 * obm_selection_keeper_new:
 * @selection: a selection among the rows of an #ObmRemoteList
 *
 * Returns: (transfer full): what keeps @selection on the same entity, as long as it lives
 */
ObmSelectionKeeper *
obm_selection_keeper_new (GtkSingleSelection *selection)
{
  ObmSelectionKeeper *self = g_object_new (OBM_TYPE_SELECTION_KEEPER, NULL);

  self->selection = g_object_ref (selection);
  g_signal_connect_object (selection, "notify::selected-item", G_CALLBACK (on_selected_cb), self, G_CONNECT_SWAPPED);
  on_selected_cb (self);

  return self;
}
