/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-error.h"

#include "model-test.h"

/* The contract's table, written down a second time. */
static const struct {
  ObmError code;
  guint status;
  const char *type;
} types[] = {
  { OBM_ERROR_BODY_MALFORMED, 400, "body.malformed" },
  { OBM_ERROR_QUERY_INVALID, 400, "query.invalid" },
  { OBM_ERROR_CREDENTIALS_INVALID, 401, "credentials.invalid" },
  { OBM_ERROR_RIGHTS_INSUFFICIENT, 403, "rights.insufficient" },
  { OBM_ERROR_DOMAIN_FOREIGN, 403, "domain.foreign" },
  { OBM_ERROR_REFERENCE_UNKNOWN, 404, "reference.unknown" },
  { OBM_ERROR_METHOD_NOT_ALLOWED, 405, "method.not_allowed" },
  { OBM_ERROR_BODY_TOO_LARGE, 413, "body.too_large" },
  { OBM_ERROR_URI_TOO_LONG, 414, "uri.too_long" },
  { OBM_ERROR_MEDIA_UNSUPPORTED, 415, "media.unsupported" },
  { OBM_ERROR_HOST_ALREADY_MAILSERVER, 409, "host.already_mailserver" },
  { OBM_ERROR_MAILSERVER_LINKED, 409, "mailserver.linked" },
  { OBM_ERROR_UPDATE_RUNNING, 409, "update.running" },
  { OBM_ERROR_MAILSERVER_CHANGED, 412, "mailserver.changed" },
  { OBM_ERROR_HOST_INVALID, 422, "host.invalid" },
  { OBM_ERROR_HOST_IMMUTABLE, 422, "host.immutable" },
  { OBM_ERROR_ROLES_EMPTY, 422, "roles.empty" },
  { OBM_ERROR_PRECONDITION_REQUIRED, 428, "precondition.required" },
  { OBM_ERROR_REQUESTS_TOO_MANY, 429, "requests.too_many" },
  { OBM_ERROR_INTERNAL, 500, "internal" },
  { OBM_ERROR_UPDATE_UNAVAILABLE, 501, "update.unavailable" },
  { OBM_ERROR_DATABASE_UNAVAILABLE, 503, "database.unavailable" },
};

static const ObmError transport[] = {
  OBM_ERROR_ADDRESS_INVALID, OBM_ERROR_UNREACHABLE,   OBM_ERROR_TIMEOUT,
  OBM_ERROR_TLS,             OBM_ERROR_NOT_THE_API, OBM_ERROR_REPLY_MALFORMED,
  OBM_ERROR_OUTCOME_UNKNOWN,
};

static GError *
read_error (guint status, const char *text)
{
  g_autoptr (JsonObject) object = test_object (text);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);

  return obm_error_new_from_json (status, node);
}

static void
test_types (void)
{
  /* No code is forgotten here. */
  g_assert_cmpint (G_N_ELEMENTS (types), ==, OBM_ERROR_DATABASE_UNAVAILABLE + 1);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'type':'%s','message':'A message'}", types[i].type);
      g_autoptr (GError) error = obm_error_new (types[i].code, NULL, "A message");
      g_autoptr (GError) again = read_error (types[i].status, text);
      g_autoptr (JsonNode) node = obm_error_to_json (error);

      g_assert_cmpstr (obm_error_get_type_name (error), ==, types[i].type);
      g_assert_cmpuint (obm_error_get_status (error), ==, types[i].status);
      test_assert_json (json_node_dup_object (node), text);
      g_assert_cmpstr (again->message, ==, "A message");
      test_assert_error (&again, types[i].code, NULL);
    }
}

/* "type" is for programs, so it counts even where a proxy changed the status. */
static void
test_type_wins (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *text = g_strdup_printf ("{'type':'%s'}", types[i].type);
      g_autoptr (GError) error = read_error (types[i].status == 404 ? 503 : 404, text);

      g_assert_cmpstr (error->message, ==, types[i].type);
      test_assert_error (&error, types[i].code, NULL);
    }
}

