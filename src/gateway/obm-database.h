/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "obm-dialect.h"
#include "obm-rows.h"
#include "obm-statement.h"

G_BEGIN_DECLS

#define OBM_TYPE_DATABASE (obm_database_get_type ())

G_DECLARE_FINAL_TYPE (ObmDatabase, obm_database, OBM, DATABASE, GObject)

/**
 * ObmTransactionFunc:
 * @user_data: user data
 * @error: return location
 *
 * Returns: %FALSE with an error when nothing shall have happened
 */
typedef gboolean (*ObmTransactionFunc) (gpointer user_data, GError **error);

ObmDatabase      *obm_database_new         (const char          *url,
                                            guint                max_connections,
                                            guint                statement_timeout,
                                            GError             **error);
char             *obm_database_get_name    (ObmDatabase         *self);
const ObmDialect *obm_database_get_dialect (ObmDatabase         *self);
ObmRows          *obm_database_query       (ObmDatabase         *self,
                                            ObmStatement        *statement,
                                            GError             **error);
gboolean          obm_database_change      (ObmDatabase         *self,
                                            ObmStatement        *statement,
                                            gint64              *n_changed,
                                            GError             **error);
gboolean          obm_database_announce    (ObmDatabase         *self,
                                            ObmStatement        *statement,
                                            GError             **error);
gboolean          obm_database_transact    (ObmDatabase         *self,
                                            gint64               host_id,
                                            ObmTransactionFunc   func,
                                            gpointer             user_data,
                                            GError             **error);

G_END_DECLS
