/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-chunk-loader.h"

/**
 * ObmChunkLoader:
 *
 * Asks for the chunks of a search that are needed. Scrolling past thousands of rows asks for what is looked
 * at last, not for what went by: requests are sent from an idle, a few at a time, the latest wish first.
 */
struct _ObmChunkLoader
{
  GObject parent_instance;

  ObmBackend *backend;
  ObmSearch *search;
  ObmChunkCache *chunks;
  ObmChunkLoaderFunc func;
  gpointer user_data;
  guint n_requests;
  guint dispatch_id;
  guint patience_id;
};

G_DEFINE_FINAL_TYPE (ObmChunkLoader, obm_chunk_loader, G_TYPE_OBJECT)

#define MAX_REQUESTS 2
/* An answer nobody waits for any more may take this long before it has to make room: to end it costs a
 * connection. */
#define PATIENCE_MS 500

/* A request on its way. The loader may be gone when the answer comes. */
typedef struct {
  GWeakRef loader;
  guint index;
  GCancellable *cancellable;
} Request;

static Request *
request_new (ObmChunkLoader *self, guint index)
{
  Request *request = g_new0 (Request, 1);

  g_weak_ref_init (&request->loader, self);
  request->index = index;
  request->cancellable = g_cancellable_new ();

  return request;
}

static void
request_free (Request *request)
{
  g_weak_ref_clear (&request->loader);
  g_object_unref (request->cancellable);
  g_free (request);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Request, request_free)

static void
obm_chunk_loader_dispose (GObject *object)
{
  obm_chunk_loader_stop (OBM_CHUNK_LOADER (object));

  G_OBJECT_CLASS (obm_chunk_loader_parent_class)->dispose (object);
}

static void
obm_chunk_loader_finalize (GObject *object)
{
  obm_chunk_cache_free (OBM_CHUNK_LOADER (object)->chunks);

  G_OBJECT_CLASS (obm_chunk_loader_parent_class)->finalize (object);
}

static void
obm_chunk_loader_class_init (ObmChunkLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_chunk_loader_dispose;
  G_OBJECT_CLASS (klass)->finalize = obm_chunk_loader_finalize;
}

static void
obm_chunk_loader_init (ObmChunkLoader *self)
{
  self->chunks = obm_chunk_cache_new ((ObmChunkFunc) obm_chunk_loader_wake, self);
}

static void
got_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Request) request = user_data;
  g_autoptr (ObmChunkLoader) self = g_weak_ref_get (&request->loader);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmPage) page = obm_backend_search_finish (OBM_BACKEND (source), result, &error);

  if (self == NULL)
    return;

  self->n_requests--;
  obm_chunk_loader_wake (self);
  self->func (request->index, request->cancellable, page, error, self->user_data);
}

static void
ask (ObmChunkLoader *self, ObmChunk *chunk)
{
  Request *request = request_new (self, obm_chunk_get_index (chunk));

  obm_chunk_ask (chunk, request->cancellable);
  self->n_requests++;
  obm_backend_search_async (self->backend, self->search, request->index + 1, OBM_CHUNK_ROWS,
                            request->cancellable, got_page_cb, request);
}

static gboolean
patience_cb (gpointer user_data)
{
  ObmChunkLoader *self = user_data;

  self->patience_id = 0;
  obm_chunk_loader_wake (self);

  return G_SOURCE_REMOVE;
}

/* Somebody waits while all requests are taken: ends the one that nobody waits for, in its time. */
static void
make_room (ObmChunkLoader *self)
{
  ObmChunk *stray = obm_chunk_cache_oldest_stray (self->chunks);
  gint64 age;

  if (stray == NULL)
    return;

  age = obm_chunk_get_age (stray) / 1000;
  if (age >= PATIENCE_MS)
    obm_chunk_need (stray);
  else
    self->patience_id = g_timeout_add (PATIENCE_MS - age, patience_cb, self);
}

static gboolean
dispatch_cb (gpointer user_data)
{
  ObmChunkLoader *self = user_data;
  ObmChunk *chunk;

  self->dispatch_id = 0;
  g_clear_handle_id (&self->patience_id, g_source_remove);

  obm_chunk_cache_trim (self->chunks);
  if (self->search == NULL)
    return G_SOURCE_REMOVE;

  while ((chunk = obm_chunk_cache_next_needed (self->chunks)) != NULL)
    {
      if (self->n_requests >= MAX_REQUESTS)
        {
          make_room (self);
          break;
        }
      ask (self, chunk);
    }

  return G_SOURCE_REMOVE;
}

/**
 * obm_chunk_loader_new:
 * @func: takes the answers
 * @user_data: for @func
 *
 * Returns: (transfer full): a loader that asks for nothing yet
 */
ObmChunkLoader *
obm_chunk_loader_new (ObmChunkLoaderFunc func, gpointer user_data)
{
  ObmChunkLoader *self = g_object_new (OBM_TYPE_CHUNK_LOADER, NULL);

  self->func = func;
  self->user_data = user_data;

  return self;
}

/**
 * obm_chunk_loader_stop:
 * @self: a loader
 *
 * Forgets every chunk and ends every request.
 */
void
obm_chunk_loader_stop (ObmChunkLoader *self)
{
  obm_chunk_loader_set_source (self, NULL, NULL);
  obm_chunk_cache_clear (self->chunks);
  g_clear_handle_id (&self->dispatch_id, g_source_remove);
  g_clear_handle_id (&self->patience_id, g_source_remove);
}

/**
 * obm_chunk_loader_set_source:
 * @self: a loader
 * @backend: (nullable): where to ask
 * @search: (nullable): what for; %NULL: nothing is asked until there is another
 *
 * Says what the chunks are of. Requests on their way end; what has come stays.
 */
void
obm_chunk_loader_set_source (ObmChunkLoader *self, ObmBackend *backend, ObmSearch *search)
{
  obm_chunk_cache_stop (self->chunks);
  g_set_object (&self->backend, backend);
  g_set_object (&self->search, search);
}

/**
 * obm_chunk_loader_get_chunks:
 * @self: a loader
 *
 * Returns: (transfer none): its chunks
 */
ObmChunkCache *
obm_chunk_loader_get_chunks (ObmChunkLoader *self)
{
  return self->chunks;
}

/**
 * obm_chunk_loader_wake:
 * @self: a loader
 *
 * Lets it look, soon, what is needed and what is not any more. Not at a low priority: a list that scrolls
 * without rest must still be filled.
 */
void
obm_chunk_loader_wake (ObmChunkLoader *self)
{
  if (self->dispatch_id == 0)
    self->dispatch_id = g_idle_add_full (G_PRIORITY_DEFAULT, dispatch_cb, self, NULL);
}
