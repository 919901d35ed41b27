/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GUri     *obm_address_parse       (const char  *text,
                                   GError     **error);
char     *obm_address_to_string   (GUri        *address);
char     *obm_address_to_host     (GUri        *address);
gboolean  obm_address_is_loopback (GUri        *address);

G_END_DECLS
