/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-files.h"

#include <gio/gio.h>

#include "obm-secret-file.h"

static const ObmSecretFile key_words = { "key", "", "" };

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
  ObmTlsIdentity *identity;
};

G_DEFINE_FINAL_TYPE (ObmTlsFiles, obm_tls_files, G_TYPE_OBJECT)

static void
obm_tls_files_finalize (GObject *object)
{
  ObmTlsFiles *self = OBM_TLS_FILES (object);

  g_free (self->certificate_path);
  g_free (self->key_path);
  g_clear_object (&self->identity);

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

static GBytes *
read_certificate (const char *path, GError **error)
{
  g_autoptr (GError) reason = NULL;
  char *text;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &reason))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The certificate cannot be read: %s",
                   reason->message);
      return NULL;
    }

  return g_bytes_new_take (text, length);
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
 * Reads them again. What was read before stays valid if that fails. A key that others may read is none.
 *
 * Returns: %FALSE with an error that names a file
 */
gboolean
obm_tls_files_reload (ObmTlsFiles *self, GError **error)
{
  g_autoptr (GBytes) certificate = read_certificate (self->certificate_path, error);
  g_autoptr (GBytes) key = certificate ? obm_secret_file_read (self->key_path, &key_words, error) : NULL;
  g_autoptr (ObmTlsIdentity) identity = NULL;
  g_autoptr (GError) reason = NULL;

  if (key == NULL)
    return FALSE;

  identity = obm_tls_identity_new (certificate, key, &reason);
  if (identity == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "The certificate %s with the key %s cannot be used for TLS: %s", self->certificate_path,
                   self->key_path, reason->message);
      return FALSE;
    }

  g_set_object (&self->identity, identity);

  return TRUE;
}

/**
 * obm_tls_files_get_identity:
 * @self: the files
 *
 * Returns: (transfer none): the certificate with its key
 */
ObmTlsIdentity *
obm_tls_files_get_identity (ObmTlsFiles *self)
{
  return self->identity;
}
