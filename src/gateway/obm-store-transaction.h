/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-store.h"

G_BEGIN_DECLS

gboolean obm_store_transaction_run (ObmStore      *store,
                                    ObmDatabase   *database,
                                    gint64         host_id,
                                    ObmStoreFunc   func,
                                    gpointer       user_data,
                                    GError       **error);

G_END_DECLS
