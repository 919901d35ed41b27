/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"
#include "raw-server.h"

G_BEGIN_DECLS

/**
 * MockChange:
 *
 * The four routes that change something. The tests make host 7, "hote1", a mail server, or change number 12.
 */
typedef enum {
  MOCK_CREATE,
  MOCK_MODIFY,
  MOCK_DELETE,
  MOCK_COMMIT,
  MOCK_N_CHANGES,
} MockChange;

#define MOCK_HOST "{'id':7,'name':'hote1','ip':'192.162.0.1','fqdn':null}"
/* The roles the tests ask for, and others. */
#define MOCK_ROLES (OBM_ROLES_IMAP | OBM_ROLES_SMTP_OUT)
#define MOCK_WANTED "'imap':true,'smtp_in':false,'smtp_out':true"
#define MOCK_SEEN "'imap':false,'smtp_in':true,'smtp_out':false"
#define MOCK_NOTHING "'imap':false,'smtp_in':false,'smtp_out':false"
#define MOCK_OTHER "'imap':true,'smtp_in':true,'smtp_out':true"
#define MOCK_SERVER(etag, roles) \
  "{'id':12,'etag':'\\'" etag "\\'','host':" MOCK_HOST ",'domain':'d'," roles ",'editable':true}"
#define MOCK_BATCH(id, status, error) \
  "{'id':" id ",'status':'" status "','operationCount':1,'operationDone':0,'error':" error \
  ",'timestart':'2008-06-13T09:00:00.000+0000','timeend':null}"

/**
 * MockLoss:
 * @name: what happens
 * @head: how the answer begins; DUE stands for the status of a success
 * @body: (nullable): the rest, whose length is told; without it the head is all there is
 * @end: what follows
 *
 * A way to lose the answer to a change.
 */
typedef struct {
  const char *name;
  const char *head;
  const char *body;
  RawEnd end;
} MockLoss;

extern const MockLoss mock_losses[];
extern const guint mock_n_losses;

RawServer     *mock_change_server_new   (void);
const char    *mock_change_get_name     (MockChange       change);
const char    *mock_change_get_request  (MockChange       change);
guint          mock_change_get_due      (MockChange       change);
void           mock_change_accept       (MockChange       change,
                                         RawServer       *server);
gboolean       mock_change_lose         (MockChange       change,
                                         RawServer       *server,
                                         const MockLoss  *loss);
GObject       *mock_change_send         (MockChange       change,
                                         ObmBackend      *backend,
                                         const char      *etag,
                                         GCancellable    *cancellable,
                                         GError         **error);
ObmMailServer *mock_change_new_seen     (const char      *etag);

G_END_DECLS
