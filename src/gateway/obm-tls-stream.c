/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-stream.h"

/**
 * ObmTlsStream:
 *
 * A session of TLS as GIO and libsoup know streams. Closing it says farewell, and leaves the socket open.
 */
struct _ObmTlsStream
{
  GIOStream parent_instance;

  ObmTlsSession *session;
  GInputStream *input;
  GOutputStream *output;
};

G_DEFINE_FINAL_TYPE (ObmTlsStream, obm_tls_stream, G_TYPE_IO_STREAM)

/* Its two halves. */
typedef struct {
  GInputStream parent_instance;
  ObmTlsSession *session;
} ObmTlsInput;

typedef struct {
  GOutputStream parent_instance;
  ObmTlsSession *session;
} ObmTlsOutput;

typedef GInputStreamClass ObmTlsInputClass;
typedef GOutputStreamClass ObmTlsOutputClass;

static void obm_tls_input_pollable_init (GPollableInputStreamInterface *iface);
static void obm_tls_output_pollable_init (GPollableOutputStreamInterface *iface);
static GType obm_tls_input_get_type (void);
static GType obm_tls_output_get_type (void);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmTlsInput, obm_tls_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      obm_tls_input_pollable_init))
G_DEFINE_FINAL_TYPE_WITH_CODE (ObmTlsOutput, obm_tls_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      obm_tls_output_pollable_init))

/* Whether to try again, after the socket was waited for. */
static gboolean
wait_for (ObmTlsSession *session, GIOCondition condition, GCancellable *cancellable, GError **error)
{
  if (!g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return FALSE;

  g_clear_error (error);

  return g_socket_condition_wait (obm_tls_session_get_socket (session), condition, cancellable, error);
}

static gssize
obm_tls_input_read (GInputStream *stream,
                    void *buffer,
                    gsize count,
                    GCancellable *cancellable,
                    GError **error)
{
  ObmTlsInput *self = (ObmTlsInput *) stream;
  GError *local = NULL;
  gssize n_read;

  do
    n_read = obm_tls_session_read (self->session, buffer, count, &local);
  while (n_read < 0 && wait_for (self->session, G_IO_IN, cancellable, &local));
  if (n_read < 0)
    g_propagate_error (error, local);

  return n_read;
}

static void
obm_tls_input_finalize (GObject *object)
{
  g_object_unref (((ObmTlsInput *) object)->session);

  G_OBJECT_CLASS (obm_tls_input_parent_class)->finalize (object);
}

static void
obm_tls_input_class_init (ObmTlsInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_tls_input_finalize;
  klass->read_fn = obm_tls_input_read;
}

static void
obm_tls_input_init (ObmTlsInput *self)
{
}

static gboolean
input_is_readable (GPollableInputStream *stream)
{
  ObmTlsSession *session = ((ObmTlsInput *) stream)->session;

  return obm_tls_session_has_more (session) ||
         g_socket_condition_check (obm_tls_session_get_socket (session), G_IO_IN) != 0;
}

static GSource *
input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  ObmTlsSession *session = ((ObmTlsInput *) stream)->session;
  g_autoptr (GSource) source = NULL;

  source = obm_tls_session_has_more (session)
           ? g_timeout_source_new (0)
           : g_socket_create_source (obm_tls_session_get_socket (session), G_IO_IN, NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static gssize
input_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return obm_tls_session_read (((ObmTlsInput *) stream)->session, buffer, count, error);
}

static void
obm_tls_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = input_is_readable;
  iface->create_source = input_create_source;
  iface->read_nonblocking = input_read_nonblocking;
}

static gssize
obm_tls_output_write (GOutputStream *stream,
                      const void *buffer,
                      gsize count,
                      GCancellable *cancellable,
                      GError **error)
{
  ObmTlsOutput *self = (ObmTlsOutput *) stream;
  GError *local = NULL;
  gssize n_written;

  do
    n_written = obm_tls_session_write (self->session, buffer, count, &local);
  while (n_written < 0 && wait_for (self->session, G_IO_OUT, cancellable, &local));
  if (n_written < 0)
    g_propagate_error (error, local);

  return n_written;
}

