/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-roles.h"

G_BEGIN_DECLS

char *obm_roles_text (ObmRoles roles);

G_END_DECLS
