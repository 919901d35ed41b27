/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-database.h"

#include "obm-error.h"
#include "obm-gate.h"
#include "obm-pool.h"
#include "obm-transaction.h"

/* How long a transaction waits for its turn: those before it may each have waited for a lock. */
#define TURN_TIMEOUT_MS 5000
/* The shortest word of a password that is hidden wherever it stands; less would hide what is no part of it. */
#define MIN_HIDDEN 4

/**
 * ObmDatabase:
 *
 * A database. All methods block, from any thread.
 *
 * Everything is written in transactions. On SQLite there is one at a time, and nobody reads while one changes
 * something: libzdb lets the connections of its pool share a cache, in which nobody waits for others, but
 * fails. Servers have locks of their own.
 */
struct _ObmDatabase
{
  GObject parent_instance;

  const ObmDialect *dialect;
  /* What texts must fit into, or NULL. */
  const char *charset;
  ObmPool *pool;
  ObmGate gate;
};

/* What the calling thread is at. */
typedef struct {
  ObmDatabase *database;
  ObmTransaction transaction;
} Turn;

static GPrivate current = G_PRIVATE_INIT (NULL);

G_DEFINE_FINAL_TYPE (ObmDatabase, obm_database, G_TYPE_OBJECT)

static void
obm_database_finalize (GObject *object)
{
  ObmDatabase *self = OBM_DATABASE (object);

  g_clear_pointer (&self->pool, obm_pool_free);
  obm_gate_clear (&self->gate);

  G_OBJECT_CLASS (obm_database_parent_class)->finalize (object);
}

static void
obm_database_class_init (ObmDatabaseClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_database_finalize;
}

static void
obm_database_init (ObmDatabase *self)
{
  obm_gate_init (&self->gate);
}

/* SQLite, for one, repeats a word of what it does not understand. */
static void
hide (GString *text, const char *password)
{
  g_auto (GStrv) words = g_strsplit_set (password, " \t\n'\"`.,:;=()[]{}<>/\\|&*+-!?@#%", -1);

  if (*password != '\0')
    g_string_replace (text, password, "***", 0);
  for (guint i = 0; words[i] != NULL; i++)
    if (strlen (words[i]) >= MIN_HIDDEN)
      g_string_replace (text, words[i], "***", 0);
}

/* The details go to the log, the client gets a sentence without them. */
static void
set_unavailable (ObmDatabase *self, GError **error, const char *details)
{
  const char *password = obm_pool_get_password (self->pool);
  g_autoptr (GString) text = g_string_new (details);
  g_autofree char *escaped = NULL;

  if (password != NULL)
    hide (text, password);
  escaped = g_strescape (text->str, NULL);
  g_message ("Database: %s", escaped);

  g_propagate_error (error, obm_error_new (OBM_ERROR_DATABASE_UNAVAILABLE, NULL, "The database cannot be used now"));
}

static gboolean
has_gate (ObmDatabase *self)
{
  return self->dialect->never_waits;
}

/* The calling thread's transaction, or NULL. */
static ObmTransaction *
get_own_transaction (ObmDatabase *self)
{
  Turn *turn = g_private_get (&current);

  return turn != NULL && turn->database == self ? &turn->transaction : NULL;
}

static gboolean
check (ObmDatabase *self, const char *message, GError **error)
{
  ObmTransaction *transaction = get_own_transaction (self);

  if (message == NULL)
    return TRUE;

  if (transaction != NULL)
    obm_transaction_note (transaction, message);
  set_unavailable (self, error, message);

  return FALSE;
}

static void
let_go (ObmDatabase *self, ObmConnection *connection, gboolean broken)
{
  if (broken)
    obm_pool_drop (self->pool, connection);
  else
    obm_pool_give (self->pool, connection);
}

/* "Nothing was written" is only said when it is true. */
static void
admit_doubt (GError **error)
{
  g_clear_error (error);
  g_propagate_error (error, obm_error_new (OBM_ERROR_INTERNAL, NULL,
                                           "The database went away; look whether the change was made"));
}

