/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-pool.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

struct _ObmPool
{
  URL_T url;
  guint max_connections;
  /* What is said on a connection before it is used, or NULL. */
  char *session;
  /* Who has a connection uses the pool, who renews it writes. */
  GRWLock lock;
  ConnectionPool_T connections;
  int suspect;
  dev_t device;
  ino_t inode;
};

/**
 * obm_pool_new:
 * @url: where the database is, as libzdb writes it
 * @max_connections: how many can be taken at once
 * @session: (nullable): what is said on a connection each time before it is used
 *
 * Returns: (transfer full) (nullable): a pool that is not open yet; %NULL when @url is no URL
 */
ObmPool *
obm_pool_new (const char *url, guint max_connections, const char *session)
{
  URL_T parsed = URL_new (url);
  ObmPool *self;

  if (parsed == NULL)
    return NULL;

  self = g_new0 (ObmPool, 1);
  self->url = parsed;
  self->max_connections = max_connections;
  self->session = g_strdup (session);
  g_rw_lock_init (&self->lock);

  return self;
}

/**
 * obm_pool_free:
 * @self: a pool that has all its connections back
 */
void
obm_pool_free (ObmPool *self)
{
  if (self->connections != NULL)
    ConnectionPool_free (&self->connections);
  URL_free (&self->url);
  g_free (self->session);
  g_rw_lock_clear (&self->lock);
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
  const char *password = URL_getPassword (self->url);

  return password ? password : URL_getParameter (self->url, "password");
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

  return !g_str_equal (URL_getProtocol (self->url), "sqlite") ||
         (path != NULL && g_stat (path, buf) == 0 && S_ISREG (buf->st_mode));
}

/* Called with the lock held. */
static gboolean
is_fit (ObmPool *self)
{
  GStatBuf buf;

  return self->connections != NULL && !g_atomic_int_get (&self->suspect) && stat_file (self, &buf) &&
         buf.st_dev == self->device && buf.st_ino == self->inode;
}

/* Called with the lock held for writing: nobody has a connection. Returns NULL, or what went wrong. */
static char *
renew (ObmPool *self)
{
  char *message;
  GStatBuf buf;

  if (self->connections != NULL)
    ConnectionPool_free (&self->connections);

  if (!stat_file (self, &buf))
    return g_strdup ("there is no database file");
  self->device = buf.st_dev;
  self->inode = buf.st_ino;

  self->connections = ConnectionPool_new (self->url);
  ConnectionPool_setInitialConnections (self->connections, 1);
  ConnectionPool_setMaxConnections (self->connections, self->max_connections);
  message = obm_connection_start (self->connections);
  g_atomic_int_set (&self->suspect, message != NULL);

  return message;
}

/* Takes the lock for reading, with connections that can be used. Returns NULL, or what went wrong. */
static char *
enter (ObmPool *self)
{
  char *message = NULL;

  g_rw_lock_reader_lock (&self->lock);
  if (is_fit (self))
    return NULL;
  g_rw_lock_reader_unlock (&self->lock);

  g_rw_lock_writer_lock (&self->lock);
  if (!is_fit (self))
    message = renew (self);
  g_rw_lock_writer_unlock (&self->lock);
  if (message != NULL)
    return message;

  g_rw_lock_reader_lock (&self->lock);
  if (self->connections != NULL)
    return NULL;
  g_rw_lock_reader_unlock (&self->lock);

  return g_strdup ("another thread could not open it");
}

/*
 * A connection on which the session has been set up, which also shows whether it still lives: a server ends the
 * connections of clients that are silent, or when it is restarted.
 */
static Connection_T
take_once (ObmPool *self, char **message)
{
  Connection_T connection;

  *message = enter (self);
  if (*message != NULL)
    return NULL;

  connection = obm_connection_take (self->connections);
  if (connection == NULL)
    *message = g_strdup ("no connection can be made");
  else if (self->session != NULL)
    *message = obm_connection_run (connection, self->session);
  if (*message == NULL)
    return connection;

  obm_pool_suspect (self);
  if (connection != NULL)
    ConnectionPool_returnConnection (self->connections, connection);
  g_rw_lock_reader_unlock (&self->lock);

  return NULL;
}

/**
 * obm_pool_take:
 * @self: a pool
 * @message: (out) (transfer full): why there is no connection
 *
 * Takes a connection; nobody can renew the pool until it is given back. Blocks.
 *
 * Returns: (nullable): a connection
 */
Connection_T
obm_pool_take (ObmPool *self, char **message)
{
  Connection_T connection = take_once (self, message);

  if (connection != NULL || self->session == NULL)
    return connection;

  g_free (*message);

  return take_once (self, message);
}

/**
 * obm_pool_give:
 * @self: a pool
 * @connection: one that was taken from it, by the same thread
 */
void
obm_pool_give (ObmPool *self, Connection_T connection)
{
  ConnectionPool_returnConnection (self->connections, connection);
  g_rw_lock_reader_unlock (&self->lock);
}

/**
 * obm_pool_suspect:
 * @self: a pool
 *
 * Has everything opened anew before a connection is taken again.
 */
void
obm_pool_suspect (ObmPool *self)
{
  g_atomic_int_set (&self->suspect, TRUE);
}
