/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-batch.h"
#include "obm-roles.h"

G_BEGIN_DECLS

/* How many changes an answer lists; all are counted. */
#define OBM_UPDATE_STATE_MAX_CHANGES 100

/**
 * ObmChangeAction:
 *
 * How a saved mail server differs from its production copy.
 */
typedef enum {
  OBM_CHANGE_CREATED,
  OBM_CHANGE_UPDATED,
  OBM_CHANGE_DELETED,
} ObmChangeAction;

#define OBM_N_CHANGE_ACTIONS 3

/**
 * ObmChange:
 * @action: what happened; decides which of @before and @after count
 * @host: (nullable): the host's name
 * @domain: (nullable): the key of its domain
 * @before: the roles in production
 * @after: the roles saved
 *
 * One mail server that waits for an update.
 */
typedef struct {
  ObmChangeAction action;
  char *host;
  char *domain;
  ObmRoles before;
  ObmRoles after;
} ObmChange;

#define OBM_TYPE_UPDATE_STATE (obm_update_state_get_type ())

G_DECLARE_FINAL_TYPE (ObmUpdateState, obm_update_state, OBM, UPDATE_STATE, GObject)

ObmUpdateState  *obm_update_state_new            (gboolean         flagged,
                                                  ObmUpdateStatus  status,
                                                  gboolean         may_commit);
ObmUpdateState  *obm_update_state_new_from_json  (JsonObject      *object,
                                                  GError         **error);
JsonObject      *obm_update_state_to_json        (ObmUpdateState  *self);
void             obm_update_state_add_change     (ObmUpdateState  *self,
                                                  ObmChangeAction  action,
                                                  const char      *host,
                                                  const char      *domain,
                                                  ObmRoles         before,
                                                  ObmRoles         after);
gboolean         obm_update_state_get_pending    (ObmUpdateState  *self);
gboolean         obm_update_state_get_other      (ObmUpdateState  *self);
ObmUpdateStatus  obm_update_state_get_status     (ObmUpdateState  *self);
gboolean         obm_update_state_get_may_commit (ObmUpdateState  *self);
ObmBatch        *obm_update_state_get_batch      (ObmUpdateState  *self);
void             obm_update_state_set_run        (ObmUpdateState  *self,
                                                  ObmUpdateStatus  status,
                                                  ObmBatch        *batch);
gint64           obm_update_state_get_count      (ObmUpdateState  *self,
                                                  ObmChangeAction  action);
guint            obm_update_state_get_n_changes  (ObmUpdateState  *self);
const ObmChange *obm_update_state_get_change     (ObmUpdateState  *self,
                                                  guint            index);

G_END_DECLS
