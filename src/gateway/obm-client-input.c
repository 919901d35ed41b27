/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-client-input.h"

/* Neither white space nor a brace: nothing in JSON ends with it. */
#define END '!'

/**
 * ObmClientInput:
 *
 * What a client sends, with one character behind its end. libsoup 3.2 never lets go of a connection that ends
 * between two requests: it must see a request begin, and break off. This character completes neither a head
 * nor JSON that was cut, not even by one byte. What libsoup then answers does not leave the machine.
 * Closing the stream closes the connection.
 */
struct _ObmClientInput
{
  GInputStream parent_instance;

  GSocketConnection *connection;
  gboolean ended;
};

static void obm_client_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmClientInput, obm_client_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      obm_client_input_pollable_init))

static GInputStream *
get_base (ObmClientInput *self)
{
  return g_io_stream_get_input_stream (G_IO_STREAM (self->connection));
}

/* Takes over what reading gave, unless it is the end for the first time. */
static gssize
append_end (ObmClientInput *self,
            gssize n_read,
            char *buffer,
            gsize count,
            GError *read_error,
            GError **error)
{
  if (n_read > 0 || count == 0 || self->ended ||
      g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ||
      g_error_matches (read_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      if (read_error != NULL)
        g_propagate_error (error, read_error);
      return n_read;
    }

  g_clear_error (&read_error);
  self->ended = TRUE;
  g_socket_shutdown (g_socket_connection_get_socket (self->connection), FALSE, TRUE, NULL);
  *buffer = END;

  return 1;
}

static void
obm_client_input_finalize (GObject *object)
{
  g_object_unref (OBM_CLIENT_INPUT (object)->connection);

  G_OBJECT_CLASS (obm_client_input_parent_class)->finalize (object);
}

static gssize
obm_client_input_read (GInputStream *stream,
                       void *buffer,
                       gsize count,
                       GCancellable *cancellable,
                       GError **error)
{
  ObmClientInput *self = OBM_CLIENT_INPUT (stream);
  GError *read_error = NULL;
  gssize n_read = g_input_stream_read (get_base (self), buffer, count, cancellable, &read_error);

  return append_end (self, n_read, buffer, count, read_error, error);
}

static gboolean
obm_client_input_close (GInputStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (G_IO_STREAM (OBM_CLIENT_INPUT (stream)->connection), cancellable, error);
}

static void
obm_client_input_class_init (ObmClientInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_client_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = obm_client_input_read;
  G_INPUT_STREAM_CLASS (klass)->close_fn = obm_client_input_close;
}

static void
obm_client_input_init (ObmClientInput *self)
{
}

static GPollableInputStream *
get_pollable (GPollableInputStream *stream)
{
  return G_POLLABLE_INPUT_STREAM (get_base (OBM_CLIENT_INPUT (stream)));
}

static gboolean
pollable_is_readable (GPollableInputStream *stream)
{
  return g_pollable_input_stream_is_readable (get_pollable (stream));
}

static GSource *
pollable_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (get_pollable (stream), NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static gssize
pollable_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  GError *read_error = NULL;
  gssize n_read;

  n_read = g_pollable_input_stream_read_nonblocking (get_pollable (stream), buffer, count, NULL, &read_error);

  return append_end (OBM_CLIENT_INPUT (stream), n_read, buffer, count, read_error, error);
}

static void
obm_client_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = pollable_is_readable;
  iface->create_source = pollable_create_source;
  iface->read_nonblocking = pollable_read_nonblocking;
}

/**
 * obm_client_input_new:
 * @connection: a client's connection
 *
 * Returns: (transfer full): what comes in on it
 */
GInputStream *
obm_client_input_new (GSocketConnection *connection)
{
  ObmClientInput *self = g_object_new (OBM_TYPE_CLIENT_INPUT, NULL);

  self->connection = g_object_ref (connection);

  return G_INPUT_STREAM (self);
}
