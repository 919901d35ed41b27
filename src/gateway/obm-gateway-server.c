/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-gateway-server.h"

#include <libsoup/soup.h>
#include <sys/socket.h>
#include <unistd.h>

#include "obm-error.h"
#include "obm-exchange.h"
#include "obm-waiting-room.h"

/* The longest address that is looked at. */
#define MAX_URI 8192

/* What libsoup hands to us: everything. "*" is the path of "OPTIONS *". */
static const char * const paths[] = { "/", "*" };

/**
 * ObmGatewayServer:
 *
 * HTTP. The connections that #ObmListener accepts are handed to libsoup, which reads requests and writes
 * answers in the main thread; what is between the two, and may block, is done by #ObmRouter in a few workers.
 */
struct _ObmGatewayServer
{
  GObject parent_instance;

  ObmRouter *router;
  GInetAddress *trusted_proxy;
  SoupServer *soup;
  ObmListener *listener;
  /* NULL when nobody is to wait any more. */
  ObmWaitingRoom *waiting_room;
  GThreadPool *workers;
  guint n_running;
  int other_end;
};

G_DEFINE_FINAL_TYPE (ObmGatewayServer, obm_gateway_server, G_TYPE_OBJECT)

static void
obm_gateway_server_dispose (GObject *object)
{
  ObmGatewayServer *self = OBM_GATEWAY_SERVER (object);

  obm_gateway_server_stop (self);
  g_clear_object (&self->router);
  g_clear_object (&self->trusted_proxy);
  g_clear_object (&self->soup);
  g_clear_object (&self->listener);

  G_OBJECT_CLASS (obm_gateway_server_parent_class)->dispose (object);
}

static void
obm_gateway_server_finalize (GObject *object)
{
  ObmGatewayServer *self = OBM_GATEWAY_SERVER (object);

  if (self->other_end >= 0)
    close (self->other_end);

  G_OBJECT_CLASS (obm_gateway_server_parent_class)->finalize (object);
}

static void
obm_gateway_server_class_init (ObmGatewayServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = obm_gateway_server_dispose;
  object_class->finalize = obm_gateway_server_finalize;
}

/* In the main thread again. */
static gboolean
on_answered (gpointer data)
{
  g_autoptr (ObmExchange) exchange = data;
  ObmGatewayServer *self = obm_exchange_get_data (exchange);

  self->n_running--;
  if (self->waiting_room != NULL && obm_request_get_delay (obm_exchange_get_request (exchange)) > 0)
    obm_waiting_room_take (self->waiting_room, g_steal_pointer (&exchange));
  else
    obm_exchange_answer (exchange);

  return G_SOURCE_REMOVE;
}

/* In a worker, which has the request for itself meanwhile. */
static void
work (gpointer exchange, gpointer user_data)
{
  ObmGatewayServer *self = obm_exchange_get_data (exchange);

  if (!obm_exchange_give_up (exchange))
    obm_router_answer (self->router, obm_exchange_get_request (exchange));
  /* Not by g_main_context_invoke(), which would have a worker answer while the main loop pauses at the end. */
  g_idle_add_full (G_PRIORITY_DEFAULT, on_answered, exchange, NULL);
}

static ObmPeer *
get_peer (SoupServerMessage *message)
{
  return obm_peer_find (soup_server_message_get_remote_address (message));
}

static ObmExchange *
begin (ObmGatewayServer *self, SoupServerMessage *message)
{
  ObmExchange *exchange = obm_exchange_new (message, self->trusted_proxy, self);

  obm_peer_set_phase (get_peer (message), OBM_PHASE_WORK);
  obm_exchange_pause (exchange);
  self->n_running++;
  g_thread_pool_push (self->workers, exchange, NULL);

  return exchange;
}

/* Nothing more of a body that is too large needs to come: there may be no end to it. */
static void
cut (ObmGatewayServer *self, SoupServerMessage *message)
{
  obm_exchange_cut (begin (self, message));
}

static void
on_chunk (SoupServerMessage *message, GBytes *chunk, gpointer self)
{
  if (obm_exchange_is_too_large (message))
    cut (self, message);
}

/* Answers without asking the router, once libsoup is ready to let the connection go. */
static void
refuse (ObmGatewayServer *self, SoupServerMessage *message, const GError *error)
{
  ObmExchange *exchange = obm_exchange_new (message, self->trusted_proxy, self);

  obm_request_fail (obm_exchange_get_request (exchange), error);
  obm_exchange_pause (exchange);
  obm_exchange_cut (exchange);
  self->n_running++;
  g_idle_add (on_answered, exchange);
}

