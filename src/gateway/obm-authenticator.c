/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-authenticator.h"

#include <string.h>
#include <sys/random.h>

#include "obm-error.h"
#include "obm-password.h"
#include "obm-throttle.h"

/* How long a right password is remembered. */
#define REMEMBER_S 60
#define MAX_REMEMBERED 1024

/**
 * ObmAuthenticator:
 *
 * Tells who a request is from, by HTTP Basic. The account is read each time; only the work of checking the
 * password is spared for a while, by remembering a hash of user, password and what OBM stores, under a key
 * that never leaves this process.
 */
struct _ObmAuthenticator
{
  GObject parent_instance;

  ObmStore *store;
  ObmThrottle *throttle;
  guint8 key[32];
  GMutex mutex;
  /* Hash to the monotonic time at which it is forgotten. */
  GHashTable *remembered;
};

G_DEFINE_FINAL_TYPE (ObmAuthenticator, obm_authenticator, G_TYPE_OBJECT)

static void
obm_authenticator_finalize (GObject *object)
{
  ObmAuthenticator *self = OBM_AUTHENTICATOR (object);

  g_clear_object (&self->store);
  g_clear_object (&self->throttle);
  g_hash_table_unref (self->remembered);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (obm_authenticator_parent_class)->finalize (object);
}

static void
obm_authenticator_class_init (ObmAuthenticatorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_authenticator_finalize;
}

static void
obm_authenticator_init (ObmAuthenticator *self)
{
  /* Never fails once the system is up. */
  if (getrandom (self->key, sizeof self->key, 0) != sizeof self->key)
    g_error ("No random numbers: %s", g_strerror (errno));

  self->throttle = obm_throttle_new ();
  self->remembered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_mutex_init (&self->mutex);
}

/* "Basic" and base64 of "user:password", both in UTF-8 and neither empty. */
static gboolean
parse_basic (const char *authorization, char **user, char **password)
{
  static const char scheme[] = "Basic ";
  static const char base64[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "+/=";
  g_autofree char *text = NULL;
  gboolean parsed = FALSE;
  const char *encoded;
  char *colon;
  gsize length;

  if (authorization == NULL || g_ascii_strncasecmp (authorization, scheme, strlen (scheme)) != 0)
    return FALSE;
  encoded = authorization + strlen (scheme);
  /* GLib passes over what is not base64: the comma between two headers, for one. */
  if (encoded[strspn (encoded, base64)] != '\0')
    return FALSE;

  text = (char *) g_base64_decode (encoded, &length);
  colon = text ? memchr (text, ':', length) : NULL;
  if (colon != NULL && colon > text && colon + 1 < text + length && g_utf8_validate_len (text, length, NULL))
    {
      *user = g_strndup (text, colon - text);
      *password = g_strndup (colon + 1, text + length - colon - 1);
      parsed = TRUE;
    }
  if (text != NULL)
    explicit_bzero (text, length);

  return parsed;
}

static char *
make_hash (ObmAuthenticator *self, const char *user, const char *password, const ObmAccount *account)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, self->key, sizeof self->key);
  const char *parts[] = { user, password, account->password_type, account->password };

  /* The terminators keep the parts apart. */
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL)
      g_hmac_update (hmac, (const guchar *) parts[i], strlen (parts[i]) + 1);

  return g_strdup (g_hmac_get_string (hmac));
}

static gboolean
is_remembered (ObmAuthenticator *self, const char *hash)
{
  gint64 *until;
  gboolean remembered;

  g_mutex_lock (&self->mutex);
  until = g_hash_table_lookup (self->remembered, hash);
  remembered = until != NULL && *until > g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);

  return remembered;
}

static gboolean
remove_if_past (gpointer key, gpointer value, gpointer user_data)
{
  return *(gint64 *) value <= *(gint64 *) user_data;
}

static void
remember (ObmAuthenticator *self, const char *hash)
{
  gint64 now = g_get_monotonic_time ();
  gint64 *until = g_new (gint64, 1);

  *until = now + REMEMBER_S * G_USEC_PER_SEC;

  g_mutex_lock (&self->mutex);
  if (g_hash_table_size (self->remembered) >= MAX_REMEMBERED)
    g_hash_table_foreach_remove (self->remembered, remove_if_past, &now);
  if (g_hash_table_size (self->remembered) >= MAX_REMEMBERED)
    g_hash_table_remove_all (self->remembered);
  g_hash_table_replace (self->remembered, g_strdup (hash), until);
  g_mutex_unlock (&self->mutex);
}

