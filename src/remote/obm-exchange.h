/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void obm_exchange_start (GTask       *task,
                         SoupSession *session,
                         SoupMessage *message,
                         guint        due,
                         gboolean     changes);

G_END_DECLS
