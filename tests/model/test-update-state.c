/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-state.h"

#include "model-test.h"

#define COUNTS(created, updated, deleted) \
  "'counts':{'created':" #created ",'updated':" #updated ",'deleted':" #deleted "}"
#define ROLES(imap, smtp_in, smtp_out) "{'imap':" #imap ",'smtp_in':" #smtp_in ",'smtp_out':" #smtp_out "}"
#define CREATED \
  "{'action':'created','host':'hote1','domain':'2','before':null,'after':" ROLES (true, true, false) "}"
#define UPDATED                                                                                              \
  "{'action':'updated','host':'hote2','domain':'2','before':" ROLES (true, false, false) ",'after':"         \
  ROLES (false, false, true) "}"
#define DELETED \
  "{'action':'deleted','host':null,'domain':null,'before':" ROLES (true, true, true) ",'after':null}"
#define STATE(pending, other, status, counts, changes)                                                       \
  "{'pending':" #pending ",'other':" #other ",'status':'" status "','may_commit':true," counts               \
  ",'changes':[" changes "],'batch':null}"

static ObmUpdateState *
read_state (const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (GError) error = NULL;
  ObmUpdateState *state = obm_update_state_new_from_json (object, &error);

  g_assert_no_error (error);

  return state;
}

static void
test_round_trip (void)
{
  static const char * const texts[] = {
    STATE (false, false, "IDLE", COUNTS (0, 0, 0), ""),
    STATE (true, false, "RUNNING", COUNTS (1, 0, 0), CREATED),
    STATE (true, false, "ERROR", COUNTS (1, 1, 1), CREATED "," UPDATED "," DELETED),
    STATE (true, true, "SUCCESS", COUNTS (0, 0, 0), ""),
    STATE (true, false, "IDLE", COUNTS (2000, 0, 0), CREATED),
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (ObmUpdateState) state = read_state (texts[i]);

      test_assert_json (obm_update_state_to_json (state), texts[i]);
    }
}

static void
test_getters (void)
{
  g_autoptr (ObmUpdateState) state = read_state (STATE (true, false, "ERROR", COUNTS (3, 2, 1), UPDATED));
  const ObmChange *change = obm_update_state_get_change (state, 0);

  g_assert_true (obm_update_state_get_pending (state));
  g_assert_false (obm_update_state_get_other (state));
  g_assert_cmpint (obm_update_state_get_status (state), ==, OBM_UPDATE_STATUS_ERROR);
  g_assert_true (obm_update_state_get_may_commit (state));
  g_assert_cmpint (obm_update_state_get_count (state, OBM_CHANGE_CREATED), ==, 3);
  g_assert_cmpint (obm_update_state_get_count (state, OBM_CHANGE_UPDATED), ==, 2);
  g_assert_cmpint (obm_update_state_get_count (state, OBM_CHANGE_DELETED), ==, 1);
  g_assert_cmpuint (obm_update_state_get_n_changes (state), ==, 1);
  g_assert_cmpint (change->action, ==, OBM_CHANGE_UPDATED);
  g_assert_cmpstr (change->host, ==, "hote2");
  g_assert_cmpstr (change->domain, ==, "2");
  g_assert_cmpint (change->before, ==, OBM_ROLES_IMAP);
  g_assert_cmpint (change->after, ==, OBM_ROLES_SMTP_OUT);
}

static void
test_statuses (void)
{
  static const struct {
    const char *text;
    ObmUpdateStatus status;
  } cases[] = {
    { "{'pending':false,'status':'IDLE'}", OBM_UPDATE_STATUS_IDLE },
    { "{'pending':false,'status':'RUNNING'}", OBM_UPDATE_STATUS_RUNNING },
    { "{'pending':false,'status':'ERROR'}", OBM_UPDATE_STATUS_ERROR },
    { "{'pending':false,'status':'SUCCESS'}", OBM_UPDATE_STATUS_SUCCESS },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (ObmUpdateState) state = read_state (cases[i].text);

      g_assert_cmpint (obm_update_state_get_status (state), ==, cases[i].status);
      g_assert_false (obm_update_state_get_pending (state));
      g_assert_false (obm_update_state_get_may_commit (state));
      g_assert_cmpuint (obm_update_state_get_n_changes (state), ==, 0);
    }
}

