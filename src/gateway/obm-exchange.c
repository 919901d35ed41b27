/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-exchange.h"

#include "obm-error.h"
#include "obm-json.h"
#include "obm-parting.h"
#include "obm-peer.h"

/* How many characters of what a client sent are logged at most. */
#define MAX_QUOTED 128
/* Until when a client that has ended its side is thought to wait for the answer, in microseconds. */
#define HALF_CLOSED G_USEC_PER_SEC

struct _ObmExchange
{
  SoupServerMessage *message;
  ObmPeer *peer;
  ObmRequest *request;
  gpointer user_data;
  gint64 begin;
  gboolean paused;
  gboolean client_gone;
  /* Nobody hears the answer. */
  gboolean abandoned;
  /* The request is not read to its end. */
  gboolean cut;
};

static void
set_header (const char *name, const char *value, gpointer message)
{
  soup_message_headers_replace (soup_server_message_get_response_headers (message), name, value);
}

/* An answer without a body has an end all the same; else libsoup would end it by closing the connection. */
static void
on_wrote_headers (SoupServerMessage *message)
{
  if (soup_server_message_get_status (message) == SOUP_STATUS_NO_CONTENT)
    soup_message_headers_set_encoding (soup_server_message_get_response_headers (message), SOUP_ENCODING_NONE);
}

static void
set_body (SoupServerMessage *message, const char *json)
{
  soup_message_body_truncate (soup_server_message_get_response_body (message));
  soup_server_message_set_response (message, json ? "application/json" : NULL, SOUP_MEMORY_COPY, json,
                                    json ? strlen (json) : 0);
  set_header ("Cache-Control", "no-store", message);
}

/* The last address is the one the trusted proxy was asked from; those before may be anybody's invention. */
static char *
get_forwarded_peer (SoupServerMessage *message)
{
  const char *list = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                                    "X-Forwarded-For");
  const char *comma = list ? strrchr (list, ',') : NULL;
  g_autofree char *last = g_strdup (comma ? comma + 1 : list);
  g_autoptr (GInetAddress) address = last ? g_inet_address_new_from_string (g_strstrip (last)) : NULL;

  return address ? obm_peer_describe_address (address) : NULL;
}

static char *
get_peer (SoupServerMessage *message, GInetAddress *trusted_proxy)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);
  g_autofree char *trusted = trusted_proxy ? obm_peer_describe_address (trusted_proxy) : NULL;
  g_autofree char *peer = NULL;
  char *forwarded = NULL;

  if (!G_IS_INET_SOCKET_ADDRESS (remote))
    return g_strdup ("unknown");

  peer = obm_peer_describe_address (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  if (g_strcmp0 (peer, trusted) == 0)
    forwarded = get_forwarded_peer (message);

  return forwarded ? forwarded : g_steal_pointer (&peer);
}

/* The methods of ours that have a body; those of others are not kept. */
static gboolean
has_content (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  return g_str_equal (method, "POST") || g_str_equal (method, "PUT");
}

static ObmContent *
get_content (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) bytes = NULL;

  if (!obm_exchange_is_too_large (message))
    bytes = soup_message_body_flatten (soup_server_message_get_request_body (message));

  return obm_content_new (soup_message_headers_get_list (headers, "Content-Type"), bytes);
}

static void
on_message_finished (ObmExchange *self)
{
  self->client_gone = TRUE;
}

/* What a client sent, fit for a line of the log. */
static char *
quote (const char *text)
{
  g_autofree char *valid = text ? g_utf8_make_valid (text, -1) : NULL;
  g_autofree char *start = valid ? g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_QUOTED)) : NULL;
  g_auto (GStrv) parts = start ? g_strsplit_set (start, "\"\\", -1) : NULL;
  g_autofree char *joined = parts ? g_strjoinv ("?", parts) : NULL;

  return joined ? g_strdup_printf ("\"%s\"", joined) : g_strdup ("-");
}

/*
 * One line a request: of the path only what route it is, and nothing of the query, of headers and bodies. Whose
 * it is stands there as he says, true if the status is not 401 or 429.
 */
static void
log_line (const ObmExchange *self)
{
  const char *route = obm_request_get_route (self->request);
  g_autofree char *user = quote (obm_request_get_login (self->request));
  g_autofree char *method = quote (obm_request_get_method (self->request));

  g_info ("%.*s %s%s %u %.1f ms, %s from %s%s", (int) strlen (method) - 2, method + 1, route ? "/v1/" : "-",
          route ? route : "", obm_request_get_status (self->request),
          (g_get_monotonic_time () - self->begin) / 1000.0, user, obm_request_get_peer (self->request),
          self->client_gone || self->abandoned ? ", client gone" : "");
}

/**
 * obm_exchange_prepare:
 * @message: a message of which nothing is known yet
 *
 * Gives it the body that libsoup sends with the status it sets itself, when it cannot read the request.
 */
void
obm_exchange_prepare (SoupServerMessage *message)
{
  g_autoptr (GError) error = obm_error_new (OBM_ERROR_QUERY_INVALID, "", "This is not a request of HTTP");
  g_autoptr (JsonNode) node = obm_error_to_json (error);
  g_autofree char *json = obm_json_to_string (node);

  set_body (message, json);
  g_signal_connect (message, "wrote-headers", G_CALLBACK (on_wrote_headers), NULL);
}

/**
 * obm_exchange_keep_content:
 * @message: a message whose head is there
 *
 * Lets libsoup keep the body that comes, if we want it.
 */
void
obm_exchange_keep_content (SoupServerMessage *message)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), has_content (message));
}

