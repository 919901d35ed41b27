/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-client-input.h"

G_BEGIN_DECLS

#define OBM_TYPE_PEER (obm_peer_get_type ())

G_DECLARE_FINAL_TYPE (ObmPeer, obm_peer, OBM, PEER, GIOStream)

ObmPeer        *obm_peer_new            (GSocketConnection *connection,
                                         GIOStream         *stream);
GSocketAddress *obm_peer_get_address    (ObmPeer           *self);
ObmPeer        *obm_peer_find           (GSocketAddress    *address);
void            obm_peer_set_phase      (ObmPeer           *self,
                                         ObmPhase           phase);
ObmPhase        obm_peer_get_phase      (ObmPeer           *self);
gint64          obm_peer_get_since      (ObmPeer           *self);
const GError   *obm_peer_get_refusal    (ObmPeer           *self);
void            obm_peer_end            (ObmPeer           *self);
void            obm_peer_say_end        (ObmPeer           *self);
GSource        *obm_peer_watch_end      (ObmPeer           *self);
gboolean        obm_peer_has_left       (ObmPeer           *self);
void            obm_peer_cut            (ObmPeer           *self);

char           *obm_peer_describe_address (GInetAddress *address);

G_END_DECLS
