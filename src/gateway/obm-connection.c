/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-connection.h"

#include "obm-dialect.h"

/*
 * How long a statement waits for the lock of another program; then the client is told to try again. libzdb
 * makes different things of its query timeout: 3.1 lets each step of a statement wait for it eleven times, 3.4
 * once. So the waiting is done here, and libzdb, given a short one, only sees whether the lock is gone. That
 * takes 3.1 up to half a second, by which the whole may be longer.
 */
#define LOCK_TIMEOUT_MS 2000
#define ATTEMPT_TIMEOUT_MS 10
/* Between two attempts: there are locks for which SQLite does not wait, but says at once that they are held. */
#define PAUSE_MS 10

/* SQLite is a library: what libzdb calls a timeout is its wait for a lock. Servers are told by ObmDialect. */
static gboolean
is_sqlite (Connection_T connection)
{
  return g_str_equal (URL_getProtocol (Connection_getURL (connection)), "sqlite");
}

/*
 * What is done with connections of libzdb. It raises exceptions by longjmp: each call that may do so stands
 * in a TRY block of a function that owns nothing, and comes out of it as a message.
 */

/**
 * obm_connection_start:
 * @pool: a new pool of libzdb
 *
 * Makes the first connections of a pool.
 *
 * Returns: (transfer full) (nullable): the message of the exception that stopped it
 */
char *
obm_connection_start (ConnectionPool_T pool)
{
  char *volatile message = NULL;

  TRY
  {
    ConnectionPool_start (pool);
  }
  ELSE
  {
    message = g_strdup (Exception_frame.message);
  }
  END_TRY;

  return message;
}

/**
 * obm_connection_take:
 * @pool: a pool of libzdb that is started
 *
 * Returns: (nullable): a connection, to be returned to the pool; %NULL when none can be made
 */
Connection_T
obm_connection_take (ConnectionPool_T pool)
{
  volatile Connection_T connection = NULL;

  TRY
  {
    connection = ConnectionPool_getConnection (pool);
  }
  ELSE
  {
    connection = NULL;
  }
  END_TRY;

  return connection;
}

/**
 * obm_connection_is_lock:
 * @message: what stopped a statement
 *
 * Returns: whether it was only the lock of somebody else, held for too long: SQLite's own words for that
 */
gboolean
obm_connection_is_lock (const char *message)
{
  return strstr (message, "database is locked") != NULL ||
         strstr (message, "database table is locked") != NULL;
}

static gint64
get_deadline (void)
{
  return g_get_monotonic_time () + LOCK_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;
}

/*
 * Whether a statement is to be tried again, which only SQLite needs; then @message is freed, and what the
 * statement left is gone.
 */
static gboolean
try_again (Connection_T connection, char *message, gint64 deadline)
{
  if (message == NULL || !is_sqlite (connection) || !obm_connection_is_lock (message) ||
      g_get_monotonic_time () >= deadline)
    return FALSE;

  g_free (message);
  Connection_clear (connection);
  g_usleep (PAUSE_MS * G_TIME_SPAN_MILLISECOND);

  return TRUE;
}

/* The statement, with the numbers in it as the engine wants them. */
static char *
make_sql (Connection_T connection, const ObmStatement *statement)
{
  const char *protocol = URL_getProtocol (Connection_getURL (connection));
  const char *sql = obm_statement_get_sql (statement);
  g_autofree char *scheme = g_strconcat (protocol, ":", NULL);
  const ObmDialect *dialect = obm_dialect_find (scheme);
  GString *made = g_string_new (NULL);
  guint n = 0;

  for (const char *p = sql; *p != '\0'; p++)
    if (*p == '?' && obm_statement_get_text (statement, n++) == NULL)
      g_string_append (made, dialect->wide_number);
    else
      g_string_append_c (made, *p);

  return g_string_free (made, FALSE);
}

/* May raise an exception. */
static PreparedStatement_T
prepare (Connection_T connection, const ObmStatement *statement, const char *sql)
{
  PreparedStatement_T prepared;

  if (is_sqlite (connection))
    Connection_setQueryTimeout (connection, ATTEMPT_TIMEOUT_MS);
  prepared = Connection_prepareStatement (connection, "%s", sql);
  for (guint i = 0; i < obm_statement_get_n_bound (statement); i++)
    if (obm_statement_get_text (statement, i) != NULL)
      PreparedStatement_setString (prepared, i + 1, obm_statement_get_text (statement, i));
    else
      PreparedStatement_setLLong (prepared, i + 1, obm_statement_get_int (statement, i));

  return prepared;
}

/**
 * obm_connection_query:
 * @connection: a connection of libzdb
 * @statement: a SELECT
 * @rows: filled with what it finds, instead of what they contained
 *
 * Returns: (transfer full) (nullable): the message of the exception that stopped it
 */
char *
obm_connection_query (Connection_T connection, const ObmStatement *statement, ObmRows *rows)
{
  g_autofree char *sql = make_sql (connection, statement);
  gint64 deadline = get_deadline ();
  char *volatile message;

  do
    {
      message = NULL;
      obm_rows_clear (rows);
      TRY
      {
        ResultSet_T result = PreparedStatement_executeQuery (prepare (connection, statement, sql));
        int n_columns = ResultSet_getColumnCount (result);

        for (int i = 1; i <= n_columns; i++)
          obm_rows_add_column (rows, ResultSet_getColumnName (result, i));
        while (ResultSet_next (result))
          for (int i = 1; i <= n_columns; i++)
            obm_rows_add_value (rows, ResultSet_getString (result, i));
      }
      ELSE
      {
        message = g_strdup (Exception_frame.message);
      }
      END_TRY;
    }
  while (try_again (connection, message, deadline));

  return message;
}

/**
 * obm_connection_change:
 * @connection: a connection of libzdb
 * @statement: an INSERT, UPDATE or DELETE
 * @n_changed: (out): how many rows it changed, of one without values: libzdb forgets the number of a prepared
 *   statement of MariaDB
 *
 * Returns: (transfer full) (nullable): the message of the exception that stopped it
 */
char *
obm_connection_change (Connection_T connection, const ObmStatement *statement, gint64 *n_changed)
{
  g_autofree char *sql = make_sql (connection, statement);
  gint64 deadline = get_deadline ();
  char *volatile message;

  do
    {
      message = NULL;
      TRY
      {
        if (obm_statement_get_n_bound (statement) == 0)
          {
            Connection_execute (connection, "%s", sql);
            *n_changed = Connection_rowsChanged (connection);
          }
        else
          PreparedStatement_execute (prepare (connection, statement, sql));
      }
      ELSE
      {
        message = g_strdup (Exception_frame.message);
      }
      END_TRY;
    }
  while (try_again (connection, message, deadline));

  return message;
}

/**
 * obm_connection_run:
 * @connection: a connection of libzdb
 * @sql: a statement without values and results, "COMMIT"
 *
 * Returns: (transfer full) (nullable): the message of the exception that stopped it
 */
char *
obm_connection_run (Connection_T connection, const char *sql)
{
  gint64 deadline = get_deadline ();
  char *volatile message;

  do
    {
      message = NULL;
      TRY
      {
        Connection_clear (connection);
        if (is_sqlite (connection))
          Connection_setQueryTimeout (connection, ATTEMPT_TIMEOUT_MS);
        Connection_execute (connection, "%s", sql);
      }
      ELSE
      {
        message = g_strdup (Exception_frame.message);
      }
      END_TRY;
    }
  while (try_again (connection, message, deadline));

  return message;
}
