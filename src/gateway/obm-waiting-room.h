/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-exchange.h"

G_BEGIN_DECLS

#define OBM_TYPE_WAITING_ROOM (obm_waiting_room_get_type ())

G_DECLARE_FINAL_TYPE (ObmWaitingRoom, obm_waiting_room, OBM, WAITING_ROOM, GObject)

ObmWaitingRoom *obm_waiting_room_new   (void);
void            obm_waiting_room_take  (ObmWaitingRoom *self,
                                        ObmExchange    *exchange);
void            obm_waiting_room_empty (ObmWaitingRoom *self);

G_END_DECLS
