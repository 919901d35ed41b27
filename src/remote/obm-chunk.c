/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-chunk.h"

#include "obm-error.h"
#include "obm-remote-row-private.h"

/*
 * A run of neighbouring rows that is asked for in one request. It holds the entities, but its rows only
 * weakly: who looks at a row keeps it, and a chunk without rows is of no use to anybody.
 */
struct _ObmChunk
{
  guint index;
  ObmChunkState state;
  GPtrArray *items;
  GError *error;
  GCancellable *cancellable;
  gint64 asked;
  gboolean pinned;
  ObmRemoteRow *rows[OBM_CHUNK_ROWS];
  guint n_rows;
  ObmChunkFunc unused;
  gpointer user_data;
};

/* A row is gone: if it was the last one, the list may want to know. */
static void
row_gone_cb (gpointer user_data, GObject *where_the_object_was)
{
  ObmChunk *self = user_data;

  for (guint i = 0; i < OBM_CHUNK_ROWS; i++)
    if ((gpointer) self->rows[i] == (gpointer) where_the_object_was)
      {
        self->rows[i] = NULL;
        if (--self->n_rows == 0 && self->unused != NULL)
          self->unused (self->user_data);
        return;
      }
}

static void
detach_rows (ObmChunk *self, guint first)
{
  for (guint i = first; i < OBM_CHUNK_ROWS; i++)
    if (self->rows[i] != NULL)
      {
        g_object_weak_unref (G_OBJECT (self->rows[i]), row_gone_cb, self);
        self->rows[i] = NULL;
        self->n_rows--;
      }
}

static void
chunk_clear (ObmChunk *self)
{
  detach_rows (self, 0);
  g_ptr_array_unref (self->items);
  g_clear_error (&self->error);
  g_clear_object (&self->cancellable);
}

/* What the chunk knows about one of its rows. A failed one keeps what it had. */
static void
update_row (ObmChunk *self, guint offset, ObmRemoteRow *row)
{
  ObmEntity *item = offset < self->items->len ? g_ptr_array_index (self->items, offset) : NULL;
  gboolean coming = self->state == OBM_CHUNK_NEEDED || self->state == OBM_CHUNK_ASKED;

  obm_remote_row_update (row, item, item == NULL && coming, self->error);
}

/**
 * obm_chunk_new:
 * @index: which chunk of the list it is, from 0
 * @unused: (scope notified): called when nobody looks at any of its rows any more
 * @user_data: for @unused
 *
 * Returns: (transfer full): a chunk that is needed
 */
ObmChunk *
obm_chunk_new (guint index, ObmChunkFunc unused, gpointer user_data)
{
  ObmChunk *self = g_rc_box_new0 (ObmChunk);

  self->index = index;
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->unused = unused;
  self->user_data = user_data;

  return self;
}

/**
 * obm_chunk_ref:
 * @self: a chunk
 *
 * Returns: (transfer full): @self
 */
ObmChunk *
obm_chunk_ref (ObmChunk *self)
{
  return g_rc_box_acquire (self);
}

/**
 * obm_chunk_unref:
 * @self: a chunk
 *
 * Gives a reference back.
 */
void
obm_chunk_unref (ObmChunk *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) chunk_clear);
}

/**
 * obm_chunk_detach:
 * @self: a chunk
 *
 * Takes it out of its list: its request ends, its rows stay as they are.
 */
void
obm_chunk_detach (ObmChunk *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->unused = NULL;
  detach_rows (self, 0);
}

/**
 * obm_chunk_get_index:
 * @self: a chunk
 *
 * Returns: which chunk of the list it is
 */
guint
obm_chunk_get_index (ObmChunk *self)
{
  return self->index;
}

/**
 * obm_chunk_get_state:
 * @self: a chunk
 *
 * Returns: how far it is
 */
ObmChunkState
obm_chunk_get_state (ObmChunk *self)
{
  return self->state;
}

/**
 * obm_chunk_get_n_items:
 * @self: a chunk
 *
 * Returns: how many entities it holds
 */
guint
obm_chunk_get_n_items (ObmChunk *self)
{
  return self->items->len;
}

