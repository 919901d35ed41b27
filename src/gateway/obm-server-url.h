/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <zdb.h>

#include "obm-dialect.h"

G_BEGIN_DECLS

char       *obm_server_url_make         (URL_T             url,
                                         const ObmDialect *dialect);
const char *obm_server_url_get_password (URL_T             url);

G_END_DECLS
