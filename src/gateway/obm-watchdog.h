/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-connection.h"

G_BEGIN_DECLS

/**
 * ObmWatchdog:
 *
 * Ends what a server does not answer in time. Neither libzdb nor the libraries of the servers limit how long they wait
 * for an answer, and a machine that lost its power, or a network that swallows what is sent, gives none.
 */
typedef struct _ObmWatchdog ObmWatchdog;

ObmWatchdog *obm_watchdog_new    (URL_T          url);
void         obm_watchdog_free   (ObmWatchdog   *self);
void         obm_watchdog_add    (ObmWatchdog   *self,
                                  ObmConnection *connection);
void         obm_watchdog_remove (ObmWatchdog   *self,
                                  ObmConnection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmWatchdog, obm_watchdog_free)

G_END_DECLS
