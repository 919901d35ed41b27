/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-host.h"

#include "model-test.h"

#define FREE                                                                                                 \
  "{'id':7,'name':'hote1','ip':'192.162.0.1','fqdn':'hote1.exemple.fr','description':'h\303\264te',"         \
  "'domain':'2','mailserver_id':null}"
#define TAKEN "{'id':8,'name':'hote2','ip':null,'fqdn':null,'description':'','domain':'2','mailserver_id':12}"

static ObmHost *
read_host (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmHost *host = obm_host_new_from_json (object, &error);

  g_assert_no_error (error);

  return host;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = { FREE, TAKEN };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmHost) host = read_host (texts[i]);

      test_assert_json (obm_entity_to_json (OBM_ENTITY (host)), texts[i]);
    }
}

static void
test_getters (void)
{
  g_autoptr (ObmHost) host = read_host (FREE);
  g_autoptr (ObmHost) taken = read_host (TAKEN);

  g_assert_cmpint (obm_host_get_id (host), ==, 7);
  g_assert_cmpint (obm_entity_get_id (OBM_ENTITY (host)), ==, 7);
  g_assert_cmpstr (obm_host_get_name (host), ==, "hote1");
  g_assert_cmpstr (obm_host_get_ip (host), ==, "192.162.0.1");
  g_assert_cmpstr (obm_host_get_fqdn (host), ==, "hote1.exemple.fr");
  g_assert_cmpstr (obm_host_get_description (host), ==, "h\303\264te");
  g_assert_cmpint (obm_host_get_mail_server_id (host), ==, 0);
  g_assert_cmpint (obm_host_get_mail_server_id (taken), ==, 12);
}

static void
test_id_alone (void)
{
  g_autoptr (ObmHost) host = read_host ("{'id':1}");

  g_assert_null (obm_host_get_name (host));
  g_assert_null (obm_host_get_ip (host));
  g_assert_cmpint (obm_host_get_mail_server_id (host), ==, 0);
  test_assert_json (
      obm_entity_to_json (OBM_ENTITY (host)),
      "{'id':1,'name':null,'ip':null,'fqdn':null,'description':'','domain':null,'mailserver_id':null}");
}

static void
test_wrong_types (void)
{
  g_autoptr (ObmHost) host =
      read_host ("{'id':1,'name':12,'ip':['192.162.0.1'],'fqdn':{'a':1},'description':true,'domain':2,"
                 "'mailserver_id':'12','more':{'id':3}}");
  g_autoptr (ObmHost) negative = read_host ("{'id':1,'mailserver_id':-12}");

  test_assert_json (
      obm_entity_to_json (OBM_ENTITY (host)),
      "{'id':1,'name':null,'ip':null,'fqdn':null,'description':'','domain':null,'mailserver_id':null}");
  g_assert_cmpint (obm_host_get_mail_server_id (negative), ==, 0);
}

static void
test_no_id (void)
{
  static const char * const texts[] = { "{}", "{'id':null,'name':'hote1'}", "{'id':0}", "{'id':-7}",
                                        "{'id':'7'}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = test_object (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_host_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, "id");
      g_assert_null (obm_host_new_from_json (object, NULL));
    }
}

/* The host a mail server points to may be gone. */
static void
test_gone (void)
{
  static const char * const texts[] = { "{'id':null,'name':null,'ip':null,'fqdn':null}", "{}", "{'id':-3}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = test_object (texts[i]);
      g_autoptr (ObmHost) host = obm_host_new_from_brief_json (object);

      g_assert_cmpint (obm_host_get_id (host), ==, 0);
      test_assert_json (obm_host_to_brief_json (host), "{'id':null,'name':null,'ip':null,'fqdn':null}");
    }
}

static void
test_brief (void)
{
  g_autoptr (ObmHost) host = read_host (FREE);

  test_assert_json (obm_host_to_brief_json (host),
                    "{'id':7,'name':'hote1','ip':'192.162.0.1','fqdn':'hote1.exemple.fr'}");
}

/* A host that became a mail server is greyed where it stands: exactly that is notified. */
static void
test_assign (void)
{
  g_autoptr (ObmHost) host = read_host (FREE);
  g_autoptr (ObmHost) same = read_host (FREE);
  g_autoptr (ObmHost) taken = read_host (
      "{'id':7,'name':'hote1','ip':'192.162.0.1','fqdn':'hote1.exemple.fr','description':'h\303\264te',"
      "'domain':'2','mailserver_id':12}");
  g_autoptr (ObmHost) other = read_host (TAKEN);
  g_autoptr (GPtrArray) watch = test_watch (host);

  obm_entity_assign (OBM_ENTITY (host), OBM_ENTITY (same));
  test_assert_notified (watch, "");
  obm_entity_assign (OBM_ENTITY (host), OBM_ENTITY (host));
  test_assert_notified (watch, "");
  obm_entity_assign (OBM_ENTITY (host), OBM_ENTITY (taken));
  test_assert_notified (watch, "mail-server-id");
  obm_entity_assign (OBM_ENTITY (host), OBM_ENTITY (other));
  test_assert_notified (watch, "description fqdn id ip name");
  test_assert_json (obm_entity_to_json (OBM_ENTITY (host)), TAKEN);
  test_assert_json (obm_entity_to_json (OBM_ENTITY (other)), TAKEN);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/host/changes-when-written", test_round_trip);
  g_test_add_func ("/model/host/member-is-read-as-another", test_getters);
  g_test_add_func ("/model/host/id-alone-is-refused", test_id_alone);
  g_test_add_func ("/model/host/wrong-type-is-not-null", test_wrong_types);
  g_test_add_func ("/model/host/without-id-is-accepted", test_no_id);
  g_test_add_func ("/model/host/gone-one-is-refused", test_gone);
  g_test_add_func ("/model/host/brief-one-says-more", test_brief);
  g_test_add_func ("/model/host/assign-notifies-what-did-not-change", test_assign);

  return g_test_run ();
}
