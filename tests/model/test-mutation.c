/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <string.h>

#include "model-test.h"
#include "obm-batch.h"
#include "obm-domain.h"
#include "obm-json.h"
#include "obm-links.h"
#include "obm-mail-server.h"
#include "obm-page.h"
#include "obm-query.h"
#include "obm-session.h"
#include "obm-update-state.h"

/*
 * Thousands of documents and queries, each a good one with a few things changed. Whatever they have become,
 * reading them ends in an object or an error, without a critical, and what was read can be written and read
 * again. The same seed makes the same documents.
 */
#define SEED 20080613
#define N_DOCUMENTS 2500
#define N_QUERIES 20000

/* As in the other tests, ' stands for ". */
#define ROLES "'imap':true,'smtp_in':true,'smtp_out':false"
#define HOST "{'id':7,'name':'h\303\264te1','ip':'192.162.0.1','fqdn':null"

#define BATCH                                                                                                \
  "{'id':3,'status':'ERROR','operationCount':2,'operationDone':1,'error':'No','timestart':null,"             \
  "'timeend':'2008-06-13T09:00:07.250+0000'}"

static const char * const documents[] = {
  "{'id':12,'url':'/2/mailservers/12','etag':'\\u00225f1c\\u0022','host':" HOST "},'domain':'2'," ROLES
  ",'timecreate':'2008-06-13T09:00:00.000+0000','usercreate':'admin1','timeupdate':null,'userupdate':null,"
  "'editable':true,'pending':'created'}",
  HOST ",'description':'\\u00e9\\ud83d\\ude00\\n','domain':'2','mailserver_id':12}",
  "{'length':3,'page':1,'rows':10,'datas':[" HOST "}," HOST "},{'id':12," ROLES "}]}",
  "{'deletable':false,'links':[{'kind':'user','count':12,'first':['jdoe','asmith']},"
  "{'kind':'domain','count':1,'first':['example.org']}]}",
  "{'pending':true,'other':false,'status':'IDLE','may_commit':true,"
  "'counts':{'created':1,'updated':0,'deleted':0},'changes':[{'action':'created','host':'hote1',"
  "'domain':'2','before':null,'after':{" ROLES "}}],'batch':" BATCH "}",
  "{'id':'2','url':'/domains/2','name':'exemple.fr','label':'Exemple','aliases':['exemple.org'],"
  "'global':false,'own':true}",
  "{'login':'admin1','profile':'admin','domain':'2','rights':{'read':true,'write':true,'commit':true}}",
  BATCH,
  "{'type':'mailserver.linked','message':'Linked','field':'id','links':[]}",
};

/* What a value may become. */
static const char * const values[] = {
  "null", "true", "false", "0", "-1", "1.5", "1e400", "9223372036854775807", "-9223372036854775808", "''",
  "'12'", "'h\303\264te'", "'SUCCESS'", "[]", "{}", "[[[[]]]]", "[null,1,'a',{'id':1}]", "{'id':1}",
  "{'kind':'user'}", "{'action':'deleted','before':7}", "[{'kind':'user','first':'a'}]",
};

/* What may come in anywhere. */
static const char * const fragments[] = {
  ",", ":", "[", "]", "{", "}", "\"", "\\", "010", "9223372036854775808", "\\u0000", "\\ud800", "\xff",
  "\xc3", "/*", "null", "\"id\":1,", "-", "e9", " ",
};

static const char * const queries[] = {
  "name=h%C3%B4te%2A+a%2Bb&ip=192.162&imap=true&smtp_in=false&sort=smtp_out&order=desc&page=3&rows=50",
  "available=true&sort=ip&order=asc&page=1&rows=1000",
};

static const char * const pieces[] = {
  "&", "=", "%", "+", "%00", "%2", "%FF", "%C3", "%B4", "\xff", "&&", "&=", "page=", "rows=0", "&name=",
  "imap=1", "-", "0", "9", "99999999999", ".", " ", "#", "?", "\303\264", "true", "host", "&sort=host", "a",
};

static const char *
pick (GRand *random, const char * const *texts, gsize n_texts)
{
  return texts[g_rand_int_range (random, 0, n_texts)];
}

