/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean obm_file_limit_raise (guint    n_connections,
                               guint64 *n_needed,
                               guint64 *n_allowed);

G_END_DECLS
