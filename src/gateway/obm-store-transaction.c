/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-transaction.h"

typedef struct {
  ObmStore *store;
  ObmStoreFunc func;
  gpointer user_data;
} Call;

static gboolean
call (gpointer data, GError **error)
{
  const Call *to = data;

  return to->func (to->store, to->user_data, error);
}

/**
 * obm_store_transaction_run:
 * @store: the store
 * @database: its database
 * @host_id: the host whose roles change; 0 for none
 * @func: (scope call): what to do
 * @user_data: user data
 * @error: return location
 *
 * What obm_store_transact() does.
 *
 * Returns: %FALSE with the error of @func, or %OBM_ERROR_DATABASE_UNAVAILABLE: then nothing was written; or
 *   %OBM_ERROR_INTERNAL, when it is not known whether
 */
gboolean
obm_store_transaction_run (ObmStore *store,
                           ObmDatabase *database,
                           gint64 host_id,
                           ObmStoreFunc func,
                           gpointer user_data,
                           GError **error)
{
  Call to = { store, func, user_data };

  return obm_database_transact (database, host_id, call, &to, error);
}
