/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OBM_TYPE_HTTP (obm_http_get_type ())

G_DECLARE_FINAL_TYPE (ObmHttp, obm_http, OBM, HTTP, GObject)

ObmHttp  *obm_http_new           (GUri                *address,
                                  const char          *login,
                                  const char          *password);
guint     obm_http_get_timeout   (ObmHttp             *self);
void      obm_http_set_timeout   (ObmHttp             *self,
                                  guint                seconds);
void      obm_http_get_async     (ObmHttp             *self,
                                  const char          *path,
                                  const char          *query,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
JsonNode *obm_http_get_finish    (ObmHttp             *self,
                                  GAsyncResult        *result,
                                  GError             **error);
void      obm_http_change_async  (ObmHttp             *self,
                                  const char          *method,
                                  const char          *path,
                                  const char          *etag,
                                  JsonObject          *body,
                                  guint                due,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data);
JsonNode *obm_http_change_finish (ObmHttp             *self,
                                  GAsyncResult        *result,
                                  GError             **error);

G_END_DECLS
