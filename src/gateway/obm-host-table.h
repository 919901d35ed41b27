/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-domain.h"
#include "obm-host.h"

G_BEGIN_DECLS

/**
 * ObmHostTable:
 * @show: a query for host_id, host_name, host_ip, host_fqdn, host_description and the key of its domain, up
 *   to the ids
 * @mail_servers: a query for the host's id and the id of the mail server it is, up to the ids
 * @global_key: the key of the domain that hosts without a domain are shown in
 *
 * Where a generation of OBM has its hosts.
 */
typedef struct {
  const char *show;
  const char *mail_servers;
  const char *global_key;
} ObmHostTable;

GHashTable *obm_host_table_read (const ObmHostTable  *table,
                                 ObmDatabase         *database,
                                 const GArray        *ids,
                                 GError             **error);
gboolean    obm_host_table_find (const ObmHostTable  *table,
                                 ObmDatabase         *database,
                                 ObmDomain           *domain,
                                 gint64               id,
                                 ObmHost            **host,
                                 GError             **error);

G_END_DECLS
