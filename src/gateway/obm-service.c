/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-service.h"

#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/**
 * obm_service_notify:
 * @state: %OBM_SERVICE_READY or %OBM_SERVICE_STOPPING
 *
 * Tells the service manager that started the program, if one did, how far it is: one datagram to the socket
 * it named, as sd_notify(3) documents it. Nobody depends on its arrival more than the manager does, so that
 * there is no error to report.
 */
void
obm_service_notify (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  gsize length = path ? strlen (path) : 0;
  int fd;

  if (length < 2 || length >= sizeof address.sun_path || (*path != '/' && *path != '@'))
    return;

  memcpy (address.sun_path, path, length);
  /* An abstract name. */
  if (*path == '@')
    address.sun_path[0] = '\0';

  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  (void) !sendto (fd, state, strlen (state), MSG_NOSIGNAL, (const struct sockaddr *) &address,
                  offsetof (struct sockaddr_un, sun_path) + length);
  close (fd);
}
