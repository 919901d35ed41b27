/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmDialect:
 * @lower_name: the host's name with ASCII letters in lower case, ordered by its bytes
 * @like_name: whether the host's name matches the pattern "?", without regard to case
 * @like_address: the same for its address
 * @order_ascending: by p.k, NULL last
 * @order_descending: by p.k from the greatest on, NULL last
 * @list_tables: a query for the names of the tables
 *
 * SQL that database engines do not agree on.
 */
typedef struct {
  const char *lower_name;
  const char *like_name;
  const char *like_address;
  const char *order_ascending;
  const char *order_descending;
  const char *list_tables;
} ObmDialect;

extern const ObmDialect obm_dialect_sqlite;

char      *obm_dialect_make_pattern (const char *criterion,
                                     gboolean    anywhere);
GDateTime *obm_dialect_parse_date   (const char *text);

G_END_DECLS
