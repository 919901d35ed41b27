/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-search.h"

G_BEGIN_DECLS

char      *obm_query_format (ObmSearch     *search,
                             guint          page,
                             guint          rows);
ObmSearch *obm_query_parse  (ObmSearchKind  kind,
                             const char    *query,
                             guint         *page,
                             guint         *rows,
                             GError       **error);

G_END_DECLS
