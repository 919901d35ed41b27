/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-peer.h"
#include "obm-tls-files.h"

G_BEGIN_DECLS

/**
 * ObmListenerLimits:
 * @request_timeout: how long a client may take for TLS, for a head, for a body, and for its answer, each, in
 *   seconds
 * @idle_timeout: how long a connection is kept without a request, in seconds
 * @max_connections: how many there are at once
 *
 * What clients may ask of a listener.
 */
typedef struct {
  guint request_timeout;
  guint idle_timeout;
  guint max_connections;
} ObmListenerLimits;

#define OBM_TYPE_LISTENER (obm_listener_get_type ())

G_DECLARE_FINAL_TYPE (ObmListener, obm_listener, OBM, LISTENER, GObject)

ObmListener *obm_listener_new    (const ObmListenerLimits *limits,
                                  ObmTlsFiles             *tls_files);
char        *obm_listener_listen (ObmListener             *self,
                                  GInetSocketAddress      *address,
                                  GError                 **error);
void         obm_listener_stop   (ObmListener             *self);

G_END_DECLS
