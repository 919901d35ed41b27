/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-store-2-1-private.h"

#include "obm-update-flag.h"

/*
 * What is changed in OBM 2.1: rows of MailServer, and the flag "update_state" of their host's domain. The P_ tables
 * belong to the update command.
 *
 * The flag comes first, then the one statement about the one row. Tables of MyISAM keep the first when the second
 * fails, or when the gateway or the server dies between them: then the flag is up though no mail server differs from
 * its production copy. The contract has a name for that, "other", as OBM's own pages raise the flag for users and
 * groups; an update that has nothing to do takes it down. The other order would leave a mail server of which
 * OBM's pages, which look at the flag only, do not know that it waits.
 */

static gboolean
change (ObmStore *store, ObmStatement *statement, GError **error)
{
  return obm_database_change (OBM_STORE_2_1 (store)->database, statement, NULL, error);
}

/* Without a host there is no domain. */
static const char domain_of_mail_server[] =
  "SELECT host_domain_id FROM MailServer JOIN Host ON host_id = mailserver_host_id WHERE mailserver_id = ?";
static const char domain_of_host[] = "SELECT host_domain_id FROM Host WHERE host_id = ?";

static gboolean
flag (ObmStore *store, const char *domain_of, gint64 id, GError **error)
{
  return obm_update_flag_raise (OBM_STORE_2_1 (store)->database, domain_of, id, error);
}

static void
bind_roles (ObmStatement *statement, ObmRoles roles)
{
  for (guint i = 0; i < OBM_N_ROLES; i++)
    obm_statement_bind_int (statement, (roles >> i) & 1);
}

gboolean
_obm_store_2_1_insert_mail_server (ObmStore *store,
                                   ObmAccount *author,
                                   gint64 host_id,
                                   ObmRoles roles,
                                   gint64 *id,
                                   GError **error)
{
  g_autoptr (ObmStatement) insert = obm_statement_new (
    "INSERT INTO MailServer (mailserver_timecreate, mailserver_usercreate, mailserver_host_id,"
    " mailserver_imap, mailserver_smtp_in, mailserver_smtp_out) VALUES (CURRENT_TIMESTAMP, ?, ?, ?, ?, ?)");
  g_autoptr (ObmStatement) find = obm_statement_new (
    "SELECT MAX(mailserver_id) FROM MailServer WHERE mailserver_host_id = ?");
  g_autoptr (ObmRows) found = NULL;

  obm_statement_bind_int (insert, author->id);
  obm_statement_bind_int (insert, host_id);
  bind_roles (insert, roles);
  obm_statement_bind_int (find, host_id);
  if (!flag (store, domain_of_host, host_id, error) || !change (store, insert, error))
    return FALSE;

  found = obm_database_query (OBM_STORE_2_1 (store)->database, find, error);
  if (found != NULL)
    *id = obm_rows_get_int (found, 0, 0, 0);

  return found != NULL;
}

gboolean
_obm_store_2_1_update_mail_server (ObmStore *store,
                                   ObmAccount *author,
                                   gint64 id,
                                   ObmRoles roles,
                                   GError **error)
{
  g_autoptr (ObmStatement) update = obm_statement_new (
    "UPDATE MailServer SET mailserver_imap = ?, mailserver_smtp_in = ?, mailserver_smtp_out = ?,"
    " mailserver_timeupdate = CURRENT_TIMESTAMP, mailserver_userupdate = ? WHERE mailserver_id = ?");

  bind_roles (update, roles);
  obm_statement_bind_int (update, author->id);
  obm_statement_bind_int (update, id);

  return flag (store, domain_of_mail_server, id, error) && change (store, update, error);
}

gboolean
_obm_store_2_1_delete_mail_server (ObmStore *store, ObmAccount *author, gint64 id, GError **error)
{
  g_autoptr (ObmStatement) delete = obm_statement_new ("DELETE FROM MailServer WHERE mailserver_id = ?");

  obm_statement_bind_int (delete, id);

  return flag (store, domain_of_mail_server, id, error) && change (store, delete, error);
}
