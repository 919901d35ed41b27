/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <glib-unix.h>
#include <gnutls/x509.h>
#include <sys/socket.h>
#include <unistd.h>

#include "obm-tls-session.h"

/* More warnings than anybody needs, which still fit into a socket. */
#define FLOOD 100

/* The two ends of a connection: ours, and a client of GnuTLS's own. */
typedef struct {
  ObmTlsSession *session;
  gnutls_certificate_credentials_t nobody;
  gnutls_session_t client;
  int fd;
} Ends;

static GBytes *
take (gnutls_datum_t *datum)
{
  return g_bytes_new_with_free_func (datum->data, datum->size, gnutls_free, datum->data);
}

/* A certificate that is its own authority, valid now. */
static ObmTlsIdentity *
make_identity (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) certificate = NULL, private = NULL;
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t crt;
  gnutls_datum_t datum;
  ObmTlsIdentity *identity;

  gnutls_x509_privkey_init (&key);
  gnutls_x509_privkey_generate (key, GNUTLS_PK_ECDSA, GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &datum);
  private = take (&datum);

  gnutls_x509_crt_init (&crt);
  gnutls_x509_crt_set_version (crt, 3);
  gnutls_x509_crt_set_serial (crt, "\1", 1);
  gnutls_x509_crt_set_dn (crt, "CN=localhost", NULL);
  gnutls_x509_crt_set_key (crt, key);
  gnutls_x509_crt_set_activation_time (crt, time (NULL) - 60);
  gnutls_x509_crt_set_expiration_time (crt, time (NULL) + 3600);
  gnutls_x509_crt_sign2 (crt, crt, key, GNUTLS_DIG_SHA256, 0);
  gnutls_x509_crt_export2 (crt, GNUTLS_X509_FMT_PEM, &datum);
  certificate = take (&datum);

  identity = obm_tls_identity_new (certificate, private, &error);
  g_assert_no_error (error);
  gnutls_x509_crt_deinit (crt);
  gnutls_x509_privkey_deinit (key);

  return identity;
}

/* Both ends, greeted, in the last version that knows warnings. */
static void
connect_ends (Ends *ends)
{
  g_autoptr (ObmTlsIdentity) identity = make_identity ();
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  int fds[2], status;
  gboolean greeted = FALSE;

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, fds), ==, 0);
  socket = g_socket_new_from_fd (fds[0], &error);
  g_assert_no_error (error);
  ends->session = obm_tls_session_new (identity, socket);
  ends->fd = fds[1];

  gnutls_certificate_allocate_credentials (&ends->nobody);
  gnutls_init (&ends->client, GNUTLS_CLIENT | GNUTLS_NONBLOCK);
  gnutls_priority_set_direct (ends->client, "NORMAL:-VERS-ALL:+VERS-TLS1.2", NULL);
  gnutls_credentials_set (ends->client, GNUTLS_CRD_CERTIFICATE, ends->nobody);
  gnutls_transport_set_int (ends->client, ends->fd);
  g_unix_set_fd_nonblocking (ends->fd, TRUE, NULL);

  do
    {
      status = gnutls_handshake (ends->client);
      g_assert_true (status == GNUTLS_E_SUCCESS || !gnutls_error_is_fatal (status));
      if (!greeted)
        {
          g_clear_error (&error);
          greeted = obm_tls_session_greet (ends->session, &error);
          g_assert_true (greeted || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK));
        }
    }
  while (status != GNUTLS_E_SUCCESS || !greeted);
}

static void
clear_ends (Ends *ends)
{
  g_object_unref (ends->session);
  gnutls_deinit (ends->client);
  gnutls_certificate_free_credentials (ends->nobody);
  close (ends->fd);
}

static void
warn (Ends *ends, guint n)
{
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (gnutls_alert_send (ends->client, GNUTLS_AL_WARNING, GNUTLS_A_USER_CANCELED), ==, 0);
}

/* A warning is nothing to us, and what comes after it is read. */
static void
test_a_warning_is_an_end (void)
{
  Ends ends;
  g_autoptr (GError) error = NULL;
  char buffer[16];
  gssize n_read;

  connect_ends (&ends);
  warn (&ends, 2);
  g_assert_cmpint (gnutls_record_send (ends.client, "hello", 5), ==, 5);
  n_read = obm_tls_session_read (ends.session, buffer, sizeof buffer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_read, ==, 5);
  g_assert_cmpmem (buffer, 5, "hello", 5);
  clear_ends (&ends);
}

/* Who does nothing but warn does not keep the main loop, however fast. */
static void
test_warnings_go_on_for_ever (void)
{
  Ends ends;
  g_autoptr (GError) error = NULL;
  char buffer[16];

  connect_ends (&ends);
  warn (&ends, FLOOD);
  g_assert_cmpint (obm_tls_session_read (ends.session, buffer, sizeof buffer, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  clear_ends (&ends);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/tls-session/a-warning-is-an-end", test_a_warning_is_an_end);
  g_test_add_func ("/tls-session/warnings-go-on-for-ever", test_warnings_go_on_for_ever);

  return g_test_run ();
}
