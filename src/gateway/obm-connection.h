/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <zdb.h>

#include "obm-rows.h"
#include "obm-statement.h"

G_BEGIN_DECLS

char        *obm_connection_start   (ConnectionPool_T    pool);
Connection_T obm_connection_take    (ConnectionPool_T    pool);
char        *obm_connection_query   (Connection_T        connection,
                                     const ObmStatement *statement,
                                     ObmRows            *rows);
char        *obm_connection_change  (Connection_T        connection,
                                     const ObmStatement *statement,
                                     gint64             *n_changed);
char        *obm_connection_run     (Connection_T        connection,
                                     const char         *sql);
gboolean     obm_connection_is_lock (const char         *message);

G_END_DECLS
