/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-gateway-config.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "obm-file-limit.h"
#include "obm-settings-file.h"

#define DEFAULT_LISTEN "127.0.0.1:8087"
/* Two hours, in seconds; and no more than GLib can wait. */
#define DEFAULT_UPDATE_TIMEOUT "7200"
#define MAX_UPDATE_TIMEOUT (G_MAXINT / 1000)
#define DEFAULT_STATEMENT_TIMEOUT "10"
#define DEFAULT_REQUEST_TIMEOUT "30"
#define DEFAULT_IDLE_TIMEOUT "75"
/* In seconds. */
#define MAX_CLIENT_TIMEOUT 3600
#define MAX_STATEMENT_TIMEOUT 3600
#define DEFAULT_MAX_CONNECTIONS "512"
#define MAX_MAX_CONNECTIONS 65536

/* Each setting as it is written, on the command line or else in the file; the names are the same in both. */
enum {
  DATABASE,
  TLS_CERTIFICATE,
  TLS_KEY,
  LISTEN,
  READ_ONLY,
  UPDATE_COMMAND,
  UPDATE_TIMEOUT,
  STATE_DIRECTORY,
  TRUSTED_PROXY,
  REQUEST_TIMEOUT,
  IDLE_TIMEOUT,
  MAX_CONNECTIONS,
  STATEMENT_TIMEOUT,
  N_SETTINGS
};

static const char * const names[N_SETTINGS] = {
  [DATABASE] = "database",
  [LISTEN] = "listen",
  [READ_ONLY] = "read-only",
  [UPDATE_COMMAND] = "update-command",
  [UPDATE_TIMEOUT] = "update-timeout",
  [STATE_DIRECTORY] = "state-directory",
  [TRUSTED_PROXY] = "trusted-proxy",
  [TLS_CERTIFICATE] = "tls-certificate",
  [TLS_KEY] = "tls-key",
  [REQUEST_TIMEOUT] = "request-timeout",
  [IDLE_TIMEOUT] = "idle-timeout",
  [MAX_CONNECTIONS] = "max-connections",
  [STATEMENT_TIMEOUT] = "statement-timeout",
};

