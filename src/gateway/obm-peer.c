/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-peer.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

/* Where the address of a peer points to the peer itself: libsoup hands on nothing else of what it was given. */
#define KEY "obm-peer"

enum {
  GONE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * ObmPeer:
 *
 * A client's connection, in clear or through TLS, which knows how far it is and since when. Closing it never
 * blocks: the farewell of TLS may take a while in the background.
 */
struct _ObmPeer
{
  GIOStream parent_instance;

  GSocketConnection *connection;
  /* While the number of its socket is used, it stays open. */
  GMutex open;
  GSocketAddress *address;
  /* The connection, or TLS on it. */
  GIOStream *stream;
  ObmClientInput *input;
  ObmPhase phase;
  gint64 since;
};

G_DEFINE_FINAL_TYPE (ObmPeer, obm_peer, G_TYPE_IO_STREAM)

static void
obm_peer_finalize (GObject *object)
{
  ObmPeer *self = OBM_PEER (object);

  g_object_unref (self->input);
  g_object_unref (self->stream);
  g_object_unref (self->connection);
  g_clear_object (&self->address);
  g_mutex_clear (&self->open);

  G_OBJECT_CLASS (obm_peer_parent_class)->finalize (object);
}

static GInputStream *
obm_peer_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (OBM_PEER (stream)->input);
}

static GOutputStream *
obm_peer_get_output_stream (GIOStream *stream)
{
  return g_io_stream_get_output_stream (OBM_PEER (stream)->stream);
}

static void
close_connection (ObmPeer *self)
{
  g_mutex_lock (&self->open);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_mutex_unlock (&self->open);
  g_signal_emit (self, signals[GONE], 0);
}

static void
on_closed (GObject *stream, GAsyncResult *result, gpointer data)
{
  g_autoptr (ObmPeer) self = data;

  g_io_stream_close_finish (G_IO_STREAM (stream), result, NULL);
  /* TLS only says farewell. */
  close_connection (self);
}

static gboolean
obm_peer_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  ObmPeer *self = OBM_PEER (stream);

  obm_peer_set_phase (self, OBM_PHASE_PARTING);
  if (self->stream != G_IO_STREAM (self->connection))
    g_io_stream_close_async (self->stream, G_PRIORITY_DEFAULT, NULL, on_closed, g_object_ref (self));
  else
    close_connection (self);

  return TRUE;
}

