/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "obm-connection.h"

G_BEGIN_DECLS

/**
 * ObmTransaction:
 * @connection: where it happens
 * @dialect: what the engine speaks
 * @begun: whether there is something to roll back
 * @in_doubt: whether something may be durable already, although the transaction fails
 * @broken: whether what a statement left is not known, so that the connection is of no use any more
 *
 * From BEGIN to COMMIT or ROLLBACK on a connection; it begins with all zeros but for the first two. It
 * belongs to one thread.
 */
typedef struct {
  ObmConnection *connection;
  const ObmDialect *dialect;
  gboolean begun;
  gboolean in_doubt;
  gboolean broken;
} ObmTransaction;

char     *obm_transaction_begin     (ObmTransaction *self,
                                     gint64          host_id);
void      obm_transaction_note      (ObmTransaction *self,
                                     const char     *message);
char     *obm_transaction_change    (ObmTransaction *self,
                                     ObmStatement   *statement,
                                     gint64         *n_changed);
char     *obm_transaction_commit    (ObmTransaction *self);
gboolean  obm_transaction_roll_back (ObmTransaction *self);
void      obm_transaction_end       (ObmTransaction *self,
                                     gint64          host_id);

G_END_DECLS