/**
 * obm_exchange_is_too_large:
 * @message: a message whose head is there, and perhaps some of its body
 *
 * Returns: whether the body is larger than we want, or is said to be
 */
gboolean
obm_exchange_is_too_large (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return has_content (message) &&
         (soup_message_headers_get_content_length (headers) > OBM_CONTENT_MAX ||
          soup_server_message_get_request_body (message)->length > OBM_CONTENT_MAX);
}

/**
 * obm_exchange_new:
 * @message: a message whose head is there
 * @trusted_proxy: (nullable): whose X-Forwarded-For is believed
 * @user_data: anything
 *
 * Returns: (transfer full): a new exchange
 */
ObmExchange *
obm_exchange_new (SoupServerMessage *message, GInetAddress *trusted_proxy, gpointer user_data)
{
  ObmExchange *self = g_new0 (ObmExchange, 1);
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  g_autofree char *peer = get_peer (message, trusted_proxy);

  self->message = g_object_ref (message);
  self->peer = g_object_ref (obm_peer_find (soup_server_message_get_remote_address (message)));
  self->user_data = user_data;
  self->begin = g_get_monotonic_time ();
  /* All the headers of that name: two of them are no credentials. */
  self->request = obm_request_new (soup_server_message_get_method (message),
                                   g_uri_get_path (uri),
                                   g_uri_get_query (uri),
                                   soup_message_headers_get_list (headers, "Authorization"),
                                   peer);
  obm_request_set_if_match (self->request, soup_message_headers_get_list (headers, "If-Match"));
  if (has_content (message))
    obm_request_take_content (self->request, get_content (message));

  return self;
}

/**
 * obm_exchange_free:
 * @self: an exchange
 */
void
obm_exchange_free (ObmExchange *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  g_object_unref (self->peer);
  g_object_unref (self->request);
  g_free (self);
}

/**
 * obm_exchange_get_request:
 * @self: an exchange
 *
 * Returns: (transfer none): the request, to be answered
 */
ObmRequest *
obm_exchange_get_request (ObmExchange *self)
{
  return self->request;
}

/**
 * obm_exchange_get_data:
 * @self: an exchange
 *
 * Returns: what it was made with
 */
gpointer
obm_exchange_get_data (ObmExchange *self)
{
  return self->user_data;
}

/**
 * obm_exchange_pause:
 * @self: an exchange
 *
 * Makes libsoup wait for obm_exchange_answer(). Another thread may answer the request meanwhile.
 */
void
obm_exchange_pause (ObmExchange *self)
{
  self->paused = TRUE;
  g_signal_connect_swapped (self->message, "finished", G_CALLBACK (on_message_finished), self);
  soup_server_message_pause (self->message);
}

/**
 * obm_exchange_cut:
 * @self: an exchange that is paused
 *
 * Answers the request though it is not read to its end, and ends the connection then.
 */
void
obm_exchange_cut (ObmExchange *self)
{
  self->cut = TRUE;
}

/**
 * obm_exchange_give_up:
 * @self: an exchange that is paused
 *
 * Answers the request if it has waited for a while and its client has left meanwhile: nobody hears what would
 * be read, and nobody relies on what would be written. Any thread may ask, one at a time.
 *
 * Returns: whether there is nothing more to do
 */
gboolean
obm_exchange_give_up (ObmExchange *self)
{
  g_autoptr (GError) error = NULL;

  if (g_get_monotonic_time () - self->begin < HALF_CLOSED || !obm_peer_has_left (self->peer))
    return FALSE;

  self->abandoned = TRUE;
  error = obm_error_new (OBM_ERROR_DATABASE_UNAVAILABLE, NULL, "The database was busy for too long");
  obm_request_fail (self->request, error);

  return TRUE;
}

/* Takes the connection from libsoup, which would read the request to its end first. */
static void
part (ObmExchange *self)
{
  g_autoptr (GIOStream) connection = NULL;

  g_signal_handlers_disconnect_by_data (self->message, self);
  connection = soup_server_message_steal_connection (self->message);
  obm_parting_begin (self->peer, connection, self->request);
}

/**
 * obm_exchange_hold:
 * @self: an exchange that is paused, and whose request is answered
 *
 * Says that obm_exchange_answer() comes later than it could.
 *
 * Returns: (transfer full): a source, with a #GSocketSourceFunc, that is ready when there is nobody to wait for it
 */
GSource *
obm_exchange_hold (ObmExchange *self)
{
  obm_peer_set_phase (self->peer, OBM_PHASE_HELD);

  return obm_peer_watch_end (self->peer);
}

/**
 * obm_exchange_abandon:
 * @self: an exchange that is paused, and whose client gives up
 *
 * Breaks the connection off; what obm_exchange_answer() does then, nobody sees.
 */
void
obm_exchange_abandon (ObmExchange *self)
{
  self->abandoned = TRUE;
  obm_peer_cut (self->peer);
}

/**
 * obm_exchange_answer:
 * @self: an exchange whose request is answered
 *
 * Hands the answer to libsoup, unless the client has gone, and logs the request.
 */
void
obm_exchange_answer (ObmExchange *self)
{
  obm_peer_set_phase (self->peer, OBM_PHASE_ANSWER);
  if (!self->client_gone && self->cut)
    part (self);
  else if (!self->client_gone)
    {
      soup_server_message_set_status (self->message, obm_request_get_status (self->request), NULL);
      set_body (self->message, obm_request_get_body (self->request));
      obm_request_foreach_header (self->request, set_header, self->message);
      if (self->paused)
        soup_server_message_unpause (self->message);
    }
  log_line (self);
}
