/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-error.h"

/**
 * ObmStore21:
 *
 * OBM 2.1: a mail server is a row of MailServer that points to one of Host, its domain is its host's.
 */

/* What the statements of this class rely on. */
static const char * const probes[] = {
  "SELECT userobm_id, userobm_domain_id, userobm_login, userobm_password_type, userobm_password,"
  " userobm_perms, userobm_archive, userobm_mail_server_id FROM UserObm WHERE 1 = 0",
  "SELECT domain_id, domain_name, domain_label, domain_alias FROM Domain WHERE 1 = 0",
  "SELECT mailserver_id, mailserver_host_id, mailserver_imap, mailserver_smtp_in, mailserver_smtp_out,"
  " mailserver_timecreate, mailserver_usercreate, mailserver_timeupdate, mailserver_userupdate"
  " FROM MailServer WHERE 1 = 0",
  "SELECT mailserver_id, mailserver_host_id, mailserver_imap, mailserver_smtp_in, mailserver_smtp_out"
  " FROM P_MailServer WHERE 1 = 0",
  "SELECT host_id, host_domain_id, host_name, host_ip, host_description FROM Host WHERE 1 = 0",
  "SELECT host_id, host_domain_id, host_name FROM P_Host WHERE 1 = 0",
  "SELECT domainmailserver_domain_id, domainmailserver_mailserver_id FROM DomainMailServer WHERE 1 = 0",
  "SELECT mailshare_id, mailshare_domain_id, mailshare_name, mailshare_mail_server_id"
  " FROM MailShare WHERE 1 = 0",
  "SELECT domainpropertyvalue_domain_id, domainpropertyvalue_property_key, domainpropertyvalue_value"
  " FROM DomainPropertyValue WHERE 1 = 0",
  "SELECT obminfo_name, obminfo_value FROM ObmInfo WHERE 1 = 0",
};

static void obm_store_2_1_store_init (ObmStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmStore21, obm_store_2_1, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OBM_TYPE_STORE, obm_store_2_1_store_init))

static void
obm_store_2_1_finalize (GObject *object)
{
  g_clear_object (&OBM_STORE_2_1 (object)->database);

  G_OBJECT_CLASS (obm_store_2_1_parent_class)->finalize (object);
}

static void
obm_store_2_1_class_init (ObmStore21Class *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_store_2_1_finalize;
}

static void
obm_store_2_1_init (ObmStore21 *self)
{
}

/* Limits a statement to a domain by @condition, which has one "?"; the global domain contains everything. */
void
_obm_store_2_1_bind_domain (ObmStatement *statement, const char *condition, ObmDomain *domain)
{
  if (obm_domain_get_global (domain))
    return;

  obm_statement_append (statement, condition);
  obm_statement_bind_int (statement, g_ascii_strtoll (obm_domain_get_id (domain), NULL, 10));
}

/* The key of the domain whose id stands there; what belongs to none is shown as global. */
char *
_obm_store_2_1_make_key (const ObmRows *rows, guint row, guint column)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, obm_rows_get_int (rows, row, column, GLOBAL_ID));
}

/* Reads three columns, in the order of #ObmRoles. */
ObmRoles
_obm_store_2_1_read_roles (const ObmRows *rows, guint row, guint column)
{
  ObmRoles roles = OBM_ROLES_NONE;

  for (guint i = 0; i < OBM_N_ROLES; i++)
    if (obm_rows_get_boolean (rows, row, column + i))
      roles |= 1 << i;

  return roles;
}

static ObmDomain *
new_global_domain (const char *own)
{
  return obm_domain_new (GLOBAL_KEY, GLOBAL_NAME, "Global", NULL, TRUE, g_strcmp0 (own, GLOBAL_KEY) == 0);
}

/* OBM keeps the aliases in one text, one a line. */
static char **
split_aliases (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text ? text : "", " \t\r\n,;", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      g_strv_builder_add (builder, words[i]);

  return g_strv_builder_end (builder);
}

/* Reads domain_id, domain_name, domain_label and domain_alias. */
static ObmDomain *
read_domain (const ObmRows *rows, guint row, guint column, const char *own)
{
  g_autofree char *key = _obm_store_2_1_make_key (rows, row, column);
  g_auto (GStrv) aliases = split_aliases (obm_rows_get_text (rows, row, column + 3));
  const char *name = obm_rows_get_text (rows, row, column + 1);

  return obm_domain_new (key, name ? name : "", obm_rows_get_text (rows, row, column + 2),
                         (const char * const *) aliases, FALSE, own == NULL || g_str_equal (own, key));
}

static gboolean
names_equal (const char *one, const char *other)
{
  g_autofree char *folded_one = g_utf8_casefold (one ? one : "", -1);
  g_autofree char *folded_other = g_utf8_casefold (other, -1);

  return g_str_equal (folded_one, folded_other);
}

/*
 * The domain of the account in @row, if it is the one that was named. A domain that is NULL is not the global
 * one.
 */
static ObmDomain *
match_domain (const ObmRows *rows, guint row, const char *domain_name)
{
  enum { DOMAIN_ID = 6, ROW_ID, ROW_NAME };

  if (obm_rows_get_int (rows, row, DOMAIN_ID, -1) == GLOBAL_ID)
    return names_equal (GLOBAL_NAME, domain_name) ? new_global_domain (GLOBAL_KEY) : NULL;
  if (obm_rows_get_int (rows, row, ROW_ID, GLOBAL_ID) != GLOBAL_ID &&
      names_equal (obm_rows_get_text (rows, row, ROW_NAME), domain_name))
    return read_domain (rows, row, ROW_ID, NULL);

  return NULL;
}

