/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-write-trial.h"

#include <gio/gio.h>

/* What the gateway does to tables, done to no row. Each column it writes is there: rights may be of columns. */
typedef struct {
  const char *table;
  const char *sql;
} Write;

static const Write writes_2_1[] = {
  { "MailServer",
    "INSERT INTO MailServer (mailserver_timecreate, mailserver_usercreate, mailserver_host_id, mailserver_imap,"
    " mailserver_smtp_in, mailserver_smtp_out) SELECT mailserver_timecreate, mailserver_usercreate,"
    " mailserver_host_id, mailserver_imap, mailserver_smtp_in, mailserver_smtp_out FROM MailServer WHERE 1 = 0" },
  { "MailServer",
    "UPDATE MailServer SET mailserver_imap = mailserver_imap, mailserver_smtp_in = mailserver_smtp_in,"
    " mailserver_smtp_out = mailserver_smtp_out, mailserver_timeupdate = mailserver_timeupdate,"
    " mailserver_userupdate = mailserver_userupdate WHERE 1 = 0" },
  { "MailServer", "DELETE FROM MailServer WHERE 1 = 0" },
};

static const Write writes_later[] = {
  { "Service", "INSERT INTO Service (service_service, service_entity_id)"
               " SELECT service_service, service_entity_id FROM Service WHERE 1 = 0" },
  { "Service", "DELETE FROM Service WHERE 1 = 0" },
  { "Host",
    "UPDATE Host SET host_timeupdate = host_timeupdate, host_userupdate = host_userupdate WHERE 1 = 0" },
};

static const Write writes_always[] = {
  { "DomainPropertyValue",
    "INSERT INTO DomainPropertyValue (domainpropertyvalue_domain_id, domainpropertyvalue_property_key,"
    " domainpropertyvalue_value) SELECT domainpropertyvalue_domain_id, domainpropertyvalue_property_key,"
    " domainpropertyvalue_value FROM DomainPropertyValue WHERE 1 = 0" },
  { "DomainPropertyValue",
    "UPDATE DomainPropertyValue SET domainpropertyvalue_value = domainpropertyvalue_value WHERE 1 = 0" },
  { "ObmInfo", "UPDATE ObmInfo SET obminfo_value = obminfo_value WHERE 1 = 0" },
};

typedef struct {
  ObmDatabase *database;
  gboolean is_2_1;
  const char *table;
  gboolean done;
} Trial;

static gboolean
try_writes (Trial *trial, const Write *writes, gsize n_writes, GError **error)
{
  for (gsize i = 0; i < n_writes; i++)
    {
      g_autoptr (ObmStatement) statement = obm_statement_new (writes[i].sql);

      trial->table = writes[i].table;
      if (!obm_database_change (trial->database, statement, NULL, error))
        return FALSE;
    }

  return TRUE;
}

/* Changes nothing, and wants even that undone; but who may not write cannot do it. */
static gboolean
try_to_write (gpointer user_data, GError **error)
{
  Trial *trial = user_data;

  trial->done = (trial->is_2_1 ? try_writes (trial, writes_2_1, G_N_ELEMENTS (writes_2_1), error)
                               : try_writes (trial, writes_later, G_N_ELEMENTS (writes_later), error)) &&
                try_writes (trial, writes_always, G_N_ELEMENTS (writes_always), error);
  if (trial->done)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");

  return FALSE;
}

/**
 * obm_write_trial_run:
 * @database: a database of OBM
 * @is_2_1: whether OBM 2.1's
 * @table: (out) (nullable): the table that cannot be written; %NULL when nothing in the database can
 *
 * Tries whether the gateway may write what it has to. Nothing is changed. Blocks.
 *
 * Returns: whether it may
 */
gboolean
obm_write_trial_run (ObmDatabase *database, gboolean is_2_1, const char **table)
{
  Trial trial = { database, is_2_1 };

  obm_database_transact (database, 0, try_to_write, &trial, NULL);
  *table = trial.table;

  return trial.done;
}
