/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmGate:
 *
 * Keeps readers and the one writer apart. A writer comes in while others read, so that he can look round, and
 * shuts them out when he begins to change something.
 */
typedef struct {
  GMutex mutex;
  GCond changed;
  guint n_readers;
  gboolean writer;
  gboolean shut;
} ObmGate;

void     obm_gate_init          (ObmGate *self);
void     obm_gate_clear         (ObmGate *self);
void     obm_gate_begin_reading (ObmGate *self);
void     obm_gate_end_reading   (ObmGate *self);
gboolean obm_gate_begin_writing (ObmGate *self,
                                 guint    timeout);
void     obm_gate_shut          (ObmGate *self);
void     obm_gate_end_writing   (ObmGate *self);

G_END_DECLS