/* The post-it must show when anything says that something waits. */
static void
test_pending (void)
{
  g_autoptr (ObmUpdateState) counted = read_state (STATE (false, false, "IDLE", COUNTS (0, 1, 0), ""));
  g_autoptr (ObmUpdateState) flagged = read_state (STATE (true, false, "IDLE", COUNTS (0, 0, 0), ""));
  g_autoptr (ObmUpdateState) both = read_state (STATE (true, true, "IDLE", COUNTS (0, 0, 1), ""));
  g_autoptr (ObmUpdateState) neither = read_state (STATE (false, true, "IDLE", COUNTS (0, 0, 0), ""));

  g_assert_true (obm_update_state_get_pending (counted) && !obm_update_state_get_other (counted));
  g_assert_true (obm_update_state_get_pending (flagged) && obm_update_state_get_other (flagged));
  g_assert_true (obm_update_state_get_pending (both) && !obm_update_state_get_other (both));
  g_assert_true (!obm_update_state_get_pending (neither) && !obm_update_state_get_other (neither));
}

static void
test_bad_members (void)
{
  g_autoptr (ObmUpdateState) state = read_state (
      "{'pending':true,'status':'IDLE','other':7,'may_commit':'true',"
      "'counts':{'created':-5,'updated':'2','deleted':1.5},"
      "'changes':[null,1,'created',[],{},{'action':null},{'action':'renamed','host':'hote9'},"
      "{'action':'CREATED','host':'hote9'},"
      "{'action':'updated','host':7,'domain':{},'before':{'imap':1,'smtp_in':true},'after':'imap'}],"
      "'batch':'none'}");

  g_assert_false (obm_update_state_get_may_commit (state));
  for (ObmChangeAction action = 0; action < OBM_N_CHANGE_ACTIONS; action++)
    g_assert_cmpint (obm_update_state_get_count (state, action), ==, 0);
  g_assert_cmpuint (obm_update_state_get_n_changes (state), ==, 1);
  g_assert_null (obm_update_state_get_change (state, 0)->host);
  g_assert_null (obm_update_state_get_change (state, 0)->domain);
  g_assert_cmpint (obm_update_state_get_change (state, 0)->before, ==, OBM_ROLES_SMTP_IN);
  g_assert_cmpint (obm_update_state_get_change (state, 0)->after, ==, OBM_ROLES_NONE);
}

static void
test_bad_containers (void)
{
  static const char * const others[] = { "null", "7", "'all'", "{}", "[]" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'pending':false,'status':'IDLE','counts':%s,'changes':%s}",
                                               others[i], others[G_N_ELEMENTS (others) - 1 - i]);
      g_autoptr (ObmUpdateState) state = read_state (text);

      g_assert_false (obm_update_state_get_pending (state));
      g_assert_cmpuint (obm_update_state_get_n_changes (state), ==, 0);
    }
}

static void
test_huge_counts (void)
{
  g_autoptr (ObmUpdateState) state = read_state (STATE (
      false, false, "IDLE", COUNTS (0, 9223372036854775807, 9223372036854775807), ""));

  g_assert_true (obm_update_state_get_pending (state));
  g_assert_cmpint (obm_update_state_get_count (state, OBM_CHANGE_UPDATED), ==, G_MAXINT64);
}

