/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server.h"

#include "model-test.h"

#define HOST "{'id':7,'name':'hote1','ip':'192.162.0.1','fqdn':null}"
#define NO_HOST "{'id':null,'name':null,'ip':null,'fqdn':null}"
#define ROLES(imap, smtp_in, smtp_out) "'imap':" #imap ",'smtp_in':" #smtp_in ",'smtp_out':" #smtp_out
#define CREATED "'timecreate':'2008-06-13T09:00:00.000+0000','usercreate':'admin1'"
#define UPDATED "'timeupdate':'2009-01-02T03:04:05.006+0000','userupdate':'admin2'"
#define NOT_UPDATED "'timeupdate':null,'userupdate':null"
#define SERVER(etag, host, roles, times, rest)                                                               \
  "{'id':12,'url':'/2/mailservers/12','etag':'\\u0022" etag "\\u0022','host':" host ",'domain':'2',"         \
  roles "," times "," rest "}"
#define WHOLE                                                                                                \
  SERVER ("5f1c", HOST, ROLES (true, true, false), CREATED "," NOT_UPDATED,                                  \
          "'editable':true,'pending':'created'")
/* How one is written that said nothing but its id and its roles. */
#define LEAST(roles)                                                                                         \
  "{'id':12,'url':null,'etag':null,'host':" NO_HOST ",'domain':null," roles                                  \
  ",'timecreate':null,'usercreate':null," NOT_UPDATED ",'editable':false,'pending':null}"

static ObmMailServer *
read_server (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmMailServer *server = obm_mail_server_new_from_json (object, &error);

  g_assert_no_error (error);

  return server;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = {
    WHOLE,
    SERVER ("a", NO_HOST, ROLES (false, false, false), "'timecreate':null,'usercreate':null," UPDATED,
            "'editable':false,'pending':null"),
    SERVER ("b", HOST, ROLES (false, false, true), CREATED "," UPDATED,
            "'editable':true,'pending':'updated'"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmMailServer) server = read_server (texts[i]);

      test_assert_json (obm_entity_to_json (OBM_ENTITY (server)), texts[i]);
    }
}

static void
test_properties (void)
{
  g_autoptr (ObmMailServer) server = read_server (WHOLE);
  g_autofree char *url = NULL, *etag = NULL, *domain = NULL, *pending = NULL;
  g_autofree char *usercreate = NULL, *userupdate = NULL;
  g_autoptr (GDateTime) timecreate = NULL, timeupdate = NULL;
  g_autoptr (ObmHost) host = NULL;
  gboolean imap, smtp_in, smtp_out, editable;
  ObmRoles roles;
  gint64 id;

  g_object_get (server,
                "id", &id, "url", &url, "etag", &etag, "host", &host, "domain", &domain,
                "roles", &roles, "imap", &imap, "smtp-in", &smtp_in, "smtp-out", &smtp_out,
                "timecreate", &timecreate, "usercreate", &usercreate,
                "timeupdate", &timeupdate, "userupdate", &userupdate,
                "editable", &editable, "pending", &pending,
                NULL);
  g_assert_cmpint (id, ==, 12);
  g_assert_cmpstr (url, ==, "/2/mailservers/12");
  g_assert_cmpstr (etag, ==, "\"5f1c\"");
  g_assert_cmpstr (obm_host_get_name (host), ==, "hote1");
  g_assert_cmpstr (domain, ==, "2");
  g_assert_cmpint (roles, ==, OBM_ROLES_IMAP | OBM_ROLES_SMTP_IN);
  g_assert_true (imap && smtp_in && !smtp_out && editable);
  g_assert_cmpint (g_date_time_to_unix (timecreate), ==, 1213347600);
  g_assert_cmpstr (usercreate, ==, "admin1");
  g_assert_null (timeupdate);
  g_assert_null (userupdate);
  g_assert_cmpstr (pending, ==, "created");

  g_assert_cmpint (obm_mail_server_get_id (server), ==, id);
  g_assert_cmpint (obm_entity_get_id (OBM_ENTITY (server)), ==, id);
  g_assert_cmpstr (obm_mail_server_get_etag (server), ==, etag);
  g_assert_true (obm_mail_server_get_host (server) == host);
  g_assert_cmpint (obm_mail_server_get_roles (server), ==, roles);
}

