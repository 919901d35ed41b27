/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-keyring.h"

#include <libsecret/secret.h>

#include "obm-address.h"

/*
 * The passwords the user asked to remember, in the desktop's own keyring. Without a keyring service each call
 * ends with an error, and everything else works as before.
 */

/* The name is not matched: gnome-keyring would skip items of a collection that is still locked. */
static const SecretSchema schema = {
  "org.obm.MailServers",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
    { "address", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "login", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 },
  },
};

/**
 * obm_keyring_store_async:
 * @address: the backend, from obm_backend_get_address()
 * @login: `login@domain`
 * @password: the password to remember
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Remembers a password, in the place of an earlier one of the same account.
 */
void
obm_keyring_store_async (const char *address,
                         const char *login,
                         const char *password,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GUri) uri = obm_address_parse (address, NULL);
  g_autofree char *host = uri ? obm_address_to_host (uri) : g_strdup (address);
  g_autofree char *label = g_strdup_printf ("OBM Mail Servers: %s, %s", login, host);

  secret_password_store (&schema, SECRET_COLLECTION_DEFAULT, label, password, cancellable, callback,
                         user_data, "address", address, "login", login, NULL);
}

/**
 * obm_keyring_store_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the password is remembered
 */
gboolean
obm_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return secret_password_store_finish (result, error);
}

/**
 * obm_keyring_lookup_async:
 * @address: the backend, from obm_backend_get_address()
 * @login: `login@domain`
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Looks for a remembered password. The desktop may ask the user to unlock the keyring first.
 */
void
obm_keyring_lookup_async (const char *address,
                          const char *login,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  secret_password_lookup (&schema, cancellable, callback, user_data, "address", address, "login", login,
                          NULL);
}

/**
 * obm_keyring_lookup_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the password, to be freed with secret_password_free(); %NULL without
 *   an error when none is remembered
 */
char *
obm_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  return secret_password_lookup_finish (result, error);
}

/**
 * obm_keyring_clear_async:
 * @address: the backend, from obm_backend_get_address()
 * @login: `login@domain`
 * @cancellable: (nullable): gives up
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Forgets a password.
 */
void
obm_keyring_clear_async (const char *address,
                         const char *login,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  secret_password_clear (&schema, cancellable, callback, user_data, "address", address, "login", login, NULL);
}

/**
 * obm_keyring_clear_finish:
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether nothing is remembered any more; %TRUE too when nothing was
 */
gboolean
obm_keyring_clear_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;

  /* It returns FALSE, too, when there was nothing to forget. */
  secret_password_clear_finish (result, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}