/* All of it: libzdb would put an open transaction back into the pool. */
static gboolean
transact (ObmDatabase *self, Turn *turn, gint64 host_id, ObmTransactionFunc func, gpointer user_data, GError **error)
{
  ObmTransaction *transaction = &turn->transaction;
  g_autofree char *begin = obm_transaction_begin (transaction, host_id);
  g_autofree char *commit = NULL;
  gboolean done;

  g_private_set (&current, turn);
  done = check (self, begin, error) && func (user_data, error);
  if (done)
    {
      commit = obm_transaction_commit (transaction);
      done = check (self, commit, error);
    }
  g_private_set (&current, NULL);

  if (!done && !obm_transaction_roll_back (transaction))
    admit_doubt (error);
  obm_transaction_end (transaction, host_id);

  return done;
}

/* What texts must fit into; FALSE if the database is away. */
static gboolean
find_charset (ObmDatabase *self, GError **error)
{
  g_autoptr (ObmStatement) statement = NULL;
  g_autoptr (ObmRows) rows = NULL;

  if (self->dialect->encoding == NULL)
    return TRUE;

  statement = obm_statement_new (self->dialect->encoding);
  rows = obm_database_query (self, statement, error);
  if (rows != NULL && obm_rows_get_n_rows (rows) > 0)
    self->charset = obm_dialect_get_charset (obm_rows_get_text (rows, 0, 0));

  return rows != NULL;
}

/**
 * obm_database_new:
 * @url: where the database is, as libzdb writes it: "sqlite:///var/lib/obm/obm.db",
 *   "postgresql://localhost/obm?user=obm", "mysql://localhost/obm?user=obm" (MariaDB too)
 * @max_connections: how many threads use it at once
 * @statement_timeout: how long a server may work on one statement, in s; SQLite has no such limit
 * @error: return location
 *
 * Opens a database. Whether it can be read shows with the first query.
 *
 * Returns: (transfer full): the database; %NULL with %OBM_ERROR_ADDRESS_INVALID when @url is none we can
 *   open, or %OBM_ERROR_DATABASE_UNAVAILABLE. The message never contains @url.
 */
