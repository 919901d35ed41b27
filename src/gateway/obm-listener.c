/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-listener.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include "obm-greeter.h"
#include "obm-tls-failures.h"
#include "obm-tls-stream.h"

/* How many connections wait to be accepted; with GIO's 10, a burst would wait for seconds. */
#define BACKLOG 128
/* How often it is looked who takes too long, in milliseconds. */
#define LOOK_MS 500
/* How long a farewell may take, and how long the end of the program waits for answers, in seconds. */
#define PARTING_S 10
#define STOP_S 20

enum {
  CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/**
 * ObmListener:
 *
 * Accepts connections, agrees on TLS, and sees to it that none of them takes too long or that there are too
 * many: beyond the limit, the one goes that has kept us waiting the longest. Who is slow to agree on TLS
 * holds up nobody.
 */
struct _ObmListener
{
  GObject parent_instance;

  ObmListenerLimits limits;
  ObmTlsFiles *tls_files;
  GSocketService *service;
  ObmGreeter *greeter;
  ObmTlsFailures failures;
  /* Of ObmPeer, the oldest first. */
  GQueue peers;
  guint timer;
  gboolean stopped;
};

G_DEFINE_FINAL_TYPE (ObmListener, obm_listener, G_TYPE_OBJECT)

typedef struct {
  ObmListener *listener;
  ObmPeer *peer;
  GSocketConnection *connection;
} Greeting;

static void
obm_listener_dispose (GObject *object)
{
  ObmListener *self = OBM_LISTENER (object);

  obm_listener_stop (self);
  g_clear_object (&self->service);
  g_clear_object (&self->tls_files);
  g_clear_object (&self->greeter);

  G_OBJECT_CLASS (obm_listener_parent_class)->dispose (object);
}

static void
obm_listener_class_init (ObmListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_listener_dispose;

  /**
   * ObmListener::connected:
   * @self: a listener
   * @peer: a client, from which requests may come
   * @local: where it connected to
   */
  signals[CONNECTED] = g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                     NULL, G_TYPE_NONE, 2, OBM_TYPE_PEER, G_TYPE_SOCKET_ADDRESS);
}

/* Whether we wait for a client, and not a client for us; or whether it waits for having given wrong passwords. */
static gboolean
keeps_waiting (ObmPeer *peer)
{
  return obm_peer_get_phase (peer) <= OBM_PHASE_HELD;
}

static guint
get_patience (ObmListener *self, ObmPeer *peer)
{
  switch (obm_peer_get_phase (peer))
    {
    case OBM_PHASE_IDLE:
      return self->limits.idle_timeout;
    case OBM_PHASE_HELD:
    case OBM_PHASE_WORK:
      return G_MAXUINT;
    case OBM_PHASE_PARTING:
      return PARTING_S;
    case OBM_PHASE_GREETING:
    case OBM_PHASE_HEAD:
    case OBM_PHASE_BODY:
    case OBM_PHASE_ANSWER:
    default:
      return self->limits.request_timeout;
    }
}

static gboolean
on_look (gpointer data)
{
  ObmListener *self = data;
  gint64 now = g_get_monotonic_time ();

  for (GList *link = self->peers.head; link != NULL; link = link->next)
    if (now - obm_peer_get_since (link->data) > get_patience (self, link->data) * G_USEC_PER_SEC)
      obm_peer_cut (link->data);
  obm_tls_failures_look (&self->failures, now);

  return G_SOURCE_CONTINUE;
}

static void
on_gone (ObmPeer *peer, ObmListener *self)
{
  if (g_queue_remove (&self->peers, peer))
    g_object_unref (peer);
}

/* Cuts who has kept us waiting the longest. Returns whether anybody has. */
static gboolean
make_room (ObmListener *self)
{
  ObmPeer *oldest = NULL;

  for (GList *link = self->peers.head; link != NULL; link = link->next)
    if (keeps_waiting (link->data) &&
        (oldest == NULL || obm_peer_get_since (link->data) < obm_peer_get_since (oldest)))
      oldest = link->data;
  if (oldest == NULL)
    return FALSE;

  /* It is gone only when its stream notices: until then it no longer counts. */
  obm_peer_cut (oldest);
  obm_peer_set_phase (oldest, OBM_PHASE_PARTING);

  return TRUE;
}

static guint
count_peers (ObmListener *self)
{
  guint n_peers = 0;

  for (GList *link = self->peers.head; link != NULL; link = link->next)
    if (obm_peer_get_phase (link->data) != OBM_PHASE_PARTING)
      n_peers++;

  return n_peers;
}

static void
connect_peer (ObmListener *self, ObmPeer *peer, GSocketConnection *connection)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);

  obm_peer_set_phase (peer, OBM_PHASE_IDLE);
  /* Without an address the client is gone already. */
  if (local != NULL && !self->stopped)
    g_signal_emit (self, signals[CONNECTED], 0, peer, local);
  else
    g_io_stream_close (G_IO_STREAM (peer), NULL, NULL);
}

