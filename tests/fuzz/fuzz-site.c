/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz-site.h"

#include <stdlib.h>

#include "fuzz-store.h"
#include "obm-router.h"
#include "obm-routes.h"

/* What the gateway says in good order would only slow it down; what is worse ends the run. */
static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  if ((level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)) == 0)
    return G_LOG_WRITER_HANDLED;

  g_log_writer_default (level, fields, n_fields, user_data);
  /* By a signal that libFuzzer sees, so that it keeps the input. */
  abort ();
}

static ObmRouter *
get_router (void)
{
  static ObmRouter *router;

  if (router == NULL)
    {
      g_autoptr (ObmStore) store = fuzz_store_new ();

      g_log_set_writer_func (write_log, NULL, NULL);
      router = obm_router_new (&(ObmSite) { store, NULL }, obm_routes, obm_n_routes,
                               OBM_RIGHTS_READ | OBM_RIGHTS_WRITE);
    }

  return router;
}

/**
 * fuzz_answer:
 * @request: a request
 *
 * Has the gateway's router answer it, and demands an answer that the contract knows: a status that is nobody's
 * fault but the client's, and JSON with a type where it is an error.
 */
void
fuzz_answer (ObmRequest *request)
{
  g_autoptr (JsonNode) node = NULL;
  const char *body;
  guint status;

  obm_router_answer (get_router (), request);

  status = obm_request_get_status (request);
  body = obm_request_get_body (request);
  g_assert (status >= 200 && status < 500);
  g_assert (body != NULL || status == 204);
  if (body == NULL)
    return;

  g_assert (g_utf8_validate (body, -1, NULL));
  node = json_from_string (body, NULL);
  /* Only the list of domains is an array. */
  g_assert (node != NULL && (JSON_NODE_HOLDS_OBJECT (node) || (JSON_NODE_HOLDS_ARRAY (node) && status == 200)));
  g_assert (status < 400 || json_object_get_string_member_with_default (json_node_get_object (node), "type", NULL));
}