/* Whether @password opens @account; without an account, the same work is done for nothing. */
static gboolean
verify (ObmAuthenticator *self, const ObmAccount *account, const char *user, const char *password)
{
  g_autofree char *hash = NULL;

  if (account == NULL || account->disabled)
    {
      obm_password_verify (NULL, NULL, password);
      return FALSE;
    }

  hash = make_hash (self, user, password, account);
  if (is_remembered (self, hash))
    return TRUE;
  if (!obm_password_verify (account->password_type, account->password, password))
    return FALSE;
  remember (self, hash);

  return TRUE;
}

static ObmAccount *
refuse (GError **error)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_CREDENTIALS_INVALID, NULL,
                                           "The login or the password is wrong"));

  return NULL;
}

/* Splits at the last "@"; both parts are needed. */
static gboolean
split_user (const char *user, char **login, char **domain_name)
{
  const char *at = strrchr (user, '@');

  if (at == NULL || at == user || at[1] == '\0')
    return FALSE;
  *login = g_strndup (user, at - user);
  *domain_name = g_strdup (at + 1);

  return TRUE;
}

static ObmAccount *
refuse_attempt (guint seconds, GError **error)
{
  GError *local = obm_error_new (OBM_ERROR_REQUESTS_TOO_MANY, NULL, "Too many wrong passwords, try again later");

  obm_error_set_retry_after (local, seconds);
  g_propagate_error (error, local);

  return NULL;
}

static ObmAccount *
check_user (ObmAuthenticator *self,
            const char *user,
            const char *password,
            const char *peer,
            guint *delay,
            GError **error)
{
  g_autofree char *login = NULL;
  g_autofree char *domain_name = NULL;
  g_autoptr (ObmAccount) account = NULL;
  guint seconds;
  ObmAttempt *attempt = obm_throttle_begin (self->throttle, user, peer, &seconds);

  if (attempt == NULL)
    return refuse_attempt (seconds, error);

  if (split_user (user, &login, &domain_name) &&
      !obm_store_find_account (self->store, login, domain_name, &account, error))
    {
      obm_throttle_drop (self->throttle, attempt);
      return NULL;
    }

  if (!verify (self, account, user, password))
    {
      *delay = obm_throttle_fail (self->throttle, attempt);
      return refuse (error);
    }
  obm_throttle_pass (self->throttle, attempt);

  return g_steal_pointer (&account);
}

/**
 * obm_authenticator_new:
 * @store: where the accounts are
 *
 * Returns: (transfer full): a new authenticator
 */
ObmAuthenticator *
obm_authenticator_new (ObmStore *store)
{
  ObmAuthenticator *self = g_object_new (OBM_TYPE_AUTHENTICATOR, NULL);

  self->store = g_object_ref (store);

  return self;
}

/**
 * obm_authenticator_check:
 * @self: an authenticator
 * @authorization: (nullable): the header of that name
 * @peer: the address the request comes from
 * @user: (out) (nullable) (transfer full): who it says to be from; %NULL when it says nothing
 * @delay: (out): for how long the answer is to be held back, in milliseconds
 * @error: return location
 *
 * Blocks; may be called from any thread.
 *
 * Returns: (transfer full): whose request it is; %NULL with %OBM_ERROR_CREDENTIALS_INVALID,
 *   %OBM_ERROR_REQUESTS_TOO_MANY or %OBM_ERROR_DATABASE_UNAVAILABLE
 */
ObmAccount *
obm_authenticator_check (ObmAuthenticator *self,
                         const char *authorization,
                         const char *peer,
                         char **user,
                         guint *delay,
                         GError **error)
{
  g_autofree char *password = NULL;
  ObmAccount *account;

  g_return_val_if_fail (OBM_IS_AUTHENTICATOR (self), NULL);

  *user = NULL;
  *delay = 0;
  if (!parse_basic (authorization, user, &password))
    return refuse (error);

  account = check_user (self, *user, password, peer, delay, error);
  explicit_bzero (password, strlen (password));

  return account;
}
