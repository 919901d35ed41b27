/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <zdb.h>

#include "obm-dialect.h"
#include "obm-rows.h"
#include "obm-statement.h"

G_BEGIN_DECLS

/**
 * ObmConnection:
 *
 * A connection to a database, made by libzdb. It belongs to one thread at a time.
 */
typedef struct _ObmConnection ObmConnection;

ObmConnection *obm_connection_open    (URL_T               url,
                                       const ObmDialect   *dialect,
                                       char              **message);
void           obm_connection_end     (ObmConnection      *self);
void           obm_connection_free    (ObmConnection      *self);
char          *obm_connection_query   (ObmConnection      *self,
                                       const ObmStatement *statement,
                                       ObmRows            *rows);
char          *obm_connection_change  (ObmConnection      *self,
                                       const ObmStatement *statement,
                                       gint64             *n_changed);
char          *obm_connection_run     (ObmConnection      *self,
                                       const char         *sql);
char          *obm_connection_clear   (ObmConnection      *self);
void           obm_connection_limit   (ObmConnection      *self,
                                       guint               seconds);
gboolean       obm_connection_is_fresh (const ObmConnection *self);
gboolean       obm_connection_is_overdue (ObmConnection   *self);

G_END_DECLS