static void
test_least (void)
{
  g_autoptr (ObmMailServer) server = read_server ("{'id':12," ROLES (false, false, true) "}");

  g_assert_null (obm_mail_server_get_etag (server));
  test_assert_json (obm_entity_to_json (OBM_ENTITY (server)), LEAST (ROLES (false, false, true)));
}

static void
test_no_host (void)
{
  static const char * const hosts[] = { "null", "{}", "12", "'hote1'", "[]", NO_HOST };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'id':1,'host':%s," ROLES (true, false, false) "}", hosts[i]);
      g_autoptr (ObmMailServer) server = read_server (text);

      g_assert_nonnull (obm_mail_server_get_host (server));
      g_assert_cmpint (obm_host_get_id (obm_mail_server_get_host (server)), ==, 0);
      g_assert_null (obm_host_get_name (obm_mail_server_get_host (server)));
    }
}

static void
test_wrong_types (void)
{
  g_autoptr (ObmMailServer) server =
      read_server ("{'id':12,'url':1,'etag':[],'host':{'id':'7','name':7},'domain':2,"
                   "'timecreate':1213347600,'usercreate':{},'timeupdate':'yesterday','userupdate':false,"
                   "'editable':'true','pending':true,'more':{'deep':[[[]]]}," ROLES (true, true, true) "}");

  test_assert_json (obm_entity_to_json (OBM_ENTITY (server)), LEAST (ROLES (true, true, true)));
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *field;
  } cases[] = {
    { "{}", "id" },
    { "{" ROLES (true, true, true) "}", "id" },
    { "{'id':0," ROLES (true, true, true) "}", "id" },
    { "{'id':-12," ROLES (true, true, true) "}", "id" },
    { "{'id':'12'," ROLES (true, true, true) "}", "id" },
    { "{'id':1.5," ROLES (true, true, true) "}", "id" },
    { "{'id':12}", "imap" },
    { "{'id':12," ROLES (null, true, true) "}", "imap" },
    { "{'id':12," ROLES (1, true, true) "}", "imap" },
    { "{'id':12," ROLES (true, 'true', true) "}", "smtp_in" },
    { "{'id':12," ROLES (true, true, []) "}", "smtp_out" },
    { "{'id':12,'imap':true,'smtp_in':true}", "smtp_out" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = test_object (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_mail_server_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, cases[i].field);
    }
}

/* Each text differs from the first in what is named, and that alone may be notified. */
static void
test_assign (void)
{
  static const struct {
    const char *text;
    const char *notified;
  } cases[] = {
    { WHOLE, "" },
    { SERVER ("5f1c", HOST, ROLES (true, true, false), CREATED "," NOT_UPDATED,
              "'editable':true,'pending':null"),
      "pending" },
    { SERVER ("5f1c", HOST, ROLES (true, true, false), CREATED "," NOT_UPDATED, "'pending':'created'"),
      "editable" },
    { SERVER ("5f1c", HOST, ROLES (true, true, false), CREATED "," UPDATED,
              "'editable':true,'pending':'created'"),
      "timeupdate userupdate" },
    { SERVER ("5f1c", HOST, ROLES (true, true, false),
              "'timecreate':'2008-06-13T11:00:00+02','usercreate':'admin1'," NOT_UPDATED,
              "'editable':true,'pending':'created'"),
      "" },
    { SERVER ("b", HOST, ROLES (false, true, false), CREATED "," NOT_UPDATED,
              "'editable':true,'pending':'created'"),
      "etag imap roles" },
    { SERVER ("b", HOST, ROLES (true, false, true), CREATED "," NOT_UPDATED,
              "'editable':true,'pending':'created'"),
      "etag roles smtp-in smtp-out" },
    { SERVER ("5f1c", "{'id':8,'name':'hote2','ip':'192.162.0.1'}", ROLES (true, true, false),
              CREATED "," NOT_UPDATED, "'editable':true,'pending':'created'"),
      "host" },
    { SERVER ("5f1c", "{'id':7,'name':'hote1','ip':'192.162.0.9'}", ROLES (true, true, false),
              CREATED "," NOT_UPDATED, "'editable':true,'pending':'created'"),
      "host" },
    { SERVER ("5f1c", "null", ROLES (true, true, false), CREATED "," NOT_UPDATED,
              "'editable':true,'pending':'created'"),
      "host" },
    { "{'id':12," ROLES (false, false, false) "}",
      "domain editable etag host imap pending roles smtp-in timecreate url usercreate" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ObmMailServer) server = read_server (WHOLE);
      g_autoptr (ObmMailServer) newer = read_server (cases[i].text);
      g_autoptr (GPtrArray) watch = test_watch (server);
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autoptr (JsonNode) newer_node = json_node_new (JSON_NODE_OBJECT);

      obm_entity_assign (OBM_ENTITY (server), OBM_ENTITY (newer));
      test_assert_notified (watch, cases[i].notified);

      json_node_take_object (node, obm_entity_to_json (OBM_ENTITY (server)));
      json_node_take_object (newer_node, obm_entity_to_json (OBM_ENTITY (newer)));
      g_assert_true (json_node_equal (node, newer_node));
    }
}

