/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-address.h"

#include "remote-test.h"

/* What was typed, the address it stands for, and the host people are shown. */
static const char * const accepted[][3] = {
  { "obm.example.org", "https://obm.example.org", "obm.example.org" },
  { "  obm.example.org\n", "https://obm.example.org", "obm.example.org" },
  { "obm.example.org/", "https://obm.example.org", "obm.example.org" },
  { "obm.example.org:8443", "https://obm.example.org:8443", "obm.example.org:8443" },
  { "https://obm.example.org", "https://obm.example.org", "obm.example.org" },
  { "https://obm.example.org:443/", "https://obm.example.org", "obm.example.org" },
  { "HTTPS://OBM.Example.ORG/Obm", "https://obm.example.org/Obm", "obm.example.org" },
  { "https://host/obm", "https://host/obm", "host" },
  { "https://host/obm///", "https://host/obm", "host" },
  { "host/obm/", "https://host/obm", "host" },
  { "https://host:/", "https://host", "host" },
  { "https://host/a/b", "https://host/a/b", "host" },
  { "https://exämple.org/é", "https://xn--exmple-cua.org/%C3%A9", "xn--exmple-cua.org" },
  { "192.0.2.1:8080", "https://192.0.2.1:8080", "192.0.2.1:8080" },
  { "https://[2001:db8::1]", "https://[2001:db8::1]", "[2001:db8::1]" },
  { "[2001:db8::1]:8443", "https://[2001:db8::1]:8443", "[2001:db8::1]:8443" },
  { "http://localhost", "http://localhost", "localhost" },
  { "http://LOCALHOST:8080/", "http://localhost:8080", "localhost:8080" },
  { "http://127.0.0.1:80", "http://127.0.0.1", "127.0.0.1" },
  { "http://127.0.0.1:443", "http://127.0.0.1:443", "127.0.0.1:443" },
  { "http://127.255.255.254:8080", "http://127.255.255.254:8080", "127.255.255.254:8080" },
  { "http://[::1]:8080/obm", "http://[::1]:8080/obm", "[::1]:8080" },
};

/* The test's name, and what was typed. */
static const char * const refused[][2] = {
  { "nothing-is-an-address", "" },
  { "blanks-are-an-address", "  \t" },
  { "plain-http-leaves-this-machine", "http://obm.example.org" },
  { "plain-http-to-another-address", "http://192.0.2.1" },
  { "plain-http-to-any-address", "http://0.0.0.0" },
  { "plain-http-to-a-name-like-loopback", "http://127.0.0.1.example.org" },
  { "plain-http-to-a-name-like-localhost", "http://localhost.example.org" },
  { "plain-http-to-short-loopback", "http://127.1" },
  { "plain-http-to-another-ipv6", "http://[2001:db8::1]" },
  { "plain-http-in-capitals", "HTTP://obm.example.org" },
  { "another-scheme", "ftp://obm.example.org" },
  { "a-file", "file:///etc/passwd" },
  { "no-scheme-before-the-slashes", "://obm.example.org" },
  { "no-host", "https://" },
  { "no-host-but-a-path", "https:///obm" },
  { "no-host-but-a-port", "https://:8443" },
  { "a-user", "https://admin@obm.example.org" },
  { "a-user-without-a-scheme", "admin@obm.example.org" },
  { "a-password", "https://admin:secret@obm.example.org" },
  { "a-loopback-user-that-hides-the-host", "http://localhost@obm.example.org" },
  { "an-empty-user", "https://@obm.example.org" },
  { "a-query", "https://obm.example.org/?a=b" },
  { "an-empty-query", "https://obm.example.org?" },
  { "a-fragment", "https://obm.example.org/#a" },
  { "an-empty-fragment", "https://obm.example.org#" },
  { "a-blank-inside", "https://obm.exam ple.org" },
  { "a-blank-in-the-path", "https://obm.example.org/a b" },
  { "a-line-break-inside", "https://obm.example.org\r\nHost: b" },
  { "a-backslash", "https://obm.example.org\\@b" },
  { "a-backslash-in-the-path", "https://obm.example.org/a\\b" },
  { "an-escaped-slash-in-the-host", "https://obm%2Fexample.org" },
  { "an-escaped-at-in-the-host", "https://obm%40example.org" },
  { "a-host-of-dots", "https://.." },
  { "a-port-that-is-no-number", "https://obm.example.org:abc" },
  { "port-zero", "https://obm.example.org:0" },
  { "a-port-too-high", "https://obm.example.org:65536" },
  { "two-ports", "https://obm.example.org:80:90" },
  { "a-bare-ipv6", "https://2001:db8::1" },
  { "an-open-bracket", "https://[2001:db8::1" },
  { "an-ipv6-zone", "https://[fe80::1%25eth0]" },
  { "a-bad-escape", "https://obm.example.org/%zz" },
  { "bytes-that-are-not-utf8", "https://obm.example.org/\xe9" },
};

static void
test_accepted (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ObmBackend) backend = NULL;

      backend = obm_backend_new (accepted[i][0], "admin1@exemple.fr", "secret", &error);
      g_assert_no_error (error);
      g_assert_cmpstr (obm_backend_get_address (backend), ==, accepted[i][1]);
      g_assert_cmpstr (obm_backend_get_host_name (backend), ==, accepted[i][2]);
    }
}

/* The keyring finds a password by this form. */
static void
test_stable (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autoptr (GUri) uri = obm_address_parse (accepted[i][1], NULL);
      g_autofree char *text = NULL;

      g_assert_nonnull (uri);
      text = obm_address_to_string (uri);
      g_assert_cmpstr (text, ==, accepted[i][1]);
    }
}

static void
test_refused (gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (obm_backend_new (data, "admin1@exemple.fr", "secret", &error));
  test_assert_error (&error, OBM_ERROR_ADDRESS_INVALID);
}

static void
test_null (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (obm_address_parse (NULL, &error));
  test_assert_error (&error, OBM_ERROR_ADDRESS_INVALID);
  g_assert_null (obm_address_parse (NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/address/what-is-typed-means-another-place", test_accepted);
  g_test_add_func ("/remote/address/is-written-in-two-ways", test_stable);
  g_test_add_func ("/remote/address/none-is-an-address", test_null);
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/remote/address/accepted/", refused[i][0], NULL);

      g_test_add_data_func (path, refused[i][1], test_refused);
    }

  return g_test_run ();
}
