/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-remote-row.h"

G_BEGIN_DECLS

ObmRemoteRow *obm_remote_row_new    (guint         position);
void          obm_remote_row_update (ObmRemoteRow *self,
                                     ObmEntity    *item,
                                     gboolean      loading,
                                     const GError *error);

G_END_DECLS
