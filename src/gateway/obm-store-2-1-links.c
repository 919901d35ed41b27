/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

/*
 * What stops the deletion of a mail server. OBM 2.1 itself forgot mail shares, which it left without a
 * server.
 */

/*
 * What points to the mail server whose id is bound for each "?" of @matches: @name and @domain_id are columns
 * of it, domain_name is there too.
 */
typedef struct {
  const char *kind;
  const char *name;
  const char *domain_id;
  const char *matches;
} Source;

static const Source users = {
  "user", "userobm_login", "userobm_domain_id",
  " FROM UserObm LEFT JOIN Domain ON domain_id = userobm_domain_id WHERE userobm_mail_server_id = ?",
};

static const Source mail_shares = {
  "mailshare", "mailshare_name", "mailshare_domain_id",
  " FROM MailShare LEFT JOIN Domain ON domain_id = mailshare_domain_id WHERE mailshare_mail_server_id = ?",
};

/* A domain is attached to a server for each role, and may have it as its default besides. */
static const Source domains = {
  "domain", "domain_name", "attached_id",
  " FROM (SELECT DISTINCT domainmailserver_domain_id AS attached_id FROM DomainMailServer"
  " WHERE domainmailserver_mailserver_id = ?) a LEFT JOIN Domain ON domain_id = attached_id WHERE 1 = 1",
};

static const Source domains_with_default = {
  "domain", "domain_name", "attached_id",
  " FROM (SELECT domainmailserver_domain_id AS attached_id FROM DomainMailServer"
  " WHERE domainmailserver_mailserver_id = ?"
  " UNION SELECT domain_id FROM Domain WHERE domain_mail_server_id = ?) a"
  " LEFT JOIN Domain ON domain_id = attached_id WHERE 1 = 1",
};

static void
append_matches (ObmStatement *statement, const Source *source, gint64 id)
{
  obm_statement_append (statement, source->matches);
  for (const char *p = strchr (source->matches, '?'); p != NULL; p = strchr (p + 1, '?'))
    obm_statement_bind_int (statement, id);
}

/* How something is called, or NULL when it has no name that may show. */
static char *
read_name (const ObmRows *rows, guint row, const Source *source, ObmDomain *domain)
{
  enum { NAME, DOMAIN_ID, DOMAIN_NAME };
  const char *name = obm_rows_get_text (rows, row, NAME);
  const char *domain_name = obm_rows_get_text (rows, row, DOMAIN_NAME);

  if (obm_rows_get_int (rows, row, DOMAIN_ID, -1) == GLOBAL_ID)
    domain_name = GLOBAL_NAME;
  if (source->domain_id == domains.domain_id)
    return g_strdup (domain_name);
  if (source == &users && name != NULL && domain_name != NULL && obm_domain_get_global (domain))
    return g_strconcat (name, "@", domain_name, NULL);

  return g_strdup (name);
}

static GStrv
find_first (ObmStore21 *self, const Source *source, ObmDomain *domain, gint64 id, GError **error)
{
  g_autofree char *begin = g_strdup_printf ("SELECT %s, %s, domain_name", source->name, source->domain_id);
  g_autofree char *condition = g_strdup_printf (" AND %s = ?", source->domain_id);
  g_autofree char *order = g_strdup_printf (" ORDER BY %s, %s LIMIT ?", source->name, source->domain_id);
  g_autoptr (ObmStatement) statement = obm_statement_new (begin);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (ObmRows) rows = NULL;

  append_matches (statement, source, id);
  _obm_store_2_1_bind_domain (statement, condition, domain);
  obm_statement_append (statement, order);
  obm_statement_bind_int (statement, OBM_LINKS_MAX_FIRST);
  rows = obm_database_query (self->database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      g_autofree char *name = read_name (rows, i, source, domain);

      if (name != NULL)
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

static gboolean
add_links (ObmStore21 *self,
           ObmLinks *links,
           const Source *source,
           ObmDomain *domain,
           gint64 id,
           GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT COUNT(*)");
  g_autoptr (ObmRows) counted = NULL;
  g_auto (GStrv) first = NULL;

  append_matches (statement, source, id);
  counted = obm_database_query (self->database, statement, error);
  if (counted == NULL)
    return FALSE;
  first = find_first (self, source, domain, id, error);
  if (first == NULL)
    return FALSE;

  obm_links_add (links, source->kind, obm_rows_get_int (counted, 0, 0, 0), (const char * const *) first);

  return TRUE;
}

ObmLinks *
_obm_store_2_1_get_links (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  ObmStore21 *self = OBM_STORE_2_1 (store);
  g_autoptr (ObmLinks) links = obm_links_new ();
  const Source *domain_source = self->has_default_server ? &domains_with_default : &domains;

  if (!add_links (self, links, &users, domain, id, error) ||
      !add_links (self, links, domain_source, domain, id, error) ||
      !add_links (self, links, &mail_shares, domain, id, error))
    return NULL;

  return g_steal_pointer (&links);
}
