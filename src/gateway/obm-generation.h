/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-store.h"

G_BEGIN_DECLS

ObmStore   *obm_generation_open_store (ObmDatabase  *database,
                                       GError      **error);
const char *obm_generation_get_name   (ObmStore     *store);

G_END_DECLS
