/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-csv.h"

#include <langinfo.h>
#include <string.h>

/*
 * Comma-separated values as RFC 4180 has them, and as spreadsheets read them: those run what looks like a
 * formula, and a name or an address comes from somebody else.
 */

/* What a formula begins with. East Asian spreadsheets take the wide forms for the narrow ones. */
static gboolean
begins_formula (gunichar character)
{
  switch (character)
    {
    case '=':
    case '+':
    case '-':
    case '@':
    case 0xff1d:
    case 0xff0b:
    case 0xff0d:
    case 0xff20:
      return TRUE;
    default:
      return FALSE;
    }
}

/* A control character is as bad as a formula: imports drop it, and some drop spaces as well, then look
 * again. */
static gboolean
is_dangerous (const char *cell)
{
  while (g_unichar_type (g_utf8_get_char (cell)) == G_UNICODE_SPACE_SEPARATOR)
    cell = g_utf8_next_char (cell);

  return begins_formula (g_utf8_get_char (cell)) || (*cell != '\0' && g_ascii_iscntrl (*cell));
}

/* The separators of other programs are quoted too: who chooses the wrong one does not get other columns. */
static gboolean
needs_quotes (const char *cell, char separator)
{
  gsize length = strlen (cell);

  return strpbrk (cell, "\"\r\n\t,;") != NULL || strchr (cell, separator) != NULL ||
         (length > 0 && (cell[0] == ' ' || cell[length - 1] == ' '));
}

static void
append_cell (GString *text, const char *cell, char separator)
{
  g_autofree char *harmless = is_dangerous (cell) ? g_strconcat ("'", cell, NULL) : g_strdup (cell);

  if (!needs_quotes (harmless, separator))
    {
      g_string_append (text, harmless);
      return;
    }

  g_string_append_c (text, '"');
  for (const char *c = harmless; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

/**
 * obm_csv_append_row:
 * @text: what there is so far
 * @cells: (array zero-terminated=1): the cells, in valid UTF-8; all of them text, none a number
 * @separator: what stands between two cells
 *
 * Appends a row and its end, CR LF. A cell that a spreadsheet could run as a formula gets an apostrophe in
 * front: one that begins, perhaps after blanks, with `=`, `+`, `-`, `@` or one of their wide forms, or
 * with a control character.
 */
void
obm_csv_append_row (GString *text, const char * const *cells, char separator)
{
  for (gsize i = 0; cells[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, separator);
      append_cell (text, cells[i], separator);
    }
  g_string_append (text, "\r\n");
}

/**
 * obm_csv_default_separator:
 *
 * Returns: what the spreadsheets of this locale expect: `;` where the comma belongs to numbers, else `,`
 */
char
obm_csv_default_separator (void)
{
  return g_str_equal (nl_langinfo (RADIXCHAR), ",") ? ';' : ',';
}
