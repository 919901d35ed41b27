/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-roles.h"

G_BEGIN_DECLS

/**
 * ObmSearchKind:
 *
 * What is searched: each kind has its own criteria and sort keys.
 */
typedef enum {
  OBM_SEARCH_MAIL_SERVERS,
  OBM_SEARCH_HOSTS,
} ObmSearchKind;

/**
 * ObmSort:
 *
 * What a list is sorted by. @OBM_SORT_NAME is the host's name, "host" in the query for mail servers.
 */
typedef enum {
  OBM_SORT_NAME,
  OBM_SORT_IP,
  OBM_SORT_IMAP,
  OBM_SORT_SMTP_IN,
  OBM_SORT_SMTP_OUT,
} ObmSort;

#define OBM_TYPE_SEARCH (obm_search_get_type ())

G_DECLARE_FINAL_TYPE (ObmSearch, obm_search, OBM, SEARCH, GObject)

ObmSearch    *obm_search_new            (ObmSearchKind kind);
ObmSearch    *obm_search_copy           (ObmSearch    *self);
ObmSearchKind obm_search_get_kind       (ObmSearch    *self);
const char   *obm_search_get_name       (ObmSearch    *self);
void          obm_search_set_name       (ObmSearch    *self,
                                         const char   *name);
const char   *obm_search_get_ip         (ObmSearch    *self);
void          obm_search_set_ip         (ObmSearch    *self,
                                         const char   *ip);
ObmRoles      obm_search_get_with       (ObmSearch    *self);
ObmRoles      obm_search_get_without    (ObmSearch    *self);
void          obm_search_set_roles      (ObmSearch    *self,
                                         ObmRoles      with,
                                         ObmRoles      without);
gboolean      obm_search_get_available  (ObmSearch    *self);
void          obm_search_set_available  (ObmSearch    *self,
                                         gboolean      available);
ObmSort       obm_search_get_sort       (ObmSearch    *self);
gboolean      obm_search_get_descending (ObmSearch    *self);
void          obm_search_set_order      (ObmSearch    *self,
                                         ObmSort       sort,
                                         gboolean      descending);

G_END_DECLS
