/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-link-source.h"

/*
 * What stops the deletion of a mail server. OBM 2.1 itself forgot mail shares, which it left without a
 * server.
 */

static const ObmLinkSource users = {
  .kind = "user",
  .name = "userobm_login",
  .domain_id = "userobm_domain_id",
  .matches = " FROM UserObm LEFT JOIN " DOMAINS " ON d.domain_id = userobm_domain_id"
             " WHERE userobm_mail_server_id = ?",
  .of_domain = TRUE,
};

static const ObmLinkSource mail_shares = {
  .kind = "mailshare",
  .name = "mailshare_name",
  .domain_id = "mailshare_domain_id",
  .matches = " FROM MailShare LEFT JOIN " DOMAINS " ON d.domain_id = mailshare_domain_id"
             " WHERE mailshare_mail_server_id = ?",
};

/* A domain is attached to a server for each role, and may have it as its default besides. */
static const ObmLinkSource domains = {
  .kind = "domain",
  .name = "d.domain_name",
  .domain_id = "attached_id",
  .matches = " FROM (SELECT DISTINCT domainmailserver_domain_id AS attached_id FROM DomainMailServer"
             " WHERE domainmailserver_mailserver_id = ?) a"
             " LEFT JOIN " DOMAINS " ON d.domain_id = attached_id WHERE 1 = 1",
};

static const ObmLinkSource domains_with_default = {
  .kind = "domain",
  .name = "d.domain_name",
  .domain_id = "attached_id",
  .matches = " FROM (SELECT domainmailserver_domain_id AS attached_id FROM DomainMailServer"
             " WHERE domainmailserver_mailserver_id = ?"
             " UNION SELECT domain_id FROM Domain WHERE domain_mail_server_id = ?) a"
             " LEFT JOIN " DOMAINS " ON d.domain_id = attached_id WHERE 1 = 1",
};

ObmLinks *
_obm_store_2_1_get_links (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  ObmStore21 *self = OBM_STORE_2_1 (store);
  g_autoptr (ObmLinks) links = obm_links_new ();
  const ObmLinkSource *domain_source = self->has_default_server ? &domains_with_default : &domains;

  if (!obm_link_source_add (&users, self->database, domain, id, links, error) ||
      !obm_link_source_add (domain_source, self->database, domain, id, links, error) ||
      !obm_link_source_add (&mail_shares, self->database, domain, id, links, error))
    return NULL;

  return g_steal_pointer (&links);
}
