/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-server.h"
#include "raw-server.h"
#include "remote-test.h"

#include <string.h>

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"

/* One request with @login and @password, as it was on the wire. */
static char *
record (RawServer *server, const char *login, const char *password)
{
  g_autoptr (ObmBackend) backend = obm_backend_new (raw_server_get_address (server), login, password, NULL);
  g_autoptr (GError) error = NULL;

  raw_server_answer (server, OK "Content-Length: 2\r\n\r\n[]", -1, RAW_END_KEEP);
  g_assert_false (test_sign_in (backend, &error));
  test_assert_error (&error, OBM_ERROR_RIGHTS_INSUFFICIENT);

  return raw_server_dup_request (server);
}

static void
assert_header (const char *request, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat ("\r\n", name, ": ", value, "\r\n", NULL);

  if (strstr (request, line) == NULL)
    g_error ("No \"%s: %s\" in: %s", name, value, request);
}

static void
test_headers (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *request = record (server, "admin1@exemple.fr", "secret");

  g_assert_true (g_str_has_prefix (request, "GET /v1/domains HTTP/1.1\r\n"));
  assert_header (request, "Accept", "application/json");
  g_assert_nonnull (strstr (request, "\r\nUser-Agent: OBM-Mail-Servers/" APP_VERSION " libsoup/"));
  g_assert_nonnull (strstr (request, "\r\nAccept-Language: "));
  g_assert_null (strstr (request, "\r\nCookie: "));
  g_assert_null (strstr (request, "\r\nReferer: "));
}

static void
test_credentials (void)
{
  static const struct {
    const char *login;
    const char *password;
    const char *header;
  } cases[] = {
    { "admin1@exemple.fr", "secret", "Basic YWRtaW4xQGV4ZW1wbGUuZnI6c2VjcmV0" },
    /* UTF-8: c3 a9 is é, e2 82 ac is € */
    { "rené@exemple.fr", "clé€", "Basic cmVuw6lAZXhlbXBsZS5mcjpjbMOp4oKs" },
    { "a@b@exemple.fr", "a:b: c", "Basic YUBiQGV4ZW1wbGUuZnI6YTpiOiBj" },
    { "admin1@exemple.fr", "", "Basic YWRtaW4xQGV4ZW1wbGUuZnI6" },
    { "admin1@exemple.fr", "a\r\nX: b", "Basic YWRtaW4xQGV4ZW1wbGUuZnI6YQ0KWDogYg==" },
  };
  g_autoptr (RawServer) server = raw_server_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *request = record (server, cases[i].login, cases[i].password);

      assert_header (request, "Authorization", cases[i].header);
    }
}

/* A cookie would be a session that the contract knows nothing of. */
static void
test_cookies (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));
  g_autofree char *request = NULL;

  raw_server_answer (server, OK "Set-Cookie: sid=1; Path=/\r\nContent-Length: 2\r\n\r\n[]", -1, RAW_END_KEEP);
  test_sign_in (backend, NULL);
  test_sign_in (backend, NULL);
  request = raw_server_dup_request (server);
  g_assert_cmpuint (raw_server_count_requests (server, NULL), ==, 2);
  g_assert_null (strstr (request, "sid=1"));
}

static char *
make_answer (const char *body)
{
  return g_strdup_printf (OK "Content-Length: %zu\r\n\r\n%s", strlen (body), body);
}

