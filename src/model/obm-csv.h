/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Tells a spreadsheet that what follows is UTF-8. */
#define OBM_CSV_BYTE_ORDER_MARK "\xef\xbb\xbf"

void obm_csv_append_row        (GString            *text,
                                const char * const *cells,
                                char                separator);
char obm_csv_default_separator (void);

G_END_DECLS
