/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "obm-peer.h"
#include "obm-request.h"

G_BEGIN_DECLS

void obm_parting_begin (ObmPeer    *peer,
                        GIOStream  *connection,
                        ObmRequest *request);

G_END_DECLS
