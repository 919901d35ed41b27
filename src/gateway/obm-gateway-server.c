/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-gateway-server.h"

#include <libsoup/soup.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "obm-client-input.h"
#include "obm-error.h"
#include "obm-exchange.h"

/* The longest address that is looked at. */
#define MAX_URI 8192

/* How many connections wait to be accepted; with GIO's 10, a burst would wait for seconds. */
#define BACKLOG 128

/* What libsoup hands to us: everything. "*" is the path of "OPTIONS *". */
static const char * const paths[] = { "/", "*" };

/**
 * ObmGatewayServer:
 *
 * HTTP. Connections are accepted here and handed to libsoup, which reads requests and writes answers in the
 * main thread; what is between the two, and may block, is done by #ObmRouter in a few workers.
 */
struct _ObmGatewayServer
{
  GObject parent_instance;

  ObmRouter *router;
  GInetAddress *trusted_proxy;
  SoupServer *soup;
  GSocketService *service;
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
  g_clear_object (&self->service);

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
  obm_exchange_answer (exchange);

  return G_SOURCE_REMOVE;
}

/* In a worker, which has the request for itself meanwhile. */
static void
work (gpointer exchange, gpointer user_data)
{
  ObmGatewayServer *self = obm_exchange_get_data (exchange);

  obm_router_answer (self->router, obm_exchange_get_request (exchange));
  g_main_context_invoke (NULL, on_answered, exchange);
}

static ObmExchange *
begin (ObmGatewayServer *self, SoupServerMessage *message)
{
  ObmExchange *exchange = obm_exchange_new (message, self->trusted_proxy, self);

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

/* Answers without asking the router. */
static void
refuse (ObmGatewayServer *self, SoupServerMessage *message, ObmError code, const char *text)
{
  g_autoptr (ObmExchange) exchange = obm_exchange_new (message, self->trusted_proxy, self);
  g_autoptr (GError) error = obm_error_new (code, NULL, "%s", text);

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

  obm_exchange_keep_content (message);
  /* libsoup would cut our answers into the ranges asked for. */
  soup_message_headers_remove (headers, "Range");

  if (soup_message_headers_get_one (headers, "Transfer-Encoding") != NULL &&
      soup_message_headers_get_one (headers, "Content-Length") != NULL)
    {
      soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                    "Connection", "close");
      refuse (self, message, OBM_ERROR_BODY_MALFORMED, "The length of the body is not clear");
    }
  else if (is_too_long (soup_server_message_get_uri (message)))
    refuse (self, message, OBM_ERROR_URI_TOO_LONG, "The address is too long");
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

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  ObmGatewayServer *self = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GInputStream) input = obm_client_input_new (connection);
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GIOStream) stream = g_simple_io_stream_new (input, output);
  g_autoptr (GError) error = NULL;

  /* libsoup writes head and body apart; without this, the kernel would keep the body back for 40 ms. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);

  /* Without addresses the client is gone already. */
  if (local != NULL && remote != NULL &&
      !soup_server_accept_iostream (self->soup, stream, local, remote, &error))
    g_message ("Connection: %s", error->message);

  return TRUE;
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
  self->other_end = -1;
  keep_connections (self);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      soup_server_add_early_handler (self->soup, paths[i], on_head, self, NULL);
      soup_server_add_handler (self->soup, paths[i], on_request, self, NULL);
    }
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);

  self->service = g_socket_service_new ();
  g_socket_listener_set_backlog (G_SOCKET_LISTENER (self->service), BACKLOG);
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_incoming), self, G_CONNECT_DEFAULT);
}

/**
 * obm_gateway_server_new:
 * @router: what answers requests
 * @n_workers: how many it answers at once
 * @trusted_proxy: (nullable): whose X-Forwarded-For is believed
 *
 * Returns: (transfer full): a server that does not listen yet
 */
ObmGatewayServer *
obm_gateway_server_new (ObmRouter *router, guint n_workers, GInetAddress *trusted_proxy)
{
  ObmGatewayServer *self = g_object_new (OBM_TYPE_GATEWAY_SERVER, NULL);

  self->router = g_object_ref (router);
  self->trusted_proxy = trusted_proxy ? g_object_ref (trusted_proxy) : NULL;
  self->workers = g_thread_pool_new (work, NULL, n_workers, FALSE, NULL);

  return self;
}

/**
 * obm_gateway_server_listen:
 * @self: a server
 * @address: where to listen; port 0 takes a free one
 * @error: return location
 *
 * Returns: (transfer full): where it listens, "http://127.0.0.1:8087"; %NULL with an error of GIO
 */
char *
obm_gateway_server_listen (ObmGatewayServer *self, GInetSocketAddress *address, GError **error)
{
  g_autoptr (GSocketAddress) effective = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (OBM_IS_GATEWAY_SERVER (self), NULL);

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), G_SOCKET_ADDRESS (address),
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &effective, error))
    return NULL;
  g_socket_service_start (self->service);

  text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (effective));

  return g_strconcat ("http://", text, NULL);
}

/**
 * obm_gateway_server_stop:
 * @self: a server
 *
 * Takes no more connections and requests, and waits until those under way are answered.
 */
void
obm_gateway_server_stop (ObmGatewayServer *self)
{
  g_return_if_fail (OBM_IS_GATEWAY_SERVER (self));

  if (self->workers == NULL)
    return;

  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    soup_server_remove_handler (self->soup, paths[i]);
  while (self->n_running > 0)
    g_main_context_iteration (NULL, TRUE);
  g_thread_pool_free (self->workers, FALSE, TRUE);
  self->workers = NULL;
  /* What is answered is still to be sent. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  soup_server_disconnect (self->soup);
}
