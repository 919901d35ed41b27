/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-generation.h"

#include "obm-error.h"
#include "obm-info.h"
#include "obm-schema.h"
#include "obm-store-2-1.h"
#include "obm-store-2-2.h"

/*
 * OBM's tables came in two layouts: 2.1 has a table of mail servers; since 2.2 they are hosts with certain
 * services. PostgreSQL may see tables of both, in schemas one behind the other: then the other tables tell.
 */

static ObmStore *
new_store (ObmDatabase *database, const ObmDialect *dialect, ObmSchema *schema, GError **error)
{
  gboolean is_2_1 = obm_schema_has_table (schema, "MailServer");

  if (obm_schema_has_table (schema, "Service") && obm_schema_has_table (schema, "HostEntity"))
    {
      ObmStore22 *store = obm_store_2_2_new (database, dialect, schema, is_2_1 ? NULL : error);

      if (store != NULL || !is_2_1)
        return (ObmStore *) store;
    }
  if (is_2_1)
    return (ObmStore *) obm_store_2_1_new (database, dialect, schema, error);

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       "The database has the tables of no known OBM: neither MailServer, as OBM 2.1 has, nor "
                       "Service and HostEntity, as OBM 2.2 and later have");

  return NULL;
}

static ObmStore *
open_store (ObmDatabase *database, const ObmDialect *dialect, char **version, GError **error)
{
  g_autoptr (ObmSchema) schema = obm_schema_new (database, dialect, error);
  g_autoptr (ObmStore) store = schema ? new_store (database, dialect, schema, error) : NULL;

  if (store == NULL || !obm_info_find (database, "db_version", version, error))
    return NULL;

  return g_steal_pointer (&store);
}

/**
 * obm_generation_open_store:
 * @database: an open database
 * @error: return location
 *
 * Finds out which OBM the tables are of, and logs it. Blocks.
 *
 * Returns: (transfer full): the store for it; %NULL with %G_OPTION_ERROR_BAD_VALUE and a sentence that says
 *   what was expected, or that the database cannot be read
 */
ObmStore *
obm_generation_open_store (ObmDatabase *database, GError **error)
{
  g_autofree char *version = NULL;
  g_autofree char *escaped = NULL;
  g_autoptr (GError) local = NULL;
  ObmStore *store = open_store (database, obm_database_get_dialect (database), &version, &local);

  if (store == NULL)
    {
      /* Why a database cannot be read is in the log already. */
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           local->domain == G_OPTION_ERROR ? local->message
                                                           : "The database cannot be read now");
      return NULL;
    }

  escaped = g_strescape (version ? version : "unknown", NULL);
  g_message ("The database has the tables of %s (db_version %s)", obm_generation_get_name (store), escaped);

  return store;
}

/**
 * obm_generation_get_name:
 * @store: a store that was opened here
 *
 * Returns: which OBM its tables are of, for people: "OBM 2.1"
 */
const char *
obm_generation_get_name (ObmStore *store)
{
  return OBM_IS_STORE_2_1 (store) ? "OBM 2.1" : "OBM 2.2 or later";
}
