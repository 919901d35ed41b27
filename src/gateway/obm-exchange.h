/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "obm-request.h"

G_BEGIN_DECLS

/**
 * ObmExchange:
 *
 * A request as libsoup has it, and its answer on the way back.
 */
typedef struct _ObmExchange ObmExchange;

void         obm_exchange_prepare       (SoupServerMessage *message);
void         obm_exchange_keep_content  (SoupServerMessage *message);
gboolean     obm_exchange_is_too_large  (SoupServerMessage *message);
ObmExchange *obm_exchange_new           (SoupServerMessage *message,
                                         GInetAddress      *trusted_proxy,
                                         gpointer           user_data);
void         obm_exchange_free          (ObmExchange       *self);
ObmRequest  *obm_exchange_get_request   (ObmExchange       *self);
gpointer     obm_exchange_get_data      (ObmExchange       *self);
void         obm_exchange_pause         (ObmExchange       *self);
void         obm_exchange_cut           (ObmExchange       *self);
GSource     *obm_exchange_hold          (ObmExchange       *self);
void         obm_exchange_abandon       (ObmExchange       *self);
gboolean     obm_exchange_give_up       (ObmExchange       *self);
void         obm_exchange_answer        (ObmExchange       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmExchange, obm_exchange_free)

G_END_DECLS