static gboolean
parse_arguments (ObmGatewayConfig *self, int *argc, char ***argv, char **settings, GError **error)
{
  gboolean read_only = FALSE, version = FALSE;
  const GOptionEntry entries[] = {
    { "database", 0, 0, G_OPTION_ARG_STRING, &settings[DATABASE],
      "OBM's database: postgresql://, mysql:// or sqlite://", "URL" },
    { "listen", 0, 0, G_OPTION_ARG_STRING, &settings[LISTEN],
      "Where to listen (" DEFAULT_LISTEN ")", "ADDRESS:PORT" },
    { "read-only", 0, 0, G_OPTION_ARG_NONE, &read_only,
      "Let nobody change anything", NULL },
    { "update-command", 0, 0, G_OPTION_ARG_STRING, &settings[UPDATE_COMMAND],
      "What applies saved changes", "COMMAND" },
    { "update-timeout", 0, 0, G_OPTION_ARG_STRING, &settings[UPDATE_TIMEOUT],
      "How long that may take for a domain (" DEFAULT_UPDATE_TIMEOUT ")", "SECONDS" },
    { "state-directory", 0, 0, G_OPTION_ARG_FILENAME, &settings[STATE_DIRECTORY],
      "Where to note that it runs", "DIRECTORY" },
    { "trusted-proxy", 0, 0, G_OPTION_ARG_STRING, &settings[TRUSTED_PROXY],
      "Whose X-Forwarded-For is believed", "ADDRESS" },
    { "tls-certificate", 0, 0, G_OPTION_ARG_FILENAME, &settings[TLS_CERTIFICATE],
      "Serve HTTPS with this certificate, in PEM", "FILE" },
    { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &settings[TLS_KEY],
      "The private key of the certificate, in PEM", "FILE" },
    { "request-timeout", 0, 0, G_OPTION_ARG_STRING, &settings[REQUEST_TIMEOUT],
      "How long a client may take to send a request, or to take the answer (" DEFAULT_REQUEST_TIMEOUT ")",
      "SECONDS" },
    { "idle-timeout", 0, 0, G_OPTION_ARG_STRING, &settings[IDLE_TIMEOUT],
      "How long a connection is kept without a request (" DEFAULT_IDLE_TIMEOUT ")", "SECONDS" },
    { "max-connections", 0, 0, G_OPTION_ARG_STRING, &settings[MAX_CONNECTIONS],
      "How many connections there are at once (" DEFAULT_MAX_CONNECTIONS ")", "NUMBER" },
    { "statement-timeout", 0, 0, G_OPTION_ARG_STRING, &settings[STATEMENT_TIMEOUT],
      "How long a database server may work on a statement (" DEFAULT_STATEMENT_TIMEOUT ")", "SECONDS" },
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &self->file,
      "Read further settings from the group [" OBM_SETTINGS_FILE_GROUP "] of a file", "FILE" },
    { "check", 0, 0, G_OPTION_ARG_NONE, &self->check,
      "Tell what is good and what is wrong with the settings and the database, and end", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version,
      "Print the version", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- mail servers of OBM as JSON");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (version)
    {
      printf ("obm-gateway %s\n", APP_VERSION);
      exit (EXIT_SUCCESS);
    }
  if (read_only)
    settings[READ_ONLY] = g_strdup ("yes");

  return *argc == 1 || obm_settings_refuse (error, "There are arguments that are not options");
}

/* Whether a URL has a password in one of the two places that libzdb knows. */
static gboolean
has_password (const char *url)
{
  const char *authority = url ? strstr (url, "://") : NULL;
  const char *at, *colon;

  if (authority == NULL)
    return FALSE;
  authority += strlen ("://");
  at = memchr (authority, '@', strcspn (authority, "/?"));
  colon = at ? memchr (authority, ':', at - authority) : NULL;

  return (colon != NULL && colon + 1 < at) || strstr (authority, "password=") != NULL;
}

static GInetSocketAddress *
parse_listen (const char *text)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = NULL;
  g_autoptr (GInetAddress) address = NULL;
  guint64 port;

  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return NULL;

  if (*text == '[' && colon > text && colon[-1] == ']')
    host = g_strndup (text + 1, colon - text - 2);
  else
    host = g_strndup (text, colon - text);
  address = g_inet_address_new_from_string (host);

  return address ? G_INET_SOCKET_ADDRESS (g_inet_socket_address_new (address, port)) : NULL;
}

static gboolean
read_listen (ObmGatewayConfig *self, const char *text, GError **error)
{
  self->listen = parse_listen (text);
  if (self->listen == NULL)
    return obm_settings_refuse (error, "%s is not an address to listen on, such as " DEFAULT_LISTEN, text);

  /* Files that cannot be used are told by themselves. */
  return self->tls_certificate != NULL ||
         g_inet_address_get_is_loopback (g_inet_socket_address_get_address (self->listen)) ||
         obm_settings_refuse (error,
                              "%s can be reached from other machines, and passwords would cross the network in "
                              "clear; give tls-certificate and tls-key, or listen on a loopback address, such as "
                              DEFAULT_LISTEN, text);
}

static gboolean
read_read_only (ObmGatewayConfig *self, const char *text, GError **error)
{
  static const char * const yes[] = { "yes", "true", "1", NULL };
  static const char * const no[] = { "no", "false", "0", NULL };

  self->read_only = text != NULL && g_strv_contains (yes, text);

  return text == NULL || self->read_only || g_strv_contains (no, text) ||
         obm_settings_refuse (error, "read-only is yes or no, not %s", text);
}

static gboolean
read_update_command (ObmGatewayConfig *self, const char *text, GError **error)
{
  return text == NULL || *text == '\0' || g_shell_parse_argv (text, NULL, &self->update_command, NULL) ||
         obm_settings_refuse (error, "The update command cannot be split into words");
}

static gboolean
read_update_timeout (ObmGatewayConfig *self, const char *text, GError **error)
{
  guint64 seconds = 0;
  gboolean valid = g_ascii_string_to_unsigned (text, 10, 1, MAX_UPDATE_TIMEOUT, &seconds, NULL);

  self->update_timeout = seconds;

  return valid || obm_settings_refuse (error, "update-timeout is a number of seconds, not %s", text);
}

