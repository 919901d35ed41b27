/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-password.h"

#include <crypt.h>
#include <string.h>

/* Hashes of crypt(3) that do work worth measuring, in their usual strength; the salts are nobody's. */
static const char * const kinds[] = { "$1$9f2c5e7a", "$5$9f2c5e7a1b3d4860", "$6$9f2c5e7a1b3d4860" };
#define KIND_LENGTH 3
#define NOT_USUAL "rounds="

/* Compares digests, so that neither the content nor the length shows in the time it takes. */
static gboolean
equal (const char *one, const char *other)
{
  guint8 digests[2][32];
  gsize length = sizeof digests[0];
  guint8 difference = 0;
  const char *texts[2] = { one, other };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

      g_checksum_update (checksum, (const guchar *) texts[i], -1);
      g_checksum_get_digest (checksum, digests[i], &length);
    }
  for (guint i = 0; i < sizeof digests[0]; i++)
    difference |= digests[0][i] ^ digests[1][i];

  return difference == 0;
}

/* crypt(3): the stored password is its own setting. Fails, without work, for one it does not know. */
static gboolean
hash (const char *stored, const char *password, gboolean *valid)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  /* Unlike crypt_r(), it gives nothing that could be compared when it fails. */
  const char *hashed = crypt_rn (password, stored, data, sizeof *data);

  *valid = hashed != NULL && equal (hashed, stored);
  explicit_bzero (data, sizeof *data);
  g_free (data);

  return hashed != NULL;
}

/* The one of @kinds that hashing by @stored was, NULL for none. */
static const char *
get_kind (const char *stored)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (strncmp (stored, kinds[i], KIND_LENGTH) == 0)
      return g_str_has_prefix (stored + KIND_LENGTH, NOT_USUAL) ? NULL : kinds[i];

  return NULL;
}

/*
 * A wrong password is hashed by each kind once, be it for nothing: so a login that does not exist, or is
 * archived, costs what any does whose password is stored as PLAIN, MD5SUM or one of these kinds. What else
 * crypt(3) knows comes on top: DES, which takes no time that could be seen, and what is made slow on purpose
 * (other rounds, yescrypt, bcrypt). Such an account can be told from none by who measures well; to hide it, each
 * unknown login would have to take as long as the slowest account there is.
 */
static gboolean
verify (const char *type, const char *stored, const char *password)
{
  const char *done = NULL;
  gboolean valid = FALSE;
  gboolean ignored;

  if (g_str_equal (type, "CRYPT"))
    done = hash (stored, password, &valid) ? get_kind (stored) : NULL;
  else if (g_str_equal (type, "PLAIN"))
    valid = equal (password, stored);
  else if (g_str_equal (type, "MD5SUM"))
    {
      g_autofree char *lower = g_ascii_strdown (stored, -1);
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, password, -1);

      valid = equal (digest, lower);
    }

  for (guint i = 0; i < G_N_ELEMENTS (kinds) && !valid; i++)
    if (kinds[i] != done)
      hash (kinds[i], password, &ignored);

  return valid;
}

/**
 * obm_password_verify:
 * @type: (nullable): how @stored is stored: PLAIN, MD5SUM or CRYPT; nothing matches another
 * @stored: (nullable): a password as OBM stores it; nothing matches %NULL or ""
 * @password: what somebody typed, in UTF-8
 *
 * Checks a password. A wrong one takes about the same time whatever is wrong. OBM 2.1 hashed ISO-8859-1, so
 * what can be written so is tried that way too.
 *
 * Returns: whether it is the right one
 */
gboolean
obm_password_verify (const char *type, const char *stored, const char *password)
{
  /* PostgreSQL pads the type, a CHAR(6). */
  g_autofree char *trimmed = g_strchomp (g_strdup (type ? type : ""));
  g_autofree char *latin1 = g_convert (password, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
  gboolean opens = stored != NULL && *stored != '\0';
  gboolean valid = verify (opens ? trimmed : "", opens ? stored : "", password);

  if (latin1 != NULL)
    {
      if (!valid && !g_str_equal (latin1, password))
        valid = verify (opens ? trimmed : "", opens ? stored : "", latin1);
      explicit_bzero (latin1, strlen (latin1));
    }

  return valid;
}
