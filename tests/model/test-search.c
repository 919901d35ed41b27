/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-search.h"

static void
test_default (void)
{
  const ObmSearchKind kinds[] = { OBM_SEARCH_MAIL_SERVERS, OBM_SEARCH_HOSTS };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (ObmSearch) search = obm_search_new (kinds[i]);

      g_assert_cmpint (obm_search_get_kind (search), ==, kinds[i]);
      g_assert_cmpstr (obm_search_get_name (search), ==, "");
      g_assert_cmpstr (obm_search_get_ip (search), ==, "");
      g_assert_cmpint (obm_search_get_with (search), ==, OBM_ROLES_NONE);
      g_assert_cmpint (obm_search_get_without (search), ==, OBM_ROLES_NONE);
      g_assert_false (obm_search_get_available (search));
      g_assert_cmpint (obm_search_get_sort (search), ==, OBM_SORT_NAME);
      g_assert_false (obm_search_get_descending (search));
    }
}

static void
test_null (void)
{
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_HOSTS);

  obm_search_set_name (search, "a");
  obm_search_set_ip (search, "1");
  obm_search_set_name (search, obm_search_get_name (search));
  g_assert_cmpstr (obm_search_get_name (search), ==, "a");
  obm_search_set_name (search, NULL);
  obm_search_set_ip (search, NULL);
  g_assert_cmpstr (obm_search_get_name (search), ==, "");
  g_assert_cmpstr (obm_search_get_ip (search), ==, "");
}

static void
test_copy (void)
{
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  g_autoptr (ObmSearch) copy = NULL;

  obm_search_set_name (search, "hote");
  obm_search_set_ip (search, "192");
  obm_search_set_roles (search, OBM_ROLES_IMAP, OBM_ROLES_SMTP_OUT);
  obm_search_set_available (search, TRUE);
  obm_search_set_order (search, OBM_SORT_IP, TRUE);
  copy = obm_search_copy (search);
  obm_search_set_name (search, "other");
  obm_search_set_ip (search, "10");
  obm_search_set_roles (search, OBM_ROLES_NONE, OBM_ROLES_NONE);
  obm_search_set_available (search, FALSE);
  obm_search_set_order (search, OBM_SORT_NAME, FALSE);

  g_assert_cmpint (obm_search_get_kind (copy), ==, OBM_SEARCH_MAIL_SERVERS);
  g_assert_cmpstr (obm_search_get_name (copy), ==, "hote");
  g_assert_cmpstr (obm_search_get_ip (copy), ==, "192");
  g_assert_cmpint (obm_search_get_with (copy), ==, OBM_ROLES_IMAP);
  g_assert_cmpint (obm_search_get_without (copy), ==, OBM_ROLES_SMTP_OUT);
  g_assert_true (obm_search_get_available (copy));
  g_assert_cmpint (obm_search_get_sort (copy), ==, OBM_SORT_IP);
  g_assert_true (obm_search_get_descending (copy));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/search/new-one-leaves-something-out", test_default);
  g_test_add_func ("/model/search/null-criterion-is-not-empty", test_null);
  g_test_add_func ("/model/search/copy-is-not-on-its-own", test_copy);

  return g_test_run ();
}
