/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-session.h"

#include <errno.h>

/* So many in a row from a client are no mishap. */
#define MAX_WARNINGS 16

/**
 * ObmTlsSession:
 *
 * TLS with a client, over its socket. Nothing here waits: what cannot go on fails with
 * %G_IO_ERROR_WOULD_BLOCK, and is called again when the socket is ready. GIO's own TLS has a thread wait for
 * each client that does not go on with its handshake, and has not many of them.
 *
 * Any thread may use it, one at a time.
 */
struct _ObmTlsSession
{
  GObject parent_instance;

  ObmTlsIdentity *identity;
  GSocket *socket;
  gnutls_session_t session;
  gboolean heard;
  gboolean greeted;
  /* A record is made and not sent yet. */
  gboolean unsent;
};

G_DEFINE_FINAL_TYPE (ObmTlsSession, obm_tls_session, G_TYPE_OBJECT)

static void
obm_tls_session_finalize (GObject *object)
{
  ObmTlsSession *self = OBM_TLS_SESSION (object);

  g_clear_pointer (&self->session, gnutls_deinit);
  g_object_unref (self->identity);
  g_object_unref (self->socket);

  G_OBJECT_CLASS (obm_tls_session_parent_class)->finalize (object);
}

static void
obm_tls_session_class_init (ObmTlsSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_tls_session_finalize;
}

static void
obm_tls_session_init (ObmTlsSession *self)
{
}

static gssize
tell (ObmTlsSession *self, gssize count, const GError *error)
{
  if (count < 0)
    gnutls_transport_set_errno (self->session,
                                g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? EAGAIN : EIO);

  return count;
}

/* By GSocket, which knows when it is closed, and its number perhaps somebody else's. */
static gssize
pull (gnutls_transport_ptr_t data, void *buffer, size_t count)
{
  ObmTlsSession *self = data;
  g_autoptr (GError) error = NULL;
  gssize n_read = g_socket_receive_with_blocking (self->socket, buffer, count, FALSE, NULL, &error);

  self->heard |= n_read > 0;

  return tell (self, n_read, error);
}

static gssize
push (gnutls_transport_ptr_t data, const void *buffer, size_t count)
{
  ObmTlsSession *self = data;
  g_autoptr (GError) error = NULL;
  gssize n_written = g_socket_send_with_blocking (self->socket, buffer, count, FALSE, NULL, &error);

  return tell (self, n_written, error);
}

/* A warning of the client's is none to us. */
static gboolean
may_go_on (gssize status)
{
  return status < 0 && status != GNUTLS_E_AGAIN && !gnutls_error_is_fatal (status);
}

/* What an administrator can do more with than with GnuTLS's own words. */
static const char *
describe (ObmTlsSession *self, int status)
{
  switch (status)
    {
    case GNUTLS_E_FATAL_ALERT_RECEIVED:
      return gnutls_alert_get_name (gnutls_alert_get (self->session));
    case GNUTLS_E_UNEXPECTED_PACKET:
      return "It does not speak TLS";
    case GNUTLS_E_PREMATURE_TERMINATION:
    case GNUTLS_E_PULL_ERROR:
    case GNUTLS_E_PUSH_ERROR:
      return "It broke off; perhaps it does not trust the certificate";
    case GNUTLS_E_DECRYPTION_FAILED:
      /* OpenSSL's refusals come in clear when nothing in clear may come any more. */
      return "It cannot be understood; perhaps it does not trust the certificate";
    default:
      return gnutls_strerror (status);
    }
}

static void
explain (ObmTlsSession *self, int status, GError **error)
{
  int code = G_IO_ERROR_FAILED;
  const char *text = describe (self, status);

  if (status == GNUTLS_E_AGAIN)
    code = G_IO_ERROR_WOULD_BLOCK;
  else if (!self->heard)
    code = G_IO_ERROR_CONNECTION_CLOSED;
  g_set_error_literal (error, G_IO_ERROR, code, text ? text : gnutls_strerror (status));
}

/**
 * obm_tls_session_new:
 * @identity: who we are
 * @socket: a client's
 *
 * Returns: (transfer full) (nullable): a session that nothing is agreed on yet; %NULL when the system's
 *   settings of TLS allow none
 */
ObmTlsSession *
obm_tls_session_new (ObmTlsIdentity *identity, GSocket *socket)
{
  g_autoptr (ObmTlsSession) self = g_object_new (OBM_TYPE_TLS_SESSION, NULL);

  self->identity = g_object_ref (identity);
  self->socket = g_object_ref (socket);
  self->session = obm_tls_identity_new_session (identity);
  if (self->session == NULL)
    return NULL;

  gnutls_transport_set_ptr (self->session, self);
  gnutls_transport_set_pull_function (self->session, pull);
  gnutls_transport_set_push_function (self->session, push);

  return g_steal_pointer (&self);
}

