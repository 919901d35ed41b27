/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-connection.h"

G_BEGIN_DECLS

/**
 * ObmPool:
 *
 * Connections to one database. When they have become suspect, or another file is in the place of the one that
 * was opened, all of them are closed and opened anew, so that the gateway recovers without being restarted.
 */
typedef struct _ObmPool ObmPool;

ObmPool      *obm_pool_new          (const char    *url,
                                     guint          max_connections,
                                     const char    *session);
void          obm_pool_free         (ObmPool       *self);
char         *obm_pool_get_name     (ObmPool       *self);
const char   *obm_pool_get_password (ObmPool       *self);
Connection_T  obm_pool_take         (ObmPool       *self,
                                     char         **message);
void          obm_pool_give         (ObmPool       *self,
                                     Connection_T   connection);
void          obm_pool_suspect      (ObmPool       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmPool, obm_pool_free)

G_END_DECLS
