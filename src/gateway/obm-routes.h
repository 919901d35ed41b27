/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-router.h"

G_BEGIN_DECLS

extern const ObmRoute obm_routes[];
extern const guint obm_n_routes;

G_END_DECLS
