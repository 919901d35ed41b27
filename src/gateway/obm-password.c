/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-password.h"

#include <crypt.h>
#include <string.h>

/* Whom nobody can be: hashed for those who do not exist, so that they take as long as those who do. */
#define DUMMY_SETTING "$6$9f2c5e7a1b3d4860"

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

/* crypt(3): the stored password is its own setting. */
static gboolean
verify_crypt (const char *stored, const char *password)
{
  struct crypt_data *data = g_new0 (struct crypt_data, 1);
  /* Unlike crypt_r(), it gives nothing that could be compared when it fails. */
  const char *hashed = crypt_rn (password, stored, data, sizeof *data);
  gboolean valid = hashed != NULL && equal (hashed, stored);

  explicit_bzero (data, sizeof *data);
  g_free (data);

  return valid;
}

static gboolean
verify (const char *type, const char *stored, const char *password)
{
  gboolean valid = FALSE;

  if (g_str_equal (type, "CRYPT"))
    return verify_crypt (stored, password);

  if (g_str_equal (type, "PLAIN"))
    valid = equal (password, stored);
  else if (g_str_equal (type, "MD5SUM"))
    {
      g_autofree char *lower = g_ascii_strdown (stored, -1);
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, password, -1);

      valid = equal (digest, lower);
    }
  verify_crypt (DUMMY_SETTING, password);

  return valid;
}

/**
 * obm_password_verify:
 * @type: (nullable): how @stored is stored: PLAIN, MD5SUM or CRYPT; nothing matches another
 * @stored: (nullable): a password as OBM stores it; nothing matches %NULL or ""
 * @password: what somebody typed, in UTF-8
 *
 * Checks a password, which takes about the same time whatever is wrong. OBM 2.1 hashed ISO-8859-1, so what
 * can be written so is tried that way too.
 *
 * Returns: whether it is the right one
 */
gboolean
obm_password_verify (const char *type, const char *stored, const char *password)
{
  g_autofree char *trimmed = g_strchomp (g_strdup (type ? type : ""));
  g_autofree char *latin1 = g_convert (password, -1, "ISO-8859-1", "UTF-8", NULL, NULL, NULL);
  gboolean valid;

  if (stored == NULL)
    stored = "";

  /* PostgreSQL pads the type, a CHAR(6). */
  valid = verify (trimmed, stored, password);
  if (latin1 != NULL && !g_str_equal (latin1, password))
    {
      valid |= verify (trimmed, stored, latin1);
      explicit_bzero (latin1, strlen (latin1));
    }

  return valid && *stored != '\0';
}
