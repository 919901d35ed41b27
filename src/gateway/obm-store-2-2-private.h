/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-domain-table.h"
#include "obm-host-table.h"
#include "obm-store-2-2.h"

G_BEGIN_DECLS

/* The services that make a host a mail server, of what is saved and of what is applied. */
#define ROLES "('imap', 'smtp_in', 'smtp_out')"
/* Which one of them, counted from 0, as the engine sees it: to some "Imap" is "imap". */
#define ROLE_NUMBER(service) \
  "CASE " service " WHEN 'imap' THEN 0 WHEN 'smtp_in' THEN 1 WHEN 'smtp_out' THEN 2 END"
#define FROM_SAVED \
  " FROM HostEntity e JOIN Service s ON s.service_entity_id = e.hostentity_entity_id" \
  " WHERE s.service_service IN " ROLES
#define FROM_APPLIED \
  " FROM P_HostEntity e JOIN P_Service s ON s.service_entity_id = e.hostentity_entity_id" \
  " WHERE s.service_service IN " ROLES

struct _ObmStore22
{
  GObject parent_instance;

  ObmDatabase *database;
  const ObmDialect *dialect;
  ObmDomainTable domains;
  ObmHostTable hosts;
  /* What differs between the versions, as SQL: whether a user may sign in, what hosts show. */
  const char *status;
  const char *fqdn;
  const char *domain_key;
  char *show_hosts;
  char *show_mail_servers;
  char *global_key;
};

ObmRoles        _obm_store_2_2_read_role          (const ObmRows  *rows,
                                                   guint           row,
                                                   guint           column);
ObmPage        *_obm_store_2_2_list_mail_servers  (ObmStore       *store,
                                                   ObmDomain      *domain,
                                                   ObmSearch      *search,
                                                   guint           page,
                                                   guint           rows,
                                                   GError        **error);
ObmMailServer  *_obm_store_2_2_get_mail_server    (ObmStore       *store,
                                                   ObmDomain      *domain,
                                                   gint64          id,
                                                   GError        **error);
ObmLinks       *_obm_store_2_2_get_links          (ObmStore       *store,
                                                   ObmDomain      *domain,
                                                   gint64          id,
                                                   GError        **error);
gboolean        _obm_store_2_2_find_account       (ObmStore       *store,
                                                   const char     *login,
                                                   const char     *domain_name,
                                                   ObmAccount    **account,
                                                   GError        **error);
gboolean        _obm_store_2_2_insert_mail_server (ObmStore       *store,
                                                   ObmAccount     *author,
                                                   gint64          host_id,
                                                   ObmRoles        roles,
                                                   gint64         *id,
                                                   GError        **error);
gboolean        _obm_store_2_2_update_mail_server (ObmStore       *store,
                                                   ObmAccount     *author,
                                                   gint64          id,
                                                   ObmRoles        roles,
                                                   GError        **error);
gboolean        _obm_store_2_2_delete_mail_server (ObmStore       *store,
                                                   ObmAccount     *author,
                                                   gint64          id,
                                                   GError        **error);
ObmUpdateState *_obm_store_2_2_get_update_state   (ObmStore       *store,
                                                   ObmDomain      *domain,
                                                   gboolean        may_commit,
                                                   GError        **error);
GPtrArray      *_obm_store_2_2_list_pending_domains (ObmStore     *store,
                                                   GError        **error);
GStrv           _obm_store_2_2_get_update_arguments (ObmStore     *store,
                                                   ObmDomain      *domain);

G_END_DECLS
