/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GDateTime *obm_date_parse  (const char *text);
char      *obm_date_format (GDateTime  *date);

G_END_DECLS
