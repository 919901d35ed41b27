/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "obm-rows.h"
#include "obm-statement.h"

G_BEGIN_DECLS

#define OBM_TYPE_DATABASE (obm_database_get_type ())

G_DECLARE_FINAL_TYPE (ObmDatabase, obm_database, OBM, DATABASE, GObject)

ObmDatabase *obm_database_new   (const char    *url,
                                 guint          max_connections,
                                 GError       **error);
ObmRows     *obm_database_query (ObmDatabase   *self,
                                 ObmStatement  *statement,
                                 GError       **error);

G_END_DECLS