static void
obm_tls_output_finalize (GObject *object)
{
  g_object_unref (((ObmTlsOutput *) object)->session);

  G_OBJECT_CLASS (obm_tls_output_parent_class)->finalize (object);
}

static void
obm_tls_output_class_init (ObmTlsOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_tls_output_finalize;
  klass->write_fn = obm_tls_output_write;
}

static void
obm_tls_output_init (ObmTlsOutput *self)
{
}

static gboolean
output_is_writable (GPollableOutputStream *stream)
{
  ObmTlsSession *session = ((ObmTlsOutput *) stream)->session;

  return g_socket_condition_check (obm_tls_session_get_socket (session), G_IO_OUT) != 0;
}

static GSource *
output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  ObmTlsSession *session = ((ObmTlsOutput *) stream)->session;
  g_autoptr (GSource) source = g_socket_create_source (obm_tls_session_get_socket (session), G_IO_OUT, NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static gssize
output_write_nonblocking (GPollableOutputStream *stream, const void *buffer, gsize count, GError **error)
{
  return obm_tls_session_write (((ObmTlsOutput *) stream)->session, buffer, count, error);
}

static void
obm_tls_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = output_is_writable;
  iface->create_source = output_create_source;
  iface->write_nonblocking = output_write_nonblocking;
}

static void
obm_tls_stream_finalize (GObject *object)
{
  ObmTlsStream *self = OBM_TLS_STREAM (object);

  g_object_unref (self->input);
  g_object_unref (self->output);
  g_object_unref (self->session);

  G_OBJECT_CLASS (obm_tls_stream_parent_class)->finalize (object);
}

static GInputStream *
obm_tls_stream_get_input_stream (GIOStream *stream)
{
  return OBM_TLS_STREAM (stream)->input;
}

static GOutputStream *
obm_tls_stream_get_output_stream (GIOStream *stream)
{
  return OBM_TLS_STREAM (stream)->output;
}

/* If it cannot be said at once, nothing is said. */
static gboolean
obm_tls_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  obm_tls_session_part (OBM_TLS_STREAM (stream)->session, NULL);

  return TRUE;
}

static gboolean
part (GSocket *socket, GIOCondition condition, gpointer data)
{
  GTask *task = data;
  ObmTlsStream *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSource) source = NULL;

  if (!obm_tls_session_part (self->session, &error) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      source = obm_tls_session_create_source (self->session);
      g_task_attach_source (task, source, G_SOURCE_FUNC (part));
    }
  else
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }

  return G_SOURCE_REMOVE;
}

static void
obm_tls_stream_close_async (GIOStream *stream,
                            int io_priority,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_priority (task, io_priority);
  part (NULL, 0, task);
}

static gboolean
obm_tls_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
obm_tls_stream_class_init (ObmTlsStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = obm_tls_stream_finalize;
  stream_class->get_input_stream = obm_tls_stream_get_input_stream;
  stream_class->get_output_stream = obm_tls_stream_get_output_stream;
  stream_class->close_fn = obm_tls_stream_close;
  stream_class->close_async = obm_tls_stream_close_async;
  stream_class->close_finish = obm_tls_stream_close_finish;
}

static void
obm_tls_stream_init (ObmTlsStream *self)
{
  self->input = g_object_new (obm_tls_input_get_type (), NULL);
  self->output = g_object_new (obm_tls_output_get_type (), NULL);
}

/**
 * obm_tls_stream_new:
 * @session: a session, which is greeted before anything is read or written
 *
 * Returns: (transfer full): its stream
 */
GIOStream *
obm_tls_stream_new (ObmTlsSession *session)
{
  ObmTlsStream *self = g_object_new (OBM_TYPE_TLS_STREAM, NULL);

  self->session = g_object_ref (session);
  ((ObmTlsInput *) self->input)->session = g_object_ref (session);
  ((ObmTlsOutput *) self->output)->session = g_object_ref (session);

  return G_IO_STREAM (self);
}
