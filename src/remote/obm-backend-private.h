/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"
#include "obm-http.h"

G_BEGIN_DECLS

void        obm_backend_get            (ObmBackend           *self,
                                        GTask                *task,
                                        const char           *rest,
                                        const char           *query,
                                        GAsyncReadyCallback   got_cb);
void        obm_backend_change         (ObmBackend           *self,
                                        GTask                *task,
                                        const char           *method,
                                        const char           *rest,
                                        const char           *etag,
                                        JsonObject           *body,
                                        guint                 due,
                                        GAsyncReadyCallback   changed_cb);
JsonObject *obm_backend_require_object (JsonNode             *node,
                                        GError              **error);

G_END_DECLS
