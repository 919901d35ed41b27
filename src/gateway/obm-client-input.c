/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-client-input.h"

#include <string.h>
#include <sys/socket.h>

#include "obm-request-head.h"

/* Neither white space nor a brace: nothing in JSON ends with it. */
#define END '!'
/* What libsoup reads in place of a head that is refused. */
#define REFUSED "REFUSED / HTTP/1.1\r\nHost: refused\r\n\r\n"
#define BLOCK 8192

/**
 * ObmClientInput:
 *
 * What a client sends, as libsoup is to see it: each head only when it is whole and good, then its body, and
 * nothing of the next request before it is asked for. In place of a head that is refused stands another one,
 * which the server answers with the reason and the end of the connection.
 *
 * Behind the end of what comes is one character more. libsoup 3.2 never lets go of a connection that ends
 * between two requests: it must see a request begin, and break off. This character completes neither a head
 * nor JSON that was cut, not even by one byte. What libsoup then answers does not leave the machine.
 */
struct _ObmClientInput
{
  GInputStream parent_instance;

  GInputStream *base;
  GSocket *socket;
  ObmPhaseFunc func;
  gpointer user_data;

  /* What has come and is not handed on yet. */
  GString *waiting;
  gsize n_scanned;
  /* How much of it, and of what follows it, is known to belong to the request that is handed on. */
  guint64 n_passing;
  /* All the rest belongs to it. */
  gboolean passes_all;
  gboolean ended;
  gboolean end_shown;
  GError *refusal;
};

static void obm_client_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmClientInput, obm_client_input, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      obm_client_input_pollable_init))

static void
obm_client_input_finalize (GObject *object)
{
  ObmClientInput *self = OBM_CLIENT_INPUT (object);

  g_object_unref (self->base);
  g_object_unref (self->socket);
  g_string_free (self->waiting, TRUE);
  g_clear_error (&self->refusal);

  G_OBJECT_CLASS (obm_client_input_parent_class)->finalize (object);
}

static gboolean
is_between_requests (ObmClientInput *self)
{
  return self->n_passing == 0 && !self->passes_all;
}

/* Takes out @count bytes of what waits, which has so many. */
static void
take (ObmClientInput *self, char *buffer, gsize count)
{
  memcpy (buffer, self->waiting->str, count);
  g_string_erase (self->waiting, 0, count);
}

static void
replace_by_refusal (ObmClientInput *self, GError *error)
{
  self->refusal = error;
  self->passes_all = TRUE;
  g_string_assign (self->waiting, REFUSED);
}

/* Looks whether a whole head is there. */
static void
look (ObmClientInput *self)
{
  GError *error = NULL;
  ObmRequestHead head;
  gsize length;

  /* An empty line before a request means nothing (RFC 9112, 2.2). */
  if (g_str_has_prefix (self->waiting->str, "\r\n"))
    g_string_erase (self->waiting, 0, strlen ("\r\n"));

  if (!obm_request_head_find (self->waiting, self->n_scanned, &length, &error))
    {
      replace_by_refusal (self, error);
      return;
    }
  self->n_scanned = self->waiting->len;
  if (length == 0)
    return;

  if (!obm_request_head_check (self->waiting, &head, &error))
    replace_by_refusal (self, error);
  else
    {
      self->n_passing = head.length + head.content_length;
      self->passes_all = head.chunked;
    }
  self->n_scanned = 0;
  self->func (OBM_PHASE_BODY, self->user_data);
}

/* The one character, then nothing. */
static gssize
show_end (ObmClientInput *self, char *buffer)
{
  if (self->end_shown)
    return 0;

  self->ended = self->end_shown = TRUE;
  shutdown (g_socket_get_fd (self->socket), SHUT_WR);
  *buffer = END;

  return 1;
}

static gssize
read_base (ObmClientInput *self,
           void *buffer,
           gsize count,
           gboolean blocking,
           GCancellable *cancellable,
           GError **error)
{
  return g_pollable_stream_read (self->base, buffer, count, blocking, cancellable, error);
}

