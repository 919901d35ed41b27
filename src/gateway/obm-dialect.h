/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmDialect:
 * @lower_name: the host's name with ASCII letters in lower case, ordered by its bytes
 * @like_name: whether the host's name matches the pattern "?", without regard to case
 * @like_address: the same for its address
 * @address_begin: together with @address_end, put round a SELECT of "id" and "ip"...
 * @address_end: ...gives "id" and "k", a key that orders addresses, NULL where "ip" is no IPv4 address
 *
 * SQL that database engines do not agree on.
 */
typedef struct {
  const char *lower_name;
  const char *like_name;
  const char *like_address;
  const char *address_begin;
  const char *address_end;
} ObmDialect;

extern const ObmDialect obm_dialect_sqlite;

char      *obm_dialect_make_pattern (const char *criterion,
                                     gboolean    anywhere);
GDateTime *obm_dialect_parse_date   (const char *text);

G_END_DECLS
