/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-tls-session.h"

G_BEGIN_DECLS

#define OBM_TYPE_TLS_STREAM (obm_tls_stream_get_type ())

G_DECLARE_FINAL_TYPE (ObmTlsStream, obm_tls_stream, OBM, TLS_STREAM, GIOStream)

GIOStream *obm_tls_stream_new (ObmTlsSession *session);

G_END_DECLS
