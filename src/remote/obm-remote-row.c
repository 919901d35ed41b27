/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-remote-row-private.h"

/**
 * ObmRemoteRow:
 *
 * A place in an #ObmRemoteList: what stands there, once it has come. A row outlives its list as it is.
 */
struct _ObmRemoteRow
{
  GObject parent_instance;

  guint position;
  ObmEntity *item;
  gboolean loading;
  GError *error;
};

G_DEFINE_FINAL_TYPE (ObmRemoteRow, obm_remote_row, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_POSITION,
  PROP_ITEM,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
obm_remote_row_finalize (GObject *object)
{
  ObmRemoteRow *self = OBM_REMOTE_ROW (object);

  g_clear_object (&self->item);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (obm_remote_row_parent_class)->finalize (object);
}

static void
obm_remote_row_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmRemoteRow *self = OBM_REMOTE_ROW (object);

  switch (prop_id)
    {
    case PROP_POSITION:
      g_value_set_uint (value, self->position);
      break;
    case PROP_ITEM:
      g_value_set_object (value, self->item);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_remote_row_class_init (ObmRemoteRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = obm_remote_row_finalize;
  object_class->get_property = obm_remote_row_get_property;

  properties[PROP_POSITION] = g_param_spec_uint ("position", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ITEM] = g_param_spec_object ("item", NULL, NULL, OBM_TYPE_ENTITY,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_remote_row_init (ObmRemoteRow *self)
{
}

/**
 * obm_remote_row_new:
 * @position: its place in the list
 *
 * Returns: (transfer full): an empty row
 */
ObmRemoteRow *
obm_remote_row_new (guint position)
{
  ObmRemoteRow *self = g_object_new (OBM_TYPE_REMOTE_ROW, NULL);

  self->position = position;

  return self;
}

/**
 * obm_remote_row_update:
 * @self: a row
 * @item: (nullable): what stands there
 * @loading: whether it is on its way
 * @error: (nullable): why it did not come
 *
 * Makes the row what its list now knows, and notifies what changed.
 */
void
obm_remote_row_update (ObmRemoteRow *self, ObmEntity *item, gboolean loading, const GError *error)
{
  GObject *object = G_OBJECT (self);

  g_object_freeze_notify (object);
  if (g_set_object (&self->item, item))
    g_object_notify_by_pspec (object, properties[PROP_ITEM]);
  if (self->loading != loading)
    {
      self->loading = loading;
      g_object_notify_by_pspec (object, properties[PROP_LOADING]);
    }
  if (self->error != NULL || error != NULL)
    {
      g_clear_error (&self->error);
      self->error = error ? g_error_copy (error) : NULL;
      g_object_notify_by_pspec (object, properties[PROP_ERROR]);
    }
  g_object_thaw_notify (object);
}

/**
 * obm_remote_row_get_position:
 * @self: a row
 *
 * Returns: its place in the list, from 0
 */
guint
obm_remote_row_get_position (ObmRemoteRow *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_ROW (self), 0);

  return self->position;
}

/**
 * obm_remote_row_get_item:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): what stands there; %NULL while it has not come
 */
ObmEntity *
obm_remote_row_get_item (ObmRemoteRow *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_ROW (self), NULL);

  return self->item;
}

/**
 * obm_remote_row_get_loading:
 * @self: a row
 *
 * Returns: whether nothing stands there yet, but is on its way
 */
gboolean
obm_remote_row_get_loading (ObmRemoteRow *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_ROW (self), FALSE);

  return self->loading;
}

/**
 * obm_remote_row_get_error:
 * @self: a row
 *
 * Returns: (nullable) (transfer none): why it could not be read, or not again; obm_remote_list_retry() asks
 *   anew
 */
const GError *
obm_remote_row_get_error (ObmRemoteRow *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_ROW (self), NULL);

  return self->error;
}
