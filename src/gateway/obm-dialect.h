/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmDialect:
 * @scheme: how URLs of this engine begin, in libzdb
 * @is_server: whether a server runs it, which may change something and not be able to say so
 * @never_waits: whether a lock of somebody else makes a statement fail at once, unless it is tried again
 * @quotes_parameters: whether its library reads what a URL says between quotes
 * @lock_messages: (nullable): what an error says when nothing was changed because somebody else had a lock for too
 *   long, and the connection is as before
 * @lower: what stands before and after a text to make its ASCII letters small, and ordered by its bytes
 * @date: what stands before and after a date to have it as text in UTC
 * @order_ascending: by p.k, NULL last
 * @order_descending: by p.k from the greatest on, NULL last
 * @list_tables: a query for the names of the tables, and whether their case matters; if not, they are lower case
 * @encoding: (nullable): a query for the encoding of the texts, where one that it lacks characters for is an error
 * @session: (nullable): what is said first on a connection to a server; "%u" is for how long a statement may take,
 *   in @session_unit
 * @greeting: (nullable): what is said each time before a connection is used, which shows whether it still works
 * @session_unit: 1 for milliseconds, 1000 for seconds
 * @begin: begins a transaction
 * @lock_host: (nullable): in a transaction: locks the host whose id is "?"; finds one row if it did
 * @lock_missing: (nullable): the same where @lock_host finds nothing, as there is no such host
 * @unlock_host: (nullable): gives that lock back, after the transaction
 * @count_lasting: (nullable): a query for how many tables keep what a transaction changed that is rolled back
 * @wide_number: a bound number that may be greater than the column it is compared with
 * @guard_flags: (nullable): in a transaction: lets no other gateway insert a flag "update_state"
 * @or_raise: ends the INSERT of the flag "update_state" where somebody else may insert it meanwhile
 *
 * SQL that database engines do not agree on.
 */
typedef struct {
  const char *scheme;
  gboolean is_server;
  gboolean never_waits;
  gboolean quotes_parameters;
  const char *lock_messages[2];
  const char *lower[2];
  const char *date[2];
  const char *order_ascending;
  const char *order_descending;
  const char *list_tables;
  const char *encoding;
  const char *session;
  const char *greeting;
  guint session_unit;
  const char *begin;
  const char *lock_host;
  const char *lock_missing;
  const char *unlock_host;
  const char *count_lasting;
  const char *wide_number;
  const char *guard_flags;
  const char *or_raise;
} ObmDialect;

extern const ObmDialect obm_dialect_sqlite;
extern const ObmDialect obm_dialect_postgresql;
extern const ObmDialect obm_dialect_mariadb;

const ObmDialect *obm_dialect_find         (const char       *url);
char             *obm_dialect_lower        (const ObmDialect *self,
                                            const char       *text);
char             *obm_dialect_date         (const ObmDialect *self,
                                            const char       *date);
char             *obm_dialect_like         (const ObmDialect *self,
                                            const char       *text);
char             *obm_dialect_by_name      (const ObmDialect *self,
                                            const char       *name,
                                            const char       *id);
const char       *obm_dialect_get_charset  (const char       *encoding);
gboolean          obm_dialect_is_lock      (const ObmDialect *self,
                                            const char       *message);
char             *obm_dialect_make_pattern (const char       *criterion,
                                            gboolean          anywhere);
GDateTime        *obm_dialect_parse_date   (const char       *text);

G_END_DECLS
