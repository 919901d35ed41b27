/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-files.h"

#include <sys/socket.h>

/**
 * ObmTlsFiles:
 *
 * A certificate and its key, from two files that may change.
 */
struct _ObmTlsFiles
{
  GObject parent_instance;

  char *certificate_path;
  char *key_path;
  GTlsCertificate *certificate;
};

G_DEFINE_FINAL_TYPE (ObmTlsFiles, obm_tls_files, G_TYPE_OBJECT)

static void
obm_tls_files_finalize (GObject *object)
{
  ObmTlsFiles *self = OBM_TLS_FILES (object);

  g_free (self->certificate_path);
  g_free (self->key_path);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (obm_tls_files_parent_class)->finalize (object);
}

static void
obm_tls_files_class_init (ObmTlsFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_tls_files_finalize;
}

static void
obm_tls_files_init (ObmTlsFiles *self)
{
}

static GIOStream *
new_end (int fd)
{
  g_autoptr (GSocket) socket = g_socket_new_from_fd (fd, NULL);

  return socket ? G_IO_STREAM (g_socket_connection_factory_create_connection (socket)) : NULL;
}

/* In a thread. Returns why it failed, or NULL. */
static gpointer
serve (gpointer tls)
{
  GError *error = NULL;

  g_tls_connection_handshake (tls, NULL, &error);

  return error;
}

static gboolean
on_accept (void)
{
  return TRUE;
}

/*
 * Agrees on TLS with ourselves: nothing else tells whether the key is that of the certificate, and whether it
 * is of a kind that can be used.
 */
static gboolean
try_out (GTlsCertificate *certificate, GError **error)
{
  g_autoptr (GIOStream) near = NULL;
  g_autoptr (GIOStream) far = NULL;
  g_autoptr (GIOStream) server = NULL;
  g_autoptr (GIOStream) client = NULL;
  GError *failure;
  GThread *thread;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    return TRUE;
  near = new_end (fds[0]);
  far = new_end (fds[1]);
  server = g_tls_server_connection_new (near, certificate, error);
  client = server ? g_tls_client_connection_new (far, NULL, error) : NULL;
  if (client == NULL)
    return FALSE;

  g_signal_connect (client, "accept-certificate", G_CALLBACK (on_accept), NULL);
  thread = g_thread_new ("tls", serve, server);
  g_tls_connection_handshake (G_TLS_CONNECTION (client), NULL, NULL);
  /* Whoever still waits for the other side waits no more. */
  g_io_stream_close (far, NULL, NULL);
  failure = g_thread_join (thread);
  if (failure != NULL)
    g_propagate_error (error, failure);

  return failure == NULL;
}

/**
 * obm_tls_files_new:
 * @certificate: the path of a file with the certificate, and those between it and its authority, in PEM
 * @key: the path of a file with its private key, in PEM
 * @error: return location
 *
 * Returns: (transfer full): the files, read; %NULL with an error that names one
 */
ObmTlsFiles *
obm_tls_files_new (const char *certificate, const char *key, GError **error)
{
  g_autoptr (ObmTlsFiles) self = g_object_new (OBM_TYPE_TLS_FILES, NULL);

  self->certificate_path = g_strdup (certificate);
  self->key_path = g_strdup (key);

  return obm_tls_files_reload (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * obm_tls_files_reload:
 * @self: the files
 * @error: return location
 *
 * Reads them again. What was read before stays valid if that fails.
 *
 * Returns: %FALSE with an error that names a file
 */
gboolean
obm_tls_files_reload (ObmTlsFiles *self, GError **error)
{
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (GError) reason = NULL;

  certificate = g_tls_certificate_new_from_files (self->certificate_path, self->key_path, &reason);
  if (certificate == NULL || !try_out (certificate, &reason))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "The certificate %s with the key %s cannot be used for TLS: %s", self->certificate_path,
                   self->key_path, reason->message);
      return FALSE;
    }

  g_set_object (&self->certificate, certificate);

  return TRUE;
}

/**
 * obm_tls_files_get_certificate:
 * @self: the files
 *
 * Returns: (transfer none): the certificate with its key
 */
GTlsCertificate *
obm_tls_files_get_certificate (ObmTlsFiles *self)
{
  return self->certificate;
}
