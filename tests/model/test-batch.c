/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-batch.h"

#include "model-test.h"

#define RUNNING                                                                                              \
  "{'id':3,'status':'RUNNING','operationCount':2,'operationDone':1,'error':null,"                            \
  "'timestart':'2008-06-13T09:00:00.000+0000','timeend':null}"
#define FAILED                                                                                               \
  "{'id':9223372036854775807,'status':'ERROR','operationCount':1,'operationDone':1,"                         \
  "'error':'Exit status 2\\nh\303\264te','timestart':'2008-06-13T09:00:00.000+0000',"                        \
  "'timeend':'2008-06-13T09:00:07.250+0000'}"

static ObmBatch *
read_batch (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmBatch *batch = obm_batch_new_from_json (object, &error);

  g_assert_no_error (error);

  return batch;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = { RUNNING, FAILED };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmBatch) batch = read_batch (texts[i]);
      g_autoptr (ObmBatch) copy = obm_batch_copy (batch);

      test_assert_json (obm_batch_to_json (batch), texts[i]);
      test_assert_json (obm_batch_to_json (copy), texts[i]);
    }
}

static void
test_getters (void)
{
  g_autoptr (ObmBatch) batch = read_batch (FAILED);
  g_autoptr (ObmBatch) running = read_batch (RUNNING);

  g_assert_cmpint (obm_batch_get_id (batch), ==, G_MAXINT64);
  g_assert_cmpint (obm_batch_get_status (batch), ==, OBM_UPDATE_STATUS_ERROR);
  g_assert_cmpstr (obm_batch_get_error (batch), ==, "Exit status 2\nh\303\264te");
  g_assert_cmpint (g_date_time_to_unix (obm_batch_get_timeend (batch)), ==, 1213347607);
  g_assert_cmpuint (obm_batch_get_operation_count (running), ==, 2);
  g_assert_cmpuint (obm_batch_get_operation_done (running), ==, 1);
  g_assert_null (obm_batch_get_error (running));
  g_assert_null (obm_batch_get_timeend (running));
}

static void
test_statuses (void)
{
  for (ObmUpdateStatus status = OBM_UPDATE_STATUS_IDLE; status <= OBM_UPDATE_STATUS_SUCCESS; status++)
    {
      ObmUpdateStatus again;

      g_assert_true (obm_update_status_from_string (obm_update_status_to_string (status), &again));
      g_assert_cmpint (again, ==, status);
    }
  g_assert_cmpstr (obm_update_status_to_string (OBM_UPDATE_STATUS_RUNNING), ==, "RUNNING");
  g_assert_cmpstr (obm_update_status_to_string (OBM_UPDATE_STATUS_SUCCESS), ==, "SUCCESS");
}

static void
test_wrong_types (void)
{
  g_autoptr (ObmBatch) batch =
      read_batch ("{'id':3,'status':'IDLE','operationCount':'2','operationDone':1.0,'error':['a'],"
                  "'timestart':1213347600,'timeend':'later'}");
  g_autoptr (ObmBatch) least = read_batch ("{'id':3,'status':'IDLE'}");
  const char *expected = "{'id':3,'status':'IDLE','operationCount':0,'operationDone':0,'error':null,"
                         "'timestart':null,'timeend':null}";

  test_assert_json (obm_batch_to_json (batch), expected);
  test_assert_json (obm_batch_to_json (least), expected);
}

/* A progress bar is drawn from these: never more done than there is, never a division that goes wrong. */
static void
test_progress (void)
{
  static const struct {
    const char *count;
    const char *done;
    guint expected_count;
    guint expected_done;
  } cases[] = {
    { "3", "7", 3, 3 },
    { "0", "1", 0, 0 },
    { "-1", "-1", 0, 0 },
    { "5", "-2", 5, 0 },
    { "9223372036854775807", "9223372036854775807", G_MAXINT32, G_MAXINT32 },
    { "-9223372036854775808", "3", 0, 0 },
    { "null", "3", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'id':1,'status':'RUNNING','operationCount':%s,"
                                               "'operationDone':%s}",
                                               cases[i].count, cases[i].done);
      g_autoptr (ObmBatch) batch = read_batch (text);

      g_assert_cmpuint (obm_batch_get_operation_count (batch), ==, cases[i].expected_count);
      g_assert_cmpuint (obm_batch_get_operation_done (batch), ==, cases[i].expected_done);
    }
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *field;
  } cases[] = {
    { "{}", "id" },
    { "{'status':'RUNNING'}", "id" },
    { "{'id':0,'status':'RUNNING'}", "id" },
    { "{'id':'3','status':'RUNNING'}", "id" },
    { "{'id':3}", "status" },
    { "{'id':3,'status':null}", "status" },
    { "{'id':3,'status':1}", "status" },
    { "{'id':3,'status':'running'}", "status" },
    { "{'id':3,'status':'PAUSED'}", "status" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = test_object (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_batch_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, cases[i].field);
    }
}

static void
test_run (void)
{
  g_autoptr (GDateTime) start = g_date_time_new_utc (2008, 6, 13, 9, 0, 0);
  g_autoptr (GDateTime) end = g_date_time_new_utc (2008, 6, 13, 9, 0, 7.25);
  g_autoptr (ObmBatch) batch = obm_batch_new (3, 2, start);
  g_autoptr (ObmBatch) before = NULL;

  obm_batch_operation_done (batch);
  test_assert_json (obm_batch_to_json (batch), RUNNING);
  before = obm_batch_copy (batch);
  obm_batch_operation_done (batch);
  obm_batch_set_error (batch, "Exit status 2");
  obm_batch_end (batch, OBM_UPDATE_STATUS_ERROR, end);

  test_assert_json (obm_batch_to_json (before), RUNNING);
  test_assert_json (obm_batch_to_json (batch),
                    "{'id':3,'status':'ERROR','operationCount':2,'operationDone':2,'error':'Exit status 2',"
                    "'timestart':'2008-06-13T09:00:00.000+0000','timeend':'2008-06-13T09:00:07.250+0000'}");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/batch/changes-when-written-or-copied", test_round_trip);
  g_test_add_func ("/model/batch/member-is-read-as-another", test_getters);
  g_test_add_func ("/model/batch/status-has-another-name", test_statuses);
  g_test_add_func ("/model/batch/wrong-type-is-not-null", test_wrong_types);
  g_test_add_func ("/model/batch/more-is-done-than-there-is", test_progress);
  g_test_add_func ("/model/batch/without-id-or-status-is-accepted", test_refused);
  g_test_add_func ("/model/batch/run-changes-its-copy-or-is-not-counted", test_run);

  return g_test_run ();
}
