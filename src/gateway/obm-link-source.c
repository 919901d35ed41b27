/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-link-source.h"

#include "obm-domain-table.h"

static void
append_matches (ObmStatement *statement, const ObmLinkSource *self, gint64 id)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  obm_statement_append (statement, self->matches);
  for (const char *p = strchr (self->matches, '?'); p != NULL; p = strchr (p + 1, '?'))
    if (self->as_text)
      obm_statement_bind_text (statement, text);
    else
      obm_statement_bind_int (statement, id);
}

/* How something is called, or NULL when it has no name that may show. */
static char *
read_name (const ObmRows *rows, guint row, const ObmLinkSource *self, ObmDomain *domain)
{
  enum { NAME, DOMAIN_NAME };
  const char *name = obm_rows_get_text (rows, row, NAME);
  const char *domain_name = obm_rows_get_text (rows, row, DOMAIN_NAME);

  if (self->of_domain && name != NULL && domain_name != NULL && obm_domain_get_global (domain))
    return g_strconcat (name, "@", domain_name, NULL);

  return g_strdup (name);
}

static GStrv
find_first (const ObmLinkSource *self, ObmDatabase *database, ObmDomain *domain, gint64 id, GError **error)
{
  g_autofree char *begin = g_strdup_printf ("SELECT %s, d.domain_name", self->name);
  g_autofree char *condition = g_strdup_printf (" AND %s = ?", self->domain_id);
  g_autofree char *order = obm_dialect_by_name (obm_database_get_dialect (database), self->name,
                                                self->domain_id);
  g_autoptr (ObmStatement) statement = obm_statement_new (begin);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (ObmRows) rows = NULL;

  append_matches (statement, self, id);
  obm_domain_bind (domain, statement, condition);
  obm_statement_append (statement, order);
  obm_statement_append (statement, " LIMIT ?");
  obm_statement_bind_int (statement, OBM_LINKS_MAX_FIRST);
  rows = obm_database_query (database, statement, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < obm_rows_get_n_rows (rows); i++)
    {
      g_autofree char *name = read_name (rows, i, self, domain);

      if (name != NULL)
        g_strv_builder_add (builder, name);
    }

  return g_strv_builder_end (builder);
}

/**
 * obm_link_source_add:
 * @self: where to look
 * @database: the database
 * @domain: whose names may show
 * @id: a mail server
 * @links: what was found so far
 * @error: return location
 *
 * Counts what points to a mail server in any domain.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE
 */
gboolean
obm_link_source_add (const ObmLinkSource *self,
                     ObmDatabase *database,
                     ObmDomain *domain,
                     gint64 id,
                     ObmLinks *links,
                     GError **error)
{
  g_autoptr (ObmStatement) statement = obm_statement_new ("SELECT COUNT(*)");
  g_autoptr (ObmRows) counted = NULL;
  g_auto (GStrv) first = NULL;

  append_matches (statement, self, id);
  counted = obm_database_query (database, statement, error);
  if (counted == NULL)
    return FALSE;
  first = find_first (self, database, domain, id, error);
  if (first == NULL)
    return FALSE;

  obm_links_add (links, self->kind, obm_rows_get_int (counted, 0, 0, 0), (const char * const *) first);

  return TRUE;
}
