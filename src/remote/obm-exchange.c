/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-exchange.h"

#include "obm-error.h"
#include "obm-json.h"
#include "obm-reply.h"

/*
 * A request on its way, and its answer up to its last byte. Its own cancellable ends it for three reasons:
 * the caller's wish, the deadline, and libsoup about to send a change a second time. From the moment it
 * left, a change may have been made.
 */

#define READ_SIZE (64 * 1024)

typedef struct {
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GCancellable *cancellable;
  GSource *cancelled;
  GSource *deadline;
  guint due;
  gboolean changes;
  gboolean left;
  gboolean answered;
  gboolean late;
  gboolean resent;
} Exchange;

static void
exchange_free (Exchange *exchange)
{
  g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  g_clear_object (&exchange->cancellable);
  g_clear_pointer (&exchange->cancelled, g_source_unref);
  g_clear_pointer (&exchange->deadline, g_source_unref);
  g_free (exchange);
}

/* The one end of every request that was sent. */
static void
finish (GTask *task, JsonNode *node, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  /* Both hold the task. */
  g_source_destroy (exchange->deadline);
  if (exchange->cancelled != NULL)
    g_source_destroy (exchange->cancelled);

  if (error == NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, error);
}

/* What went wrong, in words of this domain. */
static GError *
explain (const Exchange *exchange, const GError *error)
{
  if (exchange->late)
    return obm_error_new (OBM_ERROR_TIMEOUT, NULL, "No complete answer in time");
  if (exchange->resent)
    return obm_error_new (OBM_ERROR_UNREACHABLE, NULL, "The connection was closed without an answer");
  if (error->domain != OBM_ERROR)
    return obm_reply_explain (error, exchange->answered);

  return g_error_copy (error);
}

/* Of what the caller cancelled the task says so itself, whatever went wrong. */
static void
fail (GTask *task, GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) owned = error;
  g_autoptr (GError) explained = explain (exchange, error);

  /* Nothing more is read from it. */
  g_clear_object (&exchange->stream);

  if (exchange->changes && exchange->left && !obm_reply_is_definite (exchange->message, explained))
    finish (task, NULL, obm_error_new (OBM_ERROR_OUTCOME_UNKNOWN, NULL, "%s", explained->message));
  else
    finish (task, NULL, g_steal_pointer (&explained));
}

static void
parse_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GByteArray *body = task_data;
  g_autoptr (GError) error = NULL;
  JsonNode *node = obm_json_parse ((const char *) body->data, body->len, &error);

  if (node != NULL)
    g_task_return_pointer (task, node, (GDestroyNotify) json_node_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = g_task_propagate_pointer (G_TASK (result), &error);

  if (node == NULL && error->domain != OBM_ERROR)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }

  g_clear_error (&error);
  if (obm_reply_check_body (exchange->message, exchange->due, node, &error))
    finish (task, g_steal_pointer (&node), NULL);
  else
    fail (task, g_steal_pointer (&error));
}

/* Some milliseconds for a hundred rows: too long for the thread that draws. */
static void
parse (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GTask) parsing = g_task_new (NULL, exchange->cancellable, parsed_cb, g_object_ref (task));

  g_task_set_source_tag (parsing, parse);
  g_task_set_return_on_cancel (parsing, TRUE);
  g_task_set_task_data (parsing, g_byte_array_ref (exchange->body), (GDestroyNotify) g_byte_array_unref);
  g_task_run_in_thread (parsing, parse_in_thread);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GInputStream *stream = G_INPUT_STREAM (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, &error);

  if (bytes == NULL)
    fail (task, g_steal_pointer (&error));
  else if (g_bytes_get_size (bytes) > OBM_REPLY_MAX_SIZE - exchange->body->len)
    fail (task, obm_reply_too_large ());
  else if (g_bytes_get_size (bytes) > 0)
    {
      g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (stream, READ_SIZE, G_PRIORITY_DEFAULT, exchange->cancellable, read_cb,
                                       g_steal_pointer (&task));
    }
  else
    {
      /* The connection is free for the next request. */
      g_clear_object (&exchange->stream);
      if (soup_message_get_status (exchange->message) == SOUP_STATUS_NO_CONTENT)
        finish (task, json_node_new (JSON_NODE_NULL), NULL);
      else
        parse (task);
    }
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  exchange->answered = exchange->stream != NULL;
  if (!exchange->answered || !obm_reply_check_head (exchange->message, exchange->due, &error))
    fail (task, g_steal_pointer (&error));
  else
    g_input_stream_read_bytes_async (exchange->stream, READ_SIZE, G_PRIORITY_DEFAULT, exchange->cancellable,
                                     read_cb, g_steal_pointer (&task));
}

static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  Exchange *exchange = g_task_get_task_data (user_data);

  g_cancellable_cancel (exchange->cancellable);

  return G_SOURCE_REMOVE;
}

static gboolean
deadline_cb (gpointer user_data)
{
  Exchange *exchange = g_task_get_task_data (user_data);

  exchange->late = TRUE;
  g_cancellable_cancel (exchange->cancellable);

  return G_SOURCE_REMOVE;
}

/* A change may be made from now on, even if nothing more is heard of it. */
static void
left_cb (SoupMessage *message, Exchange *exchange)
{
  exchange->left = TRUE;
}

/* libsoup sends PUT and DELETE twice if need be. Somebody may have come between. */
static void
restarted_cb (SoupMessage *message, Exchange *exchange)
{
  if (!exchange->left)
    return;

  exchange->resent = TRUE;
  g_cancellable_cancel (exchange->cancellable);
}

/**
 * obm_exchange_start:
 * @task: what it is for; its cancellable ends the exchange
 * @session: who sends
 * @message: what is sent
 * @due: the status of a success
 * @changes: whether it is to change something, and must not be sent twice
 *
 * Sends a request. The answer ends @task, with a #JsonNode or an error of the domain %OBM_ERROR: an object
 * or an array, or a null for a 204.
 */
void
obm_exchange_start (GTask *task, SoupSession *session, SoupMessage *message, guint due, gboolean changes)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Exchange *exchange;

  /* On a connection that waits, a request may be gone before the main loop runs again. */
  if (g_task_return_error_if_cancelled (task))
    return;

  exchange = g_new0 (Exchange, 1);
  exchange->message = g_object_ref (message);
  exchange->body = g_byte_array_new ();
  exchange->cancellable = g_cancellable_new ();
  exchange->due = due;
  exchange->changes = changes;
  g_task_set_task_data (task, exchange, (GDestroyNotify) exchange_free);

  /* Sources instead of the signal: libsoup is then never entered from within g_cancellable_cancel(). */
  if (cancellable != NULL)
    {
      exchange->cancelled = g_cancellable_source_new (cancellable);
      g_task_attach_source (task, exchange->cancelled, G_SOURCE_FUNC (cancelled_cb));
      /* After what libsoup has to do: 3.6 frees a request twice that is cancelled before it was begun. */
      g_source_set_priority (exchange->cancelled, G_PRIORITY_DEFAULT + 1);
    }
  exchange->deadline = g_timeout_source_new (soup_session_get_timeout (session) * 1000);
  g_task_attach_source (task, exchange->deadline, deadline_cb);

  if (changes)
    {
      /* One that was used before may be closed already, which cannot be told from a lost answer. */
      soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
      g_signal_connect (message, "wrote-headers", G_CALLBACK (left_cb), exchange);
      g_signal_connect (message, "restarted", G_CALLBACK (restarted_cb), exchange);
    }

  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, exchange->cancellable, sent_cb,
                           g_object_ref (task));
}
