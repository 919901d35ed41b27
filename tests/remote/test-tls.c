/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-address.h"
#include "obm-http.h"

#include "mock-server.h"
#include "remote-test.h"

#include <glib/gstdio.h>

/* A certificate that nobody signed but itself, for @name, made by openssl. */
static GTlsCertificate *
make_certificate (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("obm-tls-XXXXXX", NULL);
  g_autofree char *certificate_file = g_build_filename (folder, "certificate.pem", NULL);
  g_autofree char *key_file = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *alternative = g_strconcat ("subjectAltName=", name, NULL);
  g_autoptr (GSubprocess) openssl = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;

  openssl = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                              "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                              "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=obm", "-addext",
                              alternative, "-days", "2", "-keyout", key_file, "-out", certificate_file,
                              NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (openssl, NULL, &error);
  g_assert_no_error (error);
  certificate = g_tls_certificate_new_from_files (certificate_file, key_file, &error);
  g_assert_no_error (error);

  g_unlink (certificate_file);
  g_unlink (key_file);
  g_rmdir (folder);

  return certificate;
}

/* Makes @certificate one that this process trusts, as if the machine's administrator had installed it. The
 * file is read when a connection asks for it. */
static char *
trust (GTlsCertificate *certificate)
{
  g_autofree char *pem = NULL;
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  char *file = NULL;
  int fd = g_file_open_tmp ("obm-ca-XXXXXX.pem", &file, &error);

  g_assert_no_error (error);
  g_object_get (certificate, "certificate-pem", &pem, NULL);
  g_file_set_contents (file, pem, -1, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  database = g_tls_file_database_new (file, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);

  return file;
}

static void
distrust (char *file)
{
  g_tls_backend_set_default_database (g_tls_backend_get_default (), NULL);
  g_unlink (file);
  g_free (file);
}

static void
refuse (MockServer *server)
{
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (GUri) address = obm_address_parse (mock_server_get_address (server), NULL);
  g_autoptr (ObmHttp) http = obm_http_new (address, "admin1@exemple.fr", "secret");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, OBM_ERROR_TLS);
  /* nor is it in doubt whether a change was made */
  obm_http_change_async (http, "DELETE", "/d/mailservers/12", NULL, NULL, 204, NULL, test_result_cb, &result);
  test_wait (result != NULL);
  g_assert_null (obm_http_change_finish (http, result, &error));
  test_assert_error (&error, OBM_ERROR_TLS);
  /* the password has not left this machine */
  g_assert_cmpuint (mock_server_count_requests (server, NULL), ==, 0);
}

static void
test_trusted (void)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate ("IP:127.0.0.1");
  g_autoptr (MockServer) server = mock_server_new (certificate);
  g_autoptr (ObmBackend) backend = NULL;
  g_autoptr (GObject) state = NULL;
  char *file;

  file = trust (certificate);
  backend = test_signed_in (mock_server_get_address (server));
  state = test_update_state (backend, NULL, NULL);
  g_assert_nonnull (state);
  distrust (file);
}

static void
test_self_signed (void)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate ("IP:127.0.0.1");
  g_autoptr (MockServer) server = mock_server_new (certificate);

  refuse (server);
}

static void
test_other_name (void)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate ("DNS:obm.example.org");
  g_autoptr (MockServer) server = mock_server_new (certificate);
  char *file;

  file = trust (certificate);
  refuse (server);
  distrust (file);
}

static void
test_other_authority (void)
{
  g_autoptr (GTlsCertificate) trusted = make_certificate ("IP:127.0.0.1");
  g_autoptr (GTlsCertificate) certificate = make_certificate ("IP:127.0.0.1");
  g_autoptr (MockServer) server = mock_server_new (certificate);
  char *file;

  file = trust (trusted);
  refuse (server);
  distrust (file);
}

static gboolean
answer_in_clear_cb (GSocketService *service,
                    GSocketConnection *connection,
                    GObject *source,
                    gpointer user_data)
{
  static const char answer[] = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (output, answer, sizeof answer - 1, NULL, NULL, NULL);

  return TRUE;
}

/* Somebody who answers in clear where TLS is due. */
static void
test_no_tls (void)
{
  g_autoptr (GSocketService) service = g_socket_service_new ();
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, NULL);
  g_autofree char *address = g_strdup_printf ("https://127.0.0.1:%u", port);
  g_autoptr (ObmBackend) backend = test_backend_new (address);
  g_autoptr (GError) error = NULL;

  g_signal_connect (service, "incoming", G_CALLBACK (answer_in_clear_cb), NULL);
  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, OBM_ERROR_TLS);
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/tls/trusted-certificate-is-refused", test_trusted);
  g_test_add_func ("/remote/tls/accepted/self-signed-certificate", test_self_signed);
  g_test_add_func ("/remote/tls/accepted/certificate-of-another-host", test_other_name);
  g_test_add_func ("/remote/tls/accepted/certificate-of-another-authority", test_other_authority);
  g_test_add_func ("/remote/tls/accepted/server-without-tls", test_no_tls);

  return g_test_run ();
}
