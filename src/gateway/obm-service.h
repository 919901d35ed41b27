/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define OBM_SERVICE_READY "READY=1"
#define OBM_SERVICE_STOPPING "STOPPING=1"

void obm_service_notify (const char *state);

G_END_DECLS
