/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-connection.h"

G_BEGIN_DECLS

/**
 * ObmPool:
 *
 * Connections to one database, made when they are needed. It recovers by itself, without the gateway being
 * restarted: what has become suspect is not used again, and while a server is away its clients do not all wait
 * for it.
 */
typedef struct _ObmPool ObmPool;

ObmPool       *obm_pool_new          (const char       *url,
                                      const ObmDialect *dialect,
                                      guint             max_connections,
                                      guint             statement_timeout);
void           obm_pool_free         (ObmPool          *self);
char          *obm_pool_get_name     (ObmPool          *self);
const char    *obm_pool_get_password (ObmPool          *self);
ObmConnection *obm_pool_take         (ObmPool          *self,
                                      char            **message);
void           obm_pool_give         (ObmPool          *self,
                                      ObmConnection    *connection);
void           obm_pool_drop         (ObmPool          *self,
                                      ObmConnection    *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmPool, obm_pool_free)

G_END_DECLS
