/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-run.h"

#include "obm-error.h"

/*
 * What the backend's answers mean for a run that was started from here. The state is read before the run is
 * asked for: should that answer be lost, a batch that was not there before is the run's, and another run can
 * be told from it.
 */

G_DEFINE_ENUM_TYPE (ObmUpdateResult, obm_update_result,
                    G_DEFINE_ENUM_VALUE (OBM_UPDATE_RESULT_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (OBM_UPDATE_RESULT_APPLIED, "applied"),
                    G_DEFINE_ENUM_VALUE (OBM_UPDATE_RESULT_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (OBM_UPDATE_RESULT_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (OBM_UPDATE_RESULT_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (OBM_UPDATE_RESULT_REFUSED, "refused"))

/**
 * obm_update_run_clear:
 * @run: a run
 *
 * Forgets it, whatever became of it.
 */
void
obm_update_run_clear (ObmUpdateRun *run)
{
  g_clear_pointer (&run->text, g_free);
  g_clear_error (&run->error);
  *run = (ObmUpdateRun) { 0 };
}

/**
 * obm_update_run_begin:
 * @run: a run that is over
 *
 * Begins another one.
 */
void
obm_update_run_begin (ObmUpdateRun *run)
{
  obm_update_run_clear (run);
  run->phase = OBM_UPDATE_PHASE_READING;
}

static void
end (ObmUpdateRun *run, ObmUpdateResult result, const char *text, const GError *error)
{
  obm_update_run_clear (run);
  run->result = result;
  run->text = g_strdup (text ? text : error ? error->message : NULL);
  run->error = error ? g_error_copy (error) : NULL;
}

static void
follow (ObmUpdateRun *run, ObmBatch *batch)
{
  switch (obm_batch_get_status (batch))
    {
    case OBM_UPDATE_STATUS_SUCCESS:
      end (run, OBM_UPDATE_RESULT_APPLIED, NULL, NULL);
      break;
    case OBM_UPDATE_STATUS_ERROR:
      end (run, OBM_UPDATE_RESULT_FAILED, obm_batch_get_error (batch), NULL);
      break;
    case OBM_UPDATE_STATUS_IDLE:
    case OBM_UPDATE_STATUS_RUNNING:
    default:
      run->phase = OBM_UPDATE_PHASE_FOLLOWING;
      run->batch_id = obm_batch_get_id (batch);
    }
}

/**
 * obm_update_run_sent:
 * @run: a run that was asked for
 * @batch: (nullable): the answer
 * @error: (nullable): why there is none
 *
 * Takes the answer.
 */
void
obm_update_run_sent (ObmUpdateRun *run, ObmBatch *batch, const GError *error)
{
  if (batch != NULL)
    follow (run, batch);
  else if (g_error_matches (error, OBM_ERROR, OBM_ERROR_OUTCOME_UNKNOWN))
    run->phase = OBM_UPDATE_PHASE_LOST;
  else if (g_error_matches (error, OBM_ERROR, OBM_ERROR_UPDATE_RUNNING))
    end (run, OBM_UPDATE_RESULT_BUSY, NULL, error);
  else
    end (run, OBM_UPDATE_RESULT_REFUSED, NULL, error);
}

/* The answer was lost; @state was read since. */
static void
look_for (ObmUpdateRun *run, ObmUpdateState *state, ObmBatch *batch)
{
  if (batch != NULL && obm_batch_get_id (batch) != run->batch_id)
    follow (run, batch);
  else if (obm_update_state_get_status (state) == OBM_UPDATE_STATUS_RUNNING)
    end (run, OBM_UPDATE_RESULT_BUSY, NULL, NULL);
  else
    end (run, OBM_UPDATE_RESULT_UNKNOWN, NULL, NULL);
}

/**
 * obm_update_run_read:
 * @run: a run
 * @state: (nullable): the state, asked for after the last thing that happened to @run
 * @error: (nullable): why it could not be read
 *
 * Takes what the state says of the run.
 *
 * Returns: what is to be done now
 */
ObmUpdateNext
obm_update_run_read (ObmUpdateRun *run, ObmUpdateState *state, const GError *error)
{
  ObmBatch *batch = state ? obm_update_state_get_batch (state) : NULL;
  gint64 id = batch ? obm_batch_get_id (batch) : 0;

  switch (run->phase)
    {
    case OBM_UPDATE_PHASE_READING:
      if (state == NULL)
        {
          end (run, OBM_UPDATE_RESULT_REFUSED, NULL, error);
          return OBM_UPDATE_NEXT_NOTHING;
        }
      run->phase = OBM_UPDATE_PHASE_SENDING;
      run->batch_id = id;
      return OBM_UPDATE_NEXT_SEND;

    case OBM_UPDATE_PHASE_LOST:
      if (state == NULL)
        end (run, OBM_UPDATE_RESULT_UNKNOWN, NULL, error);
      else
        look_for (run, state, batch);
      return OBM_UPDATE_NEXT_NOTHING;

    case OBM_UPDATE_PHASE_FOLLOWING:
      if (state == NULL)
        return OBM_UPDATE_NEXT_NOTHING;
      if (id != run->batch_id)
        return OBM_UPDATE_NEXT_ASK;
      follow (run, batch);
      return OBM_UPDATE_NEXT_NOTHING;

    case OBM_UPDATE_PHASE_NONE:
    case OBM_UPDATE_PHASE_SENDING:
    default:
      return OBM_UPDATE_NEXT_NOTHING;
    }
}

/**
 * obm_update_run_asked:
 * @run: a run that is followed
 * @batch: (nullable): its batch
 * @error: (nullable): why it could not be read
 *
 * Takes what the batch says of the run. A batch that is unknown was one before the backend was restarted.
 */
void
obm_update_run_asked (ObmUpdateRun *run, ObmBatch *batch, const GError *error)
{
  if (batch != NULL)
    follow (run, batch);
  else if (g_error_matches (error, OBM_ERROR, OBM_ERROR_REFERENCE_UNKNOWN))
    end (run, OBM_UPDATE_RESULT_UNKNOWN, NULL, error);
}
