/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-json-syntax.h"

#include <string.h>

#include "obm-json.h"

/*
 * What json-glib's scanner takes and JSON does not have: comments, assignments, octal and hexadecimal numbers,
 * integers that wrap round, any escape, halves of surrogate pairs (they become strings that are not UTF-8), escaped
 * NUL characters (they cut strings short). Its parser is strict about the order of the tokens, but recurses without
 * a bound.
 */
typedef struct {
  const char *at;
  const char *end;
} Scan;

static gboolean
take (Scan *scan, char c)
{
  if (scan->at == scan->end || *scan->at != c)
    return FALSE;
  scan->at++;

  return TRUE;
}

static gboolean
take_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;

  return scan->at > start;
}

static gboolean
take_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, word, length) != 0)
    return FALSE;
  scan->at += length;

  return TRUE;
}

/* Whether an integer is one that json-glib can hold. */
static gboolean
fits (const char *start, const char *end)
{
  g_autofree char *digits = g_strndup (start, end - start);

  return g_ascii_string_to_signed (digits, 10, G_MININT64, G_MAXINT64, NULL, NULL);
}

static gboolean
take_number (Scan *scan)
{
  const char *start = scan->at;
  gboolean integer = TRUE;

  take (scan, '-');
  if (take (scan, '0') ? take_digits (scan) : !take_digits (scan))
    return FALSE;
  if (take (scan, '.'))
    {
      integer = FALSE;
      if (!take_digits (scan))
        return FALSE;
    }
  if (take (scan, 'e') || take (scan, 'E'))
    {
      integer = FALSE;
      if (!take (scan, '+'))
        take (scan, '-');
      if (!take_digits (scan))
        return FALSE;
    }

  return !integer || fits (start, scan->at);
}

/* The four digits of a \u escape: one unit of UTF-16. */
static gboolean
take_unit (Scan *scan, guint *unit)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return FALSE;
      *unit = *unit * 16 + g_ascii_xdigit_value (*scan->at++);
    }

  return TRUE;
}

static gboolean
take_escape (Scan *scan)
{
  guint unit, low;

  if (scan->at == scan->end)
    return FALSE;
  if (*scan->at != 'u')
    return memchr ("\"\\/bfnrt", *scan->at++, 8) != NULL;

  scan->at++;
  if (!take_unit (scan, &unit) || unit == 0 || (unit >= 0xdc00 && unit <= 0xdfff))
    return FALSE;

  return unit < 0xd800 || unit > 0xdbff ||
         (take (scan, '\\') && take (scan, 'u') && take_unit (scan, &low) && low >= 0xdc00 && low <= 0xdfff);
}

static gboolean
take_string (Scan *scan)
{
  if (!take (scan, '"'))
    return FALSE;

  while (scan->at < scan->end)
    {
      guchar c = *scan->at++;

      if (c == '"')
        return TRUE;
      if (c < 0x20 || (c == '\\' && !take_escape (scan)))
        return FALSE;
    }

  return FALSE;
}

/**
 * obm_json_check_syntax:
 * @text: UTF-8
 * @length: how many bytes
 *
 * Checks what json-glib does not; what passes is JSON only if json-glib takes it too.
 *
 * Returns: whether @text is made of the tokens of JSON, is one object or array as far as the brackets tell, and
 *   nests no deeper than %OBM_JSON_MAX_DEPTH
 */
gboolean
obm_json_check_syntax (const char *text, gsize length)
{
  Scan scan = { text, text + length };
  gboolean ended = FALSE;
  guint depth = 0;

  while (scan.at < scan.end)
    {
      if (take (&scan, ' ') || take (&scan, '\n') || take (&scan, '\r') || take (&scan, '\t'))
        continue;
      if (ended)
        return FALSE;

      if (take (&scan, '{') || take (&scan, '['))
        {
          if (++depth > OBM_JSON_MAX_DEPTH)
            return FALSE;
        }
      else if (depth == 0)
        return FALSE;
      else if (take (&scan, '}') || take (&scan, ']'))
        ended = --depth == 0;
      else if (!take (&scan, ',') && !take (&scan, ':') && !take_string (&scan) && !take_word (&scan, "true") &&
               !take_word (&scan, "false") && !take_word (&scan, "null") && !take_number (&scan))
        return FALSE;
    }

  return ended;
}