/* Who only looked whether we are there has not failed; nor who had to make room, or whom our own end met. */
static void
log_failure (ObmListener *self, ObmPeer *peer, const GError *error)
{
  gint64 now = g_get_monotonic_time ();
  gboolean late = now - obm_peer_get_since (peer) > get_patience (self, peer) * G_USEC_PER_SEC;
  g_autoptr (GSocketAddress) address = obm_peer_get_address (peer);
  g_autofree char *text = NULL;

  if (G_IS_INET_SOCKET_ADDRESS (address))
    text = obm_peer_describe_address (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));

  if (!self->stopped && obm_peer_get_phase (peer) == OBM_PHASE_GREETING &&
      (late || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)))
    obm_tls_failures_add (&self->failures, text, late ? "It takes too long" : error->message, now);
}

static void
on_greeted (const GError *error, gpointer data)
{
  Greeting *greeting = data;
  ObmListener *self = greeting->listener;
  ObmPeer *peer = greeting->peer;

  if (error == NULL)
    connect_peer (self, peer, greeting->connection);
  else
    {
      log_failure (self, peer, error);
      obm_peer_cut (peer);
      g_io_stream_close (G_IO_STREAM (peer), NULL, NULL);
    }
  g_object_unref (greeting->connection);
  g_object_unref (peer);
  g_object_unref (self);
  g_free (greeting);
}

static ObmPeer *
add_peer (ObmListener *self, GSocketConnection *connection, GIOStream *stream)
{
  ObmPeer *peer = obm_peer_new (connection, stream);

  g_queue_push_tail (&self->peers, peer);
  g_signal_connect_object (peer, "gone", G_CALLBACK (on_gone), self, G_CONNECT_DEFAULT);

  return peer;
}

static void
begin_tls (ObmListener *self, GSocketConnection *connection)
{
  g_autoptr (ObmTlsSession) session = NULL;
  g_autoptr (GIOStream) stream = NULL;
  Greeting *greeting;

  session = obm_tls_session_new (obm_tls_files_get_identity (self->tls_files),
                                 g_socket_connection_get_socket (connection));
  if (session == NULL)
    {
      g_message ("TLS cannot be offered: the system's settings of GnuTLS allow nothing of it");
      return;
    }

  stream = obm_tls_stream_new (session);
  greeting = g_new0 (Greeting, 1);
  greeting->listener = g_object_ref (self);
  greeting->peer = g_object_ref (add_peer (self, connection, stream));
  greeting->connection = g_object_ref (connection);
  obm_greeter_greet (self->greeter, session, on_greeted, greeting);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  ObmListener *self = data;

  /* libsoup writes head and body apart; without this, the kernel would keep the body back for 40 ms. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);

  if (count_peers (self) >= self->limits.max_connections && !make_room (self))
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  else if (self->tls_files != NULL)
    begin_tls (self, connection);
  else
    connect_peer (self, add_peer (self, connection, G_IO_STREAM (connection)), connection);

  return TRUE;
}

static void
obm_listener_init (ObmListener *self)
{
  g_queue_init (&self->peers);
  self->greeter = obm_greeter_new ();
  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_DEFAULT);
}

/**
 * obm_listener_new:
 * @limits: what clients may ask
 * @tls_files: (nullable): what TLS is made with; %NULL for none
 *
 * Returns: (transfer full): a listener that does not listen yet
 */
ObmListener *
obm_listener_new (const ObmListenerLimits *limits, ObmTlsFiles *tls_files)
{
  ObmListener *self = g_object_new (OBM_TYPE_LISTENER, NULL);

  self->limits = *limits;
  self->tls_files = tls_files ? g_object_ref (tls_files) : NULL;

  return self;
}

/**
 * obm_listener_listen:
 * @self: a listener
 * @address: where to listen; port 0 takes a free one
 * @error: return location
 *
 * Returns: (transfer full): where it listens, "http://127.0.0.1:8087"; %NULL with an error of GIO
 */
char *
obm_listener_listen (ObmListener *self, GInetSocketAddress *address, GError **error)
{
  g_autoptr (GSocketAddress) effective = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (OBM_IS_LISTENER (self), NULL);

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), G_SOCKET_ADDRESS (address),
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective, error))
    return NULL;
  g_socket_service_start (self->service);
  self->timer = g_timeout_add (LOOK_MS, on_look, self);
  text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (effective));

  return g_strconcat (self->tls_files ? "https://" : "http://", text, NULL);
}

/**
 * obm_listener_stop:
 * @self: a listener
 *
 * Takes no more connections and requests, and waits until those under way are answered, for a while. Runs the
 * main context meanwhile.
 */
void
obm_listener_stop (ObmListener *self)
{
  gint64 end = g_get_monotonic_time () + STOP_S * G_USEC_PER_SEC;

  g_return_if_fail (OBM_IS_LISTENER (self));

  if (self->stopped)
    return;

  self->stopped = TRUE;
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (GList *link = self->peers.head; link != NULL; link = link->next)
    if (keeps_waiting (link->data))
      obm_peer_cut (link->data);
    else
      obm_peer_end (link->data);

  while (!g_queue_is_empty (&self->peers) && g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_clear_handle_id (&self->timer, g_source_remove);
}
