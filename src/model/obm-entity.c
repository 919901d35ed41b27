/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-entity.h"

G_DEFINE_INTERFACE (ObmEntity, obm_entity, G_TYPE_OBJECT)

static void
obm_entity_default_init (ObmEntityInterface *iface)
{
}

/**
 * obm_entity_get_id:
 * @self: an entity
 *
 * Returns: its id, unique among the entities of its kind
 */
gint64
obm_entity_get_id (ObmEntity *self)
{
  g_return_val_if_fail (OBM_IS_ENTITY (self), 0);

  return OBM_ENTITY_GET_IFACE (self)->get_id (self);
}

/**
 * obm_entity_to_json:
 * @self: an entity
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_entity_to_json (ObmEntity *self)
{
  g_return_val_if_fail (OBM_IS_ENTITY (self), NULL);

  return OBM_ENTITY_GET_IFACE (self)->to_json (self);
}

/**
 * obm_entity_assign:
 * @self: an entity
 * @other: a newer reading of the same entity
 *
 * Takes over the writable properties of @other; the class notifies only what changed.
 */
void
obm_entity_assign (ObmEntity *self, ObmEntity *other)
{
  g_autofree GParamSpec **pspecs = NULL;
  guint n_pspecs;

  g_return_if_fail (OBM_IS_ENTITY (self));
  g_return_if_fail (G_OBJECT_TYPE (self) == G_OBJECT_TYPE (other));

  pspecs = g_object_class_list_properties (G_OBJECT_GET_CLASS (self), &n_pspecs);

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < n_pspecs; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if ((pspecs[i]->flags & G_PARAM_WRITABLE) == 0)
        continue;
      g_object_get_property (G_OBJECT (other), pspecs[i]->name, &value);
      g_object_set_property (G_OBJECT (self), pspecs[i]->name, &value);
    }
  g_object_thaw_notify (G_OBJECT (self));
}
