/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-links.h"

#include "model-test.h"

#define LINKED                                                                                               \
  "{'deletable':false,'links':[{'kind':'user','count':12,'first':['jdoe','asmith']},"                        \
  "{'kind':'domain','count':1,'first':['example.org']},{'kind':'mailshare','count':0,'first':[]}]}"

static ObmLinks *
read_links (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmLinks *links = obm_links_new_from_json (object, &error);

  g_assert_no_error (error);

  return links;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = {
    LINKED,
    "{'deletable':true,'links':[]}",
    "{'deletable':true,'links':[{'kind':'user','count':0,'first':[]}]}",
    "{'deletable':false,'links':[{'kind':'carrier pigeon','count':3,'first':['h\303\264te']}]}",
    "{'deletable':false,'links':[{'kind':'user','count':9223372036854775807,'first':[]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmLinks) links = read_links (texts[i]);

      test_assert_json (obm_links_to_json (links), texts[i]);
    }
}

static void
test_getters (void)
{
  g_autoptr (ObmLinks) links = read_links (LINKED);
  const char * const users[] = { "jdoe", "asmith", NULL }, * const none[] = { NULL };

  g_assert_false (obm_links_get_deletable (links));
  g_assert_cmpuint (obm_links_get_n_kinds (links), ==, 3);
  g_assert_cmpstr (obm_links_get_kind (links, 0), ==, "user");
  g_assert_cmpint (obm_links_get_count (links, 0), ==, 12);
  g_assert_cmpstrv (obm_links_get_first (links, 0), users);
  g_assert_cmpstr (obm_links_get_kind (links, 2), ==, "mailshare");
  g_assert_cmpint (obm_links_get_count (links, 2), ==, 0);
  g_assert_cmpstrv (obm_links_get_first (links, 2), none);
}

/* A deletion is offered only if the backend plainly says so. */
static void
test_deletable (void)
{
  static const char * const bad[] = { "{}", "{'deletable':null}", "{'deletable':1}", "{'deletable':'true'}",
                                      "{'deletable':[true],'links':[]}", "{'links':[]}" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) object = test_object (bad[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_links_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, "deletable");
    }
}

static void
test_deletable_stays (void)
{
  g_autoptr (ObmLinks) refused = read_links ("{'deletable':false,'links':[]}");
  g_autoptr (ObmLinks) nothing = read_links ("{'deletable':true}");

  g_assert_false (obm_links_get_deletable (refused));
  g_assert_true (obm_links_get_deletable (nothing));
  g_assert_cmpuint (obm_links_get_n_kinds (nothing), ==, 0);
}

static void
test_bad_entries (void)
{
  static const char * const none[] = { "null", "{}", "'user'", "12", "[]" };
  g_autoptr (ObmLinks) links = read_links (
      "{'deletable':false,'links':[null,1,'user',[],{},{'count':3},{'kind':null,'count':3},{'kind':7},"
      "{'kind':'user','count':-3,'first':['a',null,1,{'b':2},'c']},"
      "{'kind':'domain','count':'3','first':'example.org'},"
      "{'kind':'mailshare','count':1e400,'first':null},{'kind':''}]}");

  test_assert_json (obm_links_to_json (links),
                    "{'deletable':false,'links':[{'kind':'user','count':0,'first':['a','c']},"
                    "{'kind':'domain','count':0,'first':[]},{'kind':'mailshare','count':0,'first':[]},"
                    "{'kind':'','count':0,'first':[]}]}");

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'deletable':false,'links':%s}", none[i]);
      g_autoptr (ObmLinks) empty = read_links (text);

      g_assert_cmpuint (obm_links_get_n_kinds (empty), ==, 0);
    }
}

static void
test_add (void)
{
  g_autoptr (ObmLinks) links = obm_links_new ();
  const char * const first[] = { "jdoe", NULL };

  g_assert_true (obm_links_get_deletable (links));
  obm_links_add (links, "domain", 0, NULL);
  g_assert_true (obm_links_get_deletable (links));
  obm_links_add (links, "user", 6, first);
  g_assert_false (obm_links_get_deletable (links));
  obm_links_add (links, "mailshare", 0, NULL);
  test_assert_json (obm_links_to_json (links),
                    "{'deletable':false,'links':[{'kind':'domain','count':0,'first':[]},"
                    "{'kind':'user','count':6,'first':['jdoe']},{'kind':'mailshare','count':0,'first':[]}]}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/links/change-when-written", test_round_trip);
  g_test_add_func ("/model/links/member-is-read-as-another", test_getters);
  g_test_add_func ("/model/links/deletable-is-guessed", test_deletable);
  g_test_add_func ("/model/links/refusal-without-links-is-lost", test_deletable_stays);
  g_test_add_func ("/model/links/bad-entry-is-not-left-out", test_bad_entries);
  g_test_add_func ("/model/links/linked-server-is-deletable", test_add);

  return g_test_run ();
}
