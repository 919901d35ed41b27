/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-tls-identity.h"

G_BEGIN_DECLS

#define OBM_TYPE_TLS_FILES (obm_tls_files_get_type ())

G_DECLARE_FINAL_TYPE (ObmTlsFiles, obm_tls_files, OBM, TLS_FILES, GObject)

ObmTlsFiles    *obm_tls_files_new          (const char   *certificate,
                                            const char   *key,
                                            GError      **error);
gboolean        obm_tls_files_reload       (ObmTlsFiles  *self,
                                            GError      **error);
ObmTlsIdentity *obm_tls_files_get_identity (ObmTlsFiles  *self);

G_END_DECLS
