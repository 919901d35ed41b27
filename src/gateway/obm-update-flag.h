/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-domain.h"
#include "obm-update-state.h"

G_BEGIN_DECLS

/* A query for the numbers of the domains whose flag is up. */
#define OBM_UPDATE_FLAG_RAISED \
  "SELECT domainpropertyvalue_domain_id FROM DomainPropertyValue" \
  " WHERE domainpropertyvalue_property_key = 'update_state' AND domainpropertyvalue_value = '1'"

ObmUpdateState *obm_update_flag_new_state (ObmDatabase  *database,
                                           ObmDomain    *domain,
                                           gboolean      may_commit,
                                           GError      **error);
gboolean        obm_update_flag_raise     (ObmDatabase  *database,
                                           const char   *domain_of,
                                           gint64        id,
                                           GError      **error);

G_END_DECLS
