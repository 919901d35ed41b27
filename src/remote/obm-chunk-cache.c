/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-chunk-cache.h"

/*
 * The chunks of a list that were touched, the latest first: the order in which they are asked for, and from
 * its other end the order in which they are forgotten.
 */
struct _ObmChunkCache
{
  GHashTable *links; /* index -> link of order */
  GQueue order;
  ObmChunkFunc unused;
  gpointer user_data;
};

static void
remove_link (ObmChunkCache *self, GList *link)
{
  g_autoptr (ObmChunk) chunk = link->data;

  g_hash_table_remove (self->links, GUINT_TO_POINTER (obm_chunk_get_index (chunk)));
  g_queue_delete_link (&self->order, link);
  obm_chunk_detach (chunk);
}

/**
 * obm_chunk_cache_new:
 * @unused: (scope notified): called when nobody looks at a chunk any more
 * @user_data: for @unused
 *
 * Returns: (transfer full): an empty cache
 */
ObmChunkCache *
obm_chunk_cache_new (ObmChunkFunc unused, gpointer user_data)
{
  ObmChunkCache *self = g_new0 (ObmChunkCache, 1);

  self->links = g_hash_table_new (NULL, NULL);
  g_queue_init (&self->order);
  self->unused = unused;
  self->user_data = user_data;

  return self;
}

/**
 * obm_chunk_cache_free:
 * @self: a cache
 *
 * Frees the cache, its requests ended.
 */
void
obm_chunk_cache_free (ObmChunkCache *self)
{
  obm_chunk_cache_clear (self);
  g_hash_table_unref (self->links);
  g_free (self);
}

/**
 * obm_chunk_cache_clear:
 * @self: a cache
 *
 * Forgets every chunk; rows that somebody holds stay as they are.
 */
void
obm_chunk_cache_clear (ObmChunkCache *self)
{
  while (self->order.head != NULL)
    remove_link (self, self->order.head);
}

/**
 * obm_chunk_cache_lookup:
 * @self: a cache
 * @index: which chunk
 *
 * Returns: (nullable) (transfer none): the chunk, if it is there
 */
ObmChunk *
obm_chunk_cache_lookup (ObmChunkCache *self, guint index)
{
  GList *link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (index));

  return link ? link->data : NULL;
}

/**
 * obm_chunk_cache_touch:
 * @self: a cache
 * @index: which chunk
 *
 * Makes a chunk the latest.
 *
 * Returns: (transfer none): the chunk, a new one if it was not there
 */
ObmChunk *
obm_chunk_cache_touch (ObmChunkCache *self, guint index)
{
  GList *link = g_hash_table_lookup (self->links, GUINT_TO_POINTER (index));

  if (link != NULL)
    {
      g_queue_unlink (&self->order, link);
      g_queue_push_head_link (&self->order, link);
    }
  else
    {
      g_queue_push_head (&self->order, obm_chunk_new (index, self->unused, self->user_data));
      g_hash_table_insert (self->links, GUINT_TO_POINTER (index), self->order.head);
    }

  return self->order.head->data;
}

/**
 * obm_chunk_cache_next_needed:
 * @self: a cache
 *
 * Returns: (nullable) (transfer none): the latest chunk that is needed and not asked for; after
 *   obm_chunk_cache_trim() it is one that somebody looks at
 */
ObmChunk *
obm_chunk_cache_next_needed (ObmChunkCache *self)
{
  for (GList *link = self->order.head; link != NULL; link = link->next)
    if (obm_chunk_get_state (link->data) == OBM_CHUNK_NEEDED)
      return link->data;

  return NULL;
}

/**
 * obm_chunk_cache_oldest_stray:
 * @self: a cache
 *
 * Returns: (nullable) (transfer none): of the chunks that are on their way though nobody looks at them any
 *   more, the one asked for first
 */
ObmChunk *
obm_chunk_cache_oldest_stray (ObmChunkCache *self)
{
  ObmChunk *oldest = NULL;

  for (GList *link = self->order.head; link != NULL; link = link->next)
    if (obm_chunk_get_state (link->data) == OBM_CHUNK_ASKED && !obm_chunk_is_used (link->data) &&
        (oldest == NULL || obm_chunk_get_age (link->data) > obm_chunk_get_age (oldest)))
      oldest = link->data;

  return oldest;
}

/**
 * obm_chunk_cache_stop:
 * @self: a cache
 *
 * Ends every request on its way; what has come stays.
 */
void
obm_chunk_cache_stop (ObmChunkCache *self)
{
  for (GList *link = self->order.head; link != NULL; link = link->next)
    if (obm_chunk_get_state (link->data) == OBM_CHUNK_ASKED)
      obm_chunk_need (link->data);
}

/**
 * obm_chunk_cache_need_all:
 * @self: a cache
 *
 * Wants every chunk that somebody looks at to be read again, and forgets the others. Requests on their way
 * are ended: what they bring may be older than the wish.
 */
void
obm_chunk_cache_need_all (ObmChunkCache *self)
{
  for (GList *link = self->order.head, *next; link != NULL; link = next)
    {
      next = link->next;
      if (obm_chunk_is_used (link->data))
        obm_chunk_need (link->data);
      else
        remove_link (self, link);
    }
}

/**
 * obm_chunk_cache_truncate:
 * @self: a cache
 * @length: how long the list is from now on
 *
 * Forgets what lies beyond.
 */
void
obm_chunk_cache_truncate (ObmChunkCache *self, guint length)
{
  for (GList *link = self->order.head, *next; link != NULL; link = next)
    {
      guint first = obm_chunk_get_index (link->data) * OBM_CHUNK_ROWS;

      next = link->next;
      if (first >= length)
        remove_link (self, link);
      else if (length - first < OBM_CHUNK_ROWS)
        obm_chunk_truncate (link->data, length - first);
    }
}

/**
 * obm_chunk_cache_trim:
 * @self: a cache
 *
 * Forgets the chunks that nobody looks at: those that hold nothing, so that they are asked for anew when
 * somebody does, and the oldest beyond %OBM_CHUNK_CACHE_MAX_IDLE.
 */
void
obm_chunk_cache_trim (ObmChunkCache *self)
{
  guint n_idle = 0;

  for (GList *link = self->order.head, *next; link != NULL; link = next)
    {
      ObmChunkState state = obm_chunk_get_state (link->data);

      next = link->next;
      if (obm_chunk_is_used (link->data) || state == OBM_CHUNK_ASKED)
        continue;
      if (state != OBM_CHUNK_LOADED || ++n_idle > OBM_CHUNK_CACHE_MAX_IDLE)
        remove_link (self, link);
    }
}
