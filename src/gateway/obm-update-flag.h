/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-domain.h"

G_BEGIN_DECLS

/* A query for the numbers of the domains whose flag is up. */
#define OBM_UPDATE_FLAG_RAISED \
  "SELECT domainpropertyvalue_domain_id FROM DomainPropertyValue" \
  " WHERE domainpropertyvalue_property_key = 'update_state' AND domainpropertyvalue_value = '1'"

gboolean obm_update_flag_is_up (ObmDatabase  *database,
                                ObmDomain    *domain,
                                gboolean     *up,
                                GError      **error);
gboolean obm_update_flag_raise (ObmDatabase  *database,
                                gint64        domain_number,
                                GError      **error);

G_END_DECLS
