/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-server.h"
#include "remote-test.h"

#define DOMAIN(id, own) "{'id':'" id "','name':'" id ".fr','own':" own "}"

static void
count_cb (GObject *object, GParamSpec *pspec, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_signs_in (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (ObmDomain) domain = NULL;
  g_autoptr (ObmSession) session = NULL;
  g_autofree char *address = NULL, *host_name = NULL, *login = NULL, *expected = NULL;
  guint n_domain = 0, n_session = 0;
  g_autoptr (GError) error = NULL;

  g_signal_connect (backend, "notify::domain", G_CALLBACK (count_cb), &n_domain);
  g_signal_connect (backend, "notify::session", G_CALLBACK (count_cb), &n_session);
  g_assert_null (obm_backend_get_domain (backend));
  g_assert_null (obm_backend_get_session (backend));

  g_assert_true (test_sign_in (backend, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_domain, ==, 1);
  g_assert_cmpuint (n_session, ==, 1);
  g_assert_cmpstr (obm_domain_get_name (obm_backend_get_domain (backend)), ==, "exemple.fr");
  g_assert_cmpstr (obm_session_get_login (obm_backend_get_session (backend)), ==, "admin1");
  g_assert_cmpint (obm_session_get_rights (obm_backend_get_session (backend)), ==,
                   OBM_RIGHTS_READ | OBM_RIGHTS_WRITE | OBM_RIGHTS_COMMIT);

  g_object_get (backend, "address", &address, "host-name", &host_name, "login", &login, "domain", &domain,
                "session", &session, NULL);
  expected = g_strdup_printf ("127.0.0.1:%u", mock_server_get_port (server));
  g_assert_cmpstr (address, ==, mock_server_get_address (server));
  g_assert_cmpstr (host_name, ==, expected);
  g_assert_cmpstr (login, ==, "admin1@exemple.fr");
  g_assert_cmpstr (obm_backend_get_login (backend), ==, "admin1@exemple.fr");
  g_assert_true (domain == obm_backend_get_domain (backend));
  g_assert_true (session == obm_backend_get_session (backend));
}

/* Which domain is entered, of those the backend offers; NULL: none, and why not. */
static const struct {
  const char *name;
  const char *domains;
  const char *entered;
  ObmError code;
} choices[] = {
  { "own-first", "[" DOMAIN ("a", "true") "," DOMAIN ("b", "false") "]", "a", 0 },
  { "own-second", "[" DOMAIN ("a", "false") "," DOMAIN ("b", "true") "]", "b", 0 },
  { "two-own", "[" DOMAIN ("a", "true") "," DOMAIN ("b", "true") "]", "a", 0 },
  { "none-own", "[" DOMAIN ("a", "false") "," DOMAIN ("b", "false") "]", "a", 0 },
  { "own-is-null", "[" DOMAIN ("a", "null") "," DOMAIN ("b", "'true'") "]", "a", 0 },
  { "none", "[]", NULL, OBM_ERROR_RIGHTS_INSUFFICIENT },
  { "object-instead-of-array", DOMAIN ("a", "true"), NULL, OBM_ERROR_REPLY_MALFORMED },
  { "strings", "['a','b']", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "null", "[null]", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "no-name", "[{'id':'a'}]", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "number-as-key", "[{'id':1,'name':'a.fr'}]", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "empty-key", "[" DOMAIN ("", "true") "]", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "key-is-a-dot", "[" DOMAIN (".", "true") "]", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "key-is-two-dots", "[" DOMAIN ("..", "true") "]", NULL, OBM_ERROR_REPLY_MALFORMED },
  { "one-bad-among-others", "[" DOMAIN ("a", "true") ",{'id':'b'}]", NULL, OBM_ERROR_REPLY_MALFORMED },
};

static void
test_choice (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, "/v1/domains", 200, NULL, choices[i].domains);
  mock_server_answer (server, "/v1/a/session", 200, NULL, MOCK_SESSION);
  mock_server_answer (server, "/v1/b/session", 200, NULL, MOCK_SESSION);
  test_sign_in (backend, &error);
  if (choices[i].entered != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (obm_domain_get_id (obm_backend_get_domain (backend)), ==, choices[i].entered);
    }
  else
    {
      test_assert_error (&error, choices[i].code);
      g_assert_null (obm_backend_get_domain (backend));
      g_assert_null (obm_backend_get_session (backend));
    }
}

/* Sessions nobody can work with. */
static const struct {
  const char *name;
  guint status;
  const char *session;
  ObmError code;
} sessions[] = {
  { "no-rights", 200, "{'login':'admin1'}", OBM_ERROR_RIGHTS_INSUFFICIENT },
  { "right-to-write-only", 200, "{'login':'admin1','rights':{'write':true}}", OBM_ERROR_RIGHTS_INSUFFICIENT },
  { "no-right-to-read", 200, "{'login':'admin1','rights':{'read':false}}", OBM_ERROR_RIGHTS_INSUFFICIENT },
  { "word-instead-of-right", 200, "{'login':'admin1','rights':{'read':'1'}}", OBM_ERROR_RIGHTS_INSUFFICIENT },
  { "array", 200, "[]", OBM_ERROR_REPLY_MALFORMED },
  { "no-login", 200, "{'rights':{'read':true}}", OBM_ERROR_REPLY_MALFORMED },
  { "forbidden", 403, "{'type':'rights.insufficient'}", OBM_ERROR_RIGHTS_INSUFFICIENT },
  { "credentials-gone-meanwhile", 401, "{'type':'credentials.invalid'}", OBM_ERROR_CREDENTIALS_INVALID },
};

static void
test_session (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, "/v1/d/session", sessions[i].status, NULL, sessions[i].session);
  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, sessions[i].code);
  g_assert_null (obm_backend_get_domain (backend));
  g_assert_null (obm_backend_get_session (backend));
}

