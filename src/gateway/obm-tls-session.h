/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "obm-tls-identity.h"

G_BEGIN_DECLS

#define OBM_TYPE_TLS_SESSION (obm_tls_session_get_type ())

G_DECLARE_FINAL_TYPE (ObmTlsSession, obm_tls_session, OBM, TLS_SESSION, GObject)

ObmTlsSession *obm_tls_session_new           (ObmTlsIdentity  *identity,
                                              GSocket         *socket);
GSocket       *obm_tls_session_get_socket    (ObmTlsSession   *self);
gboolean       obm_tls_session_greet         (ObmTlsSession   *self,
                                              GError         **error);
gssize         obm_tls_session_read          (ObmTlsSession   *self,
                                              void            *buffer,
                                              gsize            count,
                                              GError         **error);
gssize         obm_tls_session_write         (ObmTlsSession   *self,
                                              const void      *buffer,
                                              gsize            count,
                                              GError         **error);
gboolean       obm_tls_session_part          (ObmTlsSession   *self,
                                              GError         **error);
gboolean       obm_tls_session_has_more      (ObmTlsSession   *self);
GSource       *obm_tls_session_create_source (ObmTlsSession   *self);

G_END_DECLS
