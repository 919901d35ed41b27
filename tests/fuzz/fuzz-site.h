/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-request.h"

G_BEGIN_DECLS

void fuzz_answer (ObmRequest *request);

G_END_DECLS
