/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-update-state.h"

G_BEGIN_DECLS

/**
 * ObmUpdateResult:
 * @OBM_UPDATE_RESULT_NONE: nothing was started from here, it is not over yet, or its result was acknowledged
 * @OBM_UPDATE_RESULT_APPLIED: what waited is applied
 * @OBM_UPDATE_RESULT_FAILED: the update command failed
 * @OBM_UPDATE_RESULT_BUSY: it was not started, because another run is in progress
 * @OBM_UPDATE_RESULT_UNKNOWN: it may have been started, but what became of it cannot be told
 * @OBM_UPDATE_RESULT_REFUSED: it was not started
 *
 * What became of the run started from here.
 */
typedef enum {
  OBM_UPDATE_RESULT_NONE,
  OBM_UPDATE_RESULT_APPLIED,
  OBM_UPDATE_RESULT_FAILED,
  OBM_UPDATE_RESULT_BUSY,
  OBM_UPDATE_RESULT_UNKNOWN,
  OBM_UPDATE_RESULT_REFUSED,
} ObmUpdateResult;

#define OBM_TYPE_UPDATE_RESULT (obm_update_result_get_type ())

GType obm_update_result_get_type (void) G_GNUC_CONST;

/**
 * ObmUpdatePhase:
 * @OBM_UPDATE_PHASE_NONE: there is no run, or it is over
 * @OBM_UPDATE_PHASE_READING: the state is read, to know the runs there were before
 * @OBM_UPDATE_PHASE_SENDING: the run is asked for
 * @OBM_UPDATE_PHASE_LOST: the answer to that was lost
 * @OBM_UPDATE_PHASE_FOLLOWING: it is in progress
 *
 * How far a run is.
 */
typedef enum {
  OBM_UPDATE_PHASE_NONE,
  OBM_UPDATE_PHASE_READING,
  OBM_UPDATE_PHASE_SENDING,
  OBM_UPDATE_PHASE_LOST,
  OBM_UPDATE_PHASE_FOLLOWING,
} ObmUpdatePhase;

/**
 * ObmUpdateNext:
 * @OBM_UPDATE_NEXT_NOTHING: nothing
 * @OBM_UPDATE_NEXT_SEND: ask for the run
 * @OBM_UPDATE_NEXT_ASK: ask for its batch
 *
 * What is to be done for a run.
 */
typedef enum {
  OBM_UPDATE_NEXT_NOTHING,
  OBM_UPDATE_NEXT_SEND,
  OBM_UPDATE_NEXT_ASK,
} ObmUpdateNext;

/**
 * ObmUpdateRun:
 * @phase: how far it is
 * @batch_id: the batch that is followed; until then the last one there was before; 0 for none
 * @result: what became of it
 * @text: (nullable): details for people
 * @error: (nullable): the error behind the result
 *
 * A run of the update command, from the wish to the result. All zero is none.
 */
typedef struct {
  ObmUpdatePhase phase;
  gint64 batch_id;
  ObmUpdateResult result;
  char *text;
  GError *error;
} ObmUpdateRun;

void          obm_update_run_clear (ObmUpdateRun   *run);
void          obm_update_run_begin (ObmUpdateRun   *run);
void          obm_update_run_sent  (ObmUpdateRun   *run,
                                    ObmBatch       *batch,
                                    const GError   *error);
ObmUpdateNext obm_update_run_read  (ObmUpdateRun   *run,
                                    ObmUpdateState *state,
                                    const GError   *error);
void          obm_update_run_asked (ObmUpdateRun   *run,
                                    ObmBatch       *batch,
                                    const GError   *error);

G_END_DECLS
