/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-check.h"

#include <stdio.h>
#include <unistd.h>

#include "obm-error.h"
#include "obm-generation.h"
#include "obm-info.h"
#include "obm-store-2-1.h"
#include "obm-write-trial.h"

/* When a certificate should be renewed already. */
#define SOON (14 * G_TIME_SPAN_DAY)

struct _ObmCheck
{
  const ObmGatewayConfig *config;
  gboolean bad;
};

/* What the gateway can compare a password with. */
static const char * const password_types[] = { "PLAIN", "MD5SUM", "CRYPT", NULL };

static void G_GNUC_PRINTF (2, 3)
say (const char *kind, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *escaped = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  /* Names come from outside; a finding is a line. */
  g_strdelimit (text, "\r\n\t\v\f\033", ' ');
  printf ("%-6s %s\n", kind, text);
}

#define good(...) say ("ok", __VA_ARGS__)
#define note(...) say ("note", __VA_ARGS__)
#define wrong(self, ...) ((self)->bad = TRUE, say ("wrong", __VA_ARGS__))

/**
 * obm_check_new:
 * @config: the settings, which outlive the check
 *
 * Returns: (transfer full): a check that has found nothing yet
 */
ObmCheck *
obm_check_new (const ObmGatewayConfig *config)
{
  ObmCheck *self = g_new0 (ObmCheck, 1);

  self->config = config;

  return self;
}

/**
 * obm_check_free:
 * @self: a check
 */
void
obm_check_free (ObmCheck *self)
{
  g_free (self);
}

/**
 * obm_check_is_good:
 * @self: a check
 *
 * Returns: whether nothing was wrong so far
 */
gboolean
obm_check_is_good (const ObmCheck *self)
{
  return !self->bad;
}

static void
check_update_command (ObmCheck *self)
{
  const ObmGatewayConfig *config = self->config;
  g_autofree char *program = NULL;

  if (config->update_command == NULL)
    {
      note ("There is no update command, so nobody can apply changes; update-command names one");
      return;
    }

  program = g_find_program_in_path (config->update_command[0]);
  if (program == NULL)
    wrong (self, "The update command %s is not there, or cannot be executed by this user; correct update-command, "
           "or chmod a+x", config->update_command[0]);
  else if (config->read_only)
    note ("The update command %s is never started, because of read-only", program);
  else
    good ("The update command is %s, and may take %u s for a domain", program, config->update_timeout);
}

static GDateTime *
new_date (gint64 seconds)
{
  return seconds < 0 ? NULL : g_date_time_new_from_unix_utc (seconds);
}

/* What the handshake with ourselves, which is over when there are files, does not tell. */
static void
check_tls (ObmCheck *self)
{
  const ObmGatewayConfig *config = self->config;
  ObmTlsIdentity *identity = obm_tls_files_get_identity (config->tls_files);
  g_autoptr (GDateTime) begin = new_date (obm_tls_identity_get_begin (identity));
  g_autoptr (GDateTime) end = new_date (obm_tls_identity_get_end (identity));
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = end ? g_date_time_format_iso8601 (end) : g_strdup ("an unknown date");

  if ((end != NULL && g_date_time_compare (end, now) <= 0) || (begin != NULL && g_date_time_compare (begin, now) > 0))
    wrong (self, "The certificate %s is not valid now (it ends on %s); renew it, and reload the gateway",
           config->tls_certificate, date);
  else if (end != NULL && g_date_time_difference (end, now) < SOON)
    note ("The certificate %s is valid until %s only; renew it, and reload the gateway", config->tls_certificate, date);
  else
    good ("The certificate %s and its key can be used, until %s", config->tls_certificate, date);
}

static void
check_listen (ObmCheck *self)
{
  GInetAddress *address = g_inet_socket_address_get_address (self->config->listen);
  g_autofree char *text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (self->config->listen));

  good ("It will serve %s on %s", self->config->tls_files ? "HTTPS" : "HTTP", text);
  if (self->config->tls_files != NULL)
    check_tls (self);
  if (self->config->trusted_proxy == NULL && g_inet_address_get_is_loopback (address))
    note ("There is no trusted-proxy: wrong passwords of all who come through a web server are counted together");
}

/**
 * obm_check_settings:
 * @self: a check
 *
 * Looks at the settings, and at what they name on this machine.
 */
void
obm_check_settings (ObmCheck *self)
{
  const ObmGatewayConfig *config = self->config;

  for (guint i = 0; i < config->problems->len; i++)
    wrong (self, "%s", (const char *) g_ptr_array_index (config->problems, i));
  if (config->problems->len == 0 && config->file != NULL)
    good ("The settings in %s are valid", config->file);
  else if (config->problems->len == 0)
    good ("The settings are valid");
  if (config->shows_password)
    wrong (self, "%s", OBM_GATEWAY_CONFIG_SHOWN_PASSWORD);
  if (geteuid () == 0)
    note ("This was found as root; what the gateway's own user may do is found as that user: sudo -u obm-gateway");

  if (config->listen != NULL && config->problems->len == 0)
    check_listen (self);
  if (config->problems->len == 0 || config->update_command != NULL)
    check_update_command (self);
  if (config->read_only)
    note ("Nobody can change anything, because of read-only");
}

static ObmRows *
ask (ObmDatabase *database, const char *sql)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (sql);

  return obm_database_query (database, statement, NULL);
}

