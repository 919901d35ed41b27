/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"

G_BEGIN_DECLS

gboolean obm_write_trial_run (ObmDatabase  *database,
                              gboolean      is_2_1,
                              const char  **table);

G_END_DECLS