static void
obm_peer_class_init (ObmPeerClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = obm_peer_finalize;
  stream_class->get_input_stream = obm_peer_get_input_stream;
  stream_class->get_output_stream = obm_peer_get_output_stream;
  stream_class->close_fn = obm_peer_close;

  /**
   * ObmPeer::gone:
   * @self: a peer
   *
   * Nothing is left of the connection.
   */
  signals[GONE] = g_signal_new ("gone", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
}

static void
obm_peer_init (ObmPeer *self)
{
  self->since = g_get_monotonic_time ();
  g_mutex_init (&self->open);
}

static void
on_phase (ObmPhase phase, gpointer self)
{
  obm_peer_set_phase (self, phase);
}

/**
 * obm_peer_new:
 * @connection: a client's connection
 * @stream: TLS on it, or itself
 *
 * Returns: (transfer full): the peer, greeting
 */
ObmPeer *
obm_peer_new (GSocketConnection *connection, GIOStream *stream)
{
  ObmPeer *self = g_object_new (OBM_TYPE_PEER, NULL);

  self->connection = g_object_ref (connection);
  self->address = g_socket_connection_get_remote_address (connection, NULL);
  self->stream = g_object_ref (stream);
  self->input = obm_client_input_new (g_io_stream_get_input_stream (stream),
                                      g_socket_connection_get_socket (connection), on_phase, self);

  return self;
}

/**
 * obm_peer_get_address:
 * @self: a peer
 *
 * Returns: (transfer full) (nullable): where it comes from, in an object by which obm_peer_find() finds the
 *   peer; %NULL when it is gone already
 */
GSocketAddress *
obm_peer_get_address (ObmPeer *self)
{
  GSocketAddress *address = g_steal_pointer (&self->address);

  /* It keeps the peer, so the peer must not keep it. */
  if (address != NULL)
    g_object_set_data_full (G_OBJECT (address), KEY, g_object_ref (self), g_object_unref);

  return address;
}

/**
 * obm_peer_find:
 * @address: an object that obm_peer_get_address() gave
 *
 * Returns: (transfer none): whose it is
 */
ObmPeer *
obm_peer_find (GSocketAddress *address)
{
  return g_object_get_data (G_OBJECT (address), KEY);
}

/**
 * obm_peer_set_phase:
 * @self: a peer
 * @phase: how far it is
 */
void
obm_peer_set_phase (ObmPeer *self, ObmPhase phase)
{
  if (self->phase == phase || self->phase == OBM_PHASE_PARTING)
    return;

  self->phase = phase;
  self->since = g_get_monotonic_time ();
}

/**
 * obm_peer_get_phase:
 * @self: a peer
 *
 * Returns: how far it is
 */
ObmPhase
obm_peer_get_phase (ObmPeer *self)
{
  return self->phase;
}

/**
 * obm_peer_get_since:
 * @self: a peer
 *
 * Returns: since when, as monotonic time
 */
gint64
obm_peer_get_since (ObmPeer *self)
{
  return self->since;
}

/**
 * obm_peer_get_refusal:
 * @self: a peer
 *
 * Returns: (nullable): why its request is none, and its connection ends with the answer
 */
const GError *
obm_peer_get_refusal (ObmPeer *self)
{
  return obm_client_input_get_refusal (self->input);
}

/**
 * obm_peer_end:
 * @self: a peer
 *
 * Takes no further request from it.
 */
void
obm_peer_end (ObmPeer *self)
{
  obm_client_input_end (self->input);
}

/**
 * obm_peer_say_end:
 * @self: a peer
 *
 * Lets it know that nothing more comes, while it may go on sending. TLS knows no such thing before its end.
 */
void
obm_peer_say_end (ObmPeer *self)
{
  if (self->stream == G_IO_STREAM (self->connection))
    shutdown (g_socket_get_fd (g_socket_connection_get_socket (self->connection)), SHUT_WR);
}

/**
 * obm_peer_watch_end:
 * @self: a peer that nobody reads from
 *
 * Returns: (transfer full): a source, with a #GSocketSourceFunc, that is ready when the client says that nothing
 *   more comes, or when its connection breaks or is cut
 */
GSource *
obm_peer_watch_end (ObmPeer *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  /* GIO has no name for it, but hands on to poll() what it is given. */
  return g_socket_create_source (socket, (GIOCondition) POLLRDHUP, NULL);
}

/**
 * obm_peer_has_left:
 * @self: a peer
 *
 * Any thread may ask. A peer that only says that it sends nothing more, and goes on listening, looks the
 * same.
 *
 * Returns: whether its connection has ended on its side
 */
gboolean
obm_peer_has_left (ObmPeer *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);
  gboolean has_left = TRUE;

  g_mutex_lock (&self->open);
  if (!g_socket_is_closed (socket))
    {
      struct pollfd end = { g_socket_get_fd (socket), POLLRDHUP, 0 };

      has_left = poll (&end, 1, 0) > 0;
    }
  g_mutex_unlock (&self->open);

  return has_left;
}

/**
 * obm_peer_cut:
 * @self: a peer
 *
 * Breaks its connection off; whoever reads or writes there notices.
 */
void
obm_peer_cut (ObmPeer *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);

  obm_client_input_end (self->input);
  /* Not by GSocket, which another thread may be using. */
  if (!g_socket_is_closed (socket))
    shutdown (g_socket_get_fd (socket), SHUT_RDWR);
}

/**
 * obm_peer_describe_address:
 * @address: an address
 *
 * Who comes by IPv4 to an address of IPv6 comes by IPv4 all the same.
 *
 * Returns: (transfer full): the address as text, one for each machine
 */
char *
obm_peer_describe_address (GInetAddress *address)
{
  g_autoptr (GInetAddress) mapped = NULL;

  /* ::ffff:192.0.2.1 */
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6 &&
      IN6_IS_ADDR_V4MAPPED ((const struct in6_addr *) g_inet_address_to_bytes (address)))
    address = mapped = g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + 12,
                                                      G_SOCKET_FAMILY_IPV4);

  return g_inet_address_to_string (address);
}