static void
test_transport (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (transport); i++)
    {
      g_autoptr (GError) error = obm_error_new (transport[i], NULL, "Nothing came");

      g_assert_error (error, OBM_ERROR, (int) transport[i]);
      g_assert_cmpstr (obm_error_get_type_name (error), ==, "internal");
      g_assert_cmpuint (obm_error_get_status (error), ==, 500);
    }
}

static void
test_unknown_type (void)
{
  static const struct {
    guint status;
    ObmError code;
  } cases[] = {
    { 400, OBM_ERROR_QUERY_INVALID },      { 401, OBM_ERROR_CREDENTIALS_INVALID },
    { 403, OBM_ERROR_RIGHTS_INSUFFICIENT }, { 404, OBM_ERROR_REFERENCE_UNKNOWN },
    { 405, OBM_ERROR_METHOD_NOT_ALLOWED }, { 412, OBM_ERROR_MAILSERVER_CHANGED },
    { 413, OBM_ERROR_BODY_TOO_LARGE },     { 414, OBM_ERROR_URI_TOO_LONG },
    { 415, OBM_ERROR_MEDIA_UNSUPPORTED },  { 428, OBM_ERROR_PRECONDITION_REQUIRED },
    { 429, OBM_ERROR_REQUESTS_TOO_MANY },  { 500, OBM_ERROR_INTERNAL },
    { 501, OBM_ERROR_UPDATE_UNAVAILABLE }, { 503, OBM_ERROR_DATABASE_UNAVAILABLE },
    { 418, OBM_ERROR_INTERNAL },           { 507, OBM_ERROR_INTERNAL },
    { 200, OBM_ERROR_INTERNAL },           { 0, OBM_ERROR_INTERNAL },
    { G_MAXUINT, OBM_ERROR_INTERNAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = read_error (cases[i].status, "{'type':'moon.full','message':'It is full'}");
      g_autoptr (GError) empty = read_error (cases[i].status, "{'type':''}");

      g_assert_cmpstr (error->message, ==, "It is full");
      test_assert_error (&error, cases[i].code, NULL);
      test_assert_error (&empty, cases[i].code, NULL);
    }
}

static void
test_no_error (void)
{
  static const char * const texts[] = { "{}", "{'type':null}", "{'type':404}", "{'type':['internal']}",
                                        "{'message':'Not found'}", "{'error':{'type':'internal'}}" };
  g_autoptr (JsonNode) null = json_node_new (JSON_NODE_NULL);
  g_autoptr (JsonNode) array = json_node_init_array (json_node_alloc (), NULL);
  g_autoptr (JsonNode) string = json_node_init_string (json_node_alloc (), "internal");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_null (read_error (404, texts[i]));
  g_assert_null (obm_error_new_from_json (404, NULL));
  g_assert_null (obm_error_new_from_json (404, null));
  g_assert_null (obm_error_new_from_json (404, string));
  json_node_take_array (array, json_array_new ());
  g_assert_null (obm_error_new_from_json (404, array));
}

static void
test_wrong_types (void)
{
  g_autoptr (GError) error =
                 read_error (409, "{'type':'mailserver.linked','message':{'fr':1},'field':7,'links':3}");

  g_assert_cmpstr (error->message, ==, "mailserver.linked");
  test_assert_error (&error, OBM_ERROR_MAILSERVER_LINKED, NULL);
}

static void
test_message (void)
{
  g_autoptr (GError) error = read_error (500, "{'type':'internal','message':'100%s %n %d%%','field':'%s'}");
  g_autoptr (GError) made = obm_error_new (OBM_ERROR_ROLES_EMPTY, "imap", "%s of %d", "None", 3);

  g_assert_cmpstr (error->message, ==, "100%s %n %d%%");
  g_assert_cmpstr (obm_error_get_field (error), ==, "%s");
  g_assert_cmpstr (made->message, ==, "None of 3");
}

static void
test_field (void)
{
  g_autoptr (GError) error = obm_error_new (OBM_ERROR_HOST_INVALID, "host", "No such host");
  g_autoptr (JsonNode) node = obm_error_to_json (error);
  g_autoptr (GError) again = obm_error_new_from_json (422, node);

  test_assert_json (json_node_dup_object (node),
                    "{'type':'host.invalid','message':'No such host','field':'host'}");
  test_assert_error (&again, OBM_ERROR_HOST_INVALID, "host");
}

/* An error outlives the answer, and a copy of it lives on its own. */
static void
test_copy (void)
{
  g_autoptr (GError) error = read_error (
      409, "{'type':'mailserver.linked','message':'Linked','field':'id','links':[{'kind':'user'}]}");
  g_autoptr (GError) copy = NULL;

  g_assert_cmpuint (obm_error_get_retry_after (error), ==, 0);
  obm_error_set_retry_after (error, 30);
  copy = g_error_copy (error);
  obm_error_set_retry_after (error, 60);
  g_clear_error (&error);

  g_assert_cmpstr (copy->message, ==, "Linked");
  g_assert_cmpuint (obm_error_get_retry_after (copy), ==, 30);
  g_assert_nonnull (obm_error_get_body (copy));
  g_assert_true (json_object_has_member (obm_error_get_body (copy), "links"));
  g_prefix_error (&copy, "While deleting: ");
  test_assert_error (&copy, OBM_ERROR_MAILSERVER_LINKED, "id");
}

static void
test_copy_empty (void)
{
  g_autoptr (GError) error = obm_error_new (OBM_ERROR_TIMEOUT, NULL, "Too late");
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) literal = g_error_new_literal (OBM_ERROR, OBM_ERROR_TIMEOUT, "Too late");

  g_assert_null (obm_error_get_body (copy));
  g_assert_cmpuint (obm_error_get_retry_after (copy), ==, 0);
  test_assert_error (&copy, OBM_ERROR_TIMEOUT, NULL);
  g_assert_null (obm_error_get_body (literal));
  test_assert_error (&literal, OBM_ERROR_TIMEOUT, NULL);
}

