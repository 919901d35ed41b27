/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-identity.h"

#include <gio/gio.h>
#include <gnutls/x509.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What is added to what the system's administrator has said of TLS, or else GnuTLS. */
#define VERSIONS "-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
#define PROTOCOL "http/1.1"
#define PEM_BEGIN "-----BEGIN CERTIFICATE-----"

/**
 * ObmTlsIdentity:
 *
 * Who the gateway is to its clients: a certificate and its key, which are known to go together. It never
 * changes, so any thread may use it.
 */
struct _ObmTlsIdentity
{
  GObject parent_instance;

  gnutls_certificate_credentials_t credentials;
};

G_DEFINE_FINAL_TYPE (ObmTlsIdentity, obm_tls_identity, G_TYPE_OBJECT)

static void
obm_tls_identity_finalize (GObject *object)
{
  ObmTlsIdentity *self = OBM_TLS_IDENTITY (object);

  g_clear_pointer (&self->credentials, gnutls_certificate_free_credentials);

  G_OBJECT_CLASS (obm_tls_identity_parent_class)->finalize (object);
}

static void
obm_tls_identity_class_init (ObmTlsIdentityClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_tls_identity_finalize;
}

static void
obm_tls_identity_init (ObmTlsIdentity *self)
{
  if (gnutls_certificate_allocate_credentials (&self->credentials) != GNUTLS_E_SUCCESS)
    self->credentials = NULL;
}

static gnutls_datum_t
get_datum (GBytes *bytes)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (bytes, &size);

  return (gnutls_datum_t) { (guchar *) data, size };
}

/* One by one: of a list in which one is broken, GnuTLS 3.7 loses memory. */
static int
check_certificates (const gnutls_datum_t *text)
{
  guchar *end = text->data + text->size;
  guchar *begin = memmem (text->data, text->size, PEM_BEGIN, strlen (PEM_BEGIN));
  int status = GNUTLS_E_SUCCESS;

  while (status == GNUTLS_E_SUCCESS && begin != NULL)
    {
      gnutls_datum_t rest = { begin, end - begin };
      gnutls_x509_crt_t certificate;

      status = gnutls_x509_crt_init (&certificate);
      if (status == GNUTLS_E_SUCCESS)
        {
          status = gnutls_x509_crt_import (certificate, &rest, GNUTLS_X509_FMT_PEM);
          gnutls_x509_crt_deinit (certificate);
        }
      begin = memmem (begin + 1, end - begin - 1, PEM_BEGIN, strlen (PEM_BEGIN));
    }

  return status;
}

/* Both sides in turn, until they agree, or one cannot. Returns why the one that has a certificate cannot. */
static int
agree (gnutls_session_t server, gnutls_session_t client)
{
  int near = GNUTLS_E_AGAIN, far = GNUTLS_E_AGAIN;

  while ((near != GNUTLS_E_SUCCESS || far != GNUTLS_E_SUCCESS) && !gnutls_error_is_fatal (near) &&
         !gnutls_error_is_fatal (far))
    {
      if (far != GNUTLS_E_SUCCESS)
        far = gnutls_handshake (client);
      if (near != GNUTLS_E_SUCCESS)
        near = gnutls_handshake (server);
    }

  return near != GNUTLS_E_SUCCESS ? near : far;
}

/* Agrees on TLS with ourselves: nothing else tells whether the key is of a kind that can be used. */
static int
try_out (ObmTlsIdentity *self)
{
  gnutls_session_t server = obm_tls_identity_new_session (self);
  gnutls_certificate_credentials_t nobody = NULL;
  gnutls_session_t client = NULL;
  int status = GNUTLS_E_INTERNAL_ERROR;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) == 0)
    {
      if (server != NULL && gnutls_certificate_allocate_credentials (&nobody) == GNUTLS_E_SUCCESS &&
          gnutls_init (&client, GNUTLS_CLIENT | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) == GNUTLS_E_SUCCESS &&
          gnutls_set_default_priority (client) == GNUTLS_E_SUCCESS &&
          gnutls_credentials_set (client, GNUTLS_CRD_CERTIFICATE, nobody) == GNUTLS_E_SUCCESS)
        {
          gnutls_transport_set_int (server, fds[0]);
          gnutls_transport_set_int (client, fds[1]);
          status = agree (server, client);
        }
      close (fds[0]);
      close (fds[1]);
    }
  g_clear_pointer (&client, gnutls_deinit);
  g_clear_pointer (&server, gnutls_deinit);
  g_clear_pointer (&nobody, gnutls_certificate_free_credentials);

  return status;
}

