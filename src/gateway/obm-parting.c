/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-parting.h"

#include <libsoup/soup.h>

/* How long a client may go on sending what is thrown away, in seconds. */
#define LINGER 5
/* How much of it is thrown away at once. */
#define BLOCK 65536

/*
 * The last answer on a connection, given before the request has come to its end; libsoup would read it to
 * its end first. What the client is still sending is taken for a while: with it unread, the kernel would
 * reset the connection and the answer might be lost.
 */
typedef struct {
  ObmPeer *peer;
  GIOStream *connection;
  GCancellable *cancellable;
  GSource *timer;
  char *text;
} Parting;

static void
parting_free (Parting *parting)
{
  g_source_destroy (parting->timer);
  g_source_unref (parting->timer);
  g_io_stream_close (parting->connection, NULL, NULL);
  g_object_unref (parting->connection);
  g_object_unref (parting->peer);
  g_object_unref (parting->cancellable);
  g_free (parting->text);
  g_free (parting);
}

static void skip_more (Parting *parting);

static void
on_skipped (GObject *source, GAsyncResult *result, gpointer data)
{
  if (g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL) > 0)
    skip_more (data);
  else
    parting_free (data);
}

static void
skip_more (Parting *parting)
{
  g_input_stream_skip_async (g_io_stream_get_input_stream (parting->connection), BLOCK, G_PRIORITY_LOW,
                             parting->cancellable, on_skipped, parting);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Parting *parting = data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      obm_peer_say_end (parting->peer);
      skip_more (parting);
    }
  else
    parting_free (parting);
}

static gboolean
on_timeout (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);

  return G_SOURCE_REMOVE;
}

static void
append_header (const char *name, const char *value, gpointer text)
{
  g_string_append_printf (text, "%s: %s\r\n", name, value);
}

static char *
write_answer (ObmRequest *request)
{
  GString *text = g_string_new (NULL);
  const char *body = obm_request_get_body (request);
  guint status = obm_request_get_status (request);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  g_string_append_printf (text, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  append_header ("Date", date, text);
  append_header ("Connection", "close", text);
  append_header ("Cache-Control", "no-store", text);
  obm_request_foreach_header (request, append_header, text);
  if (body != NULL)
    append_header ("Content-Type", "application/json", text);
  g_string_append_printf (text, "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", body ? strlen (body) : 0,
                          body ? body : "");

  return g_string_free (text, FALSE);
}

/**
 * obm_parting_begin:
 * @peer: a client
 * @connection: its connection, on which nobody else reads or writes any more
 * @request: a request that is answered
 *
 * Sends the answer, and ends the connection when the client does, or soon.
 */
void
obm_parting_begin (ObmPeer *peer, GIOStream *connection, ObmRequest *request)
{
  Parting *parting = g_new0 (Parting, 1);

  parting->peer = g_object_ref (peer);
  parting->connection = g_object_ref (connection);
  parting->cancellable = g_cancellable_new ();
  parting->text = write_answer (request);
  parting->timer = g_timeout_source_new_seconds (LINGER);
  g_source_set_callback (parting->timer, on_timeout, parting->cancellable, NULL);
  g_source_attach (parting->timer, NULL);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (connection), parting->text,
                                   strlen (parting->text), G_PRIORITY_DEFAULT, parting->cancellable,
                                   on_written, parting);
}
