/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-json.h"

#include "model-test.h"

/* One member of each type; each getter meets them all. */
#define EVERY_TYPE                                                                                           \
  "{'null':null,'true':true,'false':false,'zero':0,'int':12,'double':12.0,'huge':1e400,'string':'12',"       \
  "'empty':'','date':'2008-06-13T09:00:00.000+0000','object':{'a':1},'array':['a']}"

static const char * const members[] = {
  "null",   "true",  "false", "zero",   "int",   "double", "huge",
  "string", "empty", "date",  "object", "array", "absent",
};

static void
test_string (void)
{
  g_autoptr (JsonObject) object = test_object (EVERY_TYPE);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GError) error = NULL;
      const char *expected = NULL, *value = "untouched";
      gboolean found;

      if (g_str_equal (members[i], "string"))
        expected = "12";
      else if (g_str_equal (members[i], "empty"))
        expected = "";
      else if (g_str_equal (members[i], "date"))
        expected = "2008-06-13T09:00:00.000+0000";

      g_assert_cmpstr (obm_json_get_string (object, members[i]), ==, expected);
      found = obm_json_require_string (object, members[i], &value, &error);
      g_assert_cmpint (found, ==, expected != NULL);
      g_assert_cmpstr (value, ==, expected);
      if (found)
        g_assert_no_error (error);
      else
        test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, members[i]);
    }
}

static void
test_int (void)
{
  g_autoptr (JsonObject) object = test_object (EVERY_TYPE);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean expected = g_str_equal (members[i], "zero") || g_str_equal (members[i], "int");
      gint64 number = g_str_equal (members[i], "int") ? 12 : 0;
      gint64 value = 99;
      gboolean found;

      g_assert_cmpint (obm_json_get_int (object, members[i], -7), ==, expected ? number : -7);
      found = obm_json_require_int (object, members[i], &value, &error);
      g_assert_cmpint (found, ==, expected);
      g_assert_cmpint (value, ==, number);
      if (found)
        g_assert_no_error (error);
      else
        test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, members[i]);
    }
}

static void
test_boolean (void)
{
  g_autoptr (JsonObject) object = test_object (EVERY_TYPE);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GError) error = NULL;
      gboolean is_true = g_str_equal (members[i], "true");
      gboolean expected = is_true || g_str_equal (members[i], "false");
      gboolean value = 99;
      gboolean found;

      g_assert_cmpint (obm_json_get_boolean (object, members[i], TRUE), ==, expected ? is_true : TRUE);
      g_assert_cmpint (obm_json_get_boolean (object, members[i], FALSE), ==, is_true);
      found = obm_json_require_boolean (object, members[i], &value, &error);
      g_assert_cmpint (found, ==, expected);
      g_assert_cmpint (value, ==, is_true);
      if (found)
        g_assert_no_error (error);
      else
        test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, members[i]);
    }
}

static void
test_containers (void)
{
  g_autoptr (JsonObject) object = test_object (EVERY_TYPE);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autoptr (GDateTime) date = obm_json_get_date (object, members[i]);

      g_assert_cmpint (obm_json_get_object (object, members[i]) != NULL, ==,
                       g_str_equal (members[i], "object"));
      g_assert_cmpint (obm_json_get_array (object, members[i]) != NULL, ==,
                       g_str_equal (members[i], "array"));
      g_assert_cmpint (date != NULL, ==, g_str_equal (members[i], "date"));
    }
}

static void
test_strings (void)
{
  g_autoptr (JsonObject) object =
      test_object ("{'mixed':['a',1,null,true,{'b':1},['c'],'','d',1.5],'none':[],'string':'a','null':null}");
  g_auto (GStrv) mixed = obm_json_get_strings (object, "mixed");
  const char * const expected[] = { "a", "", "d", NULL };

  g_assert_cmpstrv (mixed, expected);
  for (guint i = 0; i < 4; i++)
    {
      const char * const empty[] = { "none", "string", "null", "absent" };
      g_auto (GStrv) strings = obm_json_get_strings (object, empty[i]);

      g_assert_nonnull (strings);
      g_assert_cmpuint (g_strv_length (strings), ==, 0);
    }
}

static void
test_id (void)
{
  static const char * const bad[] = {
    "{}", "{'id':null}", "{'id':0}", "{'id':-1}", "{'id':-9223372036854775808}", "{'id':'12'}", "{'id':12.0}",
    "{'id':true}", "{'id':[12]}", "{'id':{'id':12}}", "{'ID':12}"
  };
  g_autoptr (JsonObject) good = test_object ("{'id':9223372036854775807}");
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_assert_true (obm_json_require_id (good, &id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, G_MAXINT64);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (JsonObject) object = test_object (bad[i]);

      g_assert_false (obm_json_require_id (object, &id, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, "id");
    }
}

static void
test_setters (void)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GDateTime) date = g_date_time_new_utc (2008, 6, 13, 9, 0, 0);
  const char * const strings[] = { "a", "", NULL };

  obm_json_set_string (object, "string", "h\303\264te \" \\ \n");
  obm_json_set_string (object, "no-string", NULL);
  obm_json_set_strings (object, "strings", strings);
  obm_json_set_strings (object, "no-strings", NULL);
  obm_json_set_date (object, "date", date);
  obm_json_set_date (object, "no-date", NULL);

  test_assert_json (object, "{'string':'h\303\264te \\u0022 \\\\ \\n','no-string':null,'strings':['a',''],"
                            "'no-strings':[],'date':'2008-06-13T09:00:00.000+0000','no-date':null}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/getters/another-type-is-a-string", test_string);
  g_test_add_func ("/model/getters/another-type-is-an-integer", test_int);
  g_test_add_func ("/model/getters/another-type-is-a-boolean", test_boolean);
  g_test_add_func ("/model/getters/another-type-is-an-object-array-or-date", test_containers);
  g_test_add_func ("/model/getters/another-type-is-among-the-strings", test_strings);
  g_test_add_func ("/model/getters/id-below-one-is-accepted", test_id);
  g_test_add_func ("/model/getters/null-is-not-written", test_setters);

  return g_test_run ();
}
