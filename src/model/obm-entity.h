/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OBM_TYPE_ENTITY (obm_entity_get_type ())

G_DECLARE_INTERFACE (ObmEntity, obm_entity, OBM, ENTITY, GObject)

/**
 * ObmEntity:
 *
 * What a list of the backend holds: something with an id, that JSON describes and that a newer answer refreshes.
 * Its state is its writable properties.
 */
struct _ObmEntityInterface
{
  GTypeInterface parent_iface;

  gint64      (*get_id)  (ObmEntity *self);
  JsonObject *(*to_json) (ObmEntity *self);
};

/**
 * ObmEntityFunc:
 * @object: a JSON object of the contract
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the entity @object describes, or %NULL with %OBM_ERROR_REPLY_MALFORMED
 */
typedef ObmEntity *(*ObmEntityFunc) (JsonObject *object, GError **error);

gint64      obm_entity_get_id  (ObmEntity *self);
JsonObject *obm_entity_to_json (ObmEntity *self);
void        obm_entity_assign  (ObmEntity *self,
                                ObmEntity *other);

G_END_DECLS
