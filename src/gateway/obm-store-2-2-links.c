/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-2-private.h"

#include "obm-link-source.h"

/*
 * What stops the deletion of a mail server. OBM itself takes a role from a host without looking.
 */

static const ObmLinkSource sources[] = {
  {
    .kind = "user",
    .name = "userobm_login",
    .domain_id = "userobm_domain_id",
    .matches = " FROM UserObm LEFT JOIN Domain d ON d.domain_id = userobm_domain_id"
               " WHERE userobm_mail_server_id = ?",
    .of_domain = TRUE,
  },
  {
    /* Attached once for each role. */
    .kind = "domain",
    .name = "d.domain_name",
    .domain_id = "attached_id",
    .matches = " FROM (SELECT DISTINCT domainentity_domain_id AS attached_id FROM ServiceProperty"
               " JOIN DomainEntity ON domainentity_entity_id = serviceproperty_entity_id"
               " WHERE serviceproperty_service = 'mail' AND serviceproperty_property IN " ROLES
               " AND serviceproperty_value = ?) a"
               " LEFT JOIN Domain d ON d.domain_id = attached_id WHERE 1 = 1",
    .as_text = TRUE,
  },
  {
    .kind = "mailshare",
    .name = "mailshare_name",
    .domain_id = "mailshare_domain_id",
    .matches = " FROM MailShare LEFT JOIN Domain d ON d.domain_id = mailshare_domain_id"
               " WHERE mailshare_mail_server_id = ?",
  },
};

ObmLinks *
_obm_store_2_2_get_links (ObmStore *store, ObmDomain *domain, gint64 id, GError **error)
{
  ObmStore22 *self = OBM_STORE_2_2 (store);
  g_autoptr (ObmLinks) links = obm_links_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (!obm_link_source_add (&sources[i], self->database, domain, id, links, error))
      return NULL;

  return g_steal_pointer (&links);
}
