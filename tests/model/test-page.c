/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-page.h"

#include "model-test.h"
#include "obm-host.h"

#define HOST(id)                                                                                             \
  "{'id':" #id ",'name':'hote" #id "','ip':null,'fqdn':null,'description':'','domain':'2',"                  \
  "'mailserver_id':null}"

static ObmPage *
read_page (const char *text, GError **error)
{
  g_autoptr (JsonObject) object = test_object (text);

  return obm_page_new_from_json (object, (ObmEntityFunc) (GCallback) obm_host_new_from_json, error);
}

static void
test_round_trip (void)
{
  static const char * const texts[] = {
    "{'length':0,'page':1,'rows':10,'datas':[]}",
    "{'length':3,'page':1,'rows':2,'datas':[" HOST (7) "," HOST (8) "]}",
    "{'length':3,'page':2,'rows':2,'datas':[" HOST (9) "]}",
    "{'length':3,'page':2147483647,'rows':1000,'datas':[]}",
    "{'length':1000000,'page':100000,'rows':1,'datas':[" HOST (1) "]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ObmPage) page = read_page (texts[i], &error);

      g_assert_no_error (error);
      test_assert_json (obm_page_to_json (page), texts[i]);
    }
}

static void
test_items (void)
{
  g_autoptr (ObmPage) page =
      read_page ("{'length':30,'page':2,'rows':2,'datas':[" HOST (7) "," HOST (8) "]}", NULL);

  g_assert_cmpint (obm_page_get_length (page), ==, 30);
  g_assert_cmpuint (obm_page_get_n_items (page), ==, 2);
  g_assert_cmpint (obm_entity_get_id (obm_page_get_item (page, 0)), ==, 7);
  g_assert_cmpint (obm_entity_get_id (obm_page_get_item (page, 1)), ==, 8);
}

static void
test_least (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmPage) page = read_page ("{'length':1,'datas':[{'id':7}],'more':1}", &error);

  g_assert_no_error (error);
  g_assert_cmpint (obm_page_get_length (page), ==, 1);
  g_assert_cmpuint (obm_page_get_n_items (page), ==, 1);
}

static void
test_refused (gconstpointer data)
{
  const char * const *fields = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_page (fields[1], &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, fields[2]);
  g_assert_null (read_page (fields[1], NULL));
}

static const char * const refused[][3] = {
  { "without-length-is-accepted", "{'datas':[]}", "length" },
  { "null-length-is-accepted", "{'length':null,'datas':[]}", "length" },
  { "length-as-a-string-is-accepted", "{'length':'1','datas':[]}", "length" },
  { "fractional-length-is-accepted", "{'length':1.5,'datas':[]}", "length" },
  { "negative-length-is-accepted", "{'length':-1,'datas':[]}", "length" },
  { "length-beyond-a-list-is-accepted", "{'length':4294967296,'datas':[]}", "length" },
  { "huge-length-is-accepted", "{'length':9223372036854775807,'datas':[]}", "length" },
  { "without-datas-is-accepted", "{'length':0}", "datas" },
  { "null-datas-are-accepted", "{'length':0,'datas':null}", "datas" },
  { "datas-as-an-object-are-accepted", "{'length':1,'datas':{'id':7}}", "datas" },
  { "more-datas-than-length-are-accepted", "{'length':1,'datas':[{'id':7},{'id':8}]}", "length" },
  { "more-datas-than-rows-are-accepted", "{'length':9,'rows':1,'datas':[{'id':7},{'id':8}]}", "length" },
  { "page-zero-is-accepted", "{'length':0,'page':0,'datas':[]}", "length" },
  { "huge-page-is-accepted", "{'length':0,'page':4294967296,'datas':[]}", "length" },
  { "no-rows-are-accepted", "{'length':0,'rows':0,'datas':[]}", "length" },
  { "negative-rows-are-accepted", "{'length':0,'rows':-10,'datas':[]}", "length" },
  { "null-row-leaves-a-hole", "{'length':2,'datas':[{'id':7},null]}", "datas" },
  { "number-as-row-leaves-a-hole", "{'length':2,'datas':[{'id':7},8]}", "datas" },
  { "array-as-row-leaves-a-hole", "{'length':2,'datas':[{'id':7},[{'id':8}]]}", "datas" },
  { "bad-row-leaves-a-hole", "{'length':2,'datas':[{'id':7},{'id':0}]}", "id" },
};

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/page/changes-when-written", test_round_trip);
  g_test_add_func ("/model/page/rows-are-not-in-order", test_items);
  g_test_add_func ("/model/page/length-and-datas-alone-are-refused", test_least);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/model/page/", refused[i][0], NULL);

      g_test_add_data_func (path, refused[i], test_refused);
    }

  return g_test_run ();
}