static gboolean
find_account (ObmStore *store,
              const char *login,
              const char *domain_name,
              ObmAccount **account,
              GError **error)
{
  enum { ID, LOGIN, PROFILE, PASSWORD_TYPE, PASSWORD, ARCHIVE };
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT userobm_id, userobm_login, userobm_perms, userobm_password_type, userobm_password,"
    " userobm_archive, userobm_domain_id, domain_id, domain_name, domain_label, domain_alias"
    " FROM UserObm LEFT JOIN Domain ON domain_id = userobm_domain_id"
    " WHERE userobm_login = ? ORDER BY userobm_archive, userobm_id");
  g_autoptr (ObmRows) rows = NULL;

  *account = NULL;
  obm_statement_bind_text (statement, login);
  rows = obm_database_query (OBM_STORE_2_1 (store)->database, statement, error);
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < obm_rows_get_n_rows (rows) && *account == NULL; i++)
    {
      ObmDomain *domain = match_domain (rows, i, domain_name);

      if (domain == NULL)
        continue;
      *account = g_new0 (ObmAccount, 1);
      (*account)->domain = domain;
      (*account)->id = obm_rows_get_int (rows, i, ID, 0);
      (*account)->login = g_strdup (obm_rows_get_text (rows, i, LOGIN));
      (*account)->profile = g_strdup (obm_rows_get_text (rows, i, PROFILE));
      (*account)->password_type = g_strdup (obm_rows_get_text (rows, i, PASSWORD_TYPE));
      (*account)->password = g_strdup (obm_rows_get_text (rows, i, PASSWORD));
      (*account)->disabled = obm_rows_get_int (rows, i, ARCHIVE, 1) != 0;
    }

  return TRUE;
}

static GPtrArray *
list_domains (ObmStore *store, const char *own, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT domain_id, domain_name, domain_label, domain_alias FROM Domain WHERE domain_id <> 0"
    " ORDER BY lower(domain_name), domain_id");
  g_autoptr (ObmRows) rows = obm_database_query (OBM_STORE_2_1 (store)->database, statement, error);
  GPtrArray *domains;

  if (rows == NULL)
    return NULL;

  domains = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (domains, new_global_domain (own));
  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    g_ptr_array_add (domains, read_domain (rows, i, 0, own));

  return domains;
}

static ObmDomain *
get_domain (ObmStore *store, const char *own, const char *key, GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT domain_id, domain_name, domain_label, domain_alias FROM Domain"
    " WHERE domain_id <> 0 AND domain_id = ?");
  g_autoptr (ObmRows) rows = NULL;
  g_autofree char *canonical = NULL;
  guint64 id = 0;

  if (g_str_equal (key, GLOBAL_KEY))
    return new_global_domain (own);

  /* Only the one way in which we write a key is that key. */
  if (g_ascii_string_to_unsigned (key, 10, 1, G_MAXINT32, &id, NULL))
    canonical = g_strdup_printf ("%" G_GUINT64_FORMAT, id);
  if (g_strcmp0 (canonical, key) == 0)
    {
      obm_statement_bind_int (statement, id);
      rows = obm_database_query (OBM_STORE_2_1 (store)->database, statement, error);
      if (rows == NULL)
        return NULL;
      if (obm_rows_get_n_rows (rows) > 0)
        return read_domain (rows, 0, 0, own);
    }
  g_propagate_error (error, obm_error_new (OBM_ERROR_REFERENCE_UNKNOWN, NULL, "This domain does not exist"));

  return NULL;
}

static void
obm_store_2_1_store_init (ObmStoreInterface *iface)
{
  iface->find_account = find_account;
  iface->list_domains = list_domains;
  iface->get_domain = get_domain;
  iface->list_mail_servers = _obm_store_2_1_list_mail_servers;
  iface->get_mail_server = _obm_store_2_1_get_mail_server;
  iface->get_links = _obm_store_2_1_get_links;
  iface->list_hosts = _obm_store_2_1_list_hosts;
  iface->transact = _obm_store_2_1_transact;
  iface->find_host = _obm_store_2_1_find_host;
  iface->insert_mail_server = _obm_store_2_1_insert_mail_server;
  iface->update_mail_server = _obm_store_2_1_update_mail_server;
  iface->delete_mail_server = _obm_store_2_1_delete_mail_server;
  iface->get_update_state = _obm_store_2_1_get_update_state;
  iface->list_pending_domains = _obm_store_2_1_list_pending_domains;
  iface->get_update_arguments = _obm_store_2_1_get_update_arguments;
  iface->take_update_lock = _obm_store_2_1_take_update_lock;
  iface->give_update_lock = _obm_store_2_1_give_update_lock;
}

/**
 * obm_store_2_1_new:
 * @database: an open database
 * @error: return location
 *
 * Looks whether the database is of OBM 2.1. Blocks.
 *
 * Returns: (transfer full): the store; %NULL with %OBM_ERROR_DATABASE_UNAVAILABLE if the database cannot be
 *   read or has other tables
 */
ObmStore21 *
obm_store_2_1_new (ObmDatabase *database, GError **error)
{
  g_autoptr (ObmStore21) self = g_object_new (OBM_TYPE_STORE_2_1, NULL);
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT * FROM Domain WHERE 1 = 0");
  g_autoptr (ObmRows) rows = NULL;

  self->database = g_object_ref (database);
  self->dialect = &obm_dialect_sqlite;

  for (gsize i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      g_autoptr (ObmStatement) probe = obm_statement_new (probes[i]);
      g_autoptr (ObmRows) nothing = obm_database_query (database, probe, error);

      if (nothing == NULL)
        return NULL;
    }

  rows = obm_database_query (database, statement, error);
  if (rows == NULL)
    return NULL;
  self->has_default_server = obm_rows_has_column (rows, "domain_mail_server_id");

  return g_steal_pointer (&self);
}
