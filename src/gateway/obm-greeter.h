/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-tls-session.h"

G_BEGIN_DECLS

/**
 * ObmGreetedFunc:
 * @error: (nullable): why nothing was agreed on; %G_IO_ERROR_CONNECTION_CLOSED if the client went without a
 *   word
 * @user_data: what was given
 *
 * Told in the main thread that a handshake is over.
 */
typedef void (*ObmGreetedFunc) (const GError *error, gpointer user_data);

#define OBM_TYPE_GREETER (obm_greeter_get_type ())

G_DECLARE_FINAL_TYPE (ObmGreeter, obm_greeter, OBM, GREETER, GObject)

ObmGreeter *obm_greeter_new   (void);
void        obm_greeter_greet (ObmGreeter     *self,
                               ObmTlsSession  *session,
                               ObmGreetedFunc  func,
                               gpointer        user_data);

G_END_DECLS
