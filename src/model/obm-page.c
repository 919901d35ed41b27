/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-page.h"

#include "obm-error.h"
#include "obm-json.h"

/**
 * ObmPage:
 *
 * One result page of a list: some entities, and how many match in all.
 */
struct _ObmPage
{
  GObject parent_instance;

  gint64 length;
  guint page;
  guint rows;
  GPtrArray *items;
};

G_DEFINE_FINAL_TYPE (ObmPage, obm_page, G_TYPE_OBJECT)

static void
obm_page_finalize (GObject *object)
{
  g_ptr_array_unref (OBM_PAGE (object)->items);

  G_OBJECT_CLASS (obm_page_parent_class)->finalize (object);
}

static void
obm_page_class_init (ObmPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_page_finalize;
}

static void
obm_page_init (ObmPage *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * obm_page_new:
 * @length: how many entities match, on all pages
 * @page: which page this is, from 1
 * @rows: how many rows a page has
 *
 * Returns: (transfer full): a page without entities yet
 */
ObmPage *
obm_page_new (gint64 length, guint page, guint rows)
{
  ObmPage *self = g_object_new (OBM_TYPE_PAGE, NULL);

  self->length = length;
  self->page = page;
  self->rows = rows;

  return self;
}

/**
 * obm_page_new_from_json:
 * @object: a List of the contract
 * @new_entity: (scope call): reads one of its "datas"
 * @error: return location
 *
 * Reads a page. It is refused whole when one entity cannot be read: a list with holes would lie about what is there.
 *
 * Returns: (transfer full): the page; %NULL with %OBM_ERROR_REPLY_MALFORMED
 */
ObmPage *
obm_page_new_from_json (JsonObject *object, ObmEntityFunc new_entity, GError **error)
{
  g_autoptr (ObmPage) self = NULL;
  JsonArray *datas = obm_json_get_array (object, "datas");
  gint64 length, page, rows;

  if (!obm_json_require_int (object, "length", &length, error))
    return NULL;

  page = obm_json_get_int (object, "page", 1);
  rows = obm_json_get_int (object, "rows", OBM_PAGE_DEFAULT_ROWS);
  if (datas == NULL || length < 0 || length > G_MAXUINT || page < 1 || page > G_MAXUINT || rows < 1 ||
      rows > G_MAXUINT || json_array_get_length (datas) > MIN (length, rows))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, datas ? "length" : "datas",
                                               "The list contradicts itself"));
      return NULL;
    }

  self = obm_page_new (length, page, rows);
  for (guint i = 0; i < json_array_get_length (datas); i++)
    {
      JsonNode *node = json_array_get_element (datas, i);
      ObmEntity *entity;

      if (!JSON_NODE_HOLDS_OBJECT (node))
        {
          g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, "datas", "A row is not an object"));
          return NULL;
        }
      entity = new_entity (json_node_get_object (node), error);
      if (entity == NULL)
        return NULL;
      obm_page_take (self, entity);
    }

  return g_steal_pointer (&self);
}

/**
 * obm_page_to_json:
 * @self: a page
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_page_to_json (ObmPage *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *datas = json_array_sized_new (self->items->len);

  for (guint i = 0; i < self->items->len; i++)
    json_array_add_object_element (datas, obm_entity_to_json (obm_page_get_item (self, i)));

  json_object_set_int_member (object, "length", self->length);
  json_object_set_int_member (object, "page", self->page);
  json_object_set_int_member (object, "rows", self->rows);
  json_object_set_array_member (object, "datas", datas);

  return object;
}

/**
 * obm_page_take:
 * @self: a page
 * @entity: (transfer full): its next entity
 */
void
obm_page_take (ObmPage *self, ObmEntity *entity)
{
  g_return_if_fail (OBM_IS_PAGE (self));

  g_ptr_array_add (self->items, entity);
}

/**
 * obm_page_get_length:
 * @self: a page
 *
 * Returns: how many entities match, on all pages
 */
gint64
obm_page_get_length (ObmPage *self)
{
  g_return_val_if_fail (OBM_IS_PAGE (self), 0);

  return self->length;
}

/**
 * obm_page_get_n_items:
 * @self: a page
 *
 * Returns: how many entities are on it
 */
guint
obm_page_get_n_items (ObmPage *self)
{
  g_return_val_if_fail (OBM_IS_PAGE (self), 0);

  return self->items->len;
}

/**
 * obm_page_get_item:
 * @self: a page
 * @index: below obm_page_get_n_items()
 *
 * Returns: (transfer none): an entity
 */
ObmEntity *
obm_page_get_item (ObmPage *self, guint index)
{
  g_return_val_if_fail (OBM_IS_PAGE (self) && index < self->items->len, NULL);

  return g_ptr_array_index (self->items, index);
}
