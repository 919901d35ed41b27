/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-remote-list.h"

#include "obm-chunk-loader.h"
#include "obm-identity-map.h"

/**
 * ObmRemoteList:
 *
 * All results of a search as one list, however long, of #ObmRemoteRow. Its length is known from the first
 * answer; rows are read when they are looked at, a chunk at a time, and remembered for a while.
 */
struct _ObmRemoteList
{
  GObject parent_instance;

  ObmBackend *backend;
  ObmSearch *search;
  guint length;
  GError *error;

  /* The search under way, whose answer will replace what is shown. */
  ObmSearch *next_search;
  GCancellable *cancellable;

  ObmChunkLoader *loader;
  ObmChunkCache *chunks; /* the loader's */
  ObmIdentityMap *entities;
};

enum {
  PROP_0,
  PROP_BACKEND,
  PROP_SEARCH,
  PROP_LENGTH,
  PROP_LOADING,
  PROP_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static GType
obm_remote_list_get_item_type (GListModel *model)
{
  return OBM_TYPE_REMOTE_ROW;
}

static guint
obm_remote_list_get_n_items (GListModel *model)
{
  return OBM_REMOTE_LIST (model)->length;
}

static gpointer
obm_remote_list_get_item (GListModel *model, guint position)
{
  ObmRemoteList *self = OBM_REMOTE_LIST (model);
  ObmRemoteRow *row;
  ObmChunk *chunk;

  if (position >= self->length)
    return NULL;

  chunk = obm_chunk_cache_touch (self->chunks, position / OBM_CHUNK_ROWS);
  row = obm_chunk_get_row (chunk, position % OBM_CHUNK_ROWS);
  if (obm_chunk_get_state (chunk) == OBM_CHUNK_NEEDED)
    obm_chunk_loader_wake (self->loader);

  return row;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = obm_remote_list_get_item_type;
  iface->get_n_items = obm_remote_list_get_n_items;
  iface->get_item = obm_remote_list_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmRemoteList, obm_remote_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

/* A search on its way. The list may be gone when the answer comes, or search something else: the cancellable
 * tells. */
typedef struct {
  GWeakRef list;
  GCancellable *cancellable;
} Request;

static Request *
request_new (ObmRemoteList *self)
{
  Request *request = g_new0 (Request, 1);

  g_weak_ref_init (&request->list, self);
  request->cancellable = g_cancellable_new ();

  return request;
}

static void
request_free (Request *request)
{
  g_weak_ref_clear (&request->list);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

/* The one object for each entity of @page. Notifies: anything may have happened to the list afterwards. */
static GPtrArray *
resolve (ObmRemoteList *self, ObmPage *page)
{
  GPtrArray *items = g_ptr_array_new_full (obm_page_get_n_items (page), g_object_unref);

  for (guint i = 0; i < obm_page_get_n_items (page); i++)
    g_ptr_array_add (items, obm_identity_map_resolve (self->entities, obm_page_get_item (page, i)));

  return items;
}

static guint
count_due (ObmRemoteList *self, guint index)
{
  guint first = index * OBM_CHUNK_ROWS;

  return first < self->length ? MIN (self->length - first, OBM_CHUNK_ROWS) : 0;
}

/* Another answer knows of more rows, or of fewer: the list changes at its end. */
static void
set_length (ObmRemoteList *self, guint length)
{
  guint old = self->length;

  if (length == old)
    return;

  self->length = length;
  if (length < old)
    obm_chunk_cache_truncate (self->chunks, length);
  else
    {
      ObmChunk *last = obm_chunk_cache_lookup (self->chunks, old / OBM_CHUNK_ROWS);

      if (last != NULL && obm_chunk_get_state (last) == OBM_CHUNK_LOADED &&
          obm_chunk_get_n_items (last) < count_due (self, old / OBM_CHUNK_ROWS))
        obm_chunk_need (last);
    }

  g_object_freeze_notify (G_OBJECT (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LENGTH]);
  if (length < old)
    g_list_model_items_changed (G_LIST_MODEL (self), length, old - length, 0);
  else
    g_list_model_items_changed (G_LIST_MODEL (self), old, 0, length - old);
  g_object_thaw_notify (G_OBJECT (self));
}

/* The chunk at @index, if it still waits for the answer to @cancellable. */
static ObmChunk *
find_asked (ObmRemoteList *self, guint index, GCancellable *cancellable)
{
  ObmChunk *chunk = obm_chunk_cache_lookup (self->chunks, index);

  return chunk != NULL && obm_chunk_get_cancellable (chunk) == cancellable ? obm_chunk_ref (chunk) : NULL;
}

static void
got_chunk_cb (guint index, GCancellable *cancellable, ObmPage *page, const GError *error, gpointer user_data)
{
  g_autoptr (ObmRemoteList) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) items = page ? resolve (self, page) : NULL;
  g_autoptr (ObmChunk) chunk = find_asked (self, index, cancellable);

  if (chunk == NULL)
    return;

  if (page != NULL)
    {
      guint64 first = (guint64) index * OBM_CHUNK_ROWS;
      guint64 length = obm_page_get_length (page);

      obm_chunk_load (chunk, items, length > first ? MIN (length - first, OBM_CHUNK_ROWS) : 0);
      set_length (self, length);
    }
  else
    obm_chunk_fail (chunk, error);
  obm_chunk_update_rows (chunk);
}

static void
stop_search (ObmRemoteList *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->next_search);
}

static void
set_error (ObmRemoteList *self, const GError *error)
{
  if (self->error == NULL && error == NULL)
    return;

  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

/* Everything that is shown is replaced at once, by nothing when there is no @page. */
static void
replace (ObmRemoteList *self, ObmSearch *search, ObmPage *page, GPtrArray *items, const GError *error)
{
  GObject *object = G_OBJECT (self);
  guint old = self->length;
  gboolean loading = self->next_search != NULL;

  g_object_freeze_notify (object);

  obm_chunk_cache_clear (self->chunks);
  self->length = page ? obm_page_get_length (page) : 0;
  if (page != NULL && self->length > 0)
    obm_chunk_load (obm_chunk_cache_touch (self->chunks, 0), items, count_due (self, 0));
  obm_chunk_loader_set_source (self->loader, self->backend, search);
  if (g_set_object (&self->search, search))
    g_object_notify_by_pspec (object, properties[PROP_SEARCH]);
  stop_search (self);
  if (loading)
    g_object_notify_by_pspec (object, properties[PROP_LOADING]);
  set_error (self, error);
  if (self->length != old)
    g_object_notify_by_pspec (object, properties[PROP_LENGTH]);
  if (self->length > 0 || old > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, old, self->length);

  g_object_thaw_notify (object);
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (ObmRemoteList) self = g_weak_ref_get (&request->list);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmPage) page = obm_backend_search_finish (OBM_BACKEND (source), result, &error);
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (ObmSearch) search = NULL;

  if (self == NULL)
    return;
  if (page != NULL)
    items = resolve (self, page);
  if (self->cancellable != request->cancellable)
    return;

  search = g_object_ref (self->next_search);
  replace (self, search, page, items, error);
}

static void
obm_remote_list_dispose (GObject *object)
{
  ObmRemoteList *self = OBM_REMOTE_LIST (object);

  stop_search (self);
  obm_chunk_loader_stop (self->loader);
  g_clear_object (&self->search);
  g_clear_object (&self->backend);
  self->length = 0;

  G_OBJECT_CLASS (obm_remote_list_parent_class)->dispose (object);
}

static void
obm_remote_list_finalize (GObject *object)
{
  ObmRemoteList *self = OBM_REMOTE_LIST (object);

  g_object_unref (self->loader);
  obm_identity_map_free (self->entities);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (obm_remote_list_parent_class)->finalize (object);
}

static void
obm_remote_list_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmRemoteList *self = OBM_REMOTE_LIST (object);