/* Puts another value behind some ":" or "[". */
static void
replace_value (GRand *random, GString *text)
{
  gsize start = g_rand_int_range (random, 0, text->len), end;
  guint depth = 0;

  start += strcspn (text->str + start, ":[");
  start = MIN (start + 1, text->len);
  for (end = start; end < text->len; end++)
    {
      char c = text->str[end];

      if (depth == 0 && strchr (",]}", c) != NULL)
        break;
      if (c == '[' || c == '{')
        depth++;
      else if (c == ']' || c == '}')
        depth--;
    }
  g_string_erase (text, start, end - start);
  g_string_insert (text, start, pick (random, values, G_N_ELEMENTS (values)));
  g_strdelimit (text->str, "'", '"');
}

static void
change_bytes (GRand *random, GString *text, const char *fragment)
{
  gsize at = g_rand_int_range (random, 0, text->len + 1);
  gsize length = g_rand_int_range (random, 0, MIN (text->len - at, 12) + 1);
  g_autofree char *copy = g_strndup (text->str + at, length);

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      if (at < text->len)
        text->str[at] = g_rand_int_range (random, 1, 256);
      break;
    case 1:
      g_string_erase (text, at, length);
      break;
    case 2:
      g_string_insert (text, g_rand_int_range (random, 0, text->len + 1), copy);
      break;
    case 3:
      if (g_rand_int_range (random, 0, 4) == 0)
        g_string_truncate (text, at);
      break;
    default:
      g_string_insert (text, at, fragment);
    }
}

/* Takes both; they must be valid UTF-8 and equal. */
static void
assert_same (JsonObject *a, JsonObject *b)
{
  g_autoptr (JsonNode) a_node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) b_node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  json_node_take_object (a_node, a);
  json_node_take_object (b_node, b);
  g_assert_true (json_node_equal (a_node, b_node));
  text = obm_json_to_string (a_node);
  again = obm_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  g_assert_true (json_node_equal (a_node, again));
}

static ObmPage *
read_hosts (JsonObject *object, GError **error)
{
  return obm_page_new_from_json (object, (ObmEntityFunc) (GCallback) obm_host_new_from_json, error);
}

static ObmPage *
read_servers (JsonObject *object, GError **error)
{
  return obm_page_new_from_json (object, (ObmEntityFunc) (GCallback) obm_mail_server_new_from_json, error);
}

static JsonObject *
write_domain (gpointer domain)
{
  return obm_domain_to_json (domain, FALSE);
}

static GError *
read_error (JsonObject *object, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  GError *result;

  json_node_set_object (node, object);
  result = obm_error_new_from_json (json_object_get_size (object) + 400, node);
  if (result == NULL)
    g_set_error (error, OBM_ERROR, OBM_ERROR_REPLY_MALFORMED, "Not an error");

  return result;
}

static JsonObject *
write_error (gpointer error)
{
  g_autoptr (JsonNode) node = obm_error_to_json (error);

  return json_node_dup_object (node);
}

typedef struct {
  gpointer (*read) (JsonObject *object, GError **error);
  JsonObject *(*write) (gpointer object);
  GDestroyNotify free;
} Kind;

#define KIND(read, write, free) { (gpointer) read, (gpointer) write, (GDestroyNotify) free }

static const Kind kinds[] = {
  KIND (obm_mail_server_new_from_json, obm_entity_to_json, g_object_unref),
  KIND (obm_host_new_from_json, obm_entity_to_json, g_object_unref),
  KIND (read_servers, obm_page_to_json, g_object_unref),
  KIND (read_hosts, obm_page_to_json, g_object_unref),
  KIND (obm_links_new_from_json, obm_links_to_json, g_object_unref),
  KIND (obm_update_state_new_from_json, obm_update_state_to_json, g_object_unref),
  KIND (obm_batch_new_from_json, obm_batch_to_json, g_object_unref),
  KIND (obm_domain_new_from_json, write_domain, g_object_unref),
  KIND (obm_session_new_from_json, obm_session_to_json, g_object_unref),
  KIND (read_error, write_error, g_error_free),
};

