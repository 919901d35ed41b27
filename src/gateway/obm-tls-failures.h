/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ObmTlsFailures:
 *
 * What the log says of clients with whom TLS could not be agreed on: why, and of whom; but not more than some
 * in a minute, whatever comes from outside. All zero at first.
 */
typedef struct {
  gint64 begin;
  guint n_logged;
  guint n_others;
} ObmTlsFailures;

void obm_tls_failures_add  (ObmTlsFailures *self,
                            const char     *peer,
                            const char     *reason,
                            gint64          now);
void obm_tls_failures_look (ObmTlsFailures *self,
                            gint64          now);

G_END_DECLS
