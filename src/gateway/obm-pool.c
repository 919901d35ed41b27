/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-pool.h"

#include "obm-server-url.h"
#include "obm-watchdog.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

/* After a connection could not be made, nobody tries again for so long. */
#define RETRY_PAUSE_MS 500
/* How long an answer may take, in s: that somebody is there; and what a server may add to what a statement may. */
#define GREETING_TIMEOUT 3
#define STATEMENT_SLACK 5

struct _ObmPool
{
  /* As it was given; and as libzdb is told it, if it is a server's. */
  URL_T url;
  URL_T server_url;
  const ObmDialect *dialect;
  guint max_connections;
  /* What is said on a new connection, and on any before it is used; or NULL. */
  char *session;
  char *greeting;
  /* Of a server, or NULL; and when it bites, in s. */
  ObmWatchdog *watchdog;
  guint limit;

  /* Guards what follows. */
  GMutex mutex;
  /* A connection came back. */
  GCond returned;
  GPtrArray *idle;
  guint n_taken;

  /* Of a server: why the last attempt to connect failed, or NULL; whether one is made; when the next one may be. */
  char *failure;
  gboolean connecting;
  gint64 retry_at;

  /* Of a file: whether it is to be opened anew, and which one is open. */
  gboolean suspect;
  dev_t device;
  ino_t inode;
};

/* Puts for "%u" how long a statement may take; NULL if there is nothing to say. */
static char *
fill_in (const ObmDialect *dialect, const char *text, guint statement_timeout)
{
  g_autofree char *number = NULL;
  GString *filled;

  if (text == NULL)
    return NULL;

  number = g_strdup_printf ("%u", statement_timeout * 1000 / dialect->session_unit);
  filled = g_string_new (text);

  g_string_replace (filled, "%u", number, 0);

  return g_string_free (filled, FALSE);
}

/**
 * obm_pool_new:
 * @url: where the database is, as libzdb writes it
 * @dialect: what its engine speaks
 * @max_connections: how many can be taken at once
 * @statement_timeout: how long a server may work on one statement, in s
 *
 * Returns: (transfer full) (nullable): a pool without connections yet; %NULL when @url is no URL
 */
ObmPool *
obm_pool_new (const char *url, const ObmDialect *dialect, guint max_connections, guint statement_timeout)
{
  URL_T parsed = URL_new (url);
  URL_T server_url = NULL;
  ObmPool *self;

  if (parsed == NULL)
    return NULL;
  if (dialect->is_server)
    {
      g_autofree char *made = obm_server_url_make (parsed, dialect);

      server_url = URL_new (made);
      if (server_url == NULL)
        {
          URL_free (&parsed);
          return NULL;
        }
    }

  self = g_new0 (ObmPool, 1);
  self->url = parsed;
  self->server_url = server_url;
  self->watchdog = server_url != NULL ? obm_watchdog_new (parsed) : NULL;
  self->limit = statement_timeout + STATEMENT_SLACK;
  self->dialect = dialect;
  self->max_connections = max_connections;
  self->session = fill_in (dialect, dialect->session, statement_timeout);
  self->greeting = fill_in (dialect, dialect->greeting, statement_timeout);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->returned);
  self->idle = g_ptr_array_new ();

  return self;
}

static void
watch (ObmPool *self, ObmConnection *connection)
{
  if (self->watchdog != NULL)
    obm_watchdog_add (self->watchdog, connection);
}

static void
unwatch (ObmPool *self, ObmConnection *connection)
{
  if (self->watchdog != NULL)
    obm_watchdog_remove (self->watchdog, connection);
}

/* Closes a connection that is watched: a server may be spoken to. */
static void
close_watched (ObmPool *self, ObmConnection *connection)
{
  obm_connection_limit (connection, GREETING_TIMEOUT);
  obm_connection_end (connection);
  unwatch (self, connection);
  obm_connection_free (connection);
}

/* Closes @connections, which nobody has taken. */
static void
close_all (ObmPool *self, GPtrArray *connections)
{
  for (guint i = 0; i < connections->len; i++)
    {
      watch (self, connections->pdata[i]);
      close_watched (self, connections->pdata[i]);
    }
  g_ptr_array_set_size (connections, 0);
}

/* What one connection shows of a server is true of those that have been silent for as long. */
static void
close_idle (ObmPool *self)
{
  g_autoptr (GPtrArray) idle = NULL;

  g_mutex_lock (&self->mutex);
  idle = self->idle;
  self->idle = g_ptr_array_new ();
  g_mutex_unlock (&self->mutex);
  close_all (self, idle);
}

/**
 * obm_pool_free:
 * @self: a pool that has all its connections back
 */
