/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-server.h"
#include "raw-server.h"
#include "remote-test.h"

#include <string.h>

#define HOST "{'id':7,'name':'hote1','ip':'192.162.0.1','fqdn':null}"
#define MAIL_SERVER \
  "{'id':12,'etag':'\\\"5f1c\\\"','host':" HOST ",'domain':'d','imap':true,'smtp_in':true,'smtp_out':false," \
  "'timecreate':null,'usercreate':null,'timeupdate':null,'userupdate':null,'editable':true," \
  "'pending':'created'}"
#define PAGE(length, page, rows, datas) \
  "{'length':" length ",'page':" page ",'rows':" rows ",'datas':[" datas "]}"

#define SERVERS "/v1/d/mailservers"
#define HOSTS "/v1/d/hosts"
#define SERVER SERVERS "/12"
#define LINKS SERVER "/links"
#define UPDATE "/v1/d/update"

/* Asks for what stands at @path: the second page of two rows, for the lists. */
static gpointer
ask (ObmBackend *backend, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (g_str_equal (path, UPDATE))
    return test_update_state (backend, NULL, error);

  if (g_str_equal (path, LINKS))
    {
      obm_backend_get_links_async (backend, 12, NULL, test_result_cb, &result);
      test_wait (result != NULL);
      return obm_backend_get_links_finish (backend, result, error);
    }
  if (g_str_equal (path, SERVER))
    {
      obm_backend_get_mail_server_async (backend, 12, NULL, test_result_cb, &result);
      test_wait (result != NULL);
      return obm_backend_get_mail_server_finish (backend, result, error);
    }
  else
    {
      g_autoptr (ObmSearch) search = obm_search_new (g_str_equal (path, HOSTS) ? OBM_SEARCH_HOSTS
                                                                              : OBM_SEARCH_MAIL_SERVERS);

      return test_search (backend, search, 2, 2, error);
    }
}

static void
test_objects (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (ObmMailServer) mail_server = NULL;
  g_autoptr (ObmLinks) links = NULL;
  g_autoptr (ObmUpdateState) state = NULL;
  g_autoptr (ObmPage) servers = NULL, hosts = NULL;
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, SERVER, 200, "ETag: \"5f1c\"", MAIL_SERVER);
  mail_server = ask (backend, SERVER, &error);
  g_assert_no_error (error);
  g_assert_cmpint (obm_mail_server_get_id (mail_server), ==, 12);
  g_assert_cmpstr (obm_mail_server_get_etag (mail_server), ==, "\"5f1c\"");
  g_assert_cmpint (obm_mail_server_get_roles (mail_server), ==, OBM_ROLES_IMAP | OBM_ROLES_SMTP_IN);

  mock_server_answer (server, LINKS, 200, NULL,
                      "{'deletable':false,'links':[{'kind':'user','count':12,'first':['jdoe','asmith']}]}");
  links = ask (backend, LINKS, &error);
  g_assert_no_error (error);
  g_assert_false (obm_links_get_deletable (links));
  g_assert_cmpint (obm_links_get_count (links, 0), ==, 12);

  state = ask (backend, UPDATE, &error);
  g_assert_no_error (error);
  g_assert_true (obm_update_state_get_may_commit (state));

  mock_server_answer (server, SERVERS, 200, NULL, PAGE ("3", "2", "2", MAIL_SERVER));
  servers = ask (backend, SERVERS, &error);
  g_assert_no_error (error);
  g_assert_cmpint (obm_page_get_length (servers), ==, 3);
  g_assert_cmpuint (obm_page_get_n_items (servers), ==, 1);
  g_assert_true (OBM_IS_MAIL_SERVER (obm_page_get_item (servers, 0)));

  mock_server_answer (server, HOSTS, 200, NULL, PAGE ("3", "2", "2", HOST));
  hosts = ask (backend, HOSTS, &error);
  g_assert_no_error (error);
  g_assert_true (OBM_IS_HOST (obm_page_get_item (hosts, 0)));
}

