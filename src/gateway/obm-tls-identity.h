/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>
#include <gnutls/gnutls.h>

G_BEGIN_DECLS

#define OBM_TYPE_TLS_IDENTITY (obm_tls_identity_get_type ())

G_DECLARE_FINAL_TYPE (ObmTlsIdentity, obm_tls_identity, OBM, TLS_IDENTITY, GObject)

ObmTlsIdentity   *obm_tls_identity_new         (GBytes          *certificate,
                                                GBytes          *key,
                                                GError         **error);
gnutls_session_t  obm_tls_identity_new_session (ObmTlsIdentity  *self);
gint64            obm_tls_identity_get_begin   (ObmTlsIdentity  *self);
gint64            obm_tls_identity_get_end     (ObmTlsIdentity  *self);

G_END_DECLS
