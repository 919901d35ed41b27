/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-watchdog.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* How often it looks. */
#define INTERVAL_MS 500

struct _ObmWatchdog
{
  /* Where the server is: a port, and the folder or the name of a local socket, or NULL. */
  int port;
  char *path;
  GThread *thread;

  /* Guards what follows. */
  GMutex mutex;
  GCond ending;
  gboolean ends;
  GPtrArray *connections;
};

typedef union {
  struct sockaddr any;
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
  struct sockaddr_un local;
} Address;

/* Whether a socket is connected to the server. */
static gboolean
leads_there (ObmWatchdog *self, int fd)
{
  Address peer = { 0 };
  socklen_t size = sizeof peer - 1;

  if (getpeername (fd, &peer.any, &size) != 0)
    return FALSE;
  if (peer.any.sa_family == AF_UNIX)
    return self->path != NULL && g_str_has_prefix (peer.local.sun_path, self->path);

  return (peer.any.sa_family == AF_INET && ntohs (peer.ipv4.sin_port) == self->port) ||
         (peer.any.sa_family == AF_INET6 && ntohs (peer.ipv6.sin6_port) == self->port);
}

/*
 * Who waits on such a socket finds its end. libzdb does not tell which one a connection has, but a server that does
 * not answer one, nor ends its statement when it should, is of no use to the others.
 */
static void
cut (ObmWatchdog *self)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      /* A copy stays what it is if the other is closed meanwhile. */
      int fd = fcntl (atoi (name), F_DUPFD_CLOEXEC, 0);

      if (fd < 0)
        continue;
      if (leads_there (self, fd))
        shutdown (fd, SHUT_RDWR);
      close (fd);
    }
}

static gboolean
is_overdue (ObmWatchdog *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    if (obm_connection_is_overdue (self->connections->pdata[i]))
      return TRUE;

  return FALSE;
}

static gpointer
watch (gpointer data)
{
  ObmWatchdog *self = data;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  while (!self->ends)
    {
      g_cond_wait_until (&self->ending, &self->mutex,
                         g_get_monotonic_time () + INTERVAL_MS * G_TIME_SPAN_MILLISECOND);
      if (is_overdue (self))
        {
          g_message ("Database: the server does not answer");
          cut (self);
        }
    }

  return NULL;
}

/**
 * obm_watchdog_new:
 * @url: where a server is
 *
 * Returns: (transfer full): a watchdog
 */
ObmWatchdog *
obm_watchdog_new (URL_T url)
{
  ObmWatchdog *self = g_new0 (ObmWatchdog, 1);

  self->port = URL_getPort (url);
  self->path = g_strdup (URL_getParameter (url, "unix-socket"));
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ending);
  self->connections = g_ptr_array_new ();
  self->thread = g_thread_new ("watchdog", watch, self);

  return self;
}

/**
 * obm_watchdog_free:
 * @self: a watchdog that has nothing to watch
 */
void
obm_watchdog_free (ObmWatchdog *self)
{
  g_mutex_lock (&self->mutex);
  self->ends = TRUE;
  g_cond_signal (&self->ending);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);

  g_ptr_array_unref (self->connections);
  g_cond_clear (&self->ending);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self);
}

/**
 * obm_watchdog_add:
 * @self: a watchdog
 * @connection: a connection that is going to be used
 */
void
obm_watchdog_add (ObmWatchdog *self, ObmConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_add (self->connections, connection);
}

/**
 * obm_watchdog_remove:
 * @self: a watchdog
 * @connection: a connection that is not used any more
 */
void
obm_watchdog_remove (ObmWatchdog *self, ObmConnection *connection)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  g_ptr_array_remove_fast (self->connections, connection);
}
