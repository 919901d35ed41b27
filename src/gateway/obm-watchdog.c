/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-watchdog.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* How often it looks. */
#define INTERVAL_MS 500

struct _ObmWatchdog
{
  /* Where the server is: a port, or this machine, and perhaps a local socket. */
  int port;
  gboolean is_local;
  /* The numbers of the sockets that the program was given, the log's perhaps. */
  GHashTable *inherited;
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

/* What is done with a socket. */
typedef void (*Visit) (int fd, gpointer data);

static int
get_option (int fd, int option)
{
  int value = 0;
  socklen_t size = sizeof value;

  return getsockopt (fd, SOL_SOCKET, option, &value, &size) == 0 ? value : 0;
}

static void
visit_sockets (Visit visit, gpointer data)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    {
      /* A copy stays what it is if the other is closed meanwhile. */
      int fd = fcntl (atoi (name), F_DUPFD_CLOEXEC, 0);

      if (fd < 0)
        continue;
      if (get_option (fd, SO_TYPE) == SOCK_STREAM)
        visit (fd, data);
      close (fd);
    }
}

/* What the system calls a socket, whatever descriptors it has. */
static gpointer
get_number (int fd)
{
  struct stat buf = { 0 };

  fstat (fd, &buf);

  return GSIZE_TO_POINTER (buf.st_ino);
}

static void
note_number (int fd, gpointer numbers)
{
  g_hash_table_add (numbers, get_number (fd));
}

static int
get_port (const Address *address)
{
  if (address->any.sa_family == AF_INET)
    return ntohs (address->ipv4.sin_port);
  if (address->any.sa_family == AF_INET6)
    return ntohs (address->ipv6.sin6_port);

  return 0;
}

static int
get_own_port (int fd)
{
  Address own = { 0 };
  socklen_t size = sizeof own;

  return getsockname (fd, &own.any, &size) == 0 ? get_port (&own) : 0;
}

static void
note_listening_port (int fd, gpointer ports)
{
  if (get_option (fd, SO_ACCEPTCONN))
    g_hash_table_add (ports, GINT_TO_POINTER (get_own_port (fd)));
}

typedef struct {
  ObmWatchdog *watchdog;
  /* Clients come to these; the port of their own may be any, a server's too. */
  GHashTable *listening;
} Search;

/*
 * Whether a socket is connected to the server. By what name the server knows its local socket says nothing: there are
 * links, and folders that are mounted elsewhere. But who is connected to by a name is no client, and nobody else is.
 */
static gboolean
leads_there (const Search *search, int fd)
{
  Address peer = { 0 };
  socklen_t size = sizeof peer;

  if (getpeername (fd, &peer.any, &size) != 0)
    return FALSE;
  if (peer.any.sa_family == AF_UNIX)
    return search->watchdog->is_local && size > offsetof (struct sockaddr_un, sun_path) &&
           !g_hash_table_contains (search->watchdog->inherited, get_number (fd));

  return get_port (&peer) == search->watchdog->port &&
         !g_hash_table_contains (search->listening, GINT_TO_POINTER (get_own_port (fd)));
}

static void
shut (int fd, gpointer search)
{
  if (leads_there (search, fd))
    shutdown (fd, SHUT_RDWR);
}

/*
 * Who waits on such a socket finds its end. libzdb does not tell which one a connection has, but a server that does
 * not answer one, nor ends its statement when it should, is of no use to the others.
 */
static void
cut (ObmWatchdog *self)
{
  g_autoptr (GHashTable) listening = g_hash_table_new (NULL, NULL);
  Search search = { self, listening };

  visit_sockets (note_listening_port, listening);
  visit_sockets (shut, &search);
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
 * To be made before there is a connection to it.
 *
 * Returns: (transfer full): a watchdog
 */
ObmWatchdog *
obm_watchdog_new (URL_T url)
{
  ObmWatchdog *self = g_new0 (ObmWatchdog, 1);
  const char *host = URL_getHost (url);

  self->port = URL_getPort (url);
  /* The library of MariaDB takes "localhost" for a local socket, which need not be named. */
  self->is_local = URL_getParameter (url, "unix-socket") != NULL ||
                   (host != NULL && g_ascii_strcasecmp (host, "localhost") == 0);
  self->inherited = g_hash_table_new (NULL, NULL);
  visit_sockets (note_number, self->inherited);
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
  g_hash_table_unref (self->inherited);
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