/* Returns whether @object could be read as that kind; then it can be read again from what it is written as.
 */
static gboolean
check_kind (const Kind *kind, JsonObject *object)
{
  g_autoptr (GError) error = NULL;
  gpointer first = kind->read (object, &error), second;
  JsonObject *written;

  if (first == NULL)
    {
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, obm_error_get_field (error));
      return FALSE;
    }

  written = kind->write (first);
  second = kind->read (written, &error);
  g_assert_no_error (error);
  assert_same (written, kind->write (second));
  kind->free (first);
  kind->free (second);

  return TRUE;
}

static void
test_documents (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_parsed = 0, n_read = 0;

  for (guint i = 0; i < N_DOCUMENTS * G_N_ELEMENTS (documents); i++)
    {
      g_autoptr (GString) text = g_string_new (documents[i % G_N_ELEMENTS (documents)]);
      g_autoptr (JsonNode) root = NULL;
      g_autoptr (GError) error = NULL;

      g_strdelimit (text->str, "'", '"');
      for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
        replace_value (random, text);
      for (int n = g_rand_int_range (random, -2, 3); n > 0; n--)
        change_bytes (random, text, pick (random, fragments, G_N_ELEMENTS (fragments)));

      root = obm_json_parse (text->str, text->len, &error);
      if (root == NULL)
        {
          test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
          continue;
        }
      n_parsed++;
      for (guint j = 0; JSON_NODE_HOLDS_OBJECT (root) && j < G_N_ELEMENTS (kinds); j++)
        n_read += check_kind (&kinds[j], json_node_get_object (root));
    }

  g_test_message ("%u of %u parsed, %u objects read", n_parsed,
                  (guint) (N_DOCUMENTS * G_N_ELEMENTS (documents)), n_read);
  /* If hardly any is read, the changes are too rough to test anything. */
  g_assert_cmpuint (n_parsed, >, 2 * N_DOCUMENTS);
  g_assert_cmpuint (n_read, >, 2 * N_DOCUMENTS);
}

static void
test_queries (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  guint n_parsed = 0;

  for (guint i = 0; i < N_QUERIES; i++)
    {
      g_autoptr (GString) text = g_string_new (queries[i % G_N_ELEMENTS (queries)]);
      g_autoptr (ObmSearch) search = NULL, again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *query = NULL, *query_again = NULL;
      ObmSearchKind kind =
          (i + (g_rand_int_range (random, 0, 8) == 0)) % 2 ? OBM_SEARCH_HOSTS : OBM_SEARCH_MAIL_SERVERS;
      guint page, rows;

      for (int n = g_rand_int_range (random, 0, 4); n > 0; n--)
        change_bytes (random, text, pick (random, pieces, G_N_ELEMENTS (pieces)));
      search = obm_query_parse (kind, text->str, &page, &rows, &error);
      if (search == NULL)
        {
          const char *field = obm_error_get_field (error);

          g_assert_true (field == NULL || g_utf8_validate (field, -1, NULL));
          test_assert_error (&error, OBM_ERROR_QUERY_INVALID, field);
          continue;
        }

      n_parsed++;
      g_assert_true (page >= 1 && rows >= 1 && rows <= OBM_PAGE_MAX_ROWS);
      g_assert_true (g_utf8_validate (obm_search_get_name (search), -1, NULL));
      g_assert_true (g_utf8_validate (obm_search_get_ip (search), -1, NULL));
      query = obm_query_format (search, page, rows);
      again = obm_query_parse (kind, query, &page, &rows, &error);
      g_assert_no_error (error);
      query_again = obm_query_format (again, page, rows);
      g_assert_cmpstr (query_again, ==, query);
    }

  g_test_message ("%u of %u parsed", n_parsed, N_QUERIES);
  g_assert_cmpuint (n_parsed, >, N_QUERIES / 4);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/mutation/changed-document-breaks-a-reader", test_documents);
  g_test_add_func ("/model/mutation/changed-query-breaks-the-parser", test_queries);

  return g_test_run ();
}
