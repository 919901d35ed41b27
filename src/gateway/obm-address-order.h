/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-rows.h"

G_BEGIN_DECLS

GArray *obm_address_order (const ObmRows *rows,
                           gboolean       descending);

G_END_DECLS
