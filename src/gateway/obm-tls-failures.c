/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-tls-failures.h"

#define MAX_LINES 10
#define MINUTE (60 * G_USEC_PER_SEC)

/**
 * obm_tls_failures_look:
 * @self: failures
 * @now: monotonic time
 *
 * Says how many were left out, when the minute is over.
 */
void
obm_tls_failures_look (ObmTlsFailures *self, gint64 now)
{
  if (self->n_logged == 0 || now - self->begin < MINUTE)
    return;

  if (self->n_others > 0)
    g_message ("TLS failed with others, too: %u times within a minute", self->n_others);
  *self = (ObmTlsFailures) { 0 };
}

/**
 * obm_tls_failures_add:
 * @self: failures
 * @peer: (nullable): the address of a client
 * @reason: why nothing was agreed on with it
 * @now: monotonic time
 */
void
obm_tls_failures_add (ObmTlsFailures *self, const char *peer, const char *reason, gint64 now)
{
  obm_tls_failures_look (self, now);
  if (self->n_logged == 0)
    self->begin = now;

  if (self->n_logged == MAX_LINES)
    self->n_others++;
  else
    {
      self->n_logged++;
      g_message ("TLS failed with %s: %s", peer ? peer : "unknown", reason);
    }
}
