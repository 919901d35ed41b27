/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmStatement:
 *
 * A statement and the values of its "?", kept in one order: a piece of SQL is appended together with what it
 * binds.
 */
typedef struct _ObmStatement ObmStatement;

ObmStatement *obm_statement_new         (const char         *sql);
void          obm_statement_free        (ObmStatement       *self);
void          obm_statement_append      (ObmStatement       *self,
                                         const char         *sql);
void          obm_statement_bind_int    (ObmStatement       *self,
                                         gint64              value);
void          obm_statement_bind_text   (ObmStatement       *self,
                                         const char         *value);
void          obm_statement_fit         (ObmStatement       *self,
                                         const char         *charset);
const char   *obm_statement_get_sql     (const ObmStatement *self);
guint         obm_statement_get_n_bound (const ObmStatement *self);
const char   *obm_statement_get_text    (const ObmStatement *self,
                                         guint               index);
gint64        obm_statement_get_int     (const ObmStatement *self,
                                         guint               index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmStatement, obm_statement_free)

G_END_DECLS
