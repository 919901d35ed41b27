/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-row.h"

#include "obm-dialect.h"

enum { ID, HOST_ID, TIMECREATE, TIMEUPDATE, CREATOR, UPDATER, FOUND_HOST_ID, NAME, IP, FQDN, DOMAIN_KEY };

/*
 * When it was changed. MySQL and MariaDB fill the first date of a new row by themselves: at the moment of its
 * creation, and by nobody.
 */
static GDateTime *
read_timeupdate (const ObmRows *rows, guint row, GDateTime *timecreate)
{
  g_autoptr (GDateTime) timeupdate = obm_dialect_parse_date (obm_rows_get_text (rows, row, TIMEUPDATE));

  if (timeupdate != NULL && timecreate != NULL && g_date_time_equal (timeupdate, timecreate) &&
      obm_rows_get_text (rows, row, UPDATER) == NULL)
    return NULL;

  return g_steal_pointer (&timeupdate);
}

/**
 * obm_mail_server_new_from_row:
 * @rows: rows that begin with the id of a mail server, the id of its host, when it was made and changed, by
 *   whom; the id, name, address and full name of the host that was found, and the key of its domain
 * @row: below obm_rows_get_n_rows()
 * @roles: its roles
 * @pending: (nullable): how it differs from its production copy
 * @global_key: the key of the domain that it is shown in without another
 *
 * Returns: (transfer full): the mail server
 */
ObmMailServer *
obm_mail_server_new_from_row (const ObmRows *rows,
                              guint row,
                              ObmRoles roles,
                              const char *pending,
                              const char *global_key)
{
  gint64 id = obm_rows_get_int (rows, row, ID, 0);
  const char *found_key = obm_rows_get_text (rows, row, DOMAIN_KEY);
  const char *key = found_key ? found_key : global_key;
  g_autofree char *url = g_strdup_printf ("/%s/mailservers/%" G_GINT64_FORMAT, key, id);
  g_autofree char *etag = obm_mail_server_make_etag (id, obm_rows_get_int (rows, row, HOST_ID, 0), roles);
  g_autoptr (GDateTime) timecreate = obm_dialect_parse_date (obm_rows_get_text (rows, row, TIMECREATE));
  g_autoptr (GDateTime) timeupdate = read_timeupdate (rows, row, timecreate);
  g_autoptr (ObmHost) host = g_object_new (OBM_TYPE_HOST,
                                           "id", obm_rows_get_int (rows, row, FOUND_HOST_ID, 0),
                                           "name", obm_rows_get_text (rows, row, NAME),
                                           "ip", obm_rows_get_text (rows, row, IP),
                                           "fqdn", obm_rows_get_text (rows, row, FQDN),
                                           NULL);

  return g_object_new (OBM_TYPE_MAIL_SERVER,
                       "id", id,
                       "url", url,
                       "etag", etag,
                       "host", host,
                       "domain", key,
                       "roles", roles,
                       "timecreate", timecreate,
                       "usercreate", obm_rows_get_text (rows, row, CREATOR),
                       "timeupdate", timeupdate,
                       "userupdate", obm_rows_get_text (rows, row, UPDATER),
                       "pending", pending,
                       NULL);
}
