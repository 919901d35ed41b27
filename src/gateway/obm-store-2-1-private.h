/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-dialect.h"
#include "obm-store-2-1.h"

G_BEGIN_DECLS

/* The global domain of OBM 2.1: an id without a row. */
#define GLOBAL_ID 0
#define GLOBAL_KEY "0"
#define GLOBAL_NAME "global.local"

struct _ObmStore21
{
  GObject parent_instance;

  ObmDatabase *database;
  const ObmDialect *dialect;
  /* OBM 2.1 dropped Domain.domain_mail_server_id on its way. */
  gboolean has_default_server;
};

/**
 * ObmQuestion21:
 * @store: the store
 * @domain: where to look
 * @search: the criteria and the order
 *
 * What is asked of a list.
 */
typedef struct {
  ObmStore21 *store;
  ObmDomain *domain;
  ObmSearch *search;
} ObmQuestion21;

GArray         *_obm_question_2_1_find           (const ObmQuestion21 *question,
                                                  guint           page,
                                                  guint           rows,
                                                  gint64         *length,
                                                  GError        **error);
void            _obm_question_2_1_bind_ids       (ObmStatement   *statement,
                                                  const GArray   *ids);
ObmPage        *_obm_question_2_1_new_page       (const GArray   *ids,
                                                  GHashTable     *table,
                                                  gint64          length,
                                                  guint           page,
                                                  guint           rows);
void            _obm_store_2_1_bind_domain       (ObmStatement   *statement,
                                                  const char     *condition,
                                                  ObmDomain      *domain);
char           *_obm_store_2_1_make_key          (const ObmRows  *rows,
                                                  guint           row,
                                                  guint           column);
ObmRoles        _obm_store_2_1_read_roles        (const ObmRows  *rows,
                                                  guint           row,
                                                  guint           column);
ObmPage        *_obm_store_2_1_list_mail_servers (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  ObmSearch      *search,
                                                  guint           page,
                                                  guint           rows,
                                                  GError        **error);
ObmMailServer  *_obm_store_2_1_get_mail_server   (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gint64          id,
                                                  GError        **error);
ObmPage        *_obm_store_2_1_list_hosts        (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  ObmSearch      *search,
                                                  guint           page,
                                                  guint           rows,
                                                  GError        **error);
gboolean        _obm_store_2_1_find_host         (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gint64          id,
                                                  ObmHost       **host,
                                                  GError        **error);
gboolean        _obm_store_2_1_transact          (ObmStore       *store,
                                                  gint64          host_id,
                                                  ObmStoreFunc    func,
                                                  gpointer        user_data,
                                                  GError        **error);
gboolean        _obm_store_2_1_insert_mail_server (ObmStore      *store,
                                                  ObmAccount     *author,
                                                  gint64          host_id,
                                                  ObmRoles        roles,
                                                  gint64         *id,
                                                  GError        **error);
gboolean        _obm_store_2_1_update_mail_server (ObmStore      *store,
                                                  ObmAccount     *author,
                                                  gint64          id,
                                                  ObmRoles        roles,
                                                  GError        **error);
gboolean        _obm_store_2_1_delete_mail_server (ObmStore      *store,
                                                  ObmAccount     *author,
                                                  gint64          id,
                                                  GError        **error);
ObmLinks       *_obm_store_2_1_get_links         (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gint64          id,
                                                  GError        **error);
ObmUpdateState *_obm_store_2_1_get_update_state  (ObmStore       *store,
                                                  ObmDomain      *domain,
                                                  gboolean        may_commit,
                                                  GError        **error);
GPtrArray      *_obm_store_2_1_list_pending_domains (ObmStore    *store,
                                                  GError        **error);
GStrv           _obm_store_2_1_get_update_arguments (ObmStore    *store,
                                                  ObmDomain      *domain);
gboolean        _obm_store_2_1_take_update_lock  (ObmStore       *store,
                                                  gboolean       *taken,
                                                  GError        **error);
gboolean        _obm_store_2_1_give_update_lock  (ObmStore       *store,
                                                  GError        **error);

G_END_DECLS
