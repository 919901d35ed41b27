/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"

G_BEGIN_DECLS

/**
 * ObmWriteKind:
 *
 * The three changes of the contract.
 */
typedef enum {
  OBM_WRITE_CREATE,
  OBM_WRITE_MODIFY,
  OBM_WRITE_DELETE,
} ObmWriteKind;

/**
 * ObmWriteWish:
 * @kind: the change
 * @id: the mail server; the host when one is created
 * @name: (nullable): the host's name when one is created
 * @etag: (nullable): the entity tag of the mail server as it was seen
 * @roles: what the mail server is to do
 *
 * What was asked for.
 */
typedef struct {
  ObmWriteKind kind;
  gint64 id;
  char *name;
  char *etag;
  ObmRoles roles;
} ObmWriteWish;

/**
 * ObmWriteFinding:
 * @OBM_WRITE_FOUND_NOTHING: it could not be read
 * @OBM_WRITE_FOUND_DONE: everything is as wished
 * @OBM_WRITE_FOUND_AS_BEFORE: everything is as it was seen
 * @OBM_WRITE_FOUND_OTHERWISE: others changed it meanwhile
 *
 * What became of a change whose answer was lost.
 */
typedef enum {
  OBM_WRITE_FOUND_NOTHING,
  OBM_WRITE_FOUND_DONE,
  OBM_WRITE_FOUND_AS_BEFORE,
  OBM_WRITE_FOUND_OTHERWISE,
} ObmWriteFinding;

void            obm_write_wish_clear   (ObmWriteWish         *wish);
void            obm_write_check_async  (ObmBackend           *backend,
                                        const ObmWriteWish   *wish,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
ObmWriteFinding obm_write_check_finish (ObmBackend           *backend,
                                        GAsyncResult         *result,
                                        ObmMailServer       **server,
                                        GError              **error);

G_END_DECLS
