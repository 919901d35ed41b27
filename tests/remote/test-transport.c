/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "raw-server.h"
#include "remote-test.h"

#include <string.h>

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define CHUNKED OK "Transfer-Encoding: chunked\r\n\r\n"

/* One request to @backend; its answer never gets as far as a session. */
static void
fail_sign_in (ObmBackend *backend, ObmError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, code);
}

/* The test's name, the answer, what follows it, and what it means. */
static const struct {
  const char *name;
  const char *answer;
  RawEnd end;
  ObmError code;
} broken[] = {
  { "nothing", "", RAW_END_CLOSE, OBM_ERROR_UNREACHABLE },
  { "nothing-but-a-reset", "", RAW_END_RESET, OBM_ERROR_UNREACHABLE },
  /* libsoup does not tell it from one that is no HTTP */
  { "half-a-head", "HTTP/1.1 200 OK\r\nContent-Ty", RAW_END_CLOSE, OBM_ERROR_NOT_THE_API },
  { "half-a-body", OK "Content-Length: 100\r\n\r\n[{\"id\":", RAW_END_CLOSE, OBM_ERROR_REPLY_MALFORMED },
  { "half-a-body-of-json", OK "Content-Length: 100\r\n\r\n[]", RAW_END_CLOSE, OBM_ERROR_REPLY_MALFORMED },
  { "half-a-chunk", CHUNKED "10\r\n[", RAW_END_CLOSE, OBM_ERROR_REPLY_MALFORMED },
  { "bad-chunk", CHUNKED "zz\r\n[]\r\n", RAW_END_CLOSE, OBM_ERROR_REPLY_MALFORMED },
  { "body-without-length-cut", OK "\r\n[{\"id\":", RAW_END_CLOSE, OBM_ERROR_REPLY_MALFORMED },
  { "bad-gzip",
    OK "Content-Encoding: gzip\r\nContent-Length: 12\r\n\r\n\x1f\x8b\x08\x01\x01\x01\x01\x01\x01\x03[]",
    RAW_END_KEEP, OBM_ERROR_REPLY_MALFORMED },
  { "not-http", "220 mail.exemple.fr ESMTP\r\n250 OK\r\n\r\n", RAW_END_CLOSE, OBM_ERROR_NOT_THE_API },
  { "not-text", "\x16\x03\x01\x02\x03\r\n\r\n", RAW_END_CLOSE, OBM_ERROR_NOT_THE_API },
};

static void
test_broken (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));

  raw_server_answer (server, broken[i].answer, -1, broken[i].end);
  fail_sign_in (backend, broken[i].code);
}

/* Answers that are whole, however they are framed. */
static void
test_framing (void)
{
  static const char * const answers[] = {
    OK "Content-Length: 2\r\n\r\n[]",
    OK "\r\n[]",
    CHUNKED "1\r\n[\r\n1\r\n]\r\n0\r\n\r\n",
    "HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n[]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));

      raw_server_answer (server, answers[i], -1, RAW_END_CLOSE);
      /* no domain to administer: the answer was read */
      fail_sign_in (backend, OBM_ERROR_RIGHTS_INSUFFICIENT);
    }
}

static void
test_refused (void)
{
  g_autoptr (ObmBackend) backend = NULL;

  {
    /* its port is free again */
    g_autoptr (RawServer) server = raw_server_new ();

    backend = test_backend_new (raw_server_get_address (server));
  }
  fail_sign_in (backend, OBM_ERROR_UNREACHABLE);
}

/* Knows no name. The machine's own resolver may know of no network either, and takes its time to say so. */
typedef GResolver EmptyResolver;
typedef GResolverClass EmptyResolverClass;

static GType empty_resolver_get_type (void);

G_DEFINE_TYPE (EmptyResolver, empty_resolver, G_TYPE_RESOLVER)

static void
empty_resolver_lookup_async (GResolver *resolver,
                             const char *name,
                             GResolverNameLookupFlags flags,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_task_report_new_error (resolver, callback, user_data, empty_resolver_lookup_async, G_RESOLVER_ERROR,
                           G_RESOLVER_ERROR_NOT_FOUND, "No %s", name);
}

static GList *
empty_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
empty_resolver_class_init (EmptyResolverClass *klass)
{
  klass->lookup_by_name_with_flags_async = empty_resolver_lookup_async;
  klass->lookup_by_name_with_flags_finish = empty_resolver_lookup_finish;
}

static void
empty_resolver_init (EmptyResolver *self)
{
}

static void
test_unknown_host (void)
{
  g_autoptr (ObmBackend) backend = test_backend_new ("https://obm.example.org");
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) empty = g_object_new (empty_resolver_get_type (), NULL);

  g_resolver_set_default (empty);
  fail_sign_in (backend, OBM_ERROR_UNREACHABLE);
  g_resolver_set_default (usual);
}

/* The test's name, the answer, and what never ends after it. */
static const struct {
  const char *name;
  const char *answer;
  RawEnd end;
} slow[] = {
  { "no-answer", "", RAW_END_STALL },
  { "half-a-head", "HTTP/1.1 200 OK\r\nContent-", RAW_END_STALL },
  { "head-only", OK "Content-Length: 100\r\n\r\n", RAW_END_STALL },
  { "half-a-body", OK "Content-Length: 100\r\n\r\n[", RAW_END_STALL },
  { "head-that-trickles", OK "X-A: ", RAW_END_TRICKLE },
  { "body-that-trickles", OK "\r\n[", RAW_END_TRICKLE },
};