static void
refuse_uri (ObmGatewayServer *self, SoupServerMessage *message)
{
  g_autoptr (GError) error = obm_error_new (OBM_ERROR_URI_TOO_LONG, NULL, "The address is too long");
  g_autoptr (ObmExchange) exchange = obm_exchange_new (message, self->trusted_proxy, self);

  obm_request_fail (obm_exchange_get_request (exchange), error);
  obm_exchange_answer (exchange);
}

static gboolean
is_too_long (GUri *uri)
{
  const char *query = g_uri_get_query (uri);

  return strlen (g_uri_get_path (uri)) + (query ? strlen (query) + 1 : 0) > MAX_URI;
}

/* The head is there, the body is not. */
static void
on_head (SoupServer *soup,
         SoupServerMessage *message,
         const char *path,
         GHashTable *query,
         gpointer user_data)
{
  ObmGatewayServer *self = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const GError *refusal = obm_peer_get_refusal (get_peer (message));

  obm_exchange_keep_content (message);
  /* libsoup would cut our answers into the ranges asked for. */
  soup_message_headers_remove (headers, "Range");

  /* In chunks, only libsoup knows where the next request would begin. */
  if (soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");

  if (refusal != NULL)
    refuse (self, message, refusal);
  else if (is_too_long (soup_server_message_get_uri (message)))
    refuse_uri (self, message);
  else if (obm_exchange_is_too_large (message))
    cut (self, message);
  else
    g_signal_connect_object (message, "got-chunk", G_CALLBACK (on_chunk), self, G_CONNECT_DEFAULT);
}

static void
on_request (SoupServer *soup,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer user_data)
{
  begin (user_data, message);
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message)
{
  obm_exchange_prepare (message);
}

static void
on_connected (ObmListener *listener, ObmPeer *peer, GSocketAddress *local, ObmGatewayServer *self)
{
  g_autoptr (GSocketAddress) remote = obm_peer_get_address (peer);
  g_autoptr (GError) error = NULL;

  if (remote == NULL)
    g_io_stream_close (G_IO_STREAM (peer), NULL, NULL);
  else if (!soup_server_accept_iostream (self->soup, G_IO_STREAM (peer), local, remote, &error))
    g_message ("Connection: %s", error->message);
}

/*
 * libsoup keeps a connection for further requests only while it listens itself: so it gets an end nobody
 * talks to.
 */
static void
keep_connections (ObmGatewayServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) silent = NULL;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0)
    return;

  self->other_end = ends[1];
  silent = g_socket_new_from_fd (ends[0], &error);
  if (silent == NULL || !soup_server_listen_socket (self->soup, silent, 0, &error))
    g_message ("Each request will need a connection of its own: %s", error->message);
}

static void
obm_gateway_server_init (ObmGatewayServer *self)
{
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  self->waiting_room = obm_waiting_room_new ();
  self->other_end = -1;
  keep_connections (self);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      soup_server_add_early_handler (self->soup, paths[i], on_head, self, NULL);
      soup_server_add_handler (self->soup, paths[i], on_request, self, NULL);
    }
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);
}

/**
 * obm_gateway_server_new:
 * @router: what answers requests
 * @n_workers: how many it answers at once
 * @listener: where they come from
 * @trusted_proxy: (nullable): whose X-Forwarded-For is believed
 *
 * Returns: (transfer full): a server, which serves as soon as @listener listens
 */
ObmGatewayServer *
obm_gateway_server_new (ObmRouter *router,
                        guint n_workers,
                        ObmListener *listener,
                        GInetAddress *trusted_proxy)
{
  ObmGatewayServer *self = g_object_new (OBM_TYPE_GATEWAY_SERVER, NULL);

  self->router = g_object_ref (router);
  self->listener = g_object_ref (listener);
  self->trusted_proxy = trusted_proxy ? g_object_ref (trusted_proxy) : NULL;
  self->workers = g_thread_pool_new (work, NULL, n_workers, FALSE, NULL);
  g_signal_connect_object (listener, "connected", G_CALLBACK (on_connected), self, G_CONNECT_DEFAULT);

  return self;
}

/**
 * obm_gateway_server_stop:
 * @self: a server
 *
 * Takes no more connections and requests, and waits until those under way are answered. No answer is held back
 * any more.
 */
void
obm_gateway_server_stop (ObmGatewayServer *self)
{
  g_return_if_fail (OBM_IS_GATEWAY_SERVER (self));

  if (self->workers == NULL)
    return;

  obm_waiting_room_empty (self->waiting_room);
  g_clear_object (&self->waiting_room);
  obm_listener_stop (self->listener);
  /* Those whose client has gone. */
  while (self->n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  g_thread_pool_free (self->workers, FALSE, TRUE);
  self->workers = NULL;
  soup_server_disconnect (self->soup);
}
