/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-dialect.h"
#include "obm-domain-table.h"
#include "obm-store-2-1.h"

G_BEGIN_DECLS

/* The global domain of OBM 2.1 has no row. */
#define GLOBAL_KEY "0"

/* The domains, as if the global one had a row. */
#define DOMAINS \
  "(SELECT domain_id, domain_name, domain_label, domain_alias, 0 AS domain_global FROM Domain" \
  " WHERE domain_id <> " GLOBAL_KEY \
  " UNION ALL SELECT " GLOBAL_KEY ", 'global.local', 'Global', NULL, 1) d"

struct _ObmStore21
{
  GObject parent_instance;

  ObmDatabase *database;
  const ObmDialect *dialect;
  /* OBM 2.1 dropped Domain.domain_mail_server_id on its way. */
  gboolean has_default_server;
};

extern const ObmDomainTable _obm_store_2_1_domains;

ObmRoles        _obm_store_2_1_read_roles        (const ObmRows  *rows,
                                                  guint           row,
                                                  guint           column);
ObmPage        *_obm_store_2_1_list_mail_servers (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  ObmSearch      *search,
                                                  guint           page,
                                                  guint           rows,
                                                  GError        **error);
ObmMailServer  *_obm_store_2_1_get_mail_server   (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gint64          id,
                                                  GError        **error);
gboolean        _obm_store_2_1_insert_mail_server (ObmStore      *store,
                                                  ObmAccount     *author,
                                                  gint64          host_id,
                                                  ObmRoles        roles,
                                                  gint64         *id,
                                                  GError        **error);
gboolean        _obm_store_2_1_update_mail_server (ObmStore      *store,
                                                  ObmAccount     *author,
                                                  gint64          id,
                                                  ObmRoles        roles,
                                                  GError        **error);
gboolean        _obm_store_2_1_delete_mail_server (ObmStore      *store,
                                                  ObmAccount     *author,
                                                  gint64          id,
                                                  GError        **error);
ObmLinks       *_obm_store_2_1_get_links         (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gint64          id,
                                                  GError        **error);
ObmUpdateState *_obm_store_2_1_get_update_state  (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gboolean        may_commit,
                                                  GError        **error);
GPtrArray      *_obm_store_2_1_list_pending_domains (ObmStore    *store,
                                                  GError        **error);
GStrv           _obm_store_2_1_get_update_arguments (ObmStore    *store,
                                                  ObmDomain      *domain);

G_END_DECLS
