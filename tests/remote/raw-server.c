/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "raw-server.h"

#include "remote-test.h"

#include <string.h>
#include <sys/socket.h>

/*
 * A server that answers bytes, right or wrong, and shows the bytes it was asked with. One thread for each
 * connection; the lock guards what follows it.
 */

/* What is answered to the requests that begin like this. */
typedef struct {
  char *beginning;
  GBytes *answer;
  RawEnd end;
} Rule;

struct _RawServer
{
  GSocketService *service;
  GCancellable *stop;
  char *address;

  GMutex lock;
  GPtrArray *rules;    /* of Rule */
  GPtrArray *requests; /* of char *, as they came */
  char *held;
  GCond released;
  guint n_connections;
  gsize n_sent;
  guint n_threads;
  GCond idle;
};

static void
rule_free (Rule *rule)
{
  g_free (rule->beginning);
  g_bytes_unref (rule->answer);
  g_free (rule);
}

/* The rule with the longest beginning that @request has. */
static const Rule *
find_rule (RawServer *self, const char *request)
{
  const Rule *found = NULL;

  for (guint i = 0; i < self->rules->len; i++)
    {
      const Rule *rule = g_ptr_array_index (self->rules, i);

      if (g_str_has_prefix (request, rule->beginning) &&
          (found == NULL || strlen (rule->beginning) > strlen (found->beginning)))
        found = rule;
    }

  return found;
}

/* How long the body is that follows @head, if its length is written as libsoup does. */
static gsize
get_content_length (const char *head)
{
  const char *length = strstr (head, "Content-Length: ");

  return length ? g_ascii_strtoull (length + strlen ("Content-Length: "), NULL, 10) : 0;
}

/* Reads a request, head and body. Returns NULL at the end of the connection. */
static char *
read_request (RawServer *self, GInputStream *input)
{
  GString *request = g_string_new (NULL);
  gsize head = 0;

  while (head == 0 || request->len < head + get_content_length (request->str))
    {
      char byte;

      if (g_input_stream_read (input, &byte, 1, self->stop, NULL) != 1)
        {
          g_string_free (request, TRUE);
          return NULL;
        }
      g_string_append_c (request, byte);
      if (head == 0 && g_str_has_suffix (request->str, "\r\n\r\n"))
        head = request->len;
    }

  return g_string_free (request, FALSE);
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
  char *request;

  while (more && (request = read_request (self, g_io_stream_get_input_stream (stream))) != NULL)
    {
      g_autoptr (GBytes) answer = NULL;
      const Rule *rule;
      RawEnd end;

      g_mutex_lock (&self->lock);
      g_ptr_array_add (self->requests, request);
      rule = find_rule (self, request);
      answer = g_bytes_ref (rule->answer);
      end = rule->end;
      while (self->held != NULL && g_str_has_prefix (request, self->held))
        g_cond_wait (&self->released, &self->lock);
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
  g_cond_init (&self->released);
  self->stop = g_cancellable_new ();
  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) rule_free);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  raw_server_answer (self, "", 0, RAW_END_KEEP);
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
  raw_server_release (self);
  g_mutex_lock (&self->lock);
  while (self->n_threads > 0)
    g_cond_wait (&self->idle, &self->lock);
  g_mutex_unlock (&self->lock);

  g_object_unref (self->service);
  g_object_unref (self->stop);
  g_ptr_array_unref (self->rules);
  g_ptr_array_unref (self->requests);
  g_free (self->address);
  g_cond_clear (&self->idle);
  g_cond_clear (&self->released);
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
  raw_server_answer_to (self, "", answer, length, end);
}

/**
 * raw_server_answer_to:
 * @self: a server
 * @beginning: how a request begins: "PUT ", "GET /v1/domains "
 * @answer: the bytes of an answer, head and body
 * @length: how many, -1 if @answer ends with a NUL
 * @end: what comes then
 *
 * Says what is answered from now on to those requests, unless a longer beginning fits.
 */
void
raw_server_answer_to (RawServer *self, const char *beginning, const char *answer, gssize length, RawEnd end)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Rule *rule = g_new0 (Rule, 1);

  rule->beginning = g_strdup (beginning);
  rule->answer = g_bytes_new (answer, length < 0 ? strlen (answer) : (gsize) length);
  rule->end = end;
  for (guint i = 0; i < self->rules->len; i++)
    if (g_str_equal (((Rule *) g_ptr_array_index (self->rules, i))->beginning, beginning))
      {
        g_ptr_array_remove_index (self->rules, i);
        break;
      }
  g_ptr_array_add (self->rules, rule);
}

/**
 * raw_server_answer_json_to:
 * @self: a server
 * @beginning: how a request begins
 * @status: the status
 * @json: the body, with ' for "; %NULL for none at all
 *
 * The same, for an answer that is as it should be.
 */
void
raw_server_answer_json_to (RawServer *self, const char *beginning, guint status, const char *json)
{
  g_autofree char *body = test_json (json ? json : "");
  g_autofree char *head = json ? g_strdup_printf ("Content-Type: application/json\r\nContent-Length: %zu\r\n",
                                                  strlen (body))
                               : g_strdup ("");
  g_autofree char *answer = g_strdup_printf ("HTTP/1.1 %u Status\r\n%s\r\n%s", status, head, body);

  raw_server_answer_to (self, beginning, answer, -1, RAW_END_KEEP);
}

/**
 * raw_server_hold:
 * @self: a server
 * @beginning: how a request begins
 *
 * Lets those requests wait for their answer until raw_server_release(). It is the one that was due when
 * they came.
 */
void
raw_server_hold (RawServer *self, const char *beginning)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_free (self->held);
  self->held = g_strdup (beginning);
}

/**
 * raw_server_release:
 * @self: a server
 *
 * Answers the requests that wait, and lets none wait from now on.
 */
void
raw_server_release (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->held, g_free);
  g_cond_broadcast (&self->released);
}

/**
 * raw_server_count_requests:
 * @self: a server
 * @beginning: (nullable): how a request begins
 *
 * Returns: how many requests came that begin like this, or at all
 */
guint
raw_server_count_requests (RawServer *self, const char *beginning)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint count = 0;

  for (guint i = 0; i < self->requests->len; i++)
    if (g_str_has_prefix (g_ptr_array_index (self->requests, i), beginning ? beginning : ""))
      count++;

  return count;
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
 * Returns: (transfer full) (nullable): the last request, head and body, as it came
 */
char *
raw_server_dup_request (RawServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->requests->len == 0)
    return NULL;

  return g_strdup (g_ptr_array_index (self->requests, self->requests->len - 1));
}