/* A backend of @server below @path, signed in to a domain with the key @key. */
static ObmBackend *
enter_domain (RawServer *server, const char *path, const char *key)
{
  g_autofree char *address = g_strconcat (raw_server_get_address (server), path, NULL);
  ObmBackend *backend = test_backend_new (address);
  g_autofree char *domains = g_strdup_printf ("[{\"id\":\"%s\",\"name\":\"exemple.fr\"}]", key);
  g_autofree char *domains_answer = make_answer (domains);
  const char *session = "{\"login\":\"admin1\",\"rights\":{\"read\":true}}";
  g_autofree char *session_answer = make_answer (session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  raw_server_answer (server, domains_answer, -1, RAW_END_KEEP);
  obm_backend_sign_in_async (backend, NULL, test_result_cb, &result);
  test_wait (raw_server_count_requests (server, NULL) == 1);
  raw_server_answer (server, session_answer, -1, RAW_END_KEEP);
  test_wait (result != NULL);
  obm_backend_sign_in_finish (backend, result, &error);
  g_assert_no_error (error);

  return backend;
}

static void
assert_target (RawServer *server, const char *target)
{
  g_autofree char *request = raw_server_dup_request (server);
  g_auto (GStrv) words = g_strsplit (request, " ", 3);

  g_assert_cmpstr (words[0], ==, "GET");
  g_assert_cmpstr (words[1], ==, target);
}

static void
test_domain_key (void)
{
  static const char * const keys[][2] = {
    { "0", "/v1/0/session" },
    { "3f2a-11-é", "/v1/3f2a-11-%C3%A9/session" },
    { "a/b?c#d%2F e", "/v1/a%2Fb%3Fc%23d%252F%20e/session" },
    { "../../x", "/v1/..%2F..%2Fx/session" },
    { "a+b&c=d;e", "/v1/a%2Bb%26c%3Dd%3Be/session" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autoptr (RawServer) server = raw_server_new ();
      g_autoptr (ObmBackend) backend = enter_domain (server, "", keys[i][0]);

      assert_target (server, keys[i][1]);
      g_assert_cmpstr (obm_domain_get_id (obm_backend_get_domain (backend)), ==, keys[i][0]);
    }
}

static void
test_base_path (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = enter_domain (server, "/obm/site%20a/", "d");

  assert_target (server, "/obm/site%20a/v1/d/session");
}

static void
test_searches (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = enter_domain (server, "", "d");
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  g_autoptr (ObmSearch) hosts = obm_search_new (OBM_SEARCH_HOSTS);

  g_assert_null (test_search (backend, search, 1, 10, NULL));
  assert_target (server, "/v1/d/mailservers?sort=host&order=asc&page=1&rows=10");

  obm_search_set_name (search, "é*&name=a+b%20#?");
  obm_search_set_ip (search, "192.162 *");
  obm_search_set_roles (search, OBM_ROLES_IMAP, OBM_ROLES_SMTP_OUT);
  obm_search_set_order (search, OBM_SORT_SMTP_IN, TRUE);
  g_assert_null (test_search (backend, search, 3, 1000, NULL));
  assert_target (server,
                 "/v1/d/mailservers?name=%C3%A9%2A%26name%3Da%2Bb%2520%23%3F&ip=192.162%20%2A&imap=true"
                 "&smtp_out=false&sort=smtp_in&order=desc&page=3&rows=1000");

  obm_search_set_available (hosts, TRUE);
  g_assert_null (test_search (backend, hosts, 2, 20, NULL));
  assert_target (server, "/v1/d/hosts?available=true&sort=name&order=asc&page=2&rows=20");
}

static void
test_routes (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = enter_domain (server, "", "d");
  g_autoptr (GAsyncResult) one = NULL, links = NULL;
  g_autoptr (ObmLinks) got_links = NULL;
  g_autoptr (GObject) got_state = NULL;

  obm_backend_get_mail_server_async (backend, G_MAXINT64, NULL, test_result_cb, &one);
  test_wait (one != NULL);
  g_assert_null (obm_backend_get_mail_server_finish (backend, one, NULL));
  assert_target (server, "/v1/d/mailservers/9223372036854775807");

  obm_backend_get_links_async (backend, 12, NULL, test_result_cb, &links);
  test_wait (links != NULL);
  got_links = obm_backend_get_links_finish (backend, links, NULL);
  assert_target (server, "/v1/d/mailservers/12/links");

  got_state = test_update_state (backend, NULL, NULL);
  assert_target (server, "/v1/d/update");
}

static void
redirect (const char *location)
{
  g_autoptr (MockServer) other = mock_server_new (NULL);
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autofree char *target = location ? g_strdup (location)
                                     : g_strconcat (mock_server_get_address (other), "/v1/d/update", NULL);
  g_autofree char *header = g_strconcat ("Location: ", target, NULL);
  static const guint statuses[] = { 301, 302, 303, 307, 308 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;

      mock_server_answer (server, "/v1/d/update", statuses[i], header, "{}");
      g_assert_null (test_update_state (backend, NULL, &error));
      test_assert_error (&error, OBM_ERROR_NOT_THE_API);
    }
  g_assert_cmpuint (mock_server_count_requests (server, "/v1/d/update"), ==, G_N_ELEMENTS (statuses));
  g_assert_cmpuint (mock_server_count_requests (server, "/elsewhere"), ==, 0);
  g_assert_cmpuint (mock_server_count_requests (other, NULL), ==, 0);
}

static void
test_redirect_same_origin (void)
{
  redirect ("/elsewhere");
}

static void
test_redirect_cross_origin (void)
{
  redirect (NULL);
}

/* A proxy that nobody answers at, for everything. */
typedef GSimpleProxyResolver DeadProxyResolver;
typedef GSimpleProxyResolverClass DeadProxyResolverClass;

static GType dead_proxy_resolver_get_type (void);

static gboolean
dead_proxy_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
proxy_resolver_init (GProxyResolverInterface *iface)
{
  iface->is_supported = dead_proxy_resolver_is_supported;
}

G_DEFINE_TYPE_WITH_CODE (DeadProxyResolver, dead_proxy_resolver, G_TYPE_SIMPLE_PROXY_RESOLVER,
                         G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER, proxy_resolver_init))

static void
dead_proxy_resolver_class_init (DeadProxyResolverClass *klass)
{
}

static void
dead_proxy_resolver_init (DeadProxyResolver *self)
{
  g_simple_proxy_resolver_set_default_proxy (self, "http://127.0.0.1:1");
}

/* The machine's settings send everything through a proxy: what stays on this machine is not for it to see. */
static void
test_proxy (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autofree char *request = NULL;

  g_assert_true (G_OBJECT_TYPE (g_proxy_resolver_get_default ()) == dead_proxy_resolver_get_type ());
  request = record (server, "admin1@exemple.fr", "secret");
  g_assert_nonnull (request);
}

static void
install_proxy (void)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dead", TRUE);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, dead_proxy_resolver_get_type (),
                                  "dead", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  install_proxy ();

  g_test_add_func ("/remote/wire/headers-are-missing", test_headers);
  g_test_add_func ("/remote/wire/credentials-are-not-utf8", test_credentials);
  g_test_add_func ("/remote/wire/cookie-is-kept", test_cookies);
  g_test_add_func ("/remote/wire/loopback-goes-through-a-proxy", test_proxy);
  g_test_add_func ("/remote/wire/domain-key-leaves-its-segment", test_domain_key);
  g_test_add_func ("/remote/wire/path-of-the-address-is-lost", test_base_path);
  g_test_add_func ("/remote/wire/criteria-leave-their-parameter", test_searches);
  g_test_add_func ("/remote/wire/route-is-another", test_routes);
  g_test_add_func ("/remote/wire/redirect-is-followed/same-origin", test_redirect_same_origin);
  g_test_add_func ("/remote/wire/redirect-is-followed/cross-origin", test_redirect_cross_origin);

  return g_test_run ();
}
