/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-rows.h"

struct _ObmRows
{
  GPtrArray *columns;
  GPtrArray *values;
};

/**
 * obm_rows_new:
 *
 * Returns: (transfer full): no columns and no rows yet
 */
ObmRows *
obm_rows_new (void)
{
  ObmRows *self = g_new0 (ObmRows, 1);

  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->values = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * obm_rows_free:
 * @self: rows
 */
void
obm_rows_free (ObmRows *self)
{
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->values);
  g_free (self);
}

/**
 * obm_rows_clear:
 * @self: rows
 *
 * Makes them as they were when new.
 */
void
obm_rows_clear (ObmRows *self)
{
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_set_size (self->values, 0);
}

/**
 * obm_rows_add_column:
 * @self: rows without values yet
 * @name: (nullable): the name of the next column
 */
void
obm_rows_add_column (ObmRows *self, const char *name)
{
  g_ptr_array_add (self->columns, g_strdup (name ? name : ""));
}

/**
 * obm_rows_add_value:
 * @self: rows
 * @value: (nullable): the next value, row by row; %NULL for NULL
 *
 * Copies a value. OBM 2.1 wrote ISO-8859-1: what is not UTF-8 is taken as that.
 */
void
obm_rows_add_value (ObmRows *self, const char *value)
{
  if (value == NULL || g_utf8_validate (value, -1, NULL))
    g_ptr_array_add (self->values, g_strdup (value));
  else
    g_ptr_array_add (self->values, g_convert (value, -1, "UTF-8", "ISO-8859-1", NULL, NULL, NULL));
}

/**
 * obm_rows_has_column:
 * @self: rows
 * @name: a column
 *
 * Returns: whether the query gave that column; names have no case in SQL
 */
gboolean
obm_rows_has_column (const ObmRows *self, const char *name)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_ascii_strcasecmp (g_ptr_array_index (self->columns, i), name) == 0)
      return TRUE;

  return FALSE;
}

/**
 * obm_rows_get_n_rows:
 * @self: rows
 *
 * Returns: how many rows there are
 */
guint
obm_rows_get_n_rows (const ObmRows *self)
{
  return self->columns->len > 0 ? self->values->len / self->columns->len : 0;
}

/**
 * obm_rows_get_text:
 * @self: rows
 * @row: below obm_rows_get_n_rows()
 * @column: a column, from 0
 *
 * Returns: (nullable) (transfer none): the value in UTF-8, %NULL for NULL
 */
const char *
obm_rows_get_text (const ObmRows *self, guint row, guint column)
{
  g_return_val_if_fail (column < self->columns->len && row < obm_rows_get_n_rows (self), NULL);

  return g_ptr_array_index (self->values, row * self->columns->len + column);
}

/**
 * obm_rows_get_int:
 * @self: rows
 * @row: below obm_rows_get_n_rows()
 * @column: a column, from 0
 * @fallback: what NULL, or a text that is no number, counts as
 *
 * Returns: the value as a number
 */
gint64
obm_rows_get_int (const ObmRows *self, guint row, guint column, gint64 fallback)
{
  const char *text = obm_rows_get_text (self, row, column);
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &number, NULL))
    return fallback;

  return number;
}

/**
 * obm_rows_get_boolean:
 * @self: rows
 * @row: below obm_rows_get_n_rows()
 * @column: a column, from 0
 *
 * Returns: whether the value is a number other than 0, or "t" as PostgreSQL writes it
 */
gboolean
obm_rows_get_boolean (const ObmRows *self, guint row, guint column)
{
  return obm_rows_get_int (self, row, column, 0) != 0 ||
         g_strcmp0 (obm_rows_get_text (self, row, column), "t") == 0;
}
