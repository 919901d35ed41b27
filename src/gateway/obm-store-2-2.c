/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-2-private.h"

#include "obm-info.h"
#include "obm-question.h"
#include "obm-store-transaction.h"

/**
 * ObmStore22:
 *
 * OBM 2.2 and later: a mail server is a host whose entity has a service imap, smtp_in or smtp_out; its id is
 * the host's.
 */

/* What the statements of this class rely on. */
static const ObmSchemaTable tables[] = {
  { "UserObm", "userobm_id userobm_domain_id userobm_login userobm_password_type userobm_password"
               " userobm_perms userobm_archive userobm_mail_server_id" },
  { "Domain", "domain_id domain_name domain_label domain_alias domain_global" },
  { "DomainEntity", "domainentity_entity_id domainentity_domain_id" },
  { "Host", "host_id host_domain_id host_name host_ip host_description host_timecreate host_usercreate"
            " host_timeupdate host_userupdate" },
  { "Entity", "entity_id" },
  { "HostEntity", "hostentity_entity_id hostentity_host_id" },
  { "Service", "service_id service_service service_entity_id" },
  { "ServiceProperty", "serviceproperty_service serviceproperty_property serviceproperty_entity_id"
                       " serviceproperty_value" },
  { "P_Host", "host_id host_domain_id host_name" },
  { "P_HostEntity", "hostentity_entity_id hostentity_host_id" },
  { "P_Service", "service_service service_entity_id" },
  { "MailShare", "mailshare_id mailshare_domain_id mailshare_name mailshare_mail_server_id" },
  { "Profile", "profile_id profile_domain_id profile_name" },
  { "ProfileProperty", "profileproperty_profile_id profileproperty_name profileproperty_value" },
  { "DomainPropertyValue", "domainpropertyvalue_domain_id domainpropertyvalue_property_key"
                           " domainpropertyvalue_value" },
  { "ObmInfo", "obminfo_name obminfo_value" },
};

static const ObmQuestionTable host_list = {
  .id = "host_id",
  .from = " FROM Host WHERE 1 = 1",
  .available = "host_id NOT IN (SELECT e.hostentity_host_id" FROM_SAVED ")",
};

static void obm_store_2_2_store_init (ObmStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ObmStore22, obm_store_2_2, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OBM_TYPE_STORE, obm_store_2_2_store_init))

static void
obm_store_2_2_finalize (GObject *object)
{
  ObmStore22 *self = OBM_STORE_2_2 (object);

  g_clear_object (&self->database);
  g_free (self->show_hosts);
  g_free (self->show_mail_servers);
  g_free (self->global_key);

  G_OBJECT_CLASS (obm_store_2_2_parent_class)->finalize (object);
}

static void
obm_store_2_2_class_init (ObmStore22Class *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_store_2_2_finalize;
}

static void
obm_store_2_2_init (ObmStore22 *self)
{
}

static GPtrArray *
list_domains (ObmStore *store, const char *own, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);

  return obm_domain_table_list (&self->domains, self->database, own, error);
}

static ObmDomain *
get_domain (ObmStore *store, const char *own, const char *key, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);

  return obm_domain_table_get (&self->domains, self->database, own, key, error);
}

static ObmPage *
list_hosts (ObmStore *store, ObmDomain *domain, ObmSearch *search, guint page, guint rows, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  const ObmQuestion question = { self->database, self->dialect, &host_list, domain, search };
  gint64 length;
  g_autoptr (GArray) ids = obm_question_find (&question, page, rows, &length, error);
  g_autoptr (GHashTable) table = ids ? obm_host_table_read (&self->hosts, self->database, ids, error) : NULL;

  return table ? obm_question_new_page (ids, table, length, page, rows) : NULL;
}

/* A host without an entity has nothing that services could be added to. */
static gboolean
find_host (ObmStore *store, ObmDomain *domain, gint64 id, ObmHost **host, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  g_autoptr (ObmStatement) statement = obm_statement_new (
    "SELECT entity_id FROM HostEntity JOIN Entity ON entity_id = hostentity_entity_id"
    " WHERE hostentity_host_id = ?");
  g_autoptr (ObmRows) entities = NULL;

  *host = NULL;
  obm_statement_bind_int (statement, id);
  entities = obm_database_query (self->database, statement, error);
  if (entities == NULL)
    return FALSE;

  return obm_rows_get_n_rows (entities) == 0 ||
         obm_host_table_find (&self->hosts, self->database, domain, id, host, error);
}

static gboolean
transact (ObmStore *store, gint64 host_id, ObmStoreFunc func, gpointer user_data, GError **error)
{
  return obm_store_transaction_run (store, OBM_STORE_2_2 (store)->database, host_id, func, user_data, error);
}

static gboolean
is_update_locked (ObmStore *store, gboolean *locked, GError **error)
{
  return obm_info_is_locked (OBM_STORE_2_2 (store)->database, locked, error);
}