static gboolean
read_tls_certificate (ObmGatewayConfig *self, const char *text, GError **error)
{
  self->tls_certificate = g_strdup (text);

  return TRUE;
}

/* The second of the two. */
static gboolean
read_tls_key (ObmGatewayConfig *self, const char *text, GError **error)
{
  if (self->tls_certificate == NULL && text == NULL)
    return TRUE;
  if (self->tls_certificate == NULL || text == NULL)
    return obm_settings_refuse (error, "tls-certificate and tls-key go together; give both, or none for HTTP");

  self->tls_files = obm_tls_files_new (self->tls_certificate, text, error);

  return self->tls_files != NULL;
}

static gboolean
read_number (const char *name, const char *text, guint max, guint *number, GError **error)
{
  guint64 value = 0;
  gboolean valid = g_ascii_string_to_unsigned (text, 10, 1, max, &value, NULL);

  *number = value;

  return valid || obm_settings_refuse (error, "%s is a number from 1 to %u, not %s", name, max, text);
}

static gboolean
read_request_timeout (ObmGatewayConfig *self, const char *text, GError **error)
{
  return read_number (names[REQUEST_TIMEOUT], text, MAX_CLIENT_TIMEOUT, &self->limits.request_timeout, error);
}

static gboolean
read_idle_timeout (ObmGatewayConfig *self, const char *text, GError **error)
{
  return read_number (names[IDLE_TIMEOUT], text, MAX_CLIENT_TIMEOUT, &self->limits.idle_timeout, error);
}

static gboolean
read_max_connections (ObmGatewayConfig *self, const char *text, GError **error)
{
  guint64 needed, allowed;

  if (!read_number (names[MAX_CONNECTIONS], text, MAX_MAX_CONNECTIONS, &self->limits.max_connections, error))
    return FALSE;

  return obm_file_limit_raise (self->limits.max_connections, &needed, &allowed) ||
         obm_settings_refuse (error,
                              "For max-connections %u the gateway needs %" G_GUINT64_FORMAT " open files, and may "
                              "have %" G_GUINT64_FORMAT "; raise LimitNOFILE of its service, or lower max-connections",
                              self->limits.max_connections, needed, allowed);
}

static gboolean
read_statement_timeout (ObmGatewayConfig *self, const char *text, GError **error)
{
  return read_number (names[STATEMENT_TIMEOUT], text, MAX_STATEMENT_TIMEOUT, &self->statement_timeout, error);
}

/* Where systemd says, or else a folder of the user's own that outlives a restart of the machine. */
static char *
get_default_state_directory (void)
{
  const char *given = g_getenv ("STATE_DIRECTORY");

  if (given != NULL && *given != '\0')
    return g_strndup (given, strcspn (given, ":"));

  return g_build_filename (g_get_user_state_dir (), "obm-gateway", NULL);
}

/* Whether a directory can be made or written, without making it: whose it is then is not for --check to decide. */
static gboolean
is_promising (const char *directory)
{
  g_autofree char *path = g_strdup (directory);

  while (g_access (path, F_OK) != 0 && !g_str_equal (path, "/") && !g_str_equal (path, "."))
    {
      char *parent = g_path_get_dirname (path);

      g_free (path);
      path = parent;
    }

  return g_access (path, W_OK | X_OK) == 0 && g_file_test (path, G_FILE_TEST_IS_DIR);
}

/* Only the update command needs it. */
static gboolean
read_state_directory (ObmGatewayConfig *self, const char *text, GError **error)
{
  self->state_directory = text ? g_strdup (text) : get_default_state_directory ();

  return self->update_command == NULL ||
         ((self->check || g_mkdir_with_parents (self->state_directory, 0700) == 0) &&
          is_promising (self->state_directory)) ||
         obm_settings_refuse (error,
                              "The state directory %s cannot be written; give it to the gateway's user, or name "
                              "another one by state-directory", self->state_directory);
}

static gboolean
read_trusted_proxy (ObmGatewayConfig *self, const char *text, GError **error)
{
  if (text != NULL)
    self->trusted_proxy = g_inet_address_new_from_string (text);

  return text == NULL || self->trusted_proxy != NULL ||
         obm_settings_refuse (error, "%s is not the address of a proxy", text);
}