static void
check_writable (ObmCheck *self, ObmDatabase *database, gboolean is_2_1)
{
  const char *table;

  if (obm_write_trial_run (database, is_2_1, &table))
    good ("The database can be written");
  else
    wrong (self, "The %s%s cannot be written by this user; standard error tells why. Give it the right to, or set "
           "read-only = yes", table ? "table " : "database", table ? table : "");
}

static ObmDomain *
find_global (GPtrArray *domains)
{
  for (guint i = 0; i < domains->len; i++)
    if (obm_domain_get_global (g_ptr_array_index (domains, i)))
      return g_ptr_array_index (domains, i);

  return NULL;
}

static gboolean
check_content (ObmCheck *self, ObmStore *store, GError **error)
{
  g_autoptr (GPtrArray) domains = obm_store_list_domains (store, NULL, error);
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  g_autoptr (ObmPage) page = NULL;
  ObmDomain *global;
  guint n;

  if (domains == NULL)
    return FALSE;
  global = find_global (domains);
  n = domains->len - (global != NULL);
  if (global == NULL)
    {
      wrong (self, "It has no global domain; OBM's own installation makes one");
      return TRUE;
    }

  page = obm_store_list_mail_servers (store, global, search, 1, 1, error);
  if (page == NULL)
    return FALSE;
  good ("It has %u domain%s beside the global one, and %" G_GINT64_FORMAT " mail server%s", n, n == 1 ? "" : "s",
        obm_page_get_length (page), obm_page_get_length (page) == 1 ? "" : "s");

  return TRUE;
}

/* What check_administrators() asks of each. */
enum { PASSWORD_TYPE, HAS_PASSWORD, ARCHIVE, STATUS };

static gboolean
is_enabled (const ObmRows *rows, guint row)
{
  return obm_rows_get_int (rows, row, ARCHIVE, 1) == 0 &&
         g_strcmp0 (obm_rows_get_text (rows, row, STATUS), "VALID") == 0;
}

static gboolean
has_known_password (const ObmRows *rows, guint row)
{
  const char *type = obm_rows_get_text (rows, row, PASSWORD_TYPE);
  /* PostgreSQL pads it. */
  g_autofree char *trimmed = g_strchomp (g_strdup (type ? type : ""));

  return g_strv_contains (password_types, trimmed) && obm_rows_get_int (rows, row, HAS_PASSWORD, 0) != 0;
}

/* How OBM signs users in is written in its own configuration; the database only tells whose password it has. */
static gboolean
check_administrators (ObmCheck *self, ObmDatabase *database)
{
  g_autoptr (ObmRows) columns = ask (database, "SELECT * FROM UserObm WHERE 1 = 0");
  g_autofree char *sql = g_strdup_printf (
    "SELECT userobm_password_type, CASE WHEN userobm_password = '' OR userobm_password IS NULL THEN 0 ELSE 1 END,"
    " userobm_archive, %s FROM UserObm WHERE userobm_perms IN ('admin', 'admin_delegue')",
    /* Of late versions only. */
    columns && obm_rows_has_column (columns, "userobm_status") ? "userobm_status" : "'VALID'");
  g_autoptr (ObmRows) rows = columns ? ask (database, sql) : NULL;
  guint n = 0, n_known = 0;

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    if (is_enabled (rows, i))
      {
        n++;
        n_known += has_known_password (rows, i);
      }

  if (n == 0)
    wrong (self, "Nobody can sign in: no user has the profile admin or admin_delegue");
  else if (n_known == 0)
    wrong (self, "Nobody can sign in: the database has the password of none of %u administrators, so users sign in by "
           "LDAP or CAS here, which the gateway does not serve; give administrators a password in OBM", n);
  else if (n_known < n)
    note ("%u of %u administrators cannot sign in: the database has no password of theirs", n - n_known, n);
  else
    good ("The database has the password of all %u administrator%s", n, n == 1 ? "" : "s");
  if (n_known > 0)
    note ("If users sign in by LDAP or CAS ($auth_kind in OBM's obm_conf.inc), the gateway does not ask those, but "
          "compares with the passwords of the database, which may be others");

  return TRUE;
}

static void
check_lock (ObmCheck *self, ObmDatabase *database)
{
  gboolean locked = FALSE;

  if (obm_info_is_locked (database, &locked, NULL) && locked)
    note ("An update runs, or was killed: OBM's update_lock is set, and nobody can start another");
}

/**
 * obm_check_database:
 * @self: a check
 * @database: (nullable): the database, %NULL if it cannot be opened
 * @store: (nullable): what is in it, %NULL if it is unknown
 * @error: (nullable): why one of them is %NULL
 *
 * Looks at the database. Nothing is written. Blocks.
 */
void
obm_check_database (ObmCheck *self, ObmDatabase *database, ObmStore *store, const GError *error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *name = database ? obm_database_get_name (database) : NULL;
  g_autofree char *version = NULL;

  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_ADDRESS_INVALID))
    wrong (self, "%s; correct database=URL", error->message);
  else if (store == NULL)
    wrong (self, "%s; standard error tells why. Start the database, correct database=URL, or let the gateway's user use "
           "it", error->message);
  if (store == NULL)
    return;

  obm_info_find (database, "db_version", &version, NULL);
  good ("%s is a database of %s (db_version %s)", name, obm_generation_get_name (store),
        version ? version : "unknown");
  if (!check_content (self, store, &local) || !check_administrators (self, database))
    wrong (self, "The database cannot be read; standard error tells more. Let the gateway's user read every table");
  if (!self->config->read_only)
    check_writable (self, database, OBM_IS_STORE_2_1 (store));
  check_lock (self, database);
}
