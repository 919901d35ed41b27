/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define OBM_TYPE_CLIENT_INPUT (obm_client_input_get_type ())

G_DECLARE_FINAL_TYPE (ObmClientInput, obm_client_input, OBM, CLIENT_INPUT, GInputStream)

GInputStream *obm_client_input_new (GSocketConnection *connection);

G_END_DECLS
