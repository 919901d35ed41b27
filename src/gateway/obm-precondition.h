/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean obm_precondition_holds (const char *if_match,
                                 const char *etag);

G_END_DECLS