/* A list that is read again and says the same makes no row redraw. */
static void
test_assign_again (void)
{
  g_autoptr (ObmMailServer) server = read_server (WHOLE);
  g_autoptr (ObmMailServer) newer = read_server (
      SERVER ("c", "null", ROLES (false, false, true), CREATED "," UPDATED, "'pending':'updated'"));
  g_autoptr (GPtrArray) watch = test_watch (server);

  obm_entity_assign (OBM_ENTITY (server), OBM_ENTITY (newer));
  test_assert_notified (watch,
                        "editable etag host imap pending roles smtp-in smtp-out timeupdate userupdate");
  obm_entity_assign (OBM_ENTITY (server), OBM_ENTITY (newer));
  test_assert_notified (watch, "");
  g_object_set (server, "host", NULL, NULL);
  g_assert_nonnull (obm_mail_server_get_host (server));
  test_assert_notified (watch, "");
}

static void
test_etag (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const gint64 ids[] = { 1, 2, 11, 12, 112, G_MAXINT64 };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ids); j++)
      for (ObmRoles roles = 0; roles < 8; roles++)
        {
          g_autofree char *again = obm_mail_server_make_etag (ids[i], ids[j], roles);
          char *etag = obm_mail_server_make_etag (ids[i], ids[j], roles);

          g_assert_cmpstr (etag, ==, again);
          g_assert_true (g_hash_table_add (seen, etag));
          /* a strong tag of RFC 9110: quotes, and no quote or blank between */
          g_assert_true (g_regex_match_simple ("^\"[!#-~]+\"$", etag, 0, 0));
        }
}

static void
test_role_names (void)
{
  g_autoptr (JsonObject) object = test_object ("{'imap':true,'smtp_in':'true','smtp_out':1,'SMTP_IN':true}");
  JsonObject *written = json_object_new ();

  g_assert_cmpstr (obm_roles_get_name (OBM_ROLES_IMAP), ==, "imap");
  g_assert_cmpstr (obm_roles_get_name (OBM_ROLES_SMTP_IN), ==, "smtp_in");
  g_assert_cmpstr (obm_roles_get_name (OBM_ROLES_SMTP_OUT), ==, "smtp_out");
  g_assert_cmpint (obm_roles_from_json (object), ==, OBM_ROLES_IMAP);
  obm_roles_to_json (OBM_ROLES_SMTP_IN | OBM_ROLES_SMTP_OUT, written);
  test_assert_json (written, "{'imap':false,'smtp_in':true,'smtp_out':true}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/mail-server/changes-when-written", test_round_trip);
  g_test_add_func ("/model/mail-server/member-is-read-as-another", test_properties);
  g_test_add_func ("/model/mail-server/id-and-roles-alone-are-refused", test_least);
  g_test_add_func ("/model/mail-server/null-host-is-not-empty", test_no_host);
  g_test_add_func ("/model/mail-server/wrong-type-is-not-null", test_wrong_types);
  g_test_add_func ("/model/mail-server/without-id-or-roles-is-accepted", test_refused);
  g_test_add_func ("/model/mail-server/assign-notifies-what-did-not-change", test_assign);
  g_test_add_func ("/model/mail-server/assign-again-notifies", test_assign_again);
  g_test_add_func ("/model/mail-server/etag-is-shared", test_etag);
  g_test_add_func ("/model/roles/name-is-another", test_role_names);

  return g_test_run ();
}
