/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-query.h"

#include <string.h>

#include "obm-error.h"
#include "obm-page.h"

/*
 * An #ObmSearch as the query string of the two lists, and back: what the client writes and the gateway reads stand
 * in one place.
 */

static const char * const mail_server_sorts[] = { "host", "ip", "imap", "smtp_in", "smtp_out", NULL };
static const char * const host_sorts[] = { "name", "ip", NULL };

static const char * const *
get_sorts (ObmSearchKind kind)
{
  return kind == OBM_SEARCH_HOSTS ? host_sorts : mail_server_sorts;
}

static void
append (GString *query, const char *key, const char *value)
{
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append_printf (query, "%s=", key);
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/**
 * obm_query_format:
 * @search: a search
 * @page: the result page, from 1
 * @rows: the rows of a page
 *
 * Returns: (transfer full): the query string, escaped, without "?"
 */
char *
obm_query_format (ObmSearch *search, guint page, guint rows)
{
  GString *query = g_string_new (NULL);
  g_autofree char *page_text = g_strdup_printf ("%u", page);
  g_autofree char *rows_text = g_strdup_printf ("%u", rows);

  if (*obm_search_get_name (search) != '\0')
    append (query, "name", obm_search_get_name (search));
  if (*obm_search_get_ip (search) != '\0')
    append (query, "ip", obm_search_get_ip (search));
  for (guint i = 0; i < OBM_N_ROLES; i++)
    if (obm_search_get_with (search) & (1 << i))
      append (query, obm_roles_get_name (1 << i), "true");
    else if (obm_search_get_without (search) & (1 << i))
      append (query, obm_roles_get_name (1 << i), "false");
  if (obm_search_get_available (search))
    append (query, "available", "true");
  append (query, "sort", get_sorts (obm_search_get_kind (search))[obm_search_get_sort (search)]);
  append (query, "order", obm_search_get_descending (search) ? "desc" : "asc");
  append (query, "page", page_text);
  append (query, "rows", rows_text);

  return g_string_free (query, FALSE);
}

static gboolean
parse_boolean (const char *value, gboolean *result)
{
  *result = g_str_equal (value, "true");

  return *result || g_str_equal (value, "false");
}

/* Decimal digits only: g_ascii_string_to_unsigned() also takes a sign and white space is refused by both. */
static gboolean
parse_number (const char *value, guint max, guint *result)
{
  guint64 number;

  if (!g_ascii_isdigit (*value) || !g_ascii_string_to_unsigned (value, 10, 1, max, &number, NULL))
    return FALSE;
  *result = number;

  return TRUE;
}

static gboolean
parse_sort (ObmSearch *search, const char *value)
{
  const char * const *sorts = get_sorts (obm_search_get_kind (search));

  for (guint i = 0; sorts[i] != NULL; i++)
    if (g_str_equal (sorts[i], value))
      {
        obm_search_set_order (search, i, obm_search_get_descending (search));
        return TRUE;
      }

  return FALSE;
}

static gboolean
parse_order (ObmSearch *search, const char *value)
{
  gboolean descending = g_str_equal (value, "desc");

  obm_search_set_order (search, obm_search_get_sort (search), descending);

  return descending || g_str_equal (value, "asc");
}

static gboolean
parse_role (ObmSearch *search, guint index, const char *value)
{
  ObmRoles role = 1 << index;
  gboolean wanted;

  if (!parse_boolean (value, &wanted))
    return FALSE;

  obm_search_set_roles (search,
                        obm_search_get_with (search) | (wanted ? role : 0),
                        obm_search_get_without (search) | (wanted ? 0 : role));

  return TRUE;
}

/* Takes one parameter over. Returns FALSE when its name or its value is not the contract's. */
static gboolean
parse_parameter (ObmSearch *search, const char *key, const char *value, guint *page, guint *rows)
{
  gboolean hosts = obm_search_get_kind (search) == OBM_SEARCH_HOSTS;

  if (g_str_equal (key, "name"))
    obm_search_set_name (search, value);
  else if (g_str_equal (key, "ip"))
    obm_search_set_ip (search, value);
  else if (g_str_equal (key, "page"))
    return parse_number (value, G_MAXINT32, page);
  else if (g_str_equal (key, "rows"))
    return parse_number (value, OBM_PAGE_MAX_ROWS, rows);
  else if (g_str_equal (key, "sort"))
    return parse_sort (search, value);
  else if (g_str_equal (key, "order"))
    return parse_order (search, value);
  else if (hosts && g_str_equal (key, "available"))
    {
      gboolean available;

      if (!parse_boolean (value, &available))
        return FALSE;
      obm_search_set_available (search, available);
    }
  else
    {
      for (guint i = 0; !hosts && i < OBM_N_ROLES; i++)
        if (g_str_equal (key, obm_roles_get_name (1 << i)))
          return parse_role (search, i, value);
      return FALSE;
    }

  return TRUE;
}

/* One side of "=", as forms write it. Returns NULL for a bad escape, a NUL character and what is not UTF-8. */
static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  g_autofree char *decoded = g_uri_unescape_string (spaced, NULL);

  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

static ObmSearch *
invalid (const char *field, GError **error)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_QUERY_INVALID, field,
                                           "A query parameter is unknown, repeated or has a bad value"));
  return NULL;
}

/**
 * obm_query_parse:
 * @kind: which list is asked for
 * @query: (nullable): the query string as it came, without "?"
 * @page: (out): the result page, from 1
 * @rows: (out): the rows of a page
 * @error: return location
 *
 * Returns: (transfer full): the search; %NULL with %OBM_ERROR_QUERY_INVALID and the parameter, if it can be read, as
 *   its field
 */
ObmSearch *
obm_query_parse (ObmSearchKind kind, const char *query, guint *page, guint *rows, GError **error)
{
  g_autoptr (ObmSearch) search = obm_search_new (kind);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) parameters = g_strsplit (query ? query : "", "&", -1);

  *page = 1;
  *rows = OBM_PAGE_DEFAULT_ROWS;

  /* Not g_uri_parse_params(), which does not say where a bad escape stands. */
  for (guint i = 0; parameters[i] != NULL; i++)
    {
      char *equals = strchr (parameters[i], '=');
      g_autofree char *key = NULL, *value = NULL;

      if (equals != NULL)
        *equals = '\0';
      key = decode (parameters[i]);
      value = equals ? decode (equals + 1) : NULL;
      if (key == NULL || value == NULL || g_hash_table_contains (seen, key) ||
          !parse_parameter (search, key, value, page, rows))
        return invalid (key, error);
      g_hash_table_add (seen, g_steal_pointer (&key));
    }

  return g_steal_pointer (&search);
}