/* Whether reading failed in a way that says nothing of the connection. */
static gboolean
may_go_on (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Reads until a whole head waits. Returns 1 then, 0 at the end, -1 with an error. */
static int
read_head (ObmClientInput *self, gboolean blocking, GCancellable *cancellable, GError **error)
{
  if (self->waiting->len > 0)
    look (self);

  while (is_between_requests (self))
    {
      g_autoptr (GError) local = NULL;
      char block[BLOCK];
      gssize n_read;

      self->func (self->waiting->len > 0 ? OBM_PHASE_HEAD : OBM_PHASE_IDLE, self->user_data);
      if (self->ended)
        return 0;
      n_read = read_base (self, block, sizeof block, blocking, cancellable, &local);
      if (n_read <= 0)
        {
          if (!may_go_on (local))
            return 0;
          g_propagate_error (error, g_steal_pointer (&local));
          return -1;
        }
      g_string_append_len (self->waiting, block, n_read);
      look (self);
    }

  return 1;
}

static gssize
read_any (ObmClientInput *self,
          char *buffer,
          gsize count,
          gboolean blocking,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GError) local = NULL;
  gssize n_read;
  int state;

  if (count == 0 || self->end_shown)
    return 0;

  state = is_between_requests (self) ? read_head (self, blocking, cancellable, error) : 1;
  if (state <= 0)
    return state < 0 ? -1 : show_end (self, buffer);

  if (!self->passes_all)
    count = MIN (count, self->n_passing);
  if (self->waiting->len > 0)
    {
      n_read = MIN (count, self->waiting->len);
      take (self, buffer, n_read);
    }
  else
    {
      n_read = self->ended ? 0 : read_base (self, buffer, count, blocking, cancellable, &local);
      if (n_read <= 0 && !may_go_on (local))
        return show_end (self, buffer);
      if (n_read < 0)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return -1;
        }
    }
  if (!self->passes_all)
    self->n_passing -= n_read;

  return n_read;
}

static gssize
obm_client_input_read (GInputStream *stream,
                       void *buffer,
                       gsize count,
                       GCancellable *cancellable,
                       GError **error)
{
  return read_any (OBM_CLIENT_INPUT (stream), buffer, count, TRUE, cancellable, error);
}

static void
obm_client_input_class_init (ObmClientInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_client_input_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = obm_client_input_read;
}

static void
obm_client_input_init (ObmClientInput *self)
{
  self->waiting = g_string_new (NULL);
}

/* Whether reading gives something without a look at the connection. */
static gboolean
has_more (ObmClientInput *self)
{
  return self->ended || (self->waiting->len > 0 && (!is_between_requests (self) || self->n_scanned == 0));
}

static gboolean
pollable_is_readable (GPollableInputStream *stream)
{
  ObmClientInput *self = OBM_CLIENT_INPUT (stream);

  return has_more (self) || g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (self->base));
}

static GSource *
pollable_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  ObmClientInput *self = OBM_CLIENT_INPUT (stream);
  g_autoptr (GSource) source = NULL;

  /* libsoup waits for the next request: it has answered the one before. */
  if (is_between_requests (self) && self->waiting->len == 0)
    self->func (OBM_PHASE_IDLE, self->user_data);

  source = has_more (self)
           ? g_timeout_source_new (0)
           : g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (self->base), NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static gssize
pollable_read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  return read_any (OBM_CLIENT_INPUT (stream), buffer, count, FALSE, NULL, error);
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
 * @base: what a client sends, pollable
 * @socket: where from
 * @func: told when a request begins, when its head is there, and when the next one may come
 * @user_data: its data
 *
 * Returns: (transfer full): what libsoup reads
 */
ObmClientInput *
obm_client_input_new (GInputStream *base, GSocket *socket, ObmPhaseFunc func, gpointer user_data)
{
  ObmClientInput *self = g_object_new (OBM_TYPE_CLIENT_INPUT, NULL);

  self->base = g_object_ref (base);
  self->socket = g_object_ref (socket);
  self->func = func;
  self->user_data = user_data;

  return self;
}

/**
 * obm_client_input_end:
 * @self: what a client sends
 *
 * Ends it behind the request under way.
 */
void
obm_client_input_end (ObmClientInput *self)
{
  self->ended = TRUE;
}

/**
 * obm_client_input_get_refusal:
 * @self: what a client sends
 *
 * Returns: (nullable): why the head of the request under way is refused, and the connection with it
 */
const GError *
obm_client_input_get_refusal (ObmClientInput *self)
{
  return self->refusal;
}
