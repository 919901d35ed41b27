/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-statement.h"

typedef struct {
  char *text;
  gint64 number;
} Value;

struct _ObmStatement
{
  GString *sql;
  GArray *values;
};

static void
value_clear (gpointer data)
{
  g_free (((Value *) data)->text);
}

/**
 * obm_statement_new:
 * @sql: how the statement begins
 *
 * Returns: (transfer full): a statement without values yet
 */
ObmStatement *
obm_statement_new (const char *sql)
{
  ObmStatement *self = g_new0 (ObmStatement, 1);

  self->sql = g_string_new (sql);
  self->values = g_array_new (FALSE, TRUE, sizeof (Value));
  g_array_set_clear_func (self->values, value_clear);

  return self;
}

/**
 * obm_statement_free:
 * @self: a statement
 */
void
obm_statement_free (ObmStatement *self)
{
  g_string_free (self->sql, TRUE);
  g_array_unref (self->values);
  g_free (self);
}

/**
 * obm_statement_append:
 * @self: a statement
 * @sql: what follows; never anything that came from outside, which is bound
 */
void
obm_statement_append (ObmStatement *self, const char *sql)
{
  g_string_append (self->sql, sql);
}

/**
 * obm_statement_bind_int:
 * @self: a statement
 * @value: the value of the next "?"
 */
void
obm_statement_bind_int (ObmStatement *self, gint64 value)
{
  Value bound = { .number = value };

  g_array_append_val (self->values, bound);
}

/**
 * obm_statement_bind_text:
 * @self: a statement
 * @value: the value of the next "?"
 */
void
obm_statement_bind_text (ObmStatement *self, const char *value)
{
  Value bound = { .text = g_strdup (value) };

  g_array_append_val (self->values, bound);
}

/**
 * obm_statement_fit:
 * @self: a statement
 * @charset: what the database writes its texts in
 *
 * Puts a control character, which stands nowhere in OBM's texts, for each character that @charset lacks, so that
 * nothing is found where the server would fail.
 */
void
obm_statement_fit (ObmStatement *self, const char *charset)
{
  for (guint i = 0; i < self->values->len; i++)
    {
      Value *value = &g_array_index (self->values, Value, i);
      g_autofree char *there = NULL;
      char *back;

      if (value->text == NULL || g_str_is_ascii (value->text))
        continue;
      there = g_convert_with_fallback (value->text, -1, charset, "UTF-8", "\001", NULL, NULL, NULL);
      back = there ? g_convert (there, -1, "UTF-8", charset, NULL, NULL, NULL) : g_strdup ("\001");
      g_free (value->text);
      value->text = back;
    }
}

/**
 * obm_statement_get_sql:
 * @self: a statement
 *
 * Returns: the whole statement
 */
const char *
obm_statement_get_sql (const ObmStatement *self)
{
  return self->sql->str;
}

/**
 * obm_statement_get_n_bound:
 * @self: a statement
 *
 * Returns: how many values are bound
 */
guint
obm_statement_get_n_bound (const ObmStatement *self)
{
  return self->values->len;
}

/**
 * obm_statement_get_text:
 * @self: a statement
 * @index: below obm_statement_get_n_bound()
 *
 * Returns: (nullable): the text bound there, %NULL for a number
 */
const char *
obm_statement_get_text (const ObmStatement *self, guint index)
{
  return g_array_index (self->values, Value, index).text;
}

/**
 * obm_statement_get_int:
 * @self: a statement
 * @index: below obm_statement_get_n_bound()
 *
 * Returns: the number bound there
 */
gint64
obm_statement_get_int (const ObmStatement *self, guint index)
{
  return g_array_index (self->values, Value, index).number;
}
