/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-server.h"

#include <string.h>

#include "remote-test.h"

/*
 * A backend on loopback, in its own thread: it answers what a test tells it to, and remembers what it was
 * asked. The lock guards everything below it.
 */
struct _MockServer
{
  SoupServer *server;
  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  char *address;
  guint port;

  GMutex lock;
  GHashTable *answers; /* path -> Answer */
  GPtrArray *log;      /* "PATH?QUERY" */
  char *held_path;
  GQueue held; /* of SoupServerMessage */
};

typedef struct {
  guint status;
  char **headers;
  char *body;
  MockFunc func;
  gpointer user_data;
} Answer;

static void
answer_free (Answer *answer)
{
  g_strfreev (answer->headers);
  g_free (answer->body);
  g_free (answer);
}

static void
give (SoupServerMessage *message, const Answer *answer)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_server_message_set_status (message, answer->status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, answer->body,
                                    strlen (answer->body));
  for (gsize i = 0; answer->headers[i] != NULL; i++)
    {
      g_auto (GStrv) header = g_strsplit (answer->headers[i], ": ", 2);

      if (*header[1] != '\0')
        soup_message_headers_replace (headers, header[0], header[1]);
      else
        soup_message_headers_remove (headers, header[0]);
    }
}

static void
handler (SoupServer *server,
         SoupServerMessage *message,
         const char *path,
         GHashTable *params,
         gpointer user_data)
{
  MockServer *self = user_data;
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  const Answer *answer = g_hash_table_lookup (self->answers, path);

  g_ptr_array_add (self->log, g_strconcat (path, query ? "?" : NULL, query, NULL));
  if (answer == NULL)
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  else if (answer->func != NULL)
    answer->func (message, query, answer->user_data);
  else
    give (message, answer);

  if (g_strcmp0 (self->held_path, path) == 0)
    {
      soup_server_message_pause (message);
      g_queue_push_tail (&self->held, g_object_ref (message));
    }
}

static gpointer
run (gpointer user_data)
{
  MockServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  soup_server_disconnect (self->server);
  while (g_main_context_iteration (self->context, FALSE))
    ;
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static gboolean
release_cb (gpointer user_data)
{
  soup_server_message_unpause (user_data);

  return G_SOURCE_REMOVE;
}

/**
 * mock_server_new:
 * @certificate: (nullable): makes it speak TLS
 *
 * Returns: (transfer full): a running server that lets the administrator of the tests sign in
 */
MockServer *
mock_server_new (GTlsCertificate *certificate)
{
  MockServer *self = g_new0 (MockServer, 1);
  g_autoptr (GError) error = NULL;
  GSList *uris;

  g_mutex_init (&self->lock);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) answer_free);
  self->log = g_ptr_array_new_with_free_func (g_free);
  g_queue_init (&self->held);

  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_main_context_push_thread_default (self->context);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  soup_server_add_handler (self->server, NULL, handler, self, NULL);
  soup_server_listen_local (self->server, 0,
                            SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate ? SOUP_SERVER_LISTEN_HTTPS : 0),
                            &error);
  g_main_context_pop_thread_default (self->context);
  g_assert_no_error (error);

  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  self->address = g_strdup_printf ("%s://127.0.0.1:%u", certificate ? "https" : "http", self->port);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);

  mock_server_answer (self, "/v1/domains", 200, NULL, MOCK_DOMAINS);
  mock_server_answer (self, "/v1/d/session", 200, NULL, MOCK_SESSION);
  mock_server_answer (self, "/v1/d/update", 200, NULL, MOCK_UPDATE);
  self->thread = g_thread_new ("mock-server", run, self);

  return self;
}

/**
 * mock_server_free:
 * @self: a server
 *
 * Stops it and closes every connection.
 */
void
mock_server_free (MockServer *self)
{
  mock_server_release (self);
  g_main_context_invoke (self->context, quit_cb, self->loop);
  g_thread_join (self->thread);

  g_object_unref (self->server);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_hash_table_unref (self->answers);
  g_ptr_array_unref (self->log);
  g_mutex_clear (&self->lock);
  g_free (self->held_path);
  g_free (self->address);
  g_free (self);
}

/**
 * mock_server_get_address:
 * @self: a server
 *
 * Returns: what an administrator would type
 */
const char *
mock_server_get_address (MockServer *self)
{
  return self->address;
}

/**
 * mock_server_get_port:
 * @self: a server
 *
 * Returns: its port
 */
guint
mock_server_get_port (MockServer *self)
{
  return self->port;
}

static void
set_answer (MockServer *self, const char *path, Answer *answer)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_replace (self->answers, g_strdup (path), answer);
}

/**
 * mock_server_answer:
 * @self: a server
 * @path: a path
 * @status: the status of its answer
 * @headers: (nullable): "Name: value" lines besides a JSON content type; an empty value takes one out
 * @body: JSON, with ' for "
 *
 * Says what is answered from now on.
 */
void
mock_server_answer (MockServer *self, const char *path, guint status, const char *headers, const char *body)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->status = status;
  answer->headers = g_strsplit (headers ? headers : "", "\n", -1);
  answer->body = test_json (body);
  set_answer (self, path, answer);
}

/**
 * mock_server_handle:
 * @self: a server
 * @path: a path
 * @func: answers it, in the server's thread
 * @user_data: for @func
 *
 * Says who answers from now on.
 */
void
mock_server_handle (MockServer *self, const char *path, MockFunc func, gpointer user_data)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->func = func;
  answer->user_data = user_data;
  set_answer (self, path, answer);
}

/**
 * mock_server_count_requests:
 * @self: a server
 * @path: (nullable): a path
 *
 * Returns: how often that path, or any, was asked for
 */
guint
mock_server_count_requests (MockServer *self, const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = 0;

  for (guint i = 0; i < self->log->len; i++)
    {
      const char *line = g_ptr_array_index (self->log, i);

      if (path == NULL || (g_str_has_prefix (line, path) && strchr ("?", line[strlen (path)]) != NULL))
        count++;
    }

  return count;
}

/**
 * mock_server_dup_log:
 * @self: a server
 *
 * Returns: (transfer full): what was asked for since the last call, a line "PATH?QUERY" for each request
 */
char *
mock_server_dup_log (MockServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  char *text;

  g_ptr_array_add (self->log, NULL);
  text = g_strjoinv ("\n", (char **) self->log->pdata);
  g_ptr_array_set_size (self->log, 0);

  return text;
}

/**
 * mock_server_hold:
 * @self: a server
 * @path: a path
 *
 * Lets the requests for that path wait for their answer until mock_server_release().
 */
void
mock_server_hold (MockServer *self, const char *path)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_free (self->held_path);
  self->held_path = g_strdup (path);
}

/**
 * mock_server_count_held:
 * @self: a server
 *
 * Returns: how many requests wait
 */
guint
mock_server_count_held (MockServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->held.length;
}

/**
 * mock_server_release_first:
 * @self: a server
 *
 * Answers the request that has waited longest; those to come wait still.
 */
void
mock_server_release_first (MockServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  SoupServerMessage *message = g_queue_pop_head (&self->held);

  g_assert_nonnull (message);
  g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, release_cb, message, g_object_unref);
}

/**
 * mock_server_release:
 * @self: a server
 *
 * Answers the requests that wait, and lets none wait from now on.
 */
void
mock_server_release (MockServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  SoupServerMessage *message;

  g_clear_pointer (&self->held_path, g_free);
  while ((message = g_queue_pop_head (&self->held)) != NULL)
    g_main_context_invoke_full (self->context, G_PRIORITY_DEFAULT, release_cb, message, g_object_unref);
}
