/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What a backend answers to somebody who signs in. */
#define MOCK_DOMAINS \
  "[{'id':'d','url':'/domains/d','name':'exemple.fr','label':null,'global':false,'own':true}]"
#define MOCK_SESSION \
  "{'login':'admin1','profile':'admin','domain':'d','rights':{'read':true,'write':true,'commit':true}}"
#define MOCK_UPDATE \
  "{'pending':false,'other':false,'status':'IDLE','may_commit':true," \
  "'counts':{'created':0,'updated':0,'deleted':0},'changes':[],'batch':null}"

typedef struct _MockServer MockServer;

/* Answers a request, in the server's thread. */
typedef void (*MockFunc) (SoupServerMessage *message, const char *query, gpointer user_data);

MockServer *mock_server_new            (GTlsCertificate *certificate);
void        mock_server_free           (MockServer      *self);
const char *mock_server_get_address    (MockServer      *self);
guint       mock_server_get_port       (MockServer      *self);
void        mock_server_answer         (MockServer      *self,
                                        const char      *path,
                                        guint            status,
                                        const char      *headers,
                                        const char      *body);
void        mock_server_handle         (MockServer      *self,
                                        const char      *path,
                                        MockFunc         func,
                                        gpointer         user_data);
guint       mock_server_count_requests (MockServer      *self,
                                        const char      *path);
char       *mock_server_dup_log        (MockServer      *self);
void        mock_server_hold           (MockServer      *self,
                                        const char      *path);
guint       mock_server_count_held     (MockServer      *self);
void        mock_server_release_first  (MockServer      *self);
void        mock_server_release        (MockServer      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockServer, mock_server_free)

G_END_DECLS
