/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-transaction.h"

#include <string.h>

static char *
query_one (ObmTransaction *self, const char *sql, gint64 number, gint64 *value)
{
  g_autoptr (ObmStatement) statement = obm_statement_new (sql);
  g_autoptr (ObmRows) rows = obm_rows_new ();
  char *message;

  if (strchr (sql, '?') != NULL)
    obm_statement_bind_int (statement, number);
  message = obm_connection_query (self->connection, statement, rows);
  *value = message == NULL && obm_rows_get_n_rows (rows) > 0 ? obm_rows_get_int (rows, 0, 0, 0) : 0;

  return message;
}

/* Nobody else writes about that host until the transaction ends. Returns NULL, or what went wrong. */
static char *
lock_host (ObmTransaction *self, gint64 host_id)
{
  char *message;
  gint64 found;

  if (self->dialect->lock_host == NULL)
    return NULL;
  message = query_one (self, self->dialect->lock_host, host_id, &found);
  if (message != NULL || found > 0)
    return message;
  if (self->dialect->lock_missing != NULL)
    return query_one (self, self->dialect->lock_missing, host_id, &found);

  return g_strdup ("others write about this host for too long");
}

/**
 * obm_transaction_begin:
 * @self: a transaction
 * @host_id: a host that nobody else writes about until it ends, or 0
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_transaction_begin (ObmTransaction *self, gint64 host_id)
{
  char *message = obm_connection_run (self->connection, self->dialect->begin);

  if (message != NULL)
    return message;
  self->begun = TRUE;

  return lock_host (self, host_id);
}

/**
 * obm_transaction_note:
 * @self: a transaction
 * @message: what stopped something in it
 *
 * What any other failure than a lock leaves behind is not known.
 */
void
obm_transaction_note (ObmTransaction *self, const char *message)
{
  if (!obm_dialect_is_lock (self->dialect, message))
    self->broken = TRUE;
}

/**
 * obm_transaction_change:
 * @self: a transaction that has begun
 * @statement: an INSERT, UPDATE or DELETE that matters
 * @n_changed: (out): as obm_connection_change() says it
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_transaction_change (ObmTransaction *self, ObmStatement *statement, gint64 *n_changed)
{
  char *message = obm_connection_change (self->connection, statement, n_changed);

  /* Unless somebody else had a lock, a statement that failed may have changed something, too. */
  if (self->dialect->count_lasting != NULL &&
      (message == NULL || !obm_dialect_is_lock (self->dialect, message)))
    self->in_doubt = TRUE;

  return message;
}

/**
 * obm_transaction_commit:
 * @self: a transaction that has begun
 *
 * Blocks.
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_transaction_commit (ObmTransaction *self)
{
  char *message = obm_connection_run (self->connection, "COMMIT");

  /* A file is not changed when that fails; a server may have done it, and not be able to say so. */
  self->in_doubt = message != NULL && self->dialect->is_server;

  return message;
}

/**
 * obm_transaction_roll_back:
 * @self: a transaction that failed
 *
 * Blocks.
 *
 * Returns: whether it is sure that nothing is left of it: tables of MyISAM keep what was changed
 */
gboolean
obm_transaction_roll_back (ObmTransaction *self)
{
  g_autofree char *message = NULL;
  g_autofree char *unknown = NULL;
  gint64 n_lasting = 0;

  if (!self->begun)
    return TRUE;

  message = obm_connection_run (self->connection, "ROLLBACK");
  if (message != NULL)
    {
      self->broken = TRUE;
      return !self->in_doubt;
    }
  if (self->in_doubt && self->dialect->count_lasting != NULL)
    unknown = query_one (self, self->dialect->count_lasting, 0, &n_lasting);

  return unknown == NULL && n_lasting == 0;
}

/**
 * obm_transaction_end:
 * @self: a transaction that was made durable, or rolled back
 * @host_id: the host it was about, or 0
 *
 * Lets others write about the host. Blocks.
 */
void
obm_transaction_end (ObmTransaction *self, gint64 host_id)
{
  g_autofree char *message = NULL;
  gint64 found;

  /* The end of a connection gives its lock back, too. */
  if (self->begun && !self->broken && self->dialect->unlock_host != NULL)
    message = query_one (self, self->dialect->unlock_host, host_id, &found);
  if (message != NULL)
    self->broken = TRUE;
}