static gboolean
read_database (ObmGatewayConfig *self, const char *text, GError **error)
{
  self->database = g_strdup (text);

  return text != NULL ||
         obm_settings_refuse (error,
                              "No database is given, neither by --database nor in a file; write database=URL "
                              "into the file for --config");
}

/* In this order. */
static const struct {
  const char *fallback;
  gboolean (*read) (ObmGatewayConfig *self, const char *text, GError **error);
} readers[N_SETTINGS] = {
  [DATABASE] = { NULL, read_database },
  [TLS_CERTIFICATE] = { NULL, read_tls_certificate },
  [TLS_KEY] = { NULL, read_tls_key },
  [LISTEN] = { DEFAULT_LISTEN, read_listen },
  [READ_ONLY] = { NULL, read_read_only },
  [UPDATE_COMMAND] = { NULL, read_update_command },
  [UPDATE_TIMEOUT] = { DEFAULT_UPDATE_TIMEOUT, read_update_timeout },
  [STATE_DIRECTORY] = { NULL, read_state_directory },
  [TRUSTED_PROXY] = { NULL, read_trusted_proxy },
  [REQUEST_TIMEOUT] = { DEFAULT_REQUEST_TIMEOUT, read_request_timeout },
  [IDLE_TIMEOUT] = { DEFAULT_IDLE_TIMEOUT, read_idle_timeout },
  [MAX_CONNECTIONS] = { DEFAULT_MAX_CONNECTIONS, read_max_connections },
  [STATEMENT_TIMEOUT] = { DEFAULT_STATEMENT_TIMEOUT, read_statement_timeout },
};

/* Takes @error. */
static void
add_problem (ObmGatewayConfig *self, GError *error)
{
  g_ptr_array_add (self->problems, g_strdup (error->message));
  g_error_free (error);
}

static void
read_settings (ObmGatewayConfig *self, char **settings)
{
  GError *error = NULL;

  self->shows_password = has_password (settings[DATABASE]);
  if (self->file != NULL && !obm_settings_file_read (self->file, names, N_SETTINGS, settings, &error))
    {
      add_problem (self, error);
      return;
    }

  for (guint i = 0; i < N_SETTINGS; i++)
    {
      error = NULL;
      if (!readers[i].read (self, settings[i] ? settings[i] : readers[i].fallback, &error))
        add_problem (self, error);
    }
}

/**
 * obm_gateway_config_new_from_arguments:
 * @argc: (inout): the number of arguments
 * @argv: (inout): the arguments of the program
 * @error: return location
 *
 * Reads the command line, and the file it names for what it leaves open. Ends the program after --help and
 * --version.
 *
 * Returns: (transfer full): the settings, with problems only if they are to be checked; %NULL with an error
 *   whose message tells an administrator what to do, and never what may be a password
 */
ObmGatewayConfig *
obm_gateway_config_new_from_arguments (int *argc, char ***argv, GError **error)
{
  g_autoptr (ObmGatewayConfig) self = g_new0 (ObmGatewayConfig, 1);
  char *settings[N_SETTINGS] = { NULL };
  gboolean valid;

  self->problems = g_ptr_array_new_with_free_func (g_free);
  valid = parse_arguments (self, argc, argv, settings, error);
  if (valid)
    read_settings (self, settings);
  if (valid && !self->check && self->problems->len > 0)
    valid = obm_settings_refuse (error, "%s", (const char *) g_ptr_array_index (self->problems, 0));

  for (guint i = 0; i < N_SETTINGS; i++)
    g_free (settings[i]);

  return valid ? g_steal_pointer (&self) : NULL;
}

/**
 * obm_gateway_config_free:
 * @self: settings
 */
void
obm_gateway_config_free (ObmGatewayConfig *self)
{
  g_free (self->file);
  g_ptr_array_unref (self->problems);
  g_free (self->database);
  g_clear_object (&self->listen);
  g_strfreev (self->update_command);
  g_free (self->state_directory);
  g_clear_object (&self->trusted_proxy);
  g_free (self->tls_certificate);
  g_clear_object (&self->tls_files);
  g_free (self);
}
