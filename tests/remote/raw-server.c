/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "raw-server.h"

#include <string.h>
#include <sys/socket.h>

/*
 * A server that answers bytes, right or wrong, and shows the bytes it was asked with. One thread for each
 * connection; the lock guards what follows it.
 */
struct _RawServer
{
  GSocketService *service;
  GCancellable *stop;
  char *address;

  GMutex lock;
  GBytes *answer;
  RawEnd end;
  char *request;
  guint n_requests;
  guint n_connections;
  gsize n_sent;
  guint n_threads;
  GCond idle;
};

/* Reads the head of a request. Returns FALSE at the end of the connection. */
static gboolean
read_request (RawServer *self, GInputStream *input)
{
  g_autoptr (GString) head = g_string_new (NULL);

  while (!g_str_has_suffix (head->str, "\r\n\r\n"))
    {
      char byte;

      if (g_input_stream_read (input, &byte, 1, self->stop, NULL) != 1)
        return FALSE;
      g_string_append_c (head, byte);
    }

  g_mutex_lock (&self->lock);
  g_free (self->request);
  self->request = g_strdup (head->str);
  self->n_requests++;
  g_mutex_unlock (&self->lock);

  return TRUE;
}

static gboolean
send_bytes (RawServer *self, GOutputStream *output, const void *data, gsize length)
{
  gsize written = 0;
  gboolean sent = g_output_stream_write_all (output, data, length, &written, self->stop, NULL);

  g_mutex_lock (&self->lock);
  self->n_sent += written;
  g_mutex_unlock (&self->lock);

  return sent;
}

static void
reset (GSocketConnection *connection)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET, SO_LINGER, &linger,
              sizeof linger);
}

/* What comes after the answer. Returns whether another request may. */
static gboolean
end_answer (RawServer *self, GIOStream *stream, RawEnd end)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  static const char blanks[64 * 1024] = { [0 ... 64 * 1024 - 1] = ' ' };
  char byte;

  switch (end)
    {
    case RAW_END_KEEP:
      return TRUE;
    case RAW_END_RESET:
      reset (G_SOCKET_CONNECTION (stream));
      return FALSE;
    case RAW_END_STALL:
      g_input_stream_read (input, &byte, 1, self->stop, NULL);
      return FALSE;
    case RAW_END_TRICKLE:
      /* Often enough to keep a timeout between two bytes from ever being reached. */
      while (send_bytes (self, output, " ", 1) &&
             !g_socket_condition_timed_wait (socket, G_IO_IN | G_IO_HUP, 50 * 1000, self->stop, NULL) &&
             !g_cancellable_is_cancelled (self->stop))
        ;
      return FALSE;
    case RAW_END_FLOOD:
      while (send_bytes (self, output, blanks, sizeof blanks))
        ;
      return FALSE;
    case RAW_END_CLOSE:
    default:
      return FALSE;
    }
}

/* Counted before its thread runs, so that raw_server_free() waits for it too. */
static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  RawServer *self = user_data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_threads++;
  self->n_connections++;

  return FALSE;
}

static gboolean
run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  RawServer *self = user_data;
  GIOStream *stream = G_IO_STREAM (connection);
  gboolean more = TRUE;

  while (more && read_request (self, g_io_stream_get_input_stream (stream)))
    {
      g_autoptr (GBytes) answer = NULL;
      RawEnd end;

      g_mutex_lock (&self->lock);
      answer = g_bytes_ref (self->answer);
      end = self->end;
      g_mutex_unlock (&self->lock);

      more = send_bytes (self, g_io_stream_get_output_stream (stream), g_bytes_get_data (answer, NULL),
                         g_bytes_get_size (answer)) &&
             end_answer (self, stream, end);
    }
  g_io_stream_close (stream, NULL, NULL);

  g_mutex_lock (&self->lock);
  self->n_threads--;
  g_cond_signal (&self->idle);
  g_mutex_unlock (&self->lock);

  return TRUE;
}

/**
 * raw_server_new:
 *
 * Returns: (transfer full): a running server; the main loop of the caller accepts its connections
 */
RawServer *
raw_server_new (void)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->idle);
  self->stop = g_cancellable_new ();
  self->answer = g_bytes_new (NULL, 0);
  self->service = g_threaded_socket_service_new (-1);
  g_signal_connect (self->service, "incoming", G_CALLBACK (incoming_cb), self);
  g_signal_connect (self->service, "run", G_CALLBACK (run_cb), self);
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), any, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  self->address = g_strdup_printf ("http://127.0.0.1:%u",
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));

  return self;
}

/**
 * raw_server_free:
 * @self: a server
 *
 * Stops it and closes every connection.
 */
void
raw_server_free (RawServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_cancellable_cancel (self->stop);
  g_mutex_lock (&self->lock);
  while (self->n_threads > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_bytes_unref (self->answer);
  g_free (self->request);
  g_free (self->address);
  g_cond_clear (&self->idle);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * raw_server_get_address:
 * @self: a server
 *
 * Returns: what an administrator would type
 */
const char *
raw_server_get_address (RawServer *self)
{
  return self->address;
}

/**
 * raw_server_answer:
 * @self: a server
 * @answer: the bytes of an answer, head and body
 * @length: how many, -1 if @answer ends with a NUL
 * @end: what comes then
 *
 * Says what is answered from now on, whatever is asked.
 */
void
raw_server_answer (RawServer *self, const char *answer, gssize length, RawEnd end)
{
  g_mutex_lock (&self->lock);
  g_bytes_unref (self->answer);
  self->answer = g_bytes_new (answer, length < 0 ? strlen (answer) : (gsize) length);
  self->end = end;
  g_mutex_unlock (&self->lock);
}

/**
 * raw_server_count_requests:
 * @self: a server
 *
 * Returns: how many requests came
 */
guint
raw_server_count_requests (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_requests;
}

/**
 * raw_server_count_connections:
 * @self: a server
 *
 * Returns: how many connections came
 */
guint
raw_server_count_connections (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_connections;
}

/**
 * raw_server_count_sent:
 * @self: a server
 *
 * Returns: how many bytes were taken from it
 */
gsize
raw_server_count_sent (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_sent;
}

/**
 * raw_server_dup_request:
 * @self: a server
 *
 * Returns: (transfer full) (nullable): the head of the last request, as it came
 */
char *
raw_server_dup_request (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return g_strdup (self->request);
}