  switch (prop_id)
    {
    case PROP_BACKEND:
      g_value_set_object (value, self->backend);
      break;
    case PROP_SEARCH:
      g_value_set_object (value, self->search);
      break;
    case PROP_LENGTH:
      g_value_set_uint (value, self->length);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->next_search != NULL);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_remote_list_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_BACKEND:
      obm_remote_list_set_backend (OBM_REMOTE_LIST (object), g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_remote_list_class_init (ObmRemoteListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = obm_remote_list_dispose;
  object_class->finalize = obm_remote_list_finalize;
  object_class->get_property = obm_remote_list_get_property;
  object_class->set_property = obm_remote_list_set_property;

  properties[PROP_BACKEND] = g_param_spec_object ("backend", NULL, NULL, OBM_TYPE_BACKEND,
                                                  G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  properties[PROP_SEARCH] = g_param_spec_object ("search", NULL, NULL, OBM_TYPE_SEARCH,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LENGTH] = g_param_spec_uint ("length", NULL, NULL, 0, G_MAXUINT, 0,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
obm_remote_list_init (ObmRemoteList *self)
{
  self->loader = obm_chunk_loader_new (got_chunk_cb, self);
  self->chunks = obm_chunk_loader_get_chunks (self->loader);
  self->entities = obm_identity_map_new ();
}

/**
 * obm_remote_list_new:
 * @backend: (nullable) (transfer none): where to search, signed in to
 *
 * Returns: (transfer full): a list in which nothing was searched yet
 */
ObmRemoteList *
obm_remote_list_new (ObmBackend *backend)
{
  return g_object_new (OBM_TYPE_REMOTE_LIST, "backend", backend, NULL);
}

/**
 * obm_remote_list_get_backend:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): where it searches
 */
ObmBackend *
obm_remote_list_get_backend (ObmRemoteList *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_LIST (self), NULL);

  return self->backend;
}

/**
 * obm_remote_list_set_backend:
 * @self: a list
 * @backend: (nullable) (transfer none): where to search from now on, signed in to
 *
 * Another backend empties the list.
 */
void
obm_remote_list_set_backend (ObmRemoteList *self, ObmBackend *backend)
{
  g_return_if_fail (OBM_IS_REMOTE_LIST (self));
  g_return_if_fail (backend == NULL || OBM_IS_BACKEND (backend));

  if (self->backend == backend)
    return;

  obm_remote_list_clear (self);
  obm_identity_map_clear (self->entities);
  g_set_object (&self->backend, backend);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BACKEND]);
}

/**
 * obm_remote_list_get_search:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): the search whose results, or whose failure, are shown; %NULL before
 *   the first
 */
ObmSearch *
obm_remote_list_get_search (ObmRemoteList *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_LIST (self), NULL);

  return self->search;
}

/**
 * obm_remote_list_get_length:
 * @self: a list
 *
 * Returns: how many results there are in all
 */
guint
obm_remote_list_get_length (ObmRemoteList *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_LIST (self), 0);

