/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-dialect.h"

G_BEGIN_DECLS

/**
 * ObmSchemaTable:
 * @name: a table
 * @columns: names of its columns, with a space between them
 *
 * What somebody relies on.
 */
typedef struct {
  const char *name;
  const char *columns;
} ObmSchemaTable;

/**
 * ObmSchema:
 *
 * Which tables there are.
 */
typedef struct _ObmSchema ObmSchema;

ObmSchema *obm_schema_new        (ObmDatabase           *database,
                                  const ObmDialect      *dialect,
                                  GError               **error);
void       obm_schema_free       (ObmSchema             *self);
gboolean   obm_schema_has_table  (ObmSchema             *self,
                                  const char            *name);
gboolean   obm_schema_require    (ObmSchema             *self,
                                  const char            *generation,
                                  const ObmSchemaTable  *tables,
                                  gsize                  n_tables,
                                  GError               **error);
gboolean   obm_schema_has_column (ObmSchema             *self,
                                  const char            *table,
                                  const char            *column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmSchema, obm_schema_free)

G_END_DECLS
