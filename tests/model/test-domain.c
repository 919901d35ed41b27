/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-domain.h"

#include "model-test.h"

#define MEMBERS "'name':'exemple.fr','label':'Exemple'"

static ObmDomain *
read_domain (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmDomain *domain = obm_domain_new_from_json (object, &error);

  g_assert_no_error (error);

  return domain;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = {
    "{'id':'2','url':'/domains/2'," MEMBERS ",'aliases':['exemple.org',''],'global':false,'own':true}",
    "{'id':'0','url':'/domains/0','name':'global.virt','label':null,'aliases':[],'global':true,'own':false}",
    "{'id':'ac8d-22','url':'/domains/ac8d-22'," MEMBERS ",'aliases':[],'global':false,'own':false}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmDomain) domain = read_domain (texts[i]);

      test_assert_json (obm_domain_to_json (domain, FALSE), texts[i]);
    }
}

static void
test_brief (void)
{
  g_autoptr (ObmDomain) domain = read_domain ("{'id':'2'," MEMBERS ",'aliases':['a.fr'],'own':true}");

  test_assert_json (obm_domain_to_json (domain, TRUE),
                    "{'id':'2','url':'/domains/2'," MEMBERS ",'global':false,'own':true}");
}

static void
test_getters (void)
{
  g_autoptr (ObmDomain) domain = read_domain ("{'id':'2'," MEMBERS ",'global':false,'own':true}");
  g_autoptr (ObmDomain) global = read_domain ("{'id':'0'," MEMBERS ",'global':true,'own':false}");

  g_assert_cmpstr (obm_domain_get_id (domain), ==, "2");
  g_assert_cmpstr (obm_domain_get_name (domain), ==, "exemple.fr");
  g_assert_true (obm_domain_get_own (domain) && !obm_domain_get_global (domain));
  g_assert_true (obm_domain_get_global (global) && !obm_domain_get_own (global));
}

/* The key is opaque: whatever it is, it stays one segment of the path. */
static void
test_key (void)
{
  g_autoptr (ObmDomain) domain = read_domain ("{'id':'../a/b?c#d%20 \303\264'," MEMBERS "}");

  g_assert_cmpstr (obm_domain_get_id (domain), ==, "../a/b?c#d%20 \303\264");
  test_assert_json (
      obm_domain_to_json (domain, TRUE),
      "{'id':'../a/b?c#d%20 \303\264','url':'/domains/..%2Fa%2Fb%3Fc%23d%2520%20%C3%B4'," MEMBERS
      ",'global':false,'own':false}");
}

static void
test_wrong_types (void)
{
  g_autoptr (ObmDomain) domain = read_domain (
      "{'id':'2','name':'exemple.fr','label':7,'aliases':'exemple.org','global':'true','own':1}");

  test_assert_json (
      obm_domain_to_json (domain, FALSE),
      "{'id':'2','url':'/domains/2','name':'exemple.fr','label':null,'aliases':[],'global':false,"
      "'own':false}");
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *field;
  } cases[] = {
    { "{}", "id" },
    { "{'id':2," MEMBERS "}", "id" },
    { "{'id':null," MEMBERS "}", "id" },
    { "{'id':''," MEMBERS "}", "id" },
    { "{'id':'2'}", "name" },
    { "{'id':'2','name':null}", "name" },
    { "{'id':'2','name':['exemple.fr']}", "name" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = test_object (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_domain_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, cases[i].field);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/domain/changes-when-written", test_round_trip);
  g_test_add_func ("/model/domain/brief-one-has-aliases", test_brief);
  g_test_add_func ("/model/domain/member-is-read-as-another", test_getters);
  g_test_add_func ("/model/domain/key-leaves-its-path-segment", test_key);
  g_test_add_func ("/model/domain/wrong-type-is-not-null", test_wrong_types);
  g_test_add_func ("/model/domain/without-id-or-name-is-accepted", test_refused);

  return g_test_run ();
}
