/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-connection.h"

#include <stdatomic.h>

/*
 * How long a statement waits for the lock of another program; then the client is told to try again. libzdb
 * makes different things of its query timeout: 3.1 lets each step of a statement wait for it eleven times, 3.4
 * once. So the waiting is done here, and libzdb, given a short one, only sees whether the lock is gone. That
 * takes 3.1 up to half a second, by which the whole may be longer. Servers are told by ObmDialect.
 */
#define LOCK_TIMEOUT_MS 2000
#define ATTEMPT_TIMEOUT_MS 10
/* Between two attempts: there are locks for which SQLite does not wait, but says at once that they are held. */
#define PAUSE_MS 10
/* The statements of a request follow one another sooner than this; a server that freezes shows between two requests. */
#define FRESH_MS 5

struct _ObmConnection
{
  const ObmDialect *dialect;
  /* libzdb has no connection without a pool, so this one has a pool of its own. */
  ConnectionPool_T pool;
  Connection_T connection;

  /* How long an answer may take, or 0; and when the one that is waited for should be there, or 0. */
  gint64 limit;
  _Atomic gint64 deadline;
  /* An answer did not come. */
  gboolean lost;
  /* When the last one came, or 0. */
  gint64 worked_at;
};

/* What is done with a connection. It may raise an exception, which leaves it by longjmp: it owns nothing. */
typedef void (*Step) (ObmConnection *self, gpointer data);

/* Returns NULL, or the message of the exception that stopped @step. */
static char *
try_once (ObmConnection *self, Step step, gpointer data)
{
  char *volatile message = NULL;

  if (self->limit > 0)
    atomic_store (&self->deadline, g_get_monotonic_time () + self->limit);
  TRY
  {
    step (self, data);
  }
  ELSE
  {
    message = g_strdup (Exception_frame.message);
  }
  END_TRY;
  if (message != NULL && obm_connection_is_overdue (self))
    self->lost = TRUE;
  atomic_store (&self->deadline, 0);

  return message;
}

static void
clear (ObmConnection *self, gpointer data)
{
  Connection_clear (self->connection);
}

/* The same, and again while an engine that does not wait says that somebody else has a lock. */
static char *
try (ObmConnection *self, Step step, gpointer data)
{
  gint64 deadline = g_get_monotonic_time () + LOCK_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
  char *message;

  /* The library of MariaDB would connect again, and wait for that, too. */
  if (self->lost)
    return g_strdup ("the server does not answer");

  while ((message = try_once (self, step, data)) != NULL && self->dialect->never_waits &&
         obm_dialect_is_lock (self->dialect, message) && g_get_monotonic_time () < deadline)
    {
      g_free (message);
      /* What was begun holds locks of its own. */
      g_free (try_once (self, clear, NULL));
      g_usleep (PAUSE_MS * G_TIME_SPAN_MILLISECOND);
    }
  if (message == NULL)
    self->worked_at = g_get_monotonic_time ();

  return message;
}

static void
start (ObmConnection *self, gpointer data)
{
  ConnectionPool_start (self->pool);
  self->connection = ConnectionPool_getConnection (self->pool);
}

/**
 * obm_connection_open:
 * @url: where the database is
 * @dialect: what its engine speaks
 * @message: (out) (transfer full): why there is no connection
 *
 * Makes a connection. Blocks as long as @url lets libzdb wait.
 *
 * Returns: (transfer full) (nullable): the connection
 */
ObmConnection *
obm_connection_open (URL_T url, const ObmDialect *dialect, char **message)
{
  ObmConnection *self = g_new0 (ObmConnection, 1);

  self->dialect = dialect;
  self->pool = ConnectionPool_new (url);
  ConnectionPool_setInitialConnections (self->pool, 1);
  ConnectionPool_setMaxConnections (self->pool, 1);
  *message = try_once (self, start, NULL);
  if (self->connection != NULL)
    return self;

  if (*message == NULL)
    *message = g_strdup ("no connection can be made");
  ConnectionPool_free (&self->pool);
  g_free (self);

  return NULL;
}

static void
end (ObmConnection *self, gpointer data)
{
  ConnectionPool_returnConnection (self->pool, self->connection);
  ConnectionPool_stop (self->pool);
}

/**
 * obm_connection_end:
 * @self: a connection
 *
 * Ends it, for which a server may be spoken to; it can only be freed after that.
 */
void
obm_connection_end (ObmConnection *self)
{
  g_free (try_once (self, end, NULL));
}

/**
 * obm_connection_free:
 * @self: a connection that was ended
 */
void
obm_connection_free (ObmConnection *self)
{
  ConnectionPool_free (&self->pool);
  g_free (self);
}

/**
 * obm_connection_limit:
 * @self: a connection
 * @seconds: how long a server may take to answer what is said from now on; 0 for ever
 */