/**
 * obm_tls_session_get_socket:
 * @self: a session
 *
 * Returns: (transfer none): the client's socket
 */
GSocket *
obm_tls_session_get_socket (ObmTlsSession *self)
{
  return self->socket;
}

/**
 * obm_tls_session_greet:
 * @self: a session
 * @error: return location
 *
 * Goes on with the handshake as far as that is possible now. Computes for milliseconds.
 *
 * Returns: whether it is over; %FALSE with %G_IO_ERROR_WOULD_BLOCK, with %G_IO_ERROR_CONNECTION_CLOSED if the
 *   client has gone without a word, or with another error of GIO
 */
gboolean
obm_tls_session_greet (ObmTlsSession *self, GError **error)
{
  int status;

  do
    status = gnutls_handshake (self->session);
  while (may_go_on (status));

  self->greeted = status == GNUTLS_E_SUCCESS;
  if (!self->greeted)
    {
      /* The client may like to know why. */
      if (status != GNUTLS_E_AGAIN)
        gnutls_alert_send_appropriate (self->session, status);
      explain (self, status, error);
    }

  return self->greeted;
}

/**
 * obm_tls_session_read:
 * @self: a session, greeted
 * @buffer: (out caller-allocates): where to
 * @count: how many bytes at most
 * @error: return location
 *
 * Returns: how many bytes were read; 0 at the end; -1 with %G_IO_ERROR_WOULD_BLOCK, or another error of GIO
 */
gssize
obm_tls_session_read (ObmTlsSession *self, void *buffer, gsize count, GError **error)
{
  guint n_warnings = 0;
  gssize n_read;

  do
    n_read = gnutls_record_recv (self->session, buffer, count);
  /* To agree anew on a session is neither needed nor done; and who only warns must not keep us here. */
  while (may_go_on (n_read) && n_read != GNUTLS_E_REHANDSHAKE && ++n_warnings <= MAX_WARNINGS);

  /* HTTP tells where a request ends: a client need not say farewell. */
  if (n_read == GNUTLS_E_PREMATURE_TERMINATION)
    return 0;
  if (n_read < 0)
    {
      explain (self, n_read, error);
      return -1;
    }

  return n_read;
}

/**
 * obm_tls_session_write:
 * @self: a session, greeted
 * @buffer: what to send; the same again after %G_IO_ERROR_WOULD_BLOCK
 * @count: how many bytes
 * @error: return location
 *
 * Returns: how many bytes were written; -1 with %G_IO_ERROR_WOULD_BLOCK, or another error of GIO
 */
gssize
obm_tls_session_write (ObmTlsSession *self, const void *buffer, gsize count, GError **error)
{
  gssize n_written;

  /* With nothing to send, GnuTLS sends what it has. */
  do
    n_written = self->unsent ? gnutls_record_send (self->session, NULL, 0)
                             : gnutls_record_send (self->session, buffer, count);
  while (may_go_on (n_written));

  self->unsent = n_written == GNUTLS_E_AGAIN;
  if (n_written < 0)
    {
      explain (self, n_written, error);
      return -1;
    }

  return MIN ((gsize) n_written, count);
}

/**
 * obm_tls_session_part:
 * @self: a session
 * @error: return location
 *
 * Says that nothing more comes, if anything came.
 *
 * Returns: whether that is said; %FALSE with %G_IO_ERROR_WOULD_BLOCK, or another error of GIO
 */
gboolean
obm_tls_session_part (ObmTlsSession *self, GError **error)
{
  int status = GNUTLS_E_SUCCESS;

  if (self->greeted)
    do
      status = gnutls_bye (self->session, GNUTLS_SHUT_WR);
    while (may_go_on (status));
  if (status != GNUTLS_E_SUCCESS)
    explain (self, status, error);

  return status == GNUTLS_E_SUCCESS;
}

/**
 * obm_tls_session_has_more:
 * @self: a session
 *
 * Returns: whether something can be read that has left the socket already
 */
gboolean
obm_tls_session_has_more (ObmTlsSession *self)
{
  return gnutls_record_check_pending (self->session) > 0;
}

/**
 * obm_tls_session_create_source:
 * @self: a session
 *
 * Returns: (transfer full): a source, with a #GSocketSourceFunc, of when what failed with
 *   %G_IO_ERROR_WOULD_BLOCK can go on
 */
GSource *
obm_tls_session_create_source (ObmTlsSession *self)
{
  return g_socket_create_source (self->socket,
                                 gnutls_record_get_direction (self->session) == 0 ? G_IO_IN : G_IO_OUT, NULL);
}