/* What a database or a file says is not for strangers. */
static void
test_foreign (void)
{
  g_autoptr (GError) error = g_error_new (G_FILE_ERROR, G_FILE_ERROR_NOENT, "SELECT * FROM UserObm");
  g_autoptr (JsonNode) node = obm_error_to_json (error);

  test_assert_json (json_node_dup_object (node), "{'type':'internal','message':'Internal error'}");
  g_assert_cmpuint (obm_error_get_status (error), ==, 500);
  g_assert_null (obm_error_get_field (error));
  g_assert_null (obm_error_get_body (error));
  g_assert_cmpuint (obm_error_get_retry_after (error), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/error/type-and-status-do-not-match", test_types);
  g_test_add_func ("/model/error/status-wins-over-type", test_type_wins);
  g_test_add_func ("/model/error/transport-error-has-a-type", test_transport);
  g_test_add_func ("/model/error/unknown-type-hides-the-status", test_unknown_type);
  g_test_add_func ("/model/error/other-json-is-an-error", test_no_error);
  g_test_add_func ("/model/error/wrong-type-is-not-null", test_wrong_types);
  g_test_add_func ("/model/error/message-is-a-format", test_message);
  g_test_add_func ("/model/error/field-is-lost", test_field);
  g_test_add_func ("/model/error/copy-loses-what-it-carries", test_copy);
  g_test_add_func ("/model/error/copy-of-nothing-crashes", test_copy_empty);
  g_test_add_func ("/model/error/foreign-message-is-shown", test_foreign);

  return g_test_run ();
}
