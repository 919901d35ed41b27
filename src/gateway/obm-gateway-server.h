/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "obm-listener.h"
#include "obm-router.h"

G_BEGIN_DECLS

#define OBM_TYPE_GATEWAY_SERVER (obm_gateway_server_get_type ())

G_DECLARE_FINAL_TYPE (ObmGatewayServer, obm_gateway_server, OBM, GATEWAY_SERVER, GObject)

ObmGatewayServer *obm_gateway_server_new  (ObmRouter        *router,
                                           guint             n_workers,
                                           ObmListener      *listener,
                                           GInetAddress     *trusted_proxy);
void              obm_gateway_server_stop (ObmGatewayServer *self);

G_END_DECLS
