/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-csv.h"

#include <dlfcn.h>
#include <langinfo.h>

static void
assert_row (const char * const *cells, char separator, const char *expected)
{
  g_autoptr (GString) text = g_string_new ("before\r\n");
  g_autofree char *whole = g_strconcat ("before\r\n", expected, "\r\n", NULL);

  obm_csv_append_row (text, cells, separator);
  g_assert_cmpstr (text->str, ==, whole);
}

/* A cell, and what stands in the file for it between commas. */
static const struct {
  const char *cell;
  const char *expected;
} cells[] = {
  { "", "" },
  { "hote1", "hote1" },
  { "192.162.0.1", "192.162.0.1" },
  { "X", "X" },
  { "h\xc3\xb4te", "h\xc3\xb4te" },
  { "it's", "it's" },
  { "a=b", "a=b" },
  { "a-b", "a-b" },
  { "::1", "::1" },
  { "a b", "a b" },
  { "a,b", "\"a,b\"" },
  { "a;b", "\"a;b\"" },
  { "a\tb", "\"a\tb\"" },
  { "say \"a\"", "\"say \"\"a\"\"\"" },
  { "\"", "\"\"\"\"" },
  { "a\nb", "\"a\nb\"" },
  { "a\r\nb", "\"a\r\nb\"" },
  { " a", "\" a\"" },
  { "a ", "\"a \"" },
  { " ", "\" \"" },
  /* what a spreadsheet would run */
  { "=1+1", "'=1+1" },
  { "+1", "'+1" },
  { "-1", "'-1" },
  { "@SUM(A1)", "'@SUM(A1)" },
  { "=HYPERLINK(\"http://a\",\"b\")", "\"'=HYPERLINK(\"\"http://a\"\",\"\"b\"\")\"" },
  { "\t=1", "\"'\t=1\"" },
  { "\r=1", "\"'\r=1\"" },
  { "\n=1", "\"'\n=1\"" },
  { "\x01=1", "'\x01=1" },
  { "\x7f=1", "'\x7f=1" },
  { " =1", "' =1" },
  { "  -1 ", "\"'  -1 \"" },
  { "\xc2\xa0=1", "'\xc2\xa0=1" },
  { "\xe3\x80\x80@a", "'\xe3\x80\x80@a" },
  { "\xef\xbc\x9d" "1", "'\xef\xbc\x9d" "1" },
  { "\xef\xbc\x8b" "1", "'\xef\xbc\x8b" "1" },
  { "\xef\xbc\x8d" "1", "'\xef\xbc\x8d" "1" },
  { "\xef\xbc\xa0" "a", "'\xef\xbc\xa0" "a" },
  { "=", "'=" },
};

static void
test_cell (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  const char *row[] = { "a", cells[i].cell, "b", NULL };
  g_autofree char *expected = g_strconcat ("a,", cells[i].expected, ",b", NULL);

  assert_row (row, ',', expected);
}

static void
test_rows (void)
{
  const char * const none[] = { NULL };
  const char * const one[] = { "a", NULL };
  const char * const two[] = { "a", "b", NULL };
  const char * const odd[] = { "a|b", "c", NULL };

  assert_row (none, ',', "");
  assert_row (one, ',', "a");
  assert_row (two, ',', "a,b");
  assert_row (two, ';', "a;b");
  assert_row (two, '\t', "a\tb");
  assert_row (odd, '|', "\"a|b\"|c");
}

/* What the locale writes between units and tenths; no locale but C need be installed. */
static const char *radix;

char *
nl_langinfo (nl_item item)
{
  char *(*real) (nl_item) = dlsym (RTLD_NEXT, "nl_langinfo");

  return item == RADIXCHAR && radix != NULL ? (char *) radix : real (item);
}

/* Locales that write 1,5 keep the comma for that. */
static void
test_separator (void)
{
  g_assert_cmpint (obm_csv_default_separator (), ==, ',');
  radix = ",";
  g_assert_cmpint (obm_csv_default_separator (), ==, ';');
  radix = "\xd9\xab";
  g_assert_cmpint (obm_csv_default_separator (), ==, ',');
  radix = NULL;
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      g_autofree char *escaped = g_strescape (cells[i].cell, NULL);
      g_autofree char *path = g_strdup_printf ("/model/csv/cell-is-another/%zu-%s", i,
                                               g_strdelimit (escaped, "/ ", '_'));

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_cell);
    }
  g_test_add_func ("/model/csv/row-is-another", test_rows);
  g_test_add_func ("/model/csv/separator-is-not-the-locale's", test_separator);

  return g_test_run ();
}
