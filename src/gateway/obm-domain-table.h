/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-domain.h"

G_BEGIN_DECLS

/**
 * ObmDomainTable:
 * @from: the domains, the global one among them, as "d", with the columns domain_id, domain_name,
 *   domain_label, domain_alias and domain_global
 * @uuids: whether it has domain_uuid as well, and that is the key
 *
 * Where a generation of OBM has its domains.
 */
typedef struct {
  const char *from;
  gboolean uuids;
} ObmDomainTable;

/* How many columns obm_domain_table_append_columns() appends. */
#define OBM_DOMAIN_N_COLUMNS 6

void        obm_domain_table_append_columns (const ObmDomainTable *table,
                                             ObmStatement         *statement);
GPtrArray  *obm_domain_table_list           (const ObmDomainTable *table,
                                             ObmDatabase          *database,
                                             const char           *own,
                                             GError              **error);
GPtrArray  *obm_domain_table_list_some      (const ObmDomainTable *table,
                                             ObmDatabase          *database,
                                             const char           *sql,
                                             GError              **error);
ObmDomain  *obm_domain_table_get            (const ObmDomainTable *table,
                                             ObmDatabase          *database,
                                             const char           *own,
                                             const char           *key,
                                             GError              **error);
ObmDomain  *obm_domain_new_from_row         (const ObmRows        *rows,
                                             guint                 row,
                                             guint                 column,
                                             const char           *own);
gint64      obm_domain_get_number           (ObmDomain            *domain);
void        obm_domain_bind                 (ObmDomain            *domain,
                                             ObmStatement         *statement,
                                             const char           *condition);

G_END_DECLS