static gboolean
take_update_lock (ObmStore *store, gboolean *taken, GError **error)
{
  return obm_info_take_lock (OBM_STORE_2_2 (store)->database, taken, error);
}

static gboolean
give_update_lock (ObmStore *store, GError **error)
{
  return obm_info_give_lock (OBM_STORE_2_2 (store)->database, error);
}

static void
obm_store_2_2_store_init (ObmStoreInterface *iface)
{
  iface->find_account = _obm_store_2_2_find_account;
  iface->list_domains = list_domains;
  iface->get_domain = get_domain;
  iface->list_mail_servers = _obm_store_2_2_list_mail_servers;
  iface->get_mail_server = _obm_store_2_2_get_mail_server;
  iface->get_links = _obm_store_2_2_get_links;
  iface->list_hosts = list_hosts;
  iface->transact = transact;
  iface->find_host = find_host;
  iface->insert_mail_server = _obm_store_2_2_insert_mail_server;
  iface->update_mail_server = _obm_store_2_2_update_mail_server;
  iface->delete_mail_server = _obm_store_2_2_delete_mail_server;
  iface->get_update_state = _obm_store_2_2_get_update_state;
  iface->list_pending_domains = _obm_store_2_2_list_pending_domains;
  iface->get_update_arguments = _obm_store_2_2_get_update_arguments;
  iface->is_update_locked = is_update_locked;
  iface->take_update_lock = take_update_lock;
  iface->give_update_lock = give_update_lock;
}

static void
fit_statements (ObmStore22 *self, ObmSchema *schema)
{
  g_autofree char *timecreate = obm_dialect_date (self->dialect, "h.host_timecreate");
  g_autofree char *timeupdate = obm_dialect_date (self->dialect, "h.host_timeupdate");
  gboolean has_fqdn = obm_schema_has_column (schema, "Host", "host_fqdn");

  self->domains = (ObmDomainTable) { "Domain d", obm_schema_has_column (schema, "Domain", "domain_uuid") };
  self->status = obm_schema_has_column (schema, "UserObm", "userobm_status") ? "userobm_status" : "'VALID'";
  self->fqdn = has_fqdn ? "h.host_fqdn" : "NULL";
  self->domain_key = self->domains.uuids ? "d.domain_uuid" : "d.domain_id";

  self->show_hosts = g_strdup_printf (
    "SELECT h.host_id, h.host_name, h.host_ip, %s, h.host_description, %s"
    " FROM Host h LEFT JOIN Domain d ON d.domain_id = h.host_domain_id WHERE h.host_id IN (",
    self->fqdn, self->domain_key);
  self->show_mail_servers = g_strdup_printf (
    "SELECT h.host_id, h.host_id, %s, %s, creator.userobm_login,"
    " updater.userobm_login, h.host_id, h.host_name, h.host_ip, %s, %s"
    " FROM Host h LEFT JOIN Domain d ON d.domain_id = h.host_domain_id"
    " LEFT JOIN UserObm creator ON creator.userobm_id = h.host_usercreate"
    " LEFT JOIN UserObm updater ON updater.userobm_id = h.host_userupdate WHERE h.host_id IN (",
    timecreate, timeupdate, self->fqdn, self->domain_key);
}

/* What belongs to no domain is shown in the global one. */
static gboolean
find_global_key (ObmStore22 *self, GError **error)
{
  g_autoptr (GPtrArray) domains = list_domains (OBM_STORE (self), NULL, error);

  if (domains == NULL)
    return FALSE;

  if (domains->len > 0 && obm_domain_get_global (g_ptr_array_index (domains, 0)))
    self->global_key = g_strdup (obm_domain_get_id (g_ptr_array_index (domains, 0)));
  else
    self->global_key = g_strdup ("0");
  self->hosts = (ObmHostTable) {
    .show = self->show_hosts,
    .mail_servers = "SELECT e.hostentity_host_id, MIN(e.hostentity_host_id)" FROM_SAVED
                    " AND e.hostentity_host_id IN (",
    .global_key = self->global_key,
  };

  return TRUE;
}

/**
 * obm_store_2_2_new:
 * @database: an open database
 * @dialect: its SQL
 * @schema: what it has
 * @error: return location
 *
 * Blocks.
 *
 * Returns: (transfer full): the store; %NULL with the error of obm_schema_require() if the tables are others
 */
ObmStore22 *
obm_store_2_2_new (ObmDatabase *database, const ObmDialect *dialect, ObmSchema *schema, GError **error)
{
  g_autoptr (ObmStore22) self = g_object_new (OBM_TYPE_STORE_2_2, NULL);

  if (!obm_schema_require (schema, "OBM 2.2 or later", tables, G_N_ELEMENTS (tables), error))
    return NULL;

  self->database = g_object_ref (database);
  self->dialect = dialect;
  fit_statements (self, schema);

  return find_global_key (self, error) ? g_steal_pointer (&self) : NULL;
}