/* What no backend of the contract answers with a 200. */
static const struct {
  const char *name;
  const char *path;
  const char *body;
} malformed[] = {
  { "list-is-an-array", SERVERS, "[]" },
  { "list-is-a-string", SERVERS, "'list'" },
  { "list-is-null", SERVERS, "null" },
  { "list-is-empty-object", SERVERS, "{}" },
  { "list-is-cut", SERVERS, "{'length':3,'page':2,'rows':2,'datas':[" },
  { "list-goes-on", SERVERS, PAGE ("3", "2", "2", MAIL_SERVER) "{}" },
  { "list-is-html", SERVERS, "<html></html>" },
  { "list-has-comments", SERVERS, "/* */" PAGE ("3", "2", "2", MAIL_SERVER) },
  { "length-is-negative", SERVERS, PAGE ("-3", "2", "2", "") },
  { "length-is-a-string", SERVERS, PAGE ("'3'", "2", "2", MAIL_SERVER) },
  { "length-is-huge", SERVERS, PAGE ("9223372036854775807", "2", "2", MAIL_SERVER) },
  { "length-is-missing", SERVERS, "{'page':2,'rows':2,'datas':[]}" },
  { "more-datas-than-length", SERVERS, PAGE ("1", "2", "2", MAIL_SERVER "," MAIL_SERVER) },
  { "more-datas-than-are-left", SERVERS, PAGE ("3", "2", "2", MAIL_SERVER "," MAIL_SERVER) },
  { "datas-past-the-end", SERVERS, PAGE ("2", "2", "2", MAIL_SERVER) },
  { "more-datas-than-rows", SERVERS, PAGE ("9", "2", "2", MAIL_SERVER "," MAIL_SERVER "," MAIL_SERVER) },
  { "another-page", SERVERS, PAGE ("3", "1", "2", MAIL_SERVER) },
  { "other-rows", SERVERS, PAGE ("30", "2", "10", MAIL_SERVER) },
  { "datas-is-an-object", SERVERS, "{'length':3,'page':2,'rows':2,'datas':{}}" },
  { "data-is-null", SERVERS, PAGE ("3", "2", "2", "null") },
  { "data-is-a-list", SERVERS, PAGE ("3", "2", "2", "[[[]]]") },
  { "data-without-id", SERVERS, PAGE ("3", "2", "2", "{'imap':true}") },
  { "id-is-a-string", SERVERS, PAGE ("3", "2", "2", "{'id':'12','host':" HOST "}") },
  { "id-is-negative", HOSTS, PAGE ("3", "2", "2", "{'id':-7,'name':'hote1'}") },
  { "mail-server-is-a-list", SERVER, PAGE ("1", "1", "2", MAIL_SERVER) },
  { "mail-server-is-empty", SERVER, "{}" },
  { "links-are-an-array", LINKS, "[]" },
  { "links-are-empty", LINKS, "{}" },
  { "deletable-is-a-number", LINKS, "{'deletable':1,'links':[]}" },
  { "update-is-an-array", UPDATE, "[]" },
  { "update-is-empty", UPDATE, "{}" },
  { "update-has-wrong-types", UPDATE, "{'pending':1,'status':[],'counts':'many','changes':{}}" },
};

static void
test_malformed (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, malformed[i].path, 200, NULL, malformed[i].body);
  g_assert_null (ask (backend, malformed[i].path, &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED);
  g_assert_null (ask (backend, malformed[i].path, NULL));
}

/* Answers @body, of @length bytes, to a search and expects that it is refused. */
static void
refuse_bytes (const char *body, gsize length)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (RawServer) raw = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (raw));
  g_autoptr (GString) answer = g_string_new ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n");
  g_autoptr (GError) error = NULL;

  g_string_append_printf (answer, "Content-Length: %zu\r\n\r\n", length);
  g_string_append_len (answer, body, length);
  raw_server_answer (raw, answer->str, answer->len, RAW_END_KEEP);
  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED);
}

static void
test_bytes (void)
{
  static const char * const texts[] = {
    "[{\"id\":\"d\xe9\",\"name\":\"exemple.fr\"}]",
    "[{\"id\":\"d\xc0\x80\",\"name\":\"exemple.fr\"}]",
    "[{\"id\":\"d\xed\xa0\x80\",\"name\":\"exemple.fr\"}]",
    "\xef\xbb\xbf\xff[]",
    "\x1f\x8b",
  };
  static const char nul[] = "[{\"id\":\"d\0\",\"name\":\"exemple.fr\"}]";

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    refuse_bytes (texts[i], strlen (texts[i]));
  refuse_bytes (nul, sizeof nul - 1);
}

/* Deep enough to end a parser that recurses. */
static void
test_nesting (void)
{
  gsize depth = 2 * 1000 * 1000;
  g_autofree char *arrays = g_malloc (2 * depth);
  g_autoptr (GString) objects = g_string_new (NULL);

  memset (arrays, '[', depth);
  memset (arrays + depth, ']', depth);
  refuse_bytes (arrays, 2 * depth);

  for (gsize i = 0; i < 200 * 1000; i++)
    g_string_append (objects, "{\"a\":");
  refuse_bytes (objects->str, objects->len);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/answers/are-read-as-something-else", test_objects);
  for (guint i = 0; i < G_N_ELEMENTS (malformed); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/answers/accepted/", malformed[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_malformed);
    }
  g_test_add_func ("/remote/answers/bytes-that-are-not-utf8-are-accepted", test_bytes);
  g_test_add_func ("/remote/answers/nesting-ends-the-program", test_nesting);

  return g_test_run ();
}
