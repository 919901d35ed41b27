/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean obm_password_verify (const char *type,
                              const char *stored,
                              const char *password);

G_END_DECLS
