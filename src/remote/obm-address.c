/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-address.h"

#include <string.h>

#include "obm-error.h"

/*
 * The backend's address as an administrator types it. What GUri lets through and no backend has (white space,
 * a user, a query, an escaped host) is refused here, so that no later request can mean another place than the
 * one shown.
 */

static GUri *
invalid (GError **error, const char *reason)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_ADDRESS_INVALID, NULL, "%s", reason));

  return NULL;
}

/* A zone ("fe80::1%eth0"), which newer GLib understands, means something on one machine only. */
static gboolean
is_ipv6 (const char *host)
{
  g_autoptr (GInetAddress) address = NULL;

  if (strchr (host, ':') != NULL && strchr (host, '%') == NULL)
    address = g_inet_address_new_from_string (host);

  return address != NULL;
}

static gboolean
is_host (const char *host)
{
  if (is_ipv6 (host))
    return TRUE;
  if (!g_ascii_isalnum (*host))
    return FALSE;
  for (const char *c = host; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("-._", *c) == NULL)
      return FALSE;

  return TRUE;
}

/* "host", "host:port" or "[::1]:port"; the scheme's own port is left out. */
static char *
format_host (GUri *uri)
{
  const char *host = g_uri_get_host (uri);
  int port = g_uri_get_port (uri);
  g_autofree char *bracketed = is_ipv6 (host) ? g_strconcat ("[", host, "]", NULL) : g_strdup (host);

  if (port == -1 || port == (g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80))
    return g_steal_pointer (&bracketed);

  return g_strdup_printf ("%s:%d", bracketed, port);
}

/**
 * obm_address_parse:
 * @text: (nullable): what was typed: "obm.example.org", "https://host/obm/"
 * @error: return location
 *
 * Reads the address of a backend. Without a scheme it is https; plain http is taken for this machine only.
 *
 * Returns: (transfer full): the address, host in lower case, path without a trailing slash; %NULL with
 *   %OBM_ERROR_ADDRESS_INVALID
 */
GUri *
obm_address_parse (const char *text, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text ? text : ""));
  g_autofree char *full = NULL, *host = NULL, *path = NULL;
  g_autoptr (GUri) uri = NULL, address = NULL;
  gsize length;

  if (*stripped == '\0' || !g_utf8_validate (stripped, -1, NULL))
    return invalid (error, "The address is empty, or not UTF-8");
  for (const char *c = stripped; *c != '\0'; c++)
    if (g_ascii_isspace (*c) || g_ascii_iscntrl (*c) || *c == '\\')
      return invalid (error, "The address contains white space or a backslash");

  full = strstr (stripped, "://") ? g_strdup (stripped) : g_strconcat ("https://", stripped, NULL);
  uri = g_uri_parse (full, G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_SCHEME_NORMALIZE,
                     NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || !is_host (g_uri_get_host (uri)) ||
      g_uri_get_port (uri) == 0)
    return invalid (error, "Not an address");
  if (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http"))
    return invalid (error, "Neither https nor http");
  if (g_uri_get_userinfo (uri) != NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    return invalid (error, "The address has a user, a query or a fragment");

  host = g_ascii_strdown (g_uri_get_host (uri), -1);
  path = g_strdup (g_uri_get_path (uri));
  for (length = strlen (path); length > 0 && path[length - 1] == '/'; length--)
    path[length - 1] = '\0';
  address = g_uri_build (G_URI_FLAGS_ENCODED_PATH, g_uri_get_scheme (uri), NULL, host, g_uri_get_port (uri),
                         path, NULL, NULL);
  if (g_str_equal (g_uri_get_scheme (uri), "http") && !obm_address_is_loopback (address))
    return invalid (error, "Plain http is only for this machine");

  return g_steal_pointer (&address);
}

/**
 * obm_address_to_string:
 * @address: an address
 *
 * Returns: (transfer full): @address, always written the same way, without a trailing slash
 */
char *
obm_address_to_string (GUri *address)
{
  g_autofree char *host = format_host (address);

  return g_strconcat (g_uri_get_scheme (address), "://", host, g_uri_get_path (address), NULL);
}

/**
 * obm_address_to_host:
 * @address: an address
 *
 * Returns: (transfer full): the host for people, with the port unless it is the usual one
 */
char *
obm_address_to_host (GUri *address)
{
  return format_host (address);
}

/**
 * obm_address_is_loopback:
 * @address: an address
 *
 * Returns: whether it stands for this machine whatever the network says
 */
gboolean
obm_address_is_loopback (GUri *address)
{
  const char *host = g_uri_get_host (address);
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (host);

  return inet ? g_inet_address_get_is_loopback (inet) : g_ascii_strcasecmp (host, "localhost") == 0;
}
