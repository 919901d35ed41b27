/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-session.h"

#include "model-test.h"

static ObmSession *
read_session (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmSession *session = obm_session_new_from_json (object, &error);

  g_assert_no_error (error);

  return session;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = {
    "{'login':'admin1','profile':'admin','domain':'2','rights':{'read':true,'write':true,'commit':true}}",
    "{'login':'deleg','profile':'admin_delegue','domain':'2',"
    "'rights':{'read':true,'write':true,'commit':false}}",
    "{'login':'','profile':null,'domain':null,'rights':{'read':false,'write':false,'commit':false}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmSession) session = read_session (texts[i]);

      test_assert_json (obm_session_to_json (session), texts[i]);
    }
}

static void
test_rights (void)
{
  static const struct {
    const char *rights;
    ObmRights expected;
  } cases[] = {
    { "{'read':true}", OBM_RIGHTS_READ },
    { "{'write':true}", OBM_RIGHTS_WRITE },
    { "{'commit':true}", OBM_RIGHTS_COMMIT },
    { "{'read':true,'write':true,'commit':true}", OBM_RIGHTS_READ | OBM_RIGHTS_WRITE | OBM_RIGHTS_COMMIT },
    { "{'read':1,'write':'true','commit':null}", OBM_RIGHTS_NONE },
    { "{'read':[true],'write':{'write':true},'commit':1.0}", OBM_RIGHTS_NONE },
    { "{'READ':true,'delete':true}", OBM_RIGHTS_NONE },
    { "{}", OBM_RIGHTS_NONE },
    { "null", OBM_RIGHTS_NONE },
    { "true", OBM_RIGHTS_NONE },
    { "['read','write','commit']", OBM_RIGHTS_NONE },
    { "'read'", OBM_RIGHTS_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'login':'admin1','rights':%s}", cases[i].rights);
      g_autoptr (ObmSession) session = read_session (text);

      g_assert_cmpint (obm_session_get_rights (session), ==, cases[i].expected);
      g_assert_cmpstr (obm_session_get_login (session), ==, "admin1");
    }
}

static void
test_login_alone (void)
{
  g_autoptr (ObmSession) session = read_session ("{'login':'admin1','profile':3,'domain':2}");

  test_assert_json (obm_session_to_json (session),
                    "{'login':'admin1','profile':null,'domain':null,"
                    "'rights':{'read':false,'write':false,'commit':false}}");
}

static void
test_refused (void)
{
  static const char * const texts[] = { "{}", "{'login':null}", "{'login':7}", "{'login':['admin1']}",
                                        "{'rights':{'read':true}}" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) object = test_object (texts[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_session_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, "login");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/session/changes-when-written", test_round_trip);
  g_test_add_func ("/model/session/right-is-guessed", test_rights);
  g_test_add_func ("/model/session/login-alone-is-refused", test_login_alone);
  g_test_add_func ("/model/session/without-login-is-accepted", test_refused);

  return g_test_run ();
}