static void
test_refused (void)
{
  static const struct {
    const char *text;
    const char *field;
  } cases[] = {
    { "{}", "pending" },
    { "{'status':'IDLE'}", "pending" },
    { "{'pending':null,'status':'IDLE'}", "pending" },
    { "{'pending':1,'status':'IDLE'}", "pending" },
    { "{'pending':true}", "status" },
    { "{'pending':true,'status':null}", "status" },
    { "{'pending':true,'status':0}", "status" },
    { "{'pending':true,'status':''}", "status" },
    { "{'pending':true,'status':'idle'}", "status" },
    { "{'pending':true,'status':'PAUSED'}", "status" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) object = test_object (cases[i].text);
      g_autoptr (GError) error = NULL;

      g_assert_null (obm_update_state_new_from_json (object, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, cases[i].field);
    }
}

static void
test_add (void)
{
  g_autoptr (ObmUpdateState) state = obm_update_state_new (TRUE, OBM_UPDATE_STATUS_IDLE, TRUE);

  g_assert_true (obm_update_state_get_other (state));
  obm_update_state_add_change (state, OBM_CHANGE_CREATED, "hote1", "2", OBM_ROLES_NONE,
                               OBM_ROLES_IMAP | OBM_ROLES_SMTP_IN);
  obm_update_state_add_change (state, OBM_CHANGE_UPDATED, "hote2", "2", OBM_ROLES_IMAP, OBM_ROLES_SMTP_OUT);
  obm_update_state_add_change (state, OBM_CHANGE_DELETED, NULL, NULL,
                               OBM_ROLES_IMAP | OBM_ROLES_SMTP_IN | OBM_ROLES_SMTP_OUT, OBM_ROLES_NONE);
  test_assert_json (obm_update_state_to_json (state),
                    STATE (true, false, "IDLE", COUNTS (1, 1, 1), CREATED "," UPDATED "," DELETED));
}

#define BATCH                                                                                                \
  "{'id':3,'status':'RUNNING','operationCount':2,'operationDone':1,'error':null,'timestart':null,"           \
  "'timeend':null}"
#define WITH_BATCH(batch) \
  "{'pending':false,'other':false,'status':'RUNNING','may_commit':false," COUNTS (0, 0, 0)                   \
  ",'changes':[],'batch':" batch "}"

static void
test_batch (void)
{
  g_autoptr (ObmUpdateState) state = read_state (WITH_BATCH (BATCH));
  g_autoptr (ObmUpdateState) other = read_state (WITH_BATCH ("null"));
  g_autoptr (ObmBatch) batch = obm_batch_new (7, 1, NULL);

  g_assert_cmpint (obm_batch_get_id (obm_update_state_get_batch (state)), ==, 3);
  test_assert_json (obm_update_state_to_json (state), WITH_BATCH (BATCH));
  g_assert_null (obm_update_state_get_batch (other));
  obm_update_state_set_run (other, OBM_UPDATE_STATUS_SUCCESS, batch);
  g_assert_true (obm_update_state_get_batch (other) == batch);
  g_assert_cmpint (obm_update_state_get_status (other), ==, OBM_UPDATE_STATUS_SUCCESS);
  obm_update_state_set_run (other, OBM_UPDATE_STATUS_RUNNING, NULL);
  test_assert_json (obm_update_state_to_json (other), WITH_BATCH ("null"));
}

static void
test_bad_batch (void)
{
  static const char * const none[] = { "null", "3", "'3'", "[]", "true" };
  g_autoptr (JsonObject) object = test_object (WITH_BATCH ("{'id':3}"));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    {
      g_autofree char *text = g_strdup_printf (WITH_BATCH ("%s"), none[i]);
      g_autoptr (ObmUpdateState) state = read_state (text);

      g_assert_null (obm_update_state_get_batch (state));
    }
  g_assert_null (obm_update_state_new_from_json (object, &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, "status");
}

static void
test_many (void)
{
  g_autoptr (ObmUpdateState) state = obm_update_state_new (FALSE, OBM_UPDATE_STATUS_IDLE, TRUE);

  for (guint i = 0; i < OBM_UPDATE_STATE_MAX_CHANGES + 5; i++)
    obm_update_state_add_change (state, OBM_CHANGE_DELETED, "hote1", "2", OBM_ROLES_IMAP, OBM_ROLES_NONE);
  g_assert_true (obm_update_state_get_pending (state));
  g_assert_cmpuint (obm_update_state_get_n_changes (state), ==, OBM_UPDATE_STATE_MAX_CHANGES);
  g_assert_cmpint (obm_update_state_get_count (state, OBM_CHANGE_DELETED), ==,
                   OBM_UPDATE_STATE_MAX_CHANGES + 5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/update-state/changes-when-written", test_round_trip);
  g_test_add_func ("/model/update-state/member-is-read-as-another", test_getters);
  g_test_add_func ("/model/update-state/status-is-read-as-another", test_statuses);
  g_test_add_func ("/model/update-state/waiting-change-is-hidden", test_pending);
  g_test_add_func ("/model/update-state/wrong-type-is-not-left-out", test_bad_members);
  g_test_add_func ("/model/update-state/counts-or-changes-must-be-there", test_bad_containers);
  g_test_add_func ("/model/update-state/huge-counts-overflow", test_huge_counts);
  g_test_add_func ("/model/update-state/unknown-status-is-accepted", test_refused);
  g_test_add_func ("/model/update-state/added-change-is-not-written", test_add);
  g_test_add_func ("/model/update-state/batch-is-lost", test_batch);
  g_test_add_func ("/model/update-state/bad-batch-is-accepted", test_bad_batch);
  g_test_add_func ("/model/update-state/too-many-changes-are-listed-or-not-counted", test_many);

  return g_test_run ();
}
