/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-database.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <zdb.h>

#include "obm-error.h"

/*
 * How long a statement waits for SQLite's lock. libzdb tries ten times; then the client is told to try again.
 */
#define LOCK_TIMEOUT_MS 200
/* What a client is told to wait when the database cannot be used. */
#define RETRY_AFTER_S 5

/**
 * ObmDatabase:
 *
 * The only object that knows libzdb. It raises exceptions by longjmp: each call that may do so stands in a
 * TRY block of a function that owns nothing, and comes out of it as a #GError. All methods block, from any
 * thread.
 *
 * A failed statement, or another file in the place of the one that was opened, makes the whole pool suspect:
 * it is drained and made anew before the next statement, so that the gateway recovers without being
 * restarted.
 */
struct _ObmDatabase
{
  GObject parent_instance;

  URL_T url;
  guint max_connections;
  /* Readers use the pool, a writer replaces it. */
  GRWLock lock;
  ConnectionPool_T pool;
  int suspect;
  dev_t device;
  ino_t inode;
};

G_DEFINE_FINAL_TYPE (ObmDatabase, obm_database, G_TYPE_OBJECT)

static void
obm_database_finalize (GObject *object)
{
  ObmDatabase *self = OBM_DATABASE (object);

  if (self->pool != NULL)
    ConnectionPool_free (&self->pool);
  if (self->url != NULL)
    URL_free (&self->url);
  g_rw_lock_clear (&self->lock);

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
  g_rw_lock_init (&self->lock);
}

/* The details go to the log, the client gets a sentence without them. */
static void
set_unavailable (ObmDatabase *self, GError **error, const char *details)
{
  const char *password = URL_getPassword (self->url);
  g_autoptr (GString) text = g_string_new (details);
  g_autofree char *escaped = NULL;
  GError *unavailable = obm_error_new (OBM_ERROR_DATABASE_UNAVAILABLE, NULL,
                                       "The database cannot be used now");

  if (password != NULL && *password != '\0')
    g_string_replace (text, password, "***", 0);
  escaped = g_strescape (text->str, NULL);
  g_message ("Database: %s", escaped);

  obm_error_set_retry_after (unavailable, RETRY_AFTER_S);
  g_propagate_error (error, unavailable);
}

static char *
start_pool (ConnectionPool_T pool)
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

/*
 * SQLite makes a new, empty file where there is none, and goes on with the old one when another takes its
 * place.
 */
static gboolean
stat_file (ObmDatabase *self, GStatBuf *buf)
{
  const char *path = URL_getPath (self->url);

  memset (buf, 0, sizeof *buf);

  return !g_str_equal (URL_getProtocol (self->url), "sqlite") ||
         (path != NULL && g_stat (path, buf) == 0 && S_ISREG (buf->st_mode));
}

/* Called with the lock held. */
static gboolean
is_fit (ObmDatabase *self)
{
  GStatBuf buf;

  return self->pool != NULL && !g_atomic_int_get (&self->suspect) && stat_file (self, &buf) &&
         buf.st_dev == self->device && buf.st_ino == self->inode;
}

/* Called with the lock held for writing: nobody uses the pool. */
static gboolean
renew_pool (ObmDatabase *self, GError **error)
{
  g_autofree char *message = NULL;
  GStatBuf buf;

  if (self->pool != NULL)
    ConnectionPool_free (&self->pool);

  if (!stat_file (self, &buf))
    {
      set_unavailable (self, error, "there is no database file");
      return FALSE;
    }
  self->device = buf.st_dev;
  self->inode = buf.st_ino;

  self->pool = ConnectionPool_new (self->url);
  ConnectionPool_setInitialConnections (self->pool, 1);
  ConnectionPool_setMaxConnections (self->pool, self->max_connections);
  message = start_pool (self->pool);
  g_atomic_int_set (&self->suspect, message != NULL);
  if (message != NULL)
    set_unavailable (self, error, message);

  return message == NULL;
}

/* Takes the lock for reading, with a pool that can be used. */
static gboolean
enter (ObmDatabase *self, GError **error)
{
  gboolean fit;

  g_rw_lock_reader_lock (&self->lock);
  if (is_fit (self))
    return TRUE;
  g_rw_lock_reader_unlock (&self->lock);

  g_rw_lock_writer_lock (&self->lock);
  fit = is_fit (self) || renew_pool (self, error);
  g_rw_lock_writer_unlock (&self->lock);
  if (!fit)
    return FALSE;

  g_rw_lock_reader_lock (&self->lock);
  if (self->pool != NULL)
    return TRUE;
  g_rw_lock_reader_unlock (&self->lock);
  set_unavailable (self, error, "another thread could not open it");

  return FALSE;
}

/* A connection of the pool; NULL when there is none. */
static Connection_T
take_connection (ConnectionPool_T pool)
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

/* Fills @rows. Returns NULL, or the message of the exception that stopped it. */
static char *
run (Connection_T connection, const ObmStatement *statement, ObmRows *rows)
{
  char *volatile message = NULL;

  TRY
  {
    PreparedStatement_T prepared;
    ResultSet_T result;
    int n_columns;

    Connection_setQueryTimeout (connection, LOCK_TIMEOUT_MS);
    prepared = Connection_prepareStatement (connection, "%s", obm_statement_get_sql (statement));
    for (guint i = 0; i < obm_statement_get_n_bound (statement); i++)
      if (obm_statement_get_text (statement, i) != NULL)
        PreparedStatement_setString (prepared, i + 1, obm_statement_get_text (statement, i));
      else
        PreparedStatement_setLLong (prepared, i + 1, obm_statement_get_int (statement, i));

    result = PreparedStatement_executeQuery (prepared);
    n_columns = ResultSet_getColumnCount (result);
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

  return message;
}

/**
 * obm_database_new:
 * @url: where the database is, as libzdb writes it: "sqlite:///var/lib/obm/obm.db"
 * @max_connections: how many threads use it at once
 * @error: return location
 *
 * Opens a database. Whether it can be read shows with the first query.
 *
 * Returns: (transfer full): the database; %NULL with %OBM_ERROR_ADDRESS_INVALID when @url is none we can
 *   open, or %OBM_ERROR_DATABASE_UNAVAILABLE. The message never contains @url.
 */
ObmDatabase *
obm_database_new (const char *url, guint max_connections, GError **error)
{
  g_autoptr (ObmDatabase) self = g_object_new (OBM_TYPE_DATABASE, NULL);

  self->max_connections = max_connections;
  self->url = URL_new (url);
  if (self->url == NULL || !g_str_has_prefix (url, "sqlite:"))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_ADDRESS_INVALID, NULL,
                                               "The database must be given as sqlite:///path/to/the/file"));
      return NULL;
    }

  if (!enter (self, error))
    return NULL;
  g_rw_lock_reader_unlock (&self->lock);

  return g_steal_pointer (&self);
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
  Connection_T connection;

  g_return_val_if_fail (OBM_IS_DATABASE (self), NULL);

  if (!enter (self, error))
    return NULL;

  connection = take_connection (self->pool);
  if (connection != NULL)
    {
      message = run (connection, statement, rows);
      ConnectionPool_returnConnection (self->pool, connection);
    }
  else
    message = g_strdup ("no connection can be made");
  if (message != NULL)
    g_atomic_int_set (&self->suspect, TRUE);
  g_rw_lock_reader_unlock (&self->lock);

  if (message == NULL)
    return g_steal_pointer (&rows);

  set_unavailable (self, error, message);

  return NULL;
}
