/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-content.h"

#include "obm-error.h"
#include "obm-json.h"

struct _ObmContent
{
  char *type;
  GBytes *bytes;
};

/**
 * obm_content_new:
 * @type: (nullable): its media type, as it came
 * @bytes: (nullable): the body; %NULL for one of more than %OBM_CONTENT_MAX bytes
 *
 * Returns: (transfer full): the body of a request
 */
ObmContent *
obm_content_new (const char *type, GBytes *bytes)
{
  ObmContent *self = g_new0 (ObmContent, 1);

  self->type = g_strdup (type);
  self->bytes = bytes ? g_bytes_ref (bytes) : NULL;

  return self;
}

/**
 * obm_content_free:
 * @self: the body of a request
 */
void
obm_content_free (ObmContent *self)
{
  g_free (self->type);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* Parameters, such as a charset, change nothing: JSON is UTF-8. */
static gboolean
is_json (const char *type)
{
  g_autofree char *media = NULL;

  if (type == NULL)
    return FALSE;

  media = g_strndup (type, strcspn (type, ";"));

  return g_ascii_strcasecmp (g_strstrip (media), "application/json") == 0;
}

static JsonNode *
fail (GError **error, ObmError code, const char *message)
{
  g_propagate_error (error, obm_error_new (code, NULL, "%s", message));

  return NULL;
}

/**
 * obm_content_parse:
 * @self: (nullable): the body of a request
 * @error: return location
 *
 * Reads a JSON object.
 *
 * Returns: (transfer full): the object; %NULL with %OBM_ERROR_MEDIA_UNSUPPORTED, %OBM_ERROR_BODY_TOO_LARGE or
 *   %OBM_ERROR_BODY_MALFORMED, looked for in this order
 */
JsonNode *
obm_content_parse (const ObmContent *self, GError **error)
{
  g_autoptr (JsonNode) root = NULL;
  const char *text;
  gsize length;

  if (self == NULL || !is_json (self->type))
    return fail (error, OBM_ERROR_MEDIA_UNSUPPORTED, "The body must be application/json");
  if (self->bytes == NULL)
    return fail (error, OBM_ERROR_BODY_TOO_LARGE, "The body is larger than 64 KiB");

  text = g_bytes_get_data (self->bytes, &length);
  root = obm_json_parse (text, length, NULL);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return fail (error, OBM_ERROR_BODY_MALFORMED, "The body is not a JSON object");

  return g_steal_pointer (&root);
}
