/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-query.h"

#include "model-test.h"

#define SERVERS OBM_SEARCH_MAIL_SERVERS
#define HOSTS OBM_SEARCH_HOSTS

static ObmSearch *
parse (ObmSearchKind kind, const char *query, guint *page, guint *rows)
{
  g_autoptr (GError) error = NULL;
  ObmSearch *search = obm_query_parse (kind, query, page, rows, &error);

  g_assert_no_error (error);
  g_assert_cmpint (obm_search_get_kind (search), ==, kind);

  return search;
}

/* A query that says nothing asks for the first ten rows of everything. */
static void
test_empty (void)
{
  static const char * const queries[] = { NULL, "", "name=", "ip=", "name=&ip=" };

  for (guint i = 0; i < 2 * G_N_ELEMENTS (queries); i++)
    {
      guint page = 99, rows = 99;
      ObmSearchKind kind = i % 2 ? HOSTS : SERVERS;
      g_autoptr (ObmSearch) search = parse (kind, queries[i / 2], &page, &rows);
      g_autofree char *text = obm_query_format (search, page, rows);

      g_assert_cmpstr (text, ==,
                       kind == HOSTS ? "sort=name&order=asc&page=1&rows=10"
                                     : "sort=host&order=asc&page=1&rows=10");
    }
}

static void
test_format (void)
{
  g_autoptr (ObmSearch) servers = obm_search_new (SERVERS);
  g_autoptr (ObmSearch) hosts = obm_search_new (HOSTS);
  g_autofree char *servers_text = NULL, *hosts_text = NULL;

  obm_search_set_name (servers, "h\303\264te* a+b&c=d%e");
  obm_search_set_ip (servers, "192.162");
  obm_search_set_roles (servers, OBM_ROLES_IMAP | OBM_ROLES_SMTP_OUT, OBM_ROLES_SMTP_IN);
  obm_search_set_order (servers, OBM_SORT_SMTP_OUT, TRUE);
  servers_text = obm_query_format (servers, 3, 50);
  g_assert_cmpstr (servers_text, ==,
                   "name=h%C3%B4te%2A%20a%2Bb%26c%3Dd%25e&ip=192.162&imap=true&smtp_in=false&smtp_out=true"
                   "&sort=smtp_out&order=desc&page=3&rows=50");

  obm_search_set_available (hosts, TRUE);
  obm_search_set_order (hosts, OBM_SORT_IP, FALSE);
  hosts_text = obm_query_format (hosts, 1, 1000);
  g_assert_cmpstr (hosts_text, ==, "available=true&sort=ip&order=asc&page=1&rows=1000");
}

/* Everything a search can say comes back as it was said. */
static void
test_round_trip (void)
{
  static const char * const texts[] = {
    "",          "hote1", "h\303\264te", " a  b ", "a+b", "%41%", "a&b=c;d", "*_%\\'\"", "\n\t\x7f", "#?/",
    "\360\237\230\200",
  };
  const guint pages[] = { 1, 2, G_MAXINT32 }, rows[] = { 1, 10, 1000 };

  for (guint i = 0; i < 2 * 8 * 8 * 5 * 2 * 2; i++)
    {
      guint bits = i;
      ObmSearchKind kind = bits % 2 ? HOSTS : SERVERS;
      ObmRoles with = (bits /= 2) % 8, without = (bits /= 8) % 8;
      ObmSort sort = (bits /= 8) % 5;
      gboolean descending = (bits /= 5) % 2, available = (bits /= 2) % 2;
      g_autoptr (ObmSearch) search = obm_search_new (kind), again = NULL;
      g_autofree char *query = NULL, *query_again = NULL;
      guint page, n_rows;

      if (kind == HOSTS ? with || without || sort > OBM_SORT_IP : available || (with & without))
        continue;
      obm_search_set_name (search, texts[i % G_N_ELEMENTS (texts)]);
      obm_search_set_ip (search, texts[i / 7 % G_N_ELEMENTS (texts)]);
      obm_search_set_roles (search, with, without);
      obm_search_set_available (search, available);
      obm_search_set_order (search, sort, descending);

      query = obm_query_format (search, pages[i % 3], rows[i / 3 % 3]);
      again = parse (kind, query, &page, &n_rows);
      g_assert_cmpstr (obm_search_get_name (again), ==, obm_search_get_name (search));
      g_assert_cmpstr (obm_search_get_ip (again), ==, obm_search_get_ip (search));
      g_assert_cmpint (obm_search_get_with (again), ==, with);
      g_assert_cmpint (obm_search_get_without (again), ==, without);
      g_assert_cmpint (obm_search_get_available (again), ==, available);
      g_assert_cmpint (obm_search_get_sort (again), ==, sort);
      g_assert_cmpint (obm_search_get_descending (again), ==, descending);
      query_again = obm_query_format (again, page, n_rows);
      g_assert_cmpstr (query_again, ==, query);
    }
}