static void
test_slow (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));
  gint64 start = g_get_monotonic_time ();

  g_object_set (backend, "timeout", 1, NULL);
  raw_server_answer (server, slow[i].answer, -1, slow[i].end);
  fail_sign_in (backend, OBM_ERROR_TIMEOUT);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC * 9 / 10);
}

/* An answer without end is given up, as far as it has come, well before memory is short. */
static void
test_oversized (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));

  raw_server_answer (server, OK "\r\n[", -1, RAW_END_FLOOD);
  fail_sign_in (backend, OBM_ERROR_REPLY_MALFORMED);
  g_assert_cmpuint (raw_server_count_sent (server), <, 32 * 1024 * 1024);
}

static void
test_announced_oversized (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));

  raw_server_answer (server, OK "Content-Length: 10000000\r\n\r\n[", -1, RAW_END_STALL);
  fail_sign_in (backend, OBM_ERROR_REPLY_MALFORMED);
}

static GByteArray *
compress (const char *text)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));

  g_output_stream_write_all (stream, text, strlen (text), NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);

  return g_bytes_unref_to_array (g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory)));
}

static void
answer_compressed (RawServer *server, GByteArray *body)
{
  g_autoptr (GString) answer = g_string_new (OK "Content-Encoding: gzip\r\n");

  g_string_append_printf (answer, "Content-Length: %u\r\n\r\n", body->len);
  g_string_append_len (answer, (char *) body->data, body->len);
  raw_server_answer (server, answer->str, answer->len, RAW_END_KEEP);
}

/* 12 MB of blanks in 12 kB. */
static void
test_bomb (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));
  g_autofree char *blanks = g_strnfill (12 * 1000 * 1000, ' ');
  g_autoptr (GByteArray) body = compress (blanks);

  g_assert_cmpuint (body->len, <, 100 * 1000);
  answer_compressed (server, body);
  fail_sign_in (backend, OBM_ERROR_REPLY_MALFORMED);
}

/* Spoilt on the way, after a good beginning. */
static void
test_spoilt (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (GByteArray) body = NULL;

  for (guint i = 1; i < 20 * 1000; i++)
    g_string_append_printf (text, "%u,", i * 2654435761u);
  g_string_append (text, "0]");
  body = compress (text->str);
  answer_compressed (server, body);
  /* whole, it is read: numbers are no domains */
  fail_sign_in (backend, OBM_ERROR_REPLY_MALFORMED);

  memset (body->data + body->len / 2, 0xff, 100);
  answer_compressed (server, body);
  fail_sign_in (backend, OBM_ERROR_REPLY_MALFORMED);
}

/* Nobody waits for the rest of a page that is not ours. */
static void
test_foreign_page (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));
  gint64 start = g_get_monotonic_time ();

  raw_server_answer (server, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<",
                     -1, RAW_END_STALL);
  fail_sign_in (backend, OBM_ERROR_NOT_THE_API);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

/* A connection that waited for the next request, and was closed by the server meanwhile. */
static void
test_keep_alive (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));

  raw_server_answer (server, OK "Content-Length: 2\r\n\r\n[]", -1, RAW_END_KEEP);
  fail_sign_in (backend, OBM_ERROR_RIGHTS_INSUFFICIENT);
  fail_sign_in (backend, OBM_ERROR_RIGHTS_INSUFFICIENT);
  g_assert_cmpuint (raw_server_count_connections (server), ==, 1);

  /* It says that it keeps the connection, and closes it. */
  raw_server_answer (server, OK "Content-Length: 2\r\nConnection: keep-alive\r\n\r\n[]", -1, RAW_END_CLOSE);
  for (guint i = 0; i < 5; i++)
    fail_sign_in (backend, OBM_ERROR_RIGHTS_INSUFFICIENT);
  g_assert_cmpuint (raw_server_count_requests (server, NULL), ==, 7);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/transport/misunderstood/", broken[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_broken);
    }
  g_test_add_func ("/remote/transport/whole-answer-is-refused", test_framing);
  g_test_add_func ("/remote/transport/misunderstood/refused-connection", test_refused);
  g_test_add_func ("/remote/transport/misunderstood/unknown-host", test_unknown_host);
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/transport/waits-for-ever/", slow[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_slow);
    }
  g_test_add_func ("/remote/transport/endless-body-is-read", test_oversized);
  g_test_add_func ("/remote/transport/waits-for-too-long-a-body", test_announced_oversized);
  g_test_add_func ("/remote/transport/compressed-body-fills-memory", test_bomb);
  g_test_add_func ("/remote/transport/spoilt-body-is-misunderstood", test_spoilt);
  g_test_add_func ("/remote/transport/waits-for-a-foreign-page", test_foreign_page);
  g_test_add_func ("/remote/transport/closed-connection-is-a-failure", test_keep_alive);

  return g_test_run ();
}
