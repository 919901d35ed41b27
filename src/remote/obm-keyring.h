/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void      obm_keyring_store_async   (const char           *address,
                                     const char           *login,
                                     const char           *password,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  obm_keyring_store_finish  (GAsyncResult         *result,
                                     GError              **error);
void      obm_keyring_lookup_async  (const char           *address,
                                     const char           *login,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
char     *obm_keyring_lookup_finish (GAsyncResult         *result,
                                     GError              **error);
void      obm_keyring_clear_async   (const char           *address,
                                     const char           *login,
                                     GCancellable         *cancellable,
                                     GAsyncReadyCallback   callback,
                                     gpointer              user_data);
gboolean  obm_keyring_clear_finish  (GAsyncResult         *result,
                                     GError              **error);

G_END_DECLS
