/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"

G_BEGIN_DECLS

/**
 * ObmWriteState:
 * @OBM_WRITE_IDLE: not sent yet
 * @OBM_WRITE_SENDING: sent, no answer yet
 * @OBM_WRITE_CHECKING: the answer was lost; what became of it is being read
 * @OBM_WRITE_DONE: the change is made
 * @OBM_WRITE_FAILED: it is not, and the error says why
 * @OBM_WRITE_NOT_DONE: the answer was lost, and everything is as before: it may be started again
 * @OBM_WRITE_UNKNOWN: the answer was lost, and what became of it cannot be read now: it may be checked again
 *
 * How far a change is.
 */
typedef enum {
  OBM_WRITE_IDLE,
  OBM_WRITE_SENDING,
  OBM_WRITE_CHECKING,
  OBM_WRITE_DONE,
  OBM_WRITE_FAILED,
  OBM_WRITE_NOT_DONE,
  OBM_WRITE_UNKNOWN,
} ObmWriteState;

#define OBM_TYPE_WRITE_STATE (obm_write_state_get_type ())

GType obm_write_state_get_type (void) G_GNUC_CONST;

#define OBM_TYPE_WRITE (obm_write_get_type ())

G_DECLARE_FINAL_TYPE (ObmWrite, obm_write, OBM, WRITE, GObject)

ObmWrite      *obm_write_new_create  (ObmBackend    *backend,
                                      ObmHost       *host,
                                      ObmRoles       roles);
ObmWrite      *obm_write_new_modify  (ObmBackend    *backend,
                                      ObmMailServer *seen,
                                      ObmRoles       wanted);
ObmWrite      *obm_write_new_delete  (ObmBackend    *backend,
                                      ObmMailServer *seen);
void           obm_write_start       (ObmWrite      *self);
void           obm_write_check       (ObmWrite      *self);
ObmWriteState  obm_write_get_state   (ObmWrite      *self);
const GError  *obm_write_get_error   (ObmWrite      *self);
ObmMailServer *obm_write_get_server  (ObmWrite      *self);
gboolean       obm_write_get_checked (ObmWrite      *self);
ObmLinks      *obm_write_dup_links   (ObmWrite      *self);

G_END_DECLS