void
obm_connection_limit (ObmConnection *self, guint seconds)
{
  self->limit = seconds * G_TIME_SPAN_SECOND;
}

/**
 * obm_connection_is_fresh:
 * @self: a connection
 *
 * Returns: whether it answered just now
 */
gboolean
obm_connection_is_fresh (const ObmConnection *self)
{
  return self->worked_at != 0 && g_get_monotonic_time () - self->worked_at < FRESH_MS * G_TIME_SPAN_MILLISECOND;
}

/**
 * obm_connection_is_overdue:
 * @self: a connection, that any thread may use
 *
 * Returns: whether an answer is waited for that should have come
 */
gboolean
obm_connection_is_overdue (ObmConnection *self)
{
  gint64 deadline = atomic_load (&self->deadline);

  return deadline != 0 && g_get_monotonic_time () > deadline;
}

/* The statement, with the numbers in it as the engine wants them. */
static char *
make_sql (ObmConnection *self, const ObmStatement *statement)
{
  GString *made = g_string_new (NULL);
  guint n = 0;

  for (const char *p = obm_statement_get_sql (statement); *p != '\0'; p++)
    if (*p == '?' && obm_statement_get_text (statement, n++) == NULL)
      g_string_append (made, self->dialect->wide_number);
    else
      g_string_append_c (made, *p);

  return g_string_free (made, FALSE);
}

/* SQLite is a library: what libzdb calls a timeout is its wait for a lock. */
static void
limit_waiting (ObmConnection *self)
{
  if (self->dialect->never_waits)
    Connection_setQueryTimeout (self->connection, ATTEMPT_TIMEOUT_MS);
}

typedef struct {
  const ObmStatement *statement;
  const char *sql;
  ObmRows *rows;
  gint64 n_changed;
} Call;

static PreparedStatement_T
prepare (ObmConnection *self, const Call *call)
{
  PreparedStatement_T prepared;

  limit_waiting (self);
  prepared = Connection_prepareStatement (self->connection, "%s", call->sql);
  for (guint i = 0; i < obm_statement_get_n_bound (call->statement); i++)
    if (obm_statement_get_text (call->statement, i) != NULL)
      PreparedStatement_setString (prepared, i + 1, obm_statement_get_text (call->statement, i));
    else
      PreparedStatement_setLLong (prepared, i + 1, obm_statement_get_int (call->statement, i));

  return prepared;
}

static void
query (ObmConnection *self, gpointer data)
{
  const Call *call = data;
  ResultSet_T result;
  int n_columns;

  obm_rows_clear (call->rows);
  result = PreparedStatement_executeQuery (prepare (self, call));
  n_columns = ResultSet_getColumnCount (result);
  for (int i = 1; i <= n_columns; i++)
    obm_rows_add_column (call->rows, ResultSet_getColumnName (result, i));
  while (ResultSet_next (result))
    for (int i = 1; i <= n_columns; i++)
      obm_rows_add_value (call->rows, ResultSet_getString (result, i));
}

static void
change (ObmConnection *self, gpointer data)
{
  Call *call = data;

  if (obm_statement_get_n_bound (call->statement) > 0)
    {
      PreparedStatement_execute (prepare (self, call));
      return;
    }

  limit_waiting (self);
  Connection_execute (self->connection, "%s", call->sql);
  call->n_changed = Connection_rowsChanged (self->connection);
}

static void
run (ObmConnection *self, gpointer sql)
{
  Connection_clear (self->connection);
  limit_waiting (self);
  Connection_execute (self->connection, "%s", (const char *) sql);
}

/**
 * obm_connection_query:
 * @self: a connection
 * @statement: a SELECT
 * @rows: filled with what it finds, instead of what they contained
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_connection_query (ObmConnection *self, const ObmStatement *statement, ObmRows *rows)
{
  g_autofree char *sql = make_sql (self, statement);
  Call call = { statement, sql, rows };

  return try (self, query, &call);
}

/**
 * obm_connection_change:
 * @self: a connection
 * @statement: an INSERT, UPDATE or DELETE
 * @n_changed: (out): how many rows it changed, of one without values: libzdb forgets the number of a prepared
 *   statement of MariaDB
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_connection_change (ObmConnection *self, const ObmStatement *statement, gint64 *n_changed)
{
  g_autofree char *sql = make_sql (self, statement);
  Call call = { statement, sql };
  char *message = try (self, change, &call);

  *n_changed = call.n_changed;

  return message;
}

/**
 * obm_connection_run:
 * @self: a connection
 * @sql: a statement without values and results, "COMMIT"
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_connection_run (ObmConnection *self, const char *sql)
{
  return try (self, run, (gpointer) sql);
}

/**
 * obm_connection_clear:
 * @self: a connection
 *
 * Lets go of what the statements before left.
 *
 * Returns: (transfer full) (nullable): what stopped it
 */
char *
obm_connection_clear (ObmConnection *self)
{
  return try_once (self, clear, NULL);
}