/**
 * obm_tls_identity_new:
 * @certificate: the certificate, and those between it and its authority, in PEM
 * @key: its private key, in PEM
 * @error: return location
 *
 * Returns: (transfer full): an identity that can be used; %NULL with an error
 */
ObmTlsIdentity *
obm_tls_identity_new (GBytes *certificate, GBytes *key, GError **error)
{
  g_autoptr (ObmTlsIdentity) self = g_object_new (OBM_TYPE_TLS_IDENTITY, NULL);
  gnutls_datum_t certificate_datum = get_datum (certificate);
  gnutls_datum_t key_datum = get_datum (key);
  int status = self->credentials ? check_certificates (&certificate_datum) : GNUTLS_E_MEMORY_ERROR;

  if (status >= 0)
    status = gnutls_certificate_set_x509_key_mem2 (self->credentials, &certificate_datum, &key_datum,
                                                   GNUTLS_X509_FMT_PEM, NULL, 0);
  if (status >= 0)
    status = try_out (self);
  if (status < 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, gnutls_strerror (status));
      return NULL;
    }

  return g_steal_pointer (&self);
}

/**
 * obm_tls_identity_new_session:
 * @self: an identity, which outlives the session
 *
 * Returns: (transfer full) (nullable): a session with a client, still without a way to it, which never waits;
 *   %NULL when the system's settings of TLS allow none
 */
gnutls_session_t
obm_tls_identity_new_session (ObmTlsIdentity *self)
{
  static const gnutls_datum_t protocol = { (guchar *) PROTOCOL, sizeof PROTOCOL - 1 };
  gnutls_session_t session;

  if (gnutls_init (&session, GNUTLS_SERVER | GNUTLS_NONBLOCK | GNUTLS_NO_SIGNAL) != GNUTLS_E_SUCCESS)
    return NULL;
  if (gnutls_set_default_priority_append (session, VERSIONS, NULL, 0) != GNUTLS_E_SUCCESS ||
      gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, self->credentials) != GNUTLS_E_SUCCESS ||
      gnutls_alpn_set_protocols (session, &protocol, 1, 0) != GNUTLS_E_SUCCESS)
    {
      gnutls_deinit (session);
      return NULL;
    }

  return session;
}

static gint64
get_time (ObmTlsIdentity *self, time_t (*get) (gnutls_x509_crt_t))
{
  gnutls_x509_crt_t *certificates;
  guint n_certificates;
  gint64 time = -1;

  if (gnutls_certificate_get_x509_crt (self->credentials, 0, &certificates, &n_certificates) ==
      GNUTLS_E_SUCCESS)
    {
      time = get (certificates[0]);
      for (guint i = 0; i < n_certificates; i++)
        gnutls_x509_crt_deinit (certificates[i]);
      gnutls_free (certificates);
    }

  return time;
}

/**
 * obm_tls_identity_get_begin:
 * @self: an identity
 *
 * Returns: from when its certificate is valid, in seconds since 1970; -1 if that is unknown
 */
gint64
obm_tls_identity_get_begin (ObmTlsIdentity *self)
{
  return get_time (self, gnutls_x509_crt_get_activation_time);
}

/**
 * obm_tls_identity_get_end:
 * @self: an identity
 *
 * Returns: until when its certificate is valid, in seconds since 1970; -1 if that is unknown
 */
gint64
obm_tls_identity_get_end (ObmTlsIdentity *self)
{
  return get_time (self, gnutls_x509_crt_get_expiration_time);
}