ObmDatabase *
obm_database_new (const char *url, guint max_connections, guint statement_timeout, GError **error)
{
  g_autoptr (ObmDatabase) self = g_object_new (OBM_TYPE_DATABASE, NULL);
  g_autofree char *message = NULL;
  ObmConnection *connection;

  self->dialect = obm_dialect_find (url);
  if (self->dialect != NULL)
    self->pool = obm_pool_new (url, self->dialect, max_connections, statement_timeout);
  if (self->pool == NULL)
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_ADDRESS_INVALID, NULL,
                                               "The database must be given as sqlite:///path/to/the/file, "
                                               "postgresql://host/name or mysql://host/name"));
      return NULL;
    }

  connection = obm_pool_take (self->pool, &message);
  if (connection == NULL)
    {
      set_unavailable (self, error, message);
      return NULL;
    }
  obm_pool_give (self->pool, connection);

  return find_charset (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * obm_database_get_name:
 * @self: the database
 *
 * Returns: (transfer full): where it is, without who uses it: "sqlite:///var/lib/obm/obm.db"
 */
char *
obm_database_get_name (ObmDatabase *self)
{
  g_return_val_if_fail (OBM_IS_DATABASE (self), NULL);

  return obm_pool_get_name (self->pool);
}

/**
 * obm_database_get_dialect:
 * @self: the database
 *
 * Returns: (transfer none): what its engine speaks
 */
const ObmDialect *
obm_database_get_dialect (ObmDatabase *self)
{
  g_return_val_if_fail (OBM_IS_DATABASE (self), NULL);

  return self->dialect;
}

/**
 * obm_database_query:
 * @self: the database
 * @statement: a SELECT
 * @error: return location
 *
 * Runs a query and copies what it finds. Blocks.
 *
 * Returns: (transfer full): the rows; %NULL with %OBM_ERROR_DATABASE_UNAVAILABLE, whose message has no
 *   details
 */
ObmRows *
obm_database_query (ObmDatabase *self, ObmStatement *statement, GError **error)
{
  g_autoptr (ObmRows) rows = obm_rows_new ();
  g_autofree char *message = NULL;
  ObmConnection *connection;

  g_return_val_if_fail (OBM_IS_DATABASE (self), NULL);

  if (self->charset != NULL)
    obm_statement_fit (statement, self->charset);
  if (get_own_transaction (self) != NULL)
    {
      message = obm_connection_query (get_own_transaction (self)->connection, statement, rows);
      return check (self, message, error) ? g_steal_pointer (&rows) : NULL;
    }

  connection = obm_pool_take (self->pool, &message);
  if (connection != NULL)
    {
      if (has_gate (self))
        obm_gate_begin_reading (&self->gate);
      message = obm_connection_query (connection, statement, rows);
      if (has_gate (self))
        obm_gate_end_reading (&self->gate);
      let_go (self, connection, message != NULL && !obm_dialect_is_lock (self->dialect, message));
    }

  return check (self, message, error) ? g_steal_pointer (&rows) : NULL;
}

/* SQLite's readers are shut out from the first change on. */
static void
prepare_change (ObmDatabase *self)
{
  if (has_gate (self))
    obm_gate_shut (&self->gate);
}

/**
 * obm_database_announce:
 * @self: the database
 * @statement: an INSERT, UPDATE or DELETE
 * @error: return location
 *
 * Changes what may be changed in vain: where tables know no transactions it stays changed when what follows
 * fails, and that nothing was written is said all the same. May only be called by the function of
 * obm_database_transact(). Blocks.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE, whose message has no details
 */
gboolean
obm_database_announce (ObmDatabase *self, ObmStatement *statement, GError **error)
{
  ObmTransaction *transaction = get_own_transaction (self);
  g_autofree char *message = NULL;
  gint64 n_changed;

  g_return_val_if_fail (OBM_IS_DATABASE (self) && transaction != NULL, FALSE);

  prepare_change (self);
  message = obm_connection_change (transaction->connection, statement, &n_changed);

  return check (self, message, error);
}

/**
 * obm_database_change:
 * @self: the database
 * @statement: an INSERT, UPDATE or DELETE
 * @n_changed: (out) (optional): how many rows it changed; of a statement without values only
 * @error: return location
 *
 * Changes rows. May only be called by the function of obm_database_transact(). Blocks.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE, whose message has no details
 */
gboolean
obm_database_change (ObmDatabase *self, ObmStatement *statement, gint64 *n_changed, GError **error)
{
  ObmTransaction *transaction = get_own_transaction (self);
  g_autofree char *message = NULL;
  gint64 n = 0;

  g_return_val_if_fail (OBM_IS_DATABASE (self) && transaction != NULL, FALSE);

  prepare_change (self);
  message = obm_transaction_change (transaction, statement, &n);
  if (n_changed != NULL)
    *n_changed = n;

  return check (self, message, error);
}

/**
 * obm_database_transact:
 * @self: the database
 * @host_id: the host it is about, or 0
 * @func: (scope call): what to do
 * @user_data: user data
 * @error: return location
 *
 * Calls @func in a transaction: nobody else writes about that host meanwhile, and what the calling thread asks
 * the database belongs to it. When @func returns %TRUE everything is made durable, else nothing has happened;
 * but tables of MyISAM keep what was changed before something failed. Blocks.
 *
 * Returns: %FALSE with the error of @func, or %OBM_ERROR_DATABASE_UNAVAILABLE: then nothing was written; or
 *   %OBM_ERROR_INTERNAL, when the database went away and did not say whether
 */
gboolean
obm_database_transact (ObmDatabase *self,
                       gint64 host_id,
                       ObmTransactionFunc func,
                       gpointer user_data,
                       GError **error)
{
  g_autofree char *message = NULL;
  Turn turn = { self };
  gboolean done;

  g_return_val_if_fail (OBM_IS_DATABASE (self) && g_private_get (&current) == NULL, FALSE);

  if (has_gate (self) && !obm_gate_begin_writing (&self->gate, TURN_TIMEOUT_MS))
    {
      set_unavailable (self, error, "others write for too long");
      return FALSE;
    }
  turn.transaction.dialect = self->dialect;
  turn.transaction.connection = obm_pool_take (self->pool, &message);
  if (turn.transaction.connection != NULL)
    {
      done = transact (self, &turn, host_id, func, user_data, error);
      let_go (self, turn.transaction.connection, turn.transaction.broken);
    }
  else
    done = check (self, message, error);
  if (has_gate (self))
    obm_gate_end_writing (&self->gate);

  return done;
}