  return self->length;
}

/**
 * obm_remote_list_get_loading:
 * @self: a list
 *
 * Returns: whether a new search is under way
 */
gboolean
obm_remote_list_get_loading (ObmRemoteList *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_LIST (self), FALSE);

  return self->next_search != NULL;
}

/**
 * obm_remote_list_get_error:
 * @self: a list
 *
 * Returns: (nullable) (transfer none): why the search failed; rows have their own errors
 */
const GError *
obm_remote_list_get_error (ObmRemoteList *self)
{
  g_return_val_if_fail (OBM_IS_REMOTE_LIST (self), NULL);

  return self->error;
}

/**
 * obm_remote_list_search:
 * @self: a list that has a backend
 * @search: (transfer none): what to search; a copy is kept
 *
 * Starts a search, in the place of one under way. What is shown stays until the answer replaces it all at
 * once; a failure empties the list and sets #ObmRemoteList:error.
 */
void
obm_remote_list_search (ObmRemoteList *self, ObmSearch *search)
{
  gboolean loading;
  Request *request;

  g_return_if_fail (OBM_IS_REMOTE_LIST (self));
  g_return_if_fail (OBM_IS_SEARCH (search));
  g_return_if_fail (self->backend != NULL);

  loading = self->next_search != NULL;
  stop_search (self);
  /* What is shown is about to be replaced. */
  obm_chunk_loader_set_source (self->loader, NULL, NULL);

  request = request_new (self);
  self->cancellable = g_object_ref (request->cancellable);
  self->next_search = obm_search_copy (search);
  obm_backend_search_async (self->backend, self->next_search, 1, OBM_CHUNK_ROWS, self->cancellable,
                            searched_cb, request);

  g_object_freeze_notify (G_OBJECT (self));
  set_error (self, NULL);
  if (!loading)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * obm_remote_list_clear:
 * @self: a list
 *
 * Back to the beginning: nothing searched, nothing shown, nothing on its way.
 */
void
obm_remote_list_clear (ObmRemoteList *self)
{
  g_return_if_fail (OBM_IS_REMOTE_LIST (self));

  replace (self, NULL, NULL, NULL, NULL);
}

/**
 * obm_remote_list_retry:
 * @self: a list
 * @position: a row that has an error
 *
 * Asks again for the rows that failed together with this one, where they stand.
 */
void
obm_remote_list_retry (ObmRemoteList *self, guint position)
{
  ObmChunk *chunk;

  g_return_if_fail (OBM_IS_REMOTE_LIST (self));

  chunk = obm_chunk_cache_lookup (self->chunks, position / OBM_CHUNK_ROWS);
  if (chunk == NULL || obm_chunk_get_state (chunk) != OBM_CHUNK_FAILED)
    return;

  obm_chunk_need (chunk);
  obm_chunk_loader_wake (self->loader);
  obm_chunk_update_rows (chunk);
}

/**
 * obm_remote_list_reload:
 * @self: a list
 *
 * Reads what is looked at again, in place: rows keep their positions and what they show until the answer
 * comes. Does nothing when no results are shown, or others are about to be.
 */
void
obm_remote_list_reload (ObmRemoteList *self)
{
  g_return_if_fail (OBM_IS_REMOTE_LIST (self));

  if (self->search == NULL || self->error != NULL || self->next_search != NULL)
    return;

  obm_chunk_cache_need_all (self->chunks);
  /* Even if nobody looks at a row, the length may have changed. */
  if (obm_chunk_cache_next_needed (self->chunks) == NULL)
    obm_chunk_pin (obm_chunk_cache_touch (self->chunks, 0));
  obm_chunk_loader_wake (self->loader);
}