static void
test_escapes (void)
{
  static const struct {
    const char *query;
    const char *name;
  } cases[] = {
    { "name=a+b", "a b" },
    { "name=a%20b", "a b" },
    { "name=a%2Bb", "a+b" },
    { "name=a%2bb", "a+b" },
    { "name=%2B+%2B", "+ +" },
    { "n%61me=a", "a" },
    { "name=a%26b%3Dc", "a&b=c" },
    { "name=a=b", "a=b" },
    { "name=a;b", "a;b" },
    { "name=a%25b", "a%b" },
    { "name=%2541", "%41" },
    { "name=h%C3%B4te", "h\303\264te" },
    { "name=h\303\264te", "h\303\264te" },
    { "name=*", "*" },
    { "name=NULL", "NULL" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint page, rows;
      g_autoptr (ObmSearch) search = parse (SERVERS, cases[i].query, &page, &rows);

      g_assert_cmpstr (obm_search_get_name (search), ==, cases[i].name);
    }
}

typedef struct {
  const char *name;
  ObmSearchKind kind;
  const char *query;
  const char *field;
} Bad;

static const Bad bad[] = {
  { "page-zero", SERVERS, "page=0", "page" },
  { "negative-page", SERVERS, "page=-1", "page" },
  { "page-with-sign", SERVERS, "page=%2B1", "page" },
  { "page-with-blank-before", SERVERS, "page=+1", "page" },
  { "page-with-blank-behind", SERVERS, "page=1+", "page" },
  { "empty-page", SERVERS, "page=", "page" },
  { "page-as-a-word", SERVERS, "page=one", "page" },
  { "fractional-page", SERVERS, "page=1.0", "page" },
  { "hexadecimal-page", SERVERS, "page=0x1", "page" },
  { "page-with-exponent", SERVERS, "page=1e3", "page" },
  { "page-in-other-digits", SERVERS, "page=%D9%A1", "page" },
  { "page-above-31-bits", SERVERS, "page=2147483648", "page" },
  { "huge-page", HOSTS, "page=99999999999999999999999", "page" },
  { "no-rows", SERVERS, "rows=0", "rows" },
  { "negative-rows", HOSTS, "rows=-10", "rows" },
  { "too-many-rows", SERVERS, "rows=1001", "rows" },
  { "huge-rows", SERVERS, "rows=18446744073709551617", "rows" },
  { "empty-rows", HOSTS, "rows=", "rows" },
  { "role-in-capitals", SERVERS, "imap=TRUE", "imap" },
  { "role-as-a-number", SERVERS, "smtp_in=1", "smtp_in" },
  { "role-as-yes", SERVERS, "smtp_out=yes", "smtp_out" },
  { "empty-role", SERVERS, "imap=", "imap" },
  { "null-role", SERVERS, "imap=null", "imap" },
  { "unknown-sort", SERVERS, "sort=id", "sort" },
  { "empty-sort", SERVERS, "sort=", "sort" },
  { "sort-in-capitals", SERVERS, "sort=HOST", "sort" },
  { "sort-with-blank", SERVERS, "sort=host%20", "sort" },
  { "sort-of-hosts-for-servers", SERVERS, "sort=name", "sort" },
  { "sort-of-servers-for-hosts", HOSTS, "sort=host", "sort" },
  { "sort-by-role-for-hosts", HOSTS, "sort=imap", "sort" },
  { "unknown-order", SERVERS, "order=up", "order" },
  { "empty-order", HOSTS, "order=", "order" },
  { "order-in-capitals", SERVERS, "order=ASC", "order" },
  { "bad-available", HOSTS, "available=maybe", "available" },
  { "available-for-servers", SERVERS, "available=true", "available" },
  { "imap-for-hosts", HOSTS, "imap=true", "imap" },
  { "smtp-in-for-hosts", HOSTS, "smtp_in=false", "smtp_in" },
  { "unknown-parameter", SERVERS, "limit=5", "limit" },
  { "parameter-in-capitals", SERVERS, "Name=a", "Name" },
  { "parameter-with-blank", SERVERS, "name+=a", "name " },
  { "unknown-accented-parameter", SERVERS, "h%C3%B4te=1", "h\303\264te" },
  { "empty-parameter", SERVERS, "=a", "" },
  { "repeated-name", SERVERS, "name=a&name=b", "name" },
  { "repeated-name-with-one-value", SERVERS, "name=a&name=a", "name" },
  { "name-repeated-in-escapes", SERVERS, "name=a&n%61me=b", "name" },
  { "repeated-page", HOSTS, "page=1&rows=10&page=1", "page" },
  { "repeated-role", SERVERS, "imap=true&imap=false", "imap" },
  { "nul-in-a-value", SERVERS, "name=a%00b", "name" },
  { "nul-in-a-key", SERVERS, "na%00me=a", NULL },
  { "bad-utf8-value", SERVERS, "name=%FF", "name" },
  { "raw-bad-utf8-value", SERVERS, "ip=\xff", "ip" },
  { "latin-1-value", SERVERS, "name=h%F4te", "name" },
  { "overlong-utf8-value", SERVERS, "name=%C0%AF", "name" },
  { "surrogate-value", SERVERS, "name=%ED%A0%80", "name" },
  { "bad-utf8-key", SERVERS, "%FF=a", NULL },
  { "cut-escape", SERVERS, "name=a%4", "name" },
  { "lone-percent", SERVERS, "name=%", "name" },
  { "bad-escape", SERVERS, "name=%zz", "name" },
  { "value-missing", SERVERS, "name", "name" },
  { "value-missing-at-the-end", SERVERS, "ip=1&name", "name" },
  { "nothing-between-ampersands", SERVERS, "name=a&&ip=1", "" },
  { "ampersand-at-the-end", SERVERS, "name=a&", "" },
  { "ampersand-alone", SERVERS, "&", "" },
  { "question-mark", SERVERS, "?name=a", "?name" },
  { "semicolon-for-ampersand", SERVERS, "page=1;rows=2", "page" },
};

static void
test_bad (gconstpointer data)
{
  const Bad *test = data;
  g_autoptr (GError) error = NULL;
  guint page, rows;

  g_assert_null (obm_query_parse (test->kind, test->query, &page, &rows, &error));
  test_assert_error (&error, OBM_ERROR_QUERY_INVALID, test->field);
  g_assert_null (obm_query_parse (test->kind, test->query, &page, &rows, NULL));
}

/* The greatest values that are good. */
static void
test_limits (void)
{
  guint page, rows;
  g_autoptr (ObmSearch) search = parse (SERVERS, "rows=1000&page=2147483647", &page, &rows);

  g_assert_cmpuint (page, ==, 2147483647);
  g_assert_cmpuint (rows, ==, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/query/empty-one-asks-for-something-else", test_empty);
  g_test_add_func ("/model/query/criterion-is-written-as-another", test_format);
  g_test_add_func ("/model/query/changes-on-the-way", test_round_trip);
  g_test_add_func ("/model/query/escape-is-read-wrongly", test_escapes);
  g_test_add_func ("/model/query/greatest-page-is-refused", test_limits);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/model/query/", bad[i].name, "-is-accepted", NULL);

      g_test_add_data_func (path, &bad[i], test_bad);
    }

  return g_test_run ();
}
