/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-gate.h"

/**
 * obm_gate_init:
 * @self: a gate, not initialized
 */
void
obm_gate_init (ObmGate *self)
{
  *self = (ObmGate) { .n_readers = 0 };
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
}

/**
 * obm_gate_clear:
 * @self: a gate where nobody is
 */
void
obm_gate_clear (ObmGate *self)
{
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
}

/**
 * obm_gate_begin_reading:
 * @self: a gate
 *
 * Waits while a writer has shut it.
 */
void
obm_gate_begin_reading (ObmGate *self)
{
  g_mutex_lock (&self->mutex);
  while (self->shut)
    g_cond_wait (&self->changed, &self->mutex);
  self->n_readers++;
  g_mutex_unlock (&self->mutex);
}

/**
 * obm_gate_end_reading:
 * @self: a gate the caller reads behind
 */
void
obm_gate_end_reading (ObmGate *self)
{
  g_mutex_lock (&self->mutex);
  self->n_readers--;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}

/**
 * obm_gate_begin_writing:
 * @self: a gate
 * @timeout: how long to wait for other writers, in ms
 *
 * Returns: whether the caller is the writer now
 */
gboolean
obm_gate_begin_writing (ObmGate *self, guint timeout)
{
  gint64 end = g_get_monotonic_time () + timeout * G_TIME_SPAN_MILLISECOND;
  gboolean in_time = TRUE;

  g_mutex_lock (&self->mutex);
  while (self->writer && in_time)
    in_time = g_cond_wait_until (&self->changed, &self->mutex, end);
  if (!self->writer)
    in_time = self->writer = TRUE;
  g_mutex_unlock (&self->mutex);

  return in_time;
}

/**
 * obm_gate_shut:
 * @self: a gate whose writer the caller is
 *
 * Lets no reader in any more, and waits until those inside have left. Does nothing the second time.
 */
void
obm_gate_shut (ObmGate *self)
{
  g_mutex_lock (&self->mutex);
  self->shut = TRUE;
  while (self->n_readers > 0)
    g_cond_wait (&self->changed, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

/**
 * obm_gate_end_writing:
 * @self: a gate whose writer the caller is
 */
void
obm_gate_end_writing (ObmGate *self)
{
  g_mutex_lock (&self->mutex);
  self->writer = self->shut = FALSE;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
}