/**
 * obm_chunk_get_cancellable:
 * @self: a chunk
 *
 * Returns: (nullable) (transfer none): what ends its request, and tells it from an earlier one; %NULL if
 *   there is none
 */
GCancellable *
obm_chunk_get_cancellable (ObmChunk *self)
{
  return self->cancellable;
}

/**
 * obm_chunk_get_age:
 * @self: a chunk that was asked for
 *
 * Returns: since when its request is on its way, in microseconds
 */
gint64
obm_chunk_get_age (ObmChunk *self)
{
  return g_get_monotonic_time () - self->asked;
}

/**
 * obm_chunk_is_used:
 * @self: a chunk
 *
 * Returns: whether somebody looks at one of its rows, or its answer is wanted all the same
 */
gboolean
obm_chunk_is_used (ObmChunk *self)
{
  return self->n_rows > 0 || self->pinned;
}

/**
 * obm_chunk_pin:
 * @self: a chunk
 *
 * Wants the next answer even if nobody looks at a row.
 */
void
obm_chunk_pin (ObmChunk *self)
{
  self->pinned = TRUE;
}

/**
 * obm_chunk_get_row:
 * @self: a chunk
 * @offset: the row's place in the chunk, below %OBM_CHUNK_ROWS
 *
 * Returns: (transfer full): the row, the same one as long as anybody holds it
 */
ObmRemoteRow *
obm_chunk_get_row (ObmChunk *self, guint offset)
{
  ObmRemoteRow *row = self->rows[offset];

  if (row != NULL)
    return g_object_ref (row);

  row = obm_remote_row_new (self->index * OBM_CHUNK_ROWS + offset);
  update_row (self, offset, row);
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  self->rows[offset] = row;
  self->n_rows++;

  return row;
}

/**
 * obm_chunk_need:
 * @self: a chunk
 *
 * Wants it read, again if need be; what it has stays until then. A request on its way is given up.
 */
void
obm_chunk_need (ObmChunk *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->state = OBM_CHUNK_NEEDED;
}

/**
 * obm_chunk_ask:
 * @self: a chunk
 * @cancellable: what ends the request that was just sent
 *
 * Notes that it is on its way.
 */
void
obm_chunk_ask (ObmChunk *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  self->state = OBM_CHUNK_ASKED;
  self->asked = g_get_monotonic_time ();
}

/**
 * obm_chunk_load:
 * @self: a chunk
 * @items: (element-type ObmEntity): what was answered
 * @n_due: how many there should be
 *
 * Takes an answer. Fewer than @n_due leave holes that can be asked for again.
 */
void
obm_chunk_load (ObmChunk *self, GPtrArray *items, guint n_due)
{
  g_ptr_array_ref (items);
  g_ptr_array_unref (self->items);
  self->items = items;

  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->pinned = FALSE;
  self->state = OBM_CHUNK_LOADED;
  if (items->len < n_due)
    {
      self->state = OBM_CHUNK_FAILED;
      self->error = obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "%u rows of %u", items->len, n_due);
    }
}

/**
 * obm_chunk_fail:
 * @self: a chunk
 * @error: why no answer came
 *
 * Takes a failure.
 */
void
obm_chunk_fail (ObmChunk *self, const GError *error)
{
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  self->pinned = FALSE;
  self->state = OBM_CHUNK_FAILED;
}

/**
 * obm_chunk_truncate:
 * @self: a chunk
 * @length: how many rows it has from now on
 *
 * Lets go of the rows beyond.
 */
void
obm_chunk_truncate (ObmChunk *self, guint length)
{
  detach_rows (self, length);
  if (self->items->len > length)
    g_ptr_array_set_size (self->items, length);
}

/**
 * obm_chunk_update_rows:
 * @self: a chunk
 *
 * Tells its rows what it knows, which notifies.
 */
void
obm_chunk_update_rows (ObmChunk *self)
{
  g_autoptr (ObmChunk) kept = obm_chunk_ref (self);

  /* Whoever is notified may drop rows, or the whole list. */
  for (guint i = 0; i < OBM_CHUNK_ROWS; i++)
    if (self->rows[i] != NULL)
      {
        g_autoptr (ObmRemoteRow) row = g_object_ref (self->rows[i]);

        update_row (self, i, row);
      }
}
