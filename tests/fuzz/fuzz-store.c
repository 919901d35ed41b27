/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-store.h"

#include "obm-error.h"

/**
 * FuzzStore:
 *
 * An installation of OBM without a database: one domain, one administrator, one mail server and one free host,
 * which stay as they are whatever is written. It demands of its callers what a database must be able to rely on.
 */
struct _FuzzStore
{
  GObject parent_instance;
};

#define DOMAIN_ID "1"
#define SERVER_ID 3
#define HOST_ID 7
#define FREE_HOST_ID 8

static void fuzz_store_init_interface (ObmStoreInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FuzzStore, fuzz_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (OBM_TYPE_STORE, fuzz_store_init_interface))

static gboolean
is_text (const char *text)
{
  return text != NULL && g_utf8_validate (text, -1, NULL);
}

static ObmDomain *
new_domain (void)
{
  return obm_domain_new (DOMAIN_ID, "exemple.fr", "Exemple", NULL, FALSE, TRUE);
}

static ObmHost *
new_host (gint64 id)
{
  return g_object_new (OBM_TYPE_HOST, "id", id, "name", "hote1", "ip", "192.162.0.1", "domain", DOMAIN_ID,
                       "mail-server-id", (gint64) (id == HOST_ID ? SERVER_ID : 0), NULL);
}

static ObmMailServer *
new_mail_server (void)
{
  g_autoptr (ObmHost) host = new_host (HOST_ID);
  g_autofree char *etag = obm_mail_server_make_etag (SERVER_ID, HOST_ID, OBM_ROLES_IMAP);

  return g_object_new (OBM_TYPE_MAIL_SERVER, "id", (gint64) SERVER_ID, "url", "/1/mailservers/3", "etag", etag,
                       "host", host, "domain", DOMAIN_ID, "roles", OBM_ROLES_IMAP, NULL);
}

static gboolean
find_account (ObmStore *store, const char *login, const char *domain_name, ObmAccount **account, GError **error)
{
  g_assert (is_text (login) && is_text (domain_name));

  *account = NULL;
  if (g_str_equal (login, "admin") && g_ascii_strcasecmp (domain_name, "exemple.fr") == 0)
    {
      *account = g_new0 (ObmAccount, 1);
      (*account)->id = 2;
      (*account)->login = g_strdup (login);
      (*account)->profile = g_strdup ("admin");
      (*account)->domain = new_domain ();
      (*account)->password_type = g_strdup ("PLAIN");
      (*account)->password = g_strdup ("demo");
    }

  return TRUE;
}

static GPtrArray *
list_domains (ObmStore *store, const char *own, GError **error)
{
  GPtrArray *domains = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (domains, new_domain ());

  return domains;
}

static ObmDomain *
get_domain (ObmStore *store, const char *own, const char *key, GError **error)
{
  g_assert (is_text (key));

  return new_domain ();
}

static ObmPage *
list (ObmSearch *search, guint page, guint rows, ObmEntity *entity)
{
  ObmPage *result = obm_page_new (1, page, rows);

  g_assert (page >= 1 && rows >= 1 && rows <= OBM_PAGE_MAX_ROWS);
  g_assert (is_text (obm_search_get_name (search)) && is_text (obm_search_get_ip (search)));
  g_assert ((obm_search_get_with (search) & obm_search_get_without (search)) == OBM_ROLES_NONE);
  obm_page_take (result, entity);

  return result;
}

static ObmPage *
list_mail_servers (ObmStore *store, ObmDomain *domain, ObmSearch *search, guint page, guint rows, GError **error)
{
  g_assert (!obm_search_get_available (search));

  return list (search, page, rows, OBM_ENTITY (new_mail_server ()));
}

static ObmPage *
list_hosts (ObmStore *store, ObmDomain *domain, ObmSearch *search, guint page, guint rows, GError **error)
{
  g_assert (obm_search_get_sort (search) <= OBM_SORT_IP);

  return list (search, page, rows, OBM_ENTITY (new_host (HOST_ID)));
}

static ObmMailServer *
get_mail_server (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  g_assert (id > 0);

  if (id == SERVER_ID)
    return new_mail_server ();
  g_propagate_error (error, obm_error_new (OBM_ERROR_REFERENCE_UNKNOWN, NULL, "This mail server does not exist"));

  return NULL;
}

static ObmLinks *
get_links (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  return obm_links_new ();
}

static gboolean
transact (ObmStore *store, gint64 host_id, ObmStoreFunc func, gpointer user_data, GError **error)
{
  return func (store, user_data, error);
}

static gboolean
find_host (ObmStore *store, ObmDomain *domain, gint64 id, ObmHost **host, GError **error)
{
  *host = id == HOST_ID || id == FREE_HOST_ID ? new_host (id) : NULL;

  return TRUE;
}

static gboolean
insert_mail_server (ObmStore *store, ObmAccount *author, gint64 host_id, ObmRoles roles, gint64 *id, GError **error)
{
  g_assert (host_id == FREE_HOST_ID && roles != OBM_ROLES_NONE);
  *id = SERVER_ID;

  return TRUE;
}

static gboolean
update_mail_server (ObmStore *store, ObmAccount *author, gint64 id, ObmRoles roles, GError **error)
{
  g_assert (id == SERVER_ID && roles != OBM_ROLES_NONE);

  return TRUE;
}

static gboolean
delete_mail_server (ObmStore *store, ObmAccount *author, gint64 id, GError **error)
{
  g_assert (id == SERVER_ID);

  return TRUE;
}

static ObmUpdateState *
get_update_state (ObmStore *store, ObmDomain *domain, gboolean may_commit, GError **error)
{
  return obm_update_state_new (FALSE, OBM_UPDATE_STATUS_IDLE, may_commit);
}

static void
fuzz_store_class_init (FuzzStoreClass *klass)
{
}

static void
fuzz_store_init (FuzzStore *self)
{
}

/* Without a runner nobody asks for what updates need. */
static void
fuzz_store_init_interface (ObmStoreInterface *iface)
{
  iface->find_account = find_account;
  iface->list_domains = list_domains;
  iface->get_domain = get_domain;
  iface->list_mail_servers = list_mail_servers;
  iface->list_hosts = list_hosts;
  iface->get_mail_server = get_mail_server;
  iface->get_links = get_links;
  iface->transact = transact;
  iface->find_host = find_host;
  iface->insert_mail_server = insert_mail_server;
  iface->update_mail_server = update_mail_server;
  iface->delete_mail_server = delete_mail_server;
  iface->get_update_state = get_update_state;
}

/**
 * fuzz_store_new:
 *
 * Returns: (transfer full): a new store
 */
ObmStore *
fuzz_store_new (void)
{
  return g_object_new (FUZZ_TYPE_STORE, NULL);
}