static void
test_wrong_password (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, "/v1/domains", 401, "WWW-Authenticate: Basic realm=\"OBM\", charset=\"UTF-8\"",
                      "{'type':'credentials.invalid','message':'Bad'}");
  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, OBM_ERROR_CREDENTIALS_INVALID);
  /* a second attempt with the same password would count against the administrator */
  g_assert_cmpuint (mock_server_count_requests (server, NULL), ==, 1);

  mock_server_answer (server, "/v1/domains", 200, NULL, MOCK_DOMAINS);
  g_assert_true (test_sign_in (backend, &error));
  g_assert_no_error (error);
}

/* The second sign-in fails: what the first one found still holds. */
static void
test_second_fails (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (ObmSession) session = g_object_ref (obm_backend_get_session (backend));
  g_autoptr (GError) error = NULL;

  mock_server_answer (server, "/v1/d/session", 503, NULL, "{'type':'database.unavailable'}");
  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, OBM_ERROR_DATABASE_UNAVAILABLE);
  g_assert_true (obm_backend_get_session (backend) == session);
  g_assert_nonnull (obm_backend_get_domain (backend));
}

static void
test_not_signed_in (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_HOSTS);
  g_autoptr (GError) error = NULL;

  g_assert_null (test_update_state (backend, NULL, &error));
  test_assert_error (&error, OBM_ERROR_CREDENTIALS_INVALID);
  g_assert_null (test_search (backend, search, 1, 10, &error));
  test_assert_error (&error, OBM_ERROR_CREDENTIALS_INVALID);
  g_assert_cmpuint (mock_server_count_requests (server, NULL), ==, 0);
}

static void
test_timeout_property (void)
{
  g_autoptr (ObmBackend) backend = test_backend_new ("obm.example.org");
  guint timeout, n_notified = 0;

  g_signal_connect (backend, "notify::timeout", G_CALLBACK (count_cb), &n_notified);
  g_object_get (backend, "timeout", &timeout, NULL);
  g_assert_cmpuint (timeout, ==, 30);
  g_object_set (backend, "timeout", 30, NULL);
  g_assert_cmpuint (n_notified, ==, 0);
  g_object_set (backend, "timeout", 5, NULL);
  g_object_get (backend, "timeout", &timeout, NULL);
  g_assert_cmpuint (timeout, ==, 5);
  g_assert_cmpuint (n_notified, ==, 1);
}

static void
test_leak (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  ObmBackend *backend = test_signed_in (mock_server_get_address (server));

  g_object_unref (test_update_state (backend, NULL, NULL));
  g_assert_finalize_object (backend);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/sign-in/fails", test_signs_in);
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/sign-in/wrong-domain-is-entered/", choices[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_choice);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sessions); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/sign-in/succeeds-with/", sessions[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_session);
    }
  g_test_add_func ("/remote/sign-in/wrong-password-is-tried-again", test_wrong_password);
  g_test_add_func ("/remote/sign-in/failure-signs-out", test_second_fails);
  g_test_add_func ("/remote/sign-in/is-not-needed", test_not_signed_in);
  g_test_add_func ("/remote/sign-in/time-limit-cannot-be-set", test_timeout_property);
  g_test_add_func ("/remote/sign-in/backend-leaks", test_leak);

  return g_test_run ();
}
