/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-server-url.h"

/* How long a server may take to accept a connection, unless the URL says it; in s. */
#define CONNECT_TIMEOUT "2"

/*
 * How libzdb is told where a server is.
 */

/* What libpq reads between quotes; libzdb puts it there as it is. */
static char *
quote (const char *text)
{
  GString *quoted = g_string_new (NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\'' || *p == '\\')
        g_string_append_c (quoted, '\\');
      g_string_append_c (quoted, *p);
    }

  return g_string_free (quoted, FALSE);
}

/* What libzdb takes for @text in a URL, and hands to the library of the server. */
static char *
escape (const char *text, const char *reserved, const ObmDialect *dialect)
{
  g_autofree char *quoted = dialect->quotes_parameters ? quote (text) : g_strdup (text);

  return g_uri_escape_string (quoted, reserved, FALSE);
}

static void
add_parameter (GString *url, const char *name, const char *value, const ObmDialect *dialect)
{
  g_autofree char *escaped = escape (value, NULL, dialect);

  g_string_append_printf (url, "%c%s=%s", strchr (url->str, '?') ? '&' : '?', name, escaped);
}

/* A parameter, from whichever of the two places that libzdb knows. */
static const char *
get_either (const char *before_host, URL_T url, const char *name)
{
  return before_host ? before_host : URL_getParameter (url, name);
}

/**
 * obm_server_url_get_password:
 * @url: where a database is
 *
 * Returns: (nullable): the password in it
 */
const char *
obm_server_url_get_password (URL_T url)
{
  return get_either (URL_getPassword (url), url, "password");
}

/**
 * obm_server_url_make:
 * @url: where a server is, as an administrator writes it
 * @dialect: what its engine speaks
 *
 * Returns: (transfer full): the same as libzdb has to be told it: with a limit for how long a connection may take to
 *   be made, and quoted for libpq
 */
char *
obm_server_url_make (URL_T url, const ObmDialect *dialect)
{
  static const char * const own[] = { "user", "password", "connect-timeout", NULL };
  const char *timeout = URL_getParameter (url, "connect-timeout");
  const char *user = get_either (URL_getUser (url), url, "user");
  const char *password = obm_server_url_get_password (url);
  const char *host = URL_getHost (url);
  g_autofree char *path = escape (URL_getPath (url) ? URL_getPath (url) : "", "/", dialect);
  const char **names = URL_getParameterNames (url);
  GString *made = g_string_new (dialect->scheme);

  g_string_append_printf (made, host && strchr (host, ':') ? "//[%s]" : "//%s", host ? host : "");
  g_string_append_printf (made, ":%d%s", URL_getPort (url), path);
  add_parameter (made, "connect-timeout", timeout ? timeout : CONNECT_TIMEOUT, dialect);
  if (user != NULL)
    add_parameter (made, "user", user, dialect);
  if (password != NULL)
    add_parameter (made, "password", password, dialect);
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (!g_strv_contains (own, names[i]))
      add_parameter (made, names[i], URL_getParameter (url, names[i]), dialect);

  return g_string_free (made, FALSE);
}
