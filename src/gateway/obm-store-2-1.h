/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-schema.h"
#include "obm-store.h"

G_BEGIN_DECLS

#define OBM_TYPE_STORE_2_1 (obm_store_2_1_get_type ())

G_DECLARE_FINAL_TYPE (ObmStore21, obm_store_2_1, OBM, STORE_2_1, GObject)

ObmStore21 *obm_store_2_1_new (ObmDatabase       *database,
                               const ObmDialect  *dialect,
                               ObmSchema         *schema,
                               GError           **error);

G_END_DECLS
