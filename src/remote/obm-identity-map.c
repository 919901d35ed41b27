/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-identity-map.h"

/*
 * Sees to it that there is one object for one id, as long as anybody holds it: a newer reading changes the
 * object that is on the screen instead of standing beside it. Keeps nothing alive.
 */
struct _ObmIdentityMap
{
  GHashTable *entries;
};

typedef struct {
  ObmIdentityMap *map;
  gint64 id;
  ObmEntity *entity;
} Entry;

static void
gone_cb (gpointer user_data, GObject *where_the_object_was)
{
  Entry *entry = user_data;

  entry->entity = NULL;
  g_hash_table_remove (entry->map->entries, &entry->id);
}

static void
entry_free (Entry *entry)
{
  if (entry->entity != NULL)
    g_object_weak_unref (G_OBJECT (entry->entity), gone_cb, entry);
  g_free (entry);
}

/**
 * obm_identity_map_new:
 *
 * Returns: (transfer full): an empty map
 */
ObmIdentityMap *
obm_identity_map_new (void)
{
  ObmIdentityMap *self = g_new0 (ObmIdentityMap, 1);

  self->entries = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) entry_free);

  return self;
}

/**
 * obm_identity_map_free:
 * @self: a map
 *
 * Frees the map; the entities go their own way.
 */
void
obm_identity_map_free (ObmIdentityMap *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/**
 * obm_identity_map_clear:
 * @self: a map
 *
 * Forgets every entity, because ids will mean something else from now on.
 */
void
obm_identity_map_clear (ObmIdentityMap *self)
{
  g_hash_table_remove_all (self->entries);
}

/**
 * obm_identity_map_resolve:
 * @self: a map
 * @entity: a reading of an entity
 *
 * Finds the living object for the id of @entity and brings it up to date, which notifies; if there is none,
 * @entity is that object from now on.
 *
 * Returns: (transfer full): the one object for that id
 */
ObmEntity *
obm_identity_map_resolve (ObmIdentityMap *self, ObmEntity *entity)
{
  gint64 id = obm_entity_get_id (entity);
  Entry *entry = g_hash_table_lookup (self->entries, &id);

  /* A mail server and a host may have the same id. */
  if (entry != NULL && G_OBJECT_TYPE (entry->entity) == G_OBJECT_TYPE (entity))
    {
      ObmEntity *living = g_object_ref (entry->entity);

      if (living != entity)
        obm_entity_assign (living, entity);
      return living;
    }

  entry = g_new0 (Entry, 1);
  entry->map = self;
  entry->id = id;
  entry->entity = entity;
  g_object_weak_ref (G_OBJECT (entity), gone_cb, entry);
  g_hash_table_replace (self->entries, &entry->id, entry);

  return g_object_ref (entity);
}
