/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-routes-private.h"

#include "obm-error.h"

/*
 * The routes of the post-it: what waits, and the batches that apply it.
 */

static gboolean
may_commit (ObmRequest *request)
{
  return (obm_request_get_rights (request) & OBM_RIGHTS_COMMIT) != 0;
}

/* What the command wrote is only for those who may run it. */
static void
hide_error (ObmRequest *request, ObmBatch *batch)
{
  if (batch != NULL && !may_commit (request))
    obm_batch_set_error (batch, NULL);
}

/* Adds what the runner knows to what the store does. */
static void
merge_run (ObmRequest *request, ObmUpdateState *state, ObmUpdateStatus last, ObmBatch *batch)
{
  gboolean foreign = obm_update_state_get_status (state) == OBM_UPDATE_STATUS_RUNNING &&
                     last != OBM_UPDATE_STATUS_RUNNING;

  hide_error (request, batch);
  if (!foreign)
    obm_update_state_set_run (state, last, batch);
}

gboolean
_obm_routes_get_update (const ObmSite *site, ObmRequest *request, GError **error)
{
  ObmDomain *domain = obm_request_get_domain (request);
  ObmUpdateStatus last = OBM_UPDATE_STATUS_IDLE;
  g_autoptr (ObmUpdateState) state = NULL;
  g_autoptr (ObmBatch) batch = NULL;

  if (!_obm_routes_refuse_query (request, error))
    return FALSE;

  /* The runner first: a batch that it says is over has given the lock back before. */
  if (site->runner != NULL)
    last = obm_update_runner_get_last (site->runner, domain, &batch);
  state = obm_store_get_update_state (site->store, domain, may_commit (request), error);
  if (state == NULL)
    return FALSE;

  merge_run (request, state, last, batch);
  _obm_routes_answer (request, 200, obm_update_state_to_json (state));

  return TRUE;
}

gboolean
_obm_routes_post_update (const ObmSite *site, ObmRequest *request, GError **error)
{
  ObmDomain *domain = obm_request_get_domain (request);
  g_autoptr (JsonNode) body = obm_content_parse (obm_request_get_content (request), error);
  g_autoptr (ObmBatch) batch = NULL;
  g_autofree char *key = NULL;
  g_autofree char *location = NULL;

  if (body == NULL || !_obm_routes_refuse_query (request, error))
    return FALSE;
  if (site->runner == NULL)
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_UPDATE_UNAVAILABLE, NULL,
                                               "No update command is configured"));
      return FALSE;
    }

  batch = obm_update_runner_start (site->runner, domain, obm_request_get_account (request), error);
  if (batch == NULL)
    return FALSE;

  key = g_uri_escape_string (obm_domain_get_id (domain), NULL, FALSE);
  location = g_strdup_printf ("/v1/%s/batches/%" G_GINT64_FORMAT, key, obm_batch_get_id (batch));
  obm_request_set_header (request, "Location", location);
  _obm_routes_answer (request, 202, obm_batch_to_json (batch));

  return TRUE;
}

gboolean
_obm_routes_get_batch (const ObmSite *site, ObmRequest *request, GError **error)
{
  ObmBatch *batch = obm_request_get_batch (request);

  if (!_obm_routes_refuse_query (request, error))
    return FALSE;

  hide_error (request, batch);
  _obm_routes_answer (request, 200, obm_batch_to_json (batch));

  return TRUE;
}
