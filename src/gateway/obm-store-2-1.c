/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-account-rows.h"
#include "obm-host-table.h"
#include "obm-info.h"
#include "obm-question.h"
#include "obm-store-transaction.h"

/**
 * ObmStore21:
 *
 * OBM 2.1: a mail server is a row of MailServer that points to one of Host, its domain is its host's.
 */

/* What the statements of this class rely on. */
static const ObmSchemaTable tables[] = {
  { "UserObm", "userobm_id userobm_domain_id userobm_login userobm_password_type userobm_password"
               " userobm_perms userobm_archive userobm_mail_server_id" },
  { "Domain", "domain_id domain_name domain_label domain_alias" },
  { "MailServer", "mailserver_id mailserver_host_id"
                  " mailserver_imap mailserver_smtp_in mailserver_smtp_out"
                  " mailserver_timecreate mailserver_usercreate mailserver_timeupdate mailserver_userupdate" },
  { "P_MailServer", "mailserver_id mailserver_host_id mailserver_imap mailserver_smtp_in"
                    " mailserver_smtp_out" },
  { "Host", "host_id host_domain_id host_name host_ip host_description" },
  { "P_Host", "host_id host_domain_id host_name" },
  { "DomainMailServer", "domainmailserver_domain_id domainmailserver_mailserver_id" },
  { "MailShare", "mailshare_id mailshare_domain_id mailshare_name mailshare_mail_server_id" },
  { "DomainPropertyValue", "domainpropertyvalue_domain_id domainpropertyvalue_property_key"
                           " domainpropertyvalue_value" },
  { "ObmInfo", "obminfo_name obminfo_value" },
};

const ObmDomainTable _obm_store_2_1_domains = { .from = DOMAINS };

static const ObmQuestionTable host_list = {
  .id = "host_id",
  .from = " FROM Host WHERE 1 = 1",
  .available = "host_id NOT IN (SELECT mailserver_host_id FROM MailServer)",
};

static const ObmHostTable hosts = {
  .show = "SELECT host_id, host_name, host_ip, NULL, host_description, host_domain_id FROM Host"
          " WHERE host_id IN (",
  .mail_servers = "SELECT mailserver_host_id, MIN(mailserver_id) FROM MailServer"
                  " WHERE mailserver_host_id IN (",
  .global_key = GLOBAL_KEY,
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

static gboolean
find_account (ObmStore *store,
              const char *login,
              const char *domain_name,
              ObmAccount **account,
              GError **error)
{
  return obm_account_find (OBM_STORE_2_1 (store)->database, &_obm_store_2_1_domains, "'VALID'", login,
                           domain_name, account, error);
}

static GPtrArray *
list_domains (ObmStore *store, const char *own, GError **error)
{
  return obm_domain_table_list (&_obm_store_2_1_domains, OBM_STORE_2_1 (store)->database, own, error);
}

static ObmDomain *
get_domain (ObmStore *store, const char *own, const char *key, GError **error)
{
  return obm_domain_table_get (&_obm_store_2_1_domains, OBM_STORE_2_1 (store)->database, own, key, error);
}

static ObmPage *
list_hosts (ObmStore *store, ObmDomain *domain, ObmSearch *search, guint page, guint rows, GError **error)
{
  ObmStore21 *self = OBM_STORE_2_1 (store);
  const ObmQuestion question = { self->database, self->dialect, &host_list, domain, search };
  gint64 length;
  g_autoptr (GArray) ids = obm_question_find (&question, page, rows, &length, error);
  g_autoptr (GHashTable) table = ids ? obm_host_table_read (&hosts, self->database, ids, error) : NULL;

  return table ? obm_question_new_page (ids, table, length, page, rows) : NULL;
}

static gboolean
find_host (ObmStore *store, ObmDomain *domain, gint64 id, ObmHost **host, GError **error)
{
  return obm_host_table_find (&hosts, OBM_STORE_2_1 (store)->database, domain, id, host, error);
}

static gboolean
transact (ObmStore *store, gint64 host_id, ObmStoreFunc func, gpointer user_data, GError **error)
{
  return obm_store_transaction_run (store, OBM_STORE_2_1 (store)->database, host_id, func, user_data, error);
}

static gboolean
is_update_locked (ObmStore *store, gboolean *locked, GError **error)
{
  return obm_info_is_locked (OBM_STORE_2_1 (store)->database, locked, error);
}

static gboolean
take_update_lock (ObmStore *store, gboolean *taken, GError **error)
{
  return obm_info_take_lock (OBM_STORE_2_1 (store)->database, taken, error);
}

static gboolean
give_update_lock (ObmStore *store, GError **error)
{
  return obm_info_give_lock (OBM_STORE_2_1 (store)->database, error);
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
  iface->list_hosts = list_hosts;
  iface->transact = transact;
  iface->find_host = find_host;
  iface->insert_mail_server = _obm_store_2_1_insert_mail_server;
  iface->update_mail_server = _obm_store_2_1_update_mail_server;
  iface->delete_mail_server = _obm_store_2_1_delete_mail_server;
  iface->get_update_state = _obm_store_2_1_get_update_state;
  iface->list_pending_domains = _obm_store_2_1_list_pending_domains;
  iface->get_update_arguments = _obm_store_2_1_get_update_arguments;
  iface->is_update_locked = is_update_locked;
  iface->take_update_lock = take_update_lock;
  iface->give_update_lock = give_update_lock;
}

/**
 * obm_store_2_1_new:
 * @database: an open database
 * @dialect: its SQL
 * @schema: what it has
 * @error: return location
 *
 * Blocks.
 *
 * Returns: (transfer full): the store; %NULL with the error of obm_schema_require() if the tables are others
 */
ObmStore21 *
obm_store_2_1_new (ObmDatabase *database, const ObmDialect *dialect, ObmSchema *schema, GError **error)
{
  g_autoptr (ObmStore21) self = g_object_new (OBM_TYPE_STORE_2_1, NULL);

  if (!obm_schema_require (schema, "OBM 2.1", tables, G_N_ELEMENTS (tables), error))
    return NULL;

  self->database = g_object_ref (database);
  self->dialect = dialect;
  self->has_default_server = obm_schema_has_column (schema, "Domain", "domain_mail_server_id");

  return g_steal_pointer (&self);
}
