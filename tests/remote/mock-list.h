/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mock-server.h"
#include "obm-remote-list.h"

G_BEGIN_DECLS

#define MOCK_LIST_PATH "/v1/d/mailservers"

/**
 * MockList:
 * @length: how many mail servers there are
 * @answered_length: if not negative, how many the answers say there are
 * @first_id: the id of the mail server at position 0, the others count up
 * @failing_page: the page that cannot be read; 0: none, -1: all
 * @missing: how many rows are left out at the end of each page
 * @version: stands in every host's name
 *
 * Mail servers made on demand. Atomic: the server's thread reads it.
 */
typedef struct {
  int length;
  int answered_length;
  int first_id;
  int failing_page;
  int missing;
  int version;
} MockList;

#define mock_list_set(list, member, value) g_atomic_int_set (&(list)->member, value)

void           mock_list_serve   (MockList      *self,
                                  MockServer    *server,
                                  int            length);
ObmRemoteList *mock_list_search  (MockServer    *server,
                                  const char    *name);
void           mock_list_find    (ObmRemoteList *list,
                                  const char    *name);
ObmRemoteRow  *mock_list_get_row (ObmRemoteList *list,
                                  guint          position);
const char    *mock_list_name_of (ObmRemoteRow  *row);
void           mock_list_settle  (ObmRemoteList *list);

G_END_DECLS
