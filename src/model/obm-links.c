/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-links.h"

#include "obm-json.h"

/**
 * ObmLinks:
 *
 * What depends on a mail server, by kind: users, domains, mail shares, and whatever kinds a backend knows besides.
 * Anything that does stops its deletion.
 */
struct _ObmLinks
{
  GObject parent_instance;

  GPtrArray *links;
  gboolean deletable;
};

typedef struct {
  char *kind;
  gint64 count;
  char **first;
} Link;

G_DEFINE_FINAL_TYPE (ObmLinks, obm_links, G_TYPE_OBJECT)

static void
link_free (gpointer data)
{
  Link *link = data;

  g_free (link->kind);
  g_strfreev (link->first);
  g_free (link);
}

static void
obm_links_finalize (GObject *object)
{
  g_ptr_array_unref (OBM_LINKS (object)->links);

  G_OBJECT_CLASS (obm_links_parent_class)->finalize (object);
}

static void
obm_links_class_init (ObmLinksClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_links_finalize;
}

static void
obm_links_init (ObmLinks *self)
{
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->deletable = TRUE;
}

/**
 * obm_links_new:
 *
 * Returns: (transfer full): links of nothing, so deletable
 */
ObmLinks *
obm_links_new (void)
{
  return g_object_new (OBM_TYPE_LINKS, NULL);
}

/**
 * obm_links_new_from_json:
 * @object: Links of the contract
 * @error: return location
 *
 * Reads links. Only a plain "deletable": true allows a deletion; an entry without a kind is left out.
 *
 * Returns: (transfer full): the links; %NULL with %OBM_ERROR_REPLY_MALFORMED when "deletable" is missing
 */
ObmLinks *
obm_links_new_from_json (JsonObject *object, GError **error)
{
  g_autoptr (ObmLinks) self = obm_links_new ();
  JsonArray *links = obm_json_get_array (object, "links");
  gboolean deletable;

  if (!obm_json_require_boolean (object, "deletable", &deletable, error))
    return NULL;

  for (guint i = 0; links != NULL && i < json_array_get_length (links); i++)
    {
      JsonNode *node = json_array_get_element (links, i);
      JsonObject *link = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      g_auto (GStrv) first = NULL;

      if (link == NULL || obm_json_get_string (link, "kind") == NULL)
        continue;
      first = obm_json_get_strings (link, "first");
      obm_links_add (self,
                     obm_json_get_string (link, "kind"),
                     MAX (obm_json_get_int (link, "count", 0), 0),
                     (const char * const *) first);
    }
  self->deletable = deletable;

  return g_steal_pointer (&self);
}

/**
 * obm_links_to_json:
 * @self: links
 *
 * Returns: (transfer full): @self as the contract writes it
 */
JsonObject *
obm_links_to_json (ObmLinks *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *links = json_array_new ();

  for (guint i = 0; i < self->links->len; i++)
    {
      Link *link = g_ptr_array_index (self->links, i);
      JsonObject *element = json_object_new ();

      json_object_set_string_member (element, "kind", link->kind);
      json_object_set_int_member (element, "count", link->count);
      obm_json_set_strings (element, "first", (const char * const *) link->first);
      json_array_add_object_element (links, element);
    }
  json_object_set_boolean_member (object, "deletable", self->deletable);
  json_object_set_array_member (object, "links", links);

  return object;
}

/**
 * obm_links_add:
 * @self: links
 * @kind: what depends on the mail server, "user"
 * @count: how many of them
 * @first: the names of some
 *
 * Adds a kind; a count above 0 makes @self not deletable.
 */
void
obm_links_add (ObmLinks *self, const char *kind, gint64 count, const char * const *first)
{
  Link *link;

  g_return_if_fail (OBM_IS_LINKS (self));

  link = g_new0 (Link, 1);
  link->kind = g_strdup (kind);
  link->count = count;
  link->first = g_strdupv ((char **) first);
  g_ptr_array_add (self->links, link);
  if (count > 0)
    self->deletable = FALSE;
}

/**
 * obm_links_get_deletable:
 * @self: links
 *
 * Returns: whether nothing stops the deletion
 */
gboolean
obm_links_get_deletable (ObmLinks *self)
{
  g_return_val_if_fail (OBM_IS_LINKS (self), FALSE);

  return self->deletable;
}

/**
 * obm_links_get_n_kinds:
 * @self: links
 *
 * Returns: how many kinds it lists, those with a count of 0 too
 */
guint
obm_links_get_n_kinds (ObmLinks *self)
{
  g_return_val_if_fail (OBM_IS_LINKS (self), 0);

  return self->links->len;
}

static Link *
get_link (ObmLinks *self, guint index)
{
  g_return_val_if_fail (OBM_IS_LINKS (self) && index < self->links->len, NULL);

  return g_ptr_array_index (self->links, index);
}

/**
 * obm_links_get_kind:
 * @self: links
 * @index: below obm_links_get_n_kinds()
 *
 * Returns: the kind, "user"
 */
const char *
obm_links_get_kind (ObmLinks *self, guint index)
{
  return get_link (self, index)->kind;
}

/**
 * obm_links_get_count:
 * @self: links
 * @index: below obm_links_get_n_kinds()
 *
 * Returns: how many of that kind there are
 */
gint64
obm_links_get_count (ObmLinks *self, guint index)
{
  return get_link (self, index)->count;
}

/**
 * obm_links_get_first:
 * @self: links
 * @index: below obm_links_get_n_kinds()
 *
 * Returns: (nullable) (transfer none): the names of the first few
 */
const char * const *
obm_links_get_first (ObmLinks *self, guint index)
{
  return (const char * const *) get_link (self, index)->first;
}
