/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-file-limit.h"

#include <sys/resource.h>

/* What is open beside connections of clients: those to the database, pipes of the update command, the log. */
#define OTHERS 128

/**
 * obm_file_limit_raise:
 * @n_connections: how many connections of clients there may be
 * @n_needed: (out): how many files that makes
 * @n_allowed: (out): how many this process may have open at most
 *
 * Makes sure that connections do not run out of files before they are counted as too many.
 *
 * Returns: %FALSE if so many cannot be had
 */
gboolean
obm_file_limit_raise (guint n_connections, guint64 *n_needed, guint64 *n_allowed)
{
  struct rlimit limit;

  *n_needed = (guint64) n_connections + OTHERS;
  *n_allowed = *n_needed;
  if (getrlimit (RLIMIT_NOFILE, &limit) != 0)
    return TRUE;

  *n_allowed = limit.rlim_max;
  if (limit.rlim_cur >= *n_needed)
    return TRUE;
  if (limit.rlim_max < *n_needed)
    return FALSE;
  limit.rlim_cur = *n_needed;

  return setrlimit (RLIMIT_NOFILE, &limit) == 0;
}
