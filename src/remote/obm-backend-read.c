/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-backend-private.h"

#include "obm-error.h"
#include "obm-json.h"
#include "obm-query.h"

/*
 * The routes of #ObmBackend that only read.
 */

/* Reads the object of an answer as a model object. */
typedef gpointer (*ReadFunc) (JsonObject *object, GError **error);

/* What a search asked for: the answer is held against it. */
typedef struct {
  ObmEntityFunc read;
  guint page;
  guint rows;
} Search;

static GError *
malformed (const char *message)
{
  return obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "%s", message);
}

static void
got_object_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ReadFunc read = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = obm_http_get_finish (OBM_HTTP (source), result, &error);
  JsonObject *object = node ? obm_backend_require_object (node, &error) : NULL;
  gpointer value = object ? read (object, &error) : NULL;

  if (value != NULL)
    g_task_return_pointer (task, value, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static gpointer
finish_pointer (ObmBackend *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reads the page that was asked for: the rows of another would stand in the wrong place. */
static ObmPage *
read_page (JsonObject *object, const Search *asked, GError **error)
{
  guint64 first = (guint64) (asked->page - 1) * asked->rows;
  g_autoptr (ObmPage) page = NULL;

  if (obm_json_get_int (object, "page", asked->page) != asked->page ||
      obm_json_get_int (object, "rows", asked->rows) != asked->rows)
    {
      g_propagate_error (error, malformed ("The answer is another page"));
      return NULL;
    }

  page = obm_page_new_from_json (object, asked->read, error);
  if (page == NULL)
    return NULL;
  if (obm_page_get_n_items (page) > 0 &&
      first + obm_page_get_n_items (page) > (guint64) obm_page_get_length (page))
    {
      g_propagate_error (error, malformed ("More rows than the list is long"));
      return NULL;
    }

  return g_steal_pointer (&page);
}

static void
got_page_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = obm_http_get_finish (OBM_HTTP (source), result, &error);
  JsonObject *object = node ? obm_backend_require_object (node, &error) : NULL;
  ObmPage *page = object ? read_page (object, g_task_get_task_data (task), &error) : NULL;

  if (page != NULL)
    g_task_return_pointer (task, page, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static ObmEntity *
read_mail_server (JsonObject *object, GError **error)
{
  return (ObmEntity *) obm_mail_server_new_from_json (object, error);
}

static ObmEntity *
read_host (JsonObject *object, GError **error)
{
  return (ObmEntity *) obm_host_new_from_json (object, error);
}

/**
 * obm_backend_search_async:
 * @self: a backend, signed in to
 * @search: what is searched
 * @page: the result page, from 1
 * @rows: the rows of a page, at most %OBM_PAGE_MAX_ROWS
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks for one page of mail servers or hosts.
 */
void
obm_backend_search_async (ObmBackend *self,
                          ObmSearch *search,
                          guint page,
                          guint rows,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *query = NULL;
  gboolean hosts;
  Search *asked;

  g_return_if_fail (OBM_IS_BACKEND (self));
  g_return_if_fail (OBM_IS_SEARCH (search));

  hosts = obm_search_get_kind (search) == OBM_SEARCH_HOSTS;
  asked = g_new0 (Search, 1);
  asked->read = hosts ? read_host : read_mail_server;
  asked->page = page;
  asked->rows = rows;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, obm_backend_search_async);
  g_task_set_task_data (task, asked, g_free);
  query = obm_query_format (search, page, rows);
  obm_backend_get (self, task, hosts ? "/hosts" : "/mailservers", query, got_page_cb);
}

/**
 * obm_backend_search_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the page; %NULL with an error
 */
ObmPage *
obm_backend_search_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

/* The routes that answer with one object. */
static void
get_object (ObmBackend *self,
            gpointer tag,
            const char *rest,
            ReadFunc read,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, read, NULL);
  obm_backend_get (self, task, rest, NULL, got_object_cb);
}

/**
 * obm_backend_get_mail_server_async:
 * @self: a backend, signed in to
 * @id: the mail server's id
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks for a mail server as it is now.
 */
void
obm_backend_get_mail_server_async (ObmBackend *self,
                                   gint64 id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autofree char *rest = g_strdup_printf ("/mailservers/%" G_GINT64_FORMAT, id);

  g_return_if_fail (OBM_IS_BACKEND (self));

  get_object (self, obm_backend_get_mail_server_async, rest, (ReadFunc) obm_mail_server_new_from_json,
              cancellable, callback, user_data);
}

/**
 * obm_backend_get_mail_server_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the mail server; %NULL with an error
 */
ObmMailServer *
obm_backend_get_mail_server_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

/**
 * obm_backend_get_links_async:
 * @self: a backend, signed in to
 * @id: the mail server's id
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks what stops a mail server from being deleted.
 */
void
obm_backend_get_links_async (ObmBackend *self,
                             gint64 id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *rest = g_strdup_printf ("/mailservers/%" G_GINT64_FORMAT "/links", id);

  g_return_if_fail (OBM_IS_BACKEND (self));

  get_object (self, obm_backend_get_links_async, rest, (ReadFunc) obm_links_new_from_json, cancellable,
              callback, user_data);
}

/**
 * obm_backend_get_links_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the links; %NULL with an error
 */
ObmLinks *
obm_backend_get_links_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

/**
 * obm_backend_get_update_state_async:
 * @self: a backend, signed in to
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks what is saved but not applied yet.
 */
void
obm_backend_get_update_state_async (ObmBackend *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_return_if_fail (OBM_IS_BACKEND (self));

  get_object (self, obm_backend_get_update_state_async, "/update", (ReadFunc) obm_update_state_new_from_json,
              cancellable, callback, user_data);
}

/**
 * obm_backend_get_update_state_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the state; %NULL with an error
 */
ObmUpdateState *
obm_backend_get_update_state_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}

/**
 * obm_backend_get_batch_async:
 * @self: a backend, signed in to
 * @id: the batch's number
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Asks how far a batch is.
 */
void
obm_backend_get_batch_async (ObmBackend *self,
                             gint64 id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autofree char *rest = g_strdup_printf ("/batches/%" G_GINT64_FORMAT, id);

  g_return_if_fail (OBM_IS_BACKEND (self));

  get_object (self, obm_backend_get_batch_async, rest, (ReadFunc) obm_batch_new_from_json, cancellable,
              callback, user_data);
}

/**
 * obm_backend_get_batch_finish:
 * @self: a backend
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full): the batch; %NULL with an error, %OBM_ERROR_REFERENCE_UNKNOWN when the backend was
 *   restarted since
 */
ObmBatch *
obm_backend_get_batch_finish (ObmBackend *self, GAsyncResult *result, GError **error)
{
  return finish_pointer (self, result, error);
}
