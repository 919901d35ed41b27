/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest file there is, in bytes. */
#define OBM_SECRET_FILE_MAX 65536

/**
 * ObmSecretFile:
 * @kind: what it is called
 * @if_read: what follows from its being open to everybody; perhaps empty
 * @if_changed: what its group could do if it may change it; perhaps empty
 *
 * How a file with a secret is spoken of.
 */
typedef struct {
  const char *kind;
  const char *if_read;
  const char *if_changed;
} ObmSecretFile;

GBytes *obm_secret_file_read (const char           *path,
                              const ObmSecretFile  *words,
                              GError              **error);

G_END_DECLS
