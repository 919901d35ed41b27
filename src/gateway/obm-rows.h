/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ObmRows:
 *
 * What a query found, copied out of the database: nothing here can fail or block.
 */
typedef struct _ObmRows ObmRows;

ObmRows    *obm_rows_new         (void);
void        obm_rows_free        (ObmRows       *self);
void        obm_rows_clear       (ObmRows       *self);
void        obm_rows_add_column  (ObmRows       *self,
                                  const char    *name);
void        obm_rows_add_value   (ObmRows       *self,
                                  const char    *value);
gboolean    obm_rows_has_column  (const ObmRows *self,
                                  const char    *name);
guint       obm_rows_get_n_rows  (const ObmRows *self);
const char *obm_rows_get_text    (const ObmRows *self,
                                  guint          row,
                                  guint          column);
gint64      obm_rows_get_int     (const ObmRows *self,
                                  guint          row,
                                  guint          column,
                                  gint64         fallback);
gboolean    obm_rows_get_boolean (const ObmRows *self,
                                  guint          row,
                                  guint          column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmRows, obm_rows_free)

G_END_DECLS