void
obm_pool_free (ObmPool *self)
{
  close_idle (self);
  g_ptr_array_unref (self->idle);
  g_clear_pointer (&self->watchdog, obm_watchdog_free);
  if (self->server_url != NULL)
    URL_free (&self->server_url);
  URL_free (&self->url);
  g_free (self->session);
  g_free (self->greeting);
  g_free (self->failure);
  g_cond_clear (&self->returned);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * obm_pool_get_name:
 * @self: a pool
 *
 * Returns: (transfer full): where the database is, without who uses it: "sqlite:///var/lib/obm/obm.db"
 */
char *
obm_pool_get_name (ObmPool *self)
{
  const char *host = URL_getHost (self->url);
  const char *path = URL_getPath (self->url);

  /* A file has neither. */
  g_autofree char *port = URL_getPort (self->url) > 0 ? g_strdup_printf (":%d", URL_getPort (self->url)) : NULL;

  return g_strconcat (URL_getProtocol (self->url), "://", host ? host : "", port ? port : "", path ? path : "", NULL);
}

/**
 * obm_pool_get_password:
 * @self: a pool
 *
 * Returns: (nullable): what no message may contain
 */
const char *
obm_pool_get_password (ObmPool *self)
{
  return obm_server_url_get_password (self->url);
}

/*
 * SQLite makes a new, empty file where there is none, and goes on with the old one when another takes its
 * place.
 */
static gboolean
stat_file (ObmPool *self, GStatBuf *buf)
{
  const char *path = URL_getPath (self->url);

  memset (buf, 0, sizeof *buf);

  return self->dialect->is_server || (path != NULL && g_stat (path, buf) == 0 && S_ISREG (buf->st_mode));
}

/* With the mutex locked. The connections to a file share a cache, so that either all are good, or none is. */
static gboolean
is_fit (ObmPool *self)
{
  GStatBuf buf;

  return !self->suspect && stat_file (self, &buf) && buf.st_dev == self->device && buf.st_ino == self->inode;
}

/* With the mutex locked, and nothing taken. Only a file needs it, and nobody has to be spoken to. */
static gboolean
renew (ObmPool *self)
{
  GStatBuf buf;

  close_all (self, self->idle);
  if (!stat_file (self, &buf))
    return FALSE;

  self->device = buf.st_dev;
  self->inode = buf.st_ino;
  self->suspect = FALSE;

  return TRUE;
}

/* Has one more connection taken, and perhaps says which. Returns NULL, or why there can be none. */
static char *
enter (ObmPool *self, ObmConnection **connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!is_fit (self))
    if (self->n_taken > 0)
      g_cond_wait (&self->returned, &self->mutex);
    else if (!renew (self))
      return g_strdup ("there is no database file");
  if (self->n_taken >= self->max_connections)
    return g_strdup ("too many connections are in use");

  self->n_taken++;
  *connection = self->idle->len > 0 ? g_ptr_array_steal_index (self->idle, self->idle->len - 1) : NULL;

  return NULL;
}

static void
leave (ObmPool *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  self->n_taken--;
  g_cond_broadcast (&self->returned);
}

/* Whether a connection works, which is watched then; if not, it is closed. */
static gboolean
greet (ObmPool *self, ObmConnection *connection, const char *words, char **message)
{
  if (!self->dialect->is_server)
    return TRUE;

  obm_connection_limit (connection, GREETING_TIMEOUT);
  watch (self, connection);
  /* To ask before each statement would take as long as many of them do. */
  *message = obm_connection_is_fresh (connection) ? NULL : obm_connection_run (connection, words);
  if (*message != NULL)
    {
      close_watched (self, connection);
      return FALSE;
    }

  obm_connection_limit (connection, self->limit);

  return TRUE;
}

/* Whether a server may be asked for a connection now; otherwise why not. */
static gboolean
begin_connecting (ObmPool *self, char **message)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  if (self->failure != NULL && (self->connecting || g_get_monotonic_time () < self->retry_at))
    {
      *message = g_strdup (self->failure);
      return FALSE;
    }
  self->connecting = TRUE;

  return TRUE;
}

static void
end_connecting (ObmPool *self, const char *message)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_free (self->failure);
  self->failure = g_strdup (message);
  self->connecting = FALSE;
  self->retry_at = g_get_monotonic_time () + RETRY_PAUSE_MS * G_TIME_SPAN_MILLISECOND;
}

/*
 * A server that is away may let each client wait for as long as a connection may take. So when it has failed, one
 * tries again from time to time, and the others are told at once.
 */
static ObmConnection *
open_connection (ObmPool *self, char **message)
{
  ObmConnection *connection;

  if (!self->dialect->is_server)
    return obm_connection_open (self->url, self->dialect, message);
  if (!begin_connecting (self, message))
    return NULL;

  connection = obm_connection_open (self->server_url, self->dialect, message);
  if (connection != NULL && !greet (self, connection, self->session, message))
    connection = NULL;
  end_connecting (self, *message);

  return connection;
}

/**
 * obm_pool_take:
 * @self: a pool
 * @message: (out) (transfer full): why there is no connection
 *
 * Takes a connection that works: a server ends the connections of clients that are silent, or when it is restarted.
 * Blocks.
 *
 * Returns: (nullable): a connection, to be given back, or dropped
 */
ObmConnection *
obm_pool_take (ObmPool *self, char **message)
{
  ObmConnection *connection = NULL;

  *message = enter (self, &connection);
  if (*message != NULL)
    return NULL;

  if (connection != NULL && !greet (self, connection, self->greeting, message))
    {
      connection = NULL;
      g_clear_pointer (message, g_free);
      close_idle (self);
    }
  if (connection == NULL)
    connection = open_connection (self, message);
  if (connection == NULL)
    leave (self);

  return connection;
}

/**
 * obm_pool_give:
 * @self: a pool
 * @connection: (transfer full): one that was taken from it, without a transaction
 */
void
obm_pool_give (ObmPool *self, ObmConnection *connection)
{
  g_autofree char *message = obm_connection_clear (connection);
  g_autoptr (GMutexLocker) locker = NULL;

  if (message != NULL)
    {
      obm_pool_drop (self, connection);
      return;
    }

  unwatch (self, connection);
  locker = g_mutex_locker_new (&self->mutex);
  g_ptr_array_add (self->idle, connection);
  self->n_taken--;
  g_cond_broadcast (&self->returned);
}

/**
 * obm_pool_drop:
 * @self: a pool
 * @connection: (transfer full): one that was taken from it
 *
 * Closes a connection whose state is not known any more; of a file all of them.
 */
void
obm_pool_drop (ObmPool *self, ObmConnection *connection)
{
  close_watched (self, connection);

  g_mutex_lock (&self->mutex);
  self->suspect = !self->dialect->is_server;
  g_mutex_unlock (&self->mutex);
  leave (self);
}
