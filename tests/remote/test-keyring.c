/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-keyring.h"

#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

#include "remote-test.h"

/*
 * The real keyring daemon, on a bus and in a folder of its own. libsecret remembers the bus it met first:
 * each test is a process.
 */

#define ADDRESS "https://obm.example.org/obm"
#define LOGIN "admin1@exemple.fr"

/* Never freed: libsecret holds its connection to the end, which GTestDBus would wait for. */
static GTestDBus *bus;

typedef struct {
  GSubprocess *daemon;
  char *folder;
} Keyring;

static void
appeared_cb (GDBusConnection *connection, const char *name, const char *owner, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static void
start_daemon (Keyring *keyring)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  static const char * const folders[] = { "HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR" };
  g_autoptr (GError) error = NULL;
  GOutputStream *input;
  gboolean there = FALSE;
  guint id;

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    g_subprocess_launcher_setenv (launcher, folders[i], keyring->folder, TRUE);
  /* its warnings are not ours */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  keyring->daemon = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon", "--foreground",
                                                 "--unlock", "--components=secrets", NULL);
  g_assert_no_error (error);
  input = g_subprocess_get_stdin_pipe (keyring->daemon);
  g_output_stream_write_all (input, "master", strlen ("master"), NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);

  id = g_bus_watch_name (G_BUS_TYPE_SESSION, "org.freedesktop.secrets", G_BUS_NAME_WATCHER_FLAGS_NONE,
                         appeared_cb, NULL, &there, NULL);
  test_wait (there);
  g_bus_unwatch_name (id);
}

static void
keyring_start (Keyring *keyring, gboolean with_daemon)
{
  *keyring = (Keyring) { .folder = g_dir_make_tmp ("obm-keyring-XXXXXX", NULL) };
  bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  g_test_dbus_up (bus);
  if (with_daemon)
    start_daemon (keyring);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_folder (child);
    }
  g_remove (path);
}

static void
keyring_stop (Keyring *keyring)
{
  if (keyring->daemon != NULL)
    {
      g_subprocess_force_exit (keyring->daemon);
      g_subprocess_wait (keyring->daemon, NULL, NULL);
      g_object_unref (keyring->daemon);
    }
  g_test_dbus_stop (bus);
  remove_folder (keyring->folder);
  g_free (keyring->folder);
}

static gboolean
store (const char *login, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_keyring_store_async (ADDRESS, login, password, cancellable, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  return obm_keyring_store_finish (result, error);
}

static char *
lookup (const char *address, const char *login, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_keyring_lookup_async (address, login, NULL, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  return obm_keyring_lookup_finish (result, error);
}

static gboolean
forget (const char *login, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_keyring_clear_async (ADDRESS, login, NULL, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  return obm_keyring_clear_finish (result, error);
}

static void
assert_password (const char *address, const char *login, const char *expected)
{
  g_autoptr (GError) error = NULL;
  char *password = lookup (address, login, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (password, ==, expected);
  secret_password_free (password);
}

static void
test_remembers (void)
{
  Keyring keyring;
  g_autoptr (GError) error = NULL;

  keyring_start (&keyring, TRUE);
  assert_password (ADDRESS, LOGIN, NULL);
  store (LOGIN, "clé€ 1", NULL, &error);
  g_assert_no_error (error);
  store ("other@exemple.fr", "other", NULL, &error);
  g_assert_no_error (error);
  assert_password (ADDRESS, LOGIN, "clé€ 1");
  assert_password (ADDRESS, "other@exemple.fr", "other");
  assert_password (ADDRESS, "nobody@exemple.fr", NULL);
  assert_password ("https://obm.example.org", LOGIN, NULL);

  store (LOGIN, "2", NULL, &error);
  g_assert_no_error (error);
  assert_password (ADDRESS, LOGIN, "2");

  g_assert_true (forget (LOGIN, &error));
  g_assert_no_error (error);
  assert_password (ADDRESS, LOGIN, NULL);
  assert_password (ADDRESS, "other@exemple.fr", "other");
  g_assert_true (forget (LOGIN, &error));
  g_assert_no_error (error);
  keyring_stop (&keyring);
}

/* What people see in their keyring's own window. */
static void
test_label (void)
{
  Keyring keyring;
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *label = NULL;
  GList *items;

  keyring_start (&keyring, TRUE);
  store (LOGIN, "secret", NULL, &error);
  g_assert_no_error (error);
  g_hash_table_insert (wanted, (char *) "xdg:schema", (char *) "org.obm.MailServers");
  items = secret_service_search_sync (NULL, NULL, wanted, SECRET_SEARCH_ALL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_length (items), ==, 1);
  label = secret_item_get_label (items->data);
  attributes = secret_item_get_attributes (items->data);
  g_assert_cmpstr (label, ==, "OBM Mail Servers: " LOGIN ", obm.example.org");
  g_assert_cmpstr (g_hash_table_lookup (attributes, "address"), ==, ADDRESS);
  g_assert_cmpstr (g_hash_table_lookup (attributes, "login"), ==, LOGIN);
  g_assert_cmpuint (g_hash_table_size (attributes), ==, 3);
  g_list_free_full (items, g_object_unref);
  keyring_stop (&keyring);
}

/* Every call ends with an error, in its time. */
static void
assert_unavailable (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store (LOGIN, "secret", NULL, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (lookup (ADDRESS, LOGIN, &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_false (forget (LOGIN, &error));
  g_assert_nonnull (error);
}

static void
test_no_service (void)
{
  Keyring keyring;

  keyring_start (&keyring, FALSE);
  assert_unavailable ();
  keyring_stop (&keyring);
}

static void
test_no_bus (void)
{
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus", TRUE);
  assert_unavailable ();
}

static void
test_cancelled (void)
{
  Keyring keyring;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  keyring_start (&keyring, TRUE);
  g_cancellable_cancel (cancellable);
  g_assert_false (store (LOGIN, "secret", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_password (ADDRESS, LOGIN, NULL);
  keyring_stop (&keyring);
}

static void
run_in_process (gconstpointer data)
{
  GTestFunc test = (GTestFunc) data;

  if (g_test_subprocess ())
    {
      test ();
      return;
    }

  g_test_trap_subprocess (NULL, 4 * TEST_PATIENCE_SECONDS * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, test) g_test_add_data_func ("/remote/keyring/" name, test, run_in_process)
  ADD ("password-is-not-remembered", test_remembers);
  ADD ("account-is-not-named", test_label);
  ADD ("blocks/without-a-service", test_no_service);
  ADD ("blocks/without-a-bus", test_no_bus);
  ADD ("cancelled-password-is-remembered", test_cancelled);
#undef ADD

  return g_test_run ();
}
