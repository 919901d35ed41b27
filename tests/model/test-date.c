/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-date.h"

/* The tests run in a zone that is not UTC, so that a date taken for a local one shows. */

static void
assert_date (const char *text, const char *expected)
{
  g_autoptr (GDateTime) date = obm_date_parse (text);
  g_autofree char *again = NULL;

  g_assert_nonnull (date);
  again = obm_date_format (date);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_round_trip (void)
{
  assert_date ("2008-06-13T09:00:00.000+0000", "2008-06-13T09:00:00.000+0000");
  assert_date ("1999-12-31T23:59:59.999+0000", "1999-12-31T23:59:59.999+0000");
  assert_date ("2024-02-29T00:00:00.001+0000", "2024-02-29T00:00:00.001+0000");
}

static void
test_zone (void)
{
  assert_date ("2008-06-13T09:00:00.000+0200", "2008-06-13T07:00:00.000+0000");
  assert_date ("2008-01-01T00:30:00.000+0130", "2007-12-31T23:00:00.000+0000");
  assert_date ("2008-06-13T09:00:00.000-0930", "2008-06-13T18:30:00.000+0000");
  assert_date ("2008-06-13T09:00:00Z", "2008-06-13T09:00:00.000+0000");
  assert_date ("2008-06-13T09:00:00+02:00", "2008-06-13T07:00:00.000+0000");
}

static void
test_year (void)
{
  assert_date ("0001-01-01T00:00:00.000+0000", "0001-01-01T00:00:00.000+0000");
  assert_date ("0987-01-01T00:00:00.000+0000", "0987-01-01T00:00:00.000+0000");
  assert_date ("9999-12-31T23:59:59.000+0000", "9999-12-31T23:59:59.000+0000");
}

/* The zone takes them out of the years that there are. */
static void
test_out_of_range (void)
{
  static const char * const texts[] = { "0001-01-01T00:00:00.000+0100", "9999-12-31T23:59:59.000-0100" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GDateTime) date = obm_date_parse (texts[i]);
      g_autofree char *text = date ? obm_date_format (date) : NULL;
      g_autoptr (GDateTime) again = obm_date_parse (text);

      if (text != NULL)
        g_assert_nonnull (again);
    }
}

static void
test_locale (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (7200);
  g_autoptr (GDateTime) date = g_date_time_new (zone, 2008, 6, 13, 9, 5, 7.25);
  g_autofree char *text = obm_date_format (date);

  g_assert_cmpstr (text, ==, "2008-06-13T07:05:07.250+0000");
}

static void
test_no_date (void)
{
  static const char * const texts[] = {
    NULL,
    "",
    "2008-06-13",
    "2008-06-13T09:00:00",
    "2008-06-13 09:00:00",
    "0000-00-00T00:00:00.000+0000",
    "0000-01-01T00:00:00.000+0000",
    "2008-02-30T09:00:00.000+0000",
    "2008-06-13T24:00:01.000+0000",
    "2008-06-13T09:00:00.000+9999",
    "2008-06-13T09:00:00.000+",
    "2008-06-13T09:00:00.000+0000x",
    " 2008-06-13T09:00:00.000+0000",
    "99999999999999999999-06-13T09:00:00.000+0000",
    "-2008-06-13T09:00:00.000+0000",
    "13/06/2008",
    "h\303\264te",
    "\xff\xfe",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GDateTime) date = obm_date_parse (texts[i]);

      if (date != NULL)
        g_error ("\"%s\" is taken for a date", texts[i]);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/date/changes-when-written", test_round_trip);
  g_test_add_func ("/model/date/zone-is-lost", test_zone);
  g_test_add_func ("/model/date/early-year-is-written-short", test_year);
  g_test_add_func ("/model/date/beyond-the-years-is-written-badly", test_out_of_range);
  g_test_add_func ("/model/date/is-written-in-local-time", test_locale);
  g_test_add_func ("/model/date/what-is-no-date-is-one", test_no_date);

  return g_test_run ();
}
