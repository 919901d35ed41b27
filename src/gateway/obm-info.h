/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"

G_BEGIN_DECLS

gboolean obm_info_find      (ObmDatabase  *database,
                             const char   *name,
                             char        **value,
                             GError      **error);
gboolean obm_info_is_locked (ObmDatabase  *database,
                             gboolean     *locked,
                             GError      **error);
gboolean obm_info_take_lock (ObmDatabase  *database,
                             gboolean     *taken,
                             GError      **error);
gboolean obm_info_give_lock (ObmDatabase  *database,
                             GError      **error);

G_END_DECLS
