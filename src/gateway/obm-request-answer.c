/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-request-private.h"

#include "obm-error.h"
#include "obm-json.h"

/* What a client is told to wait when the database cannot be used, in seconds. */
#define UNAVAILABLE_S 5

/*
 * The answer of a request.
 */

/* The seconds a client is told to wait, or 0. */
static guint
get_retry_after (const GError *error)
{
  return g_error_matches (error, OBM_ERROR, OBM_ERROR_DATABASE_UNAVAILABLE) ? UNAVAILABLE_S
                                                                            : obm_error_get_retry_after (error);
}

/**
 * obm_request_set_header:
 * @self: a request
 * @name: a literal
 * @value: the value that header of the answer has
 */
void
obm_request_set_header (ObmRequest *self, const char *name, const char *value)
{
  g_hash_table_replace (self->headers, (gpointer) name, g_strdup (value));
}

/**
 * obm_request_answer:
 * @self: a request
 * @status: an HTTP status
 * @body: (nullable): the body; %NULL for none
 */
void
obm_request_answer (ObmRequest *self, guint status, JsonNode *body)
{
  self->status = status;
  g_free (self->body);
  self->body = body ? obm_json_to_string (body) : NULL;
}

/**
 * obm_request_fail:
 * @self: a request
 * @error: what went wrong
 *
 * Answers with the error, its body if it has one of its own, and the headers that go with it.
 */
void
obm_request_fail (ObmRequest *self, const GError *error)
{
  JsonObject *own = obm_error_get_body (error);
  g_autoptr (JsonNode) body = own ? json_node_init_object (json_node_alloc (), own)
                                  : obm_error_to_json (error);
  guint retry_after = get_retry_after (error);

  if (g_error_matches (error, OBM_ERROR, OBM_ERROR_CREDENTIALS_INVALID))
    obm_request_set_header (self, "WWW-Authenticate", "Basic realm=\"OBM\", charset=\"UTF-8\"");
  if (retry_after > 0)
    {
      g_autofree char *seconds = g_strdup_printf ("%u", retry_after);

      obm_request_set_header (self, "Retry-After", seconds);
    }
  obm_request_answer (self, obm_error_get_status (error), body);
}

/**
 * obm_request_get_status:
 * @self: a request
 *
 * Returns: the status of the answer, 0 as long as there is none
 */
guint
obm_request_get_status (ObmRequest *self)
{
  return self->status;
}

/**
 * obm_request_get_delay:
 * @self: a request
 *
 * Returns: for how long the answer is to be held back, in milliseconds
 */
guint
obm_request_get_delay (ObmRequest *self)
{
  return self->delay;
}

/**
 * obm_request_set_delay:
 * @self: a request
 * @delay: for how long the answer is to be held back, in milliseconds
 */
void
obm_request_set_delay (ObmRequest *self, guint delay)
{
  self->delay = delay;
}

/**
 * obm_request_get_body:
 * @self: a request
 *
 * Returns: (nullable): the body of the answer, JSON
 */
const char *
obm_request_get_body (ObmRequest *self)
{
  return self->body;
}

/**
 * obm_request_foreach_header:
 * @self: a request
 * @func: (scope call): called with each header of the answer
 * @user_data: user data
 */
void
obm_request_foreach_header (ObmRequest *self, ObmHeaderFunc func, gpointer user_data)
{
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    func (name, value, user_data);
}
