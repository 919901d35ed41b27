/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-gateway-config.h"
#include "obm-store.h"

G_BEGIN_DECLS

/**
 * ObmCheck:
 *
 * What --check says: one finding a line on standard output.
 */
typedef struct _ObmCheck ObmCheck;

ObmCheck *obm_check_new      (const ObmGatewayConfig *config);
void      obm_check_free     (ObmCheck               *self);
void      obm_check_settings (ObmCheck               *self);
void      obm_check_database (ObmCheck               *self,
                              ObmDatabase            *database,
                              ObmStore               *store,
                              const GError           *error);
gboolean  obm_check_is_good  (const ObmCheck         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmCheck, obm_check_free)

G_END_DECLS
