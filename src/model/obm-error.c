/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-error.h"

#include "obm-json.h"

/*
 * The one error domain, from the gateway's statements to the sentence in a dialog. An error carries, besides its
 * code, what the contract lets an answer say: the field at fault, the seconds to wait, and the whole JSON body (for
 * the links that stop a deletion, or the mail server as it is now).
 */
typedef struct {
  char *field;
  JsonNode *body;
  guint retry_after;
} ObmErrorPrivate;

static void
obm_error_private_init (ObmErrorPrivate *priv)
{
}

static void
obm_error_private_copy (const ObmErrorPrivate *src, ObmErrorPrivate *dest)
{
  dest->field = g_strdup (src->field);
  dest->body = src->body ? json_node_ref (src->body) : NULL;
  dest->retry_after = src->retry_after;
}

static void
obm_error_private_clear (ObmErrorPrivate *priv)
{
  g_clear_pointer (&priv->field, g_free);
  g_clear_pointer (&priv->body, json_node_unref);
}

G_DEFINE_EXTENDED_ERROR (ObmError, obm_error)

static const struct {
  ObmError code;
  guint status;
  const char *type;
} types[] = {
  { OBM_ERROR_BODY_MALFORMED, 400, "body.malformed" },
  { OBM_ERROR_QUERY_INVALID, 400, "query.invalid" },
  { OBM_ERROR_CREDENTIALS_INVALID, 401, "credentials.invalid" },
  { OBM_ERROR_RIGHTS_INSUFFICIENT, 403, "rights.insufficient" },
  { OBM_ERROR_DOMAIN_FOREIGN, 403, "domain.foreign" },
  { OBM_ERROR_REFERENCE_UNKNOWN, 404, "reference.unknown" },
  { OBM_ERROR_METHOD_NOT_ALLOWED, 405, "method.not_allowed" },
  { OBM_ERROR_HOST_ALREADY_MAILSERVER, 409, "host.already_mailserver" },
  { OBM_ERROR_MAILSERVER_LINKED, 409, "mailserver.linked" },
  { OBM_ERROR_UPDATE_RUNNING, 409, "update.running" },
  { OBM_ERROR_MAILSERVER_CHANGED, 412, "mailserver.changed" },
  { OBM_ERROR_BODY_TOO_LARGE, 413, "body.too_large" },
  { OBM_ERROR_URI_TOO_LONG, 414, "uri.too_long" },
  { OBM_ERROR_MEDIA_UNSUPPORTED, 415, "media.unsupported" },
  { OBM_ERROR_HOST_INVALID, 422, "host.invalid" },
  { OBM_ERROR_HOST_IMMUTABLE, 422, "host.immutable" },
  { OBM_ERROR_ROLES_EMPTY, 422, "roles.empty" },
  { OBM_ERROR_PRECONDITION_REQUIRED, 428, "precondition.required" },
  { OBM_ERROR_REQUESTS_TOO_MANY, 429, "requests.too_many" },
  { OBM_ERROR_INTERNAL, 500, "internal" },
  { OBM_ERROR_UPDATE_UNAVAILABLE, 501, "update.unavailable" },
  { OBM_ERROR_DATABASE_UNAVAILABLE, 503, "database.unavailable" },
};

/* The code for an error type this version does not know: what its status says. */
static ObmError
code_from_status (guint status)
{
  /* Of several types with one status, the first is the general one, but for these. */
  if (status == 400)
    return OBM_ERROR_QUERY_INVALID;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].status == status)
      return types[i].code;

  return OBM_ERROR_INTERNAL;
}

/**
 * obm_error_new:
 * @code: the code
 * @field: (nullable): the member or query parameter at fault
 * @format: the message, in English, for people
 *
 * Returns: (transfer full): a new error of the domain %OBM_ERROR
 */
GError *
obm_error_new (ObmError code, const char *field, const char *format, ...)
{
  GError *error;
  va_list args;

  va_start (args, format);
  error = g_error_new_valist (OBM_ERROR, code, format, args);
  va_end (args);

  obm_error_get_private (error)->field = g_strdup (field);

  return error;
}

/**
 * obm_error_new_from_json:
 * @status: the HTTP status of the answer
 * @body: the answer, an object with a string member "type"
 *
 * Reads an error answer of the contract. A type that is not known is understood by its status.
 *
 * Returns: (transfer full) (nullable): the error, or %NULL when @body is not an error of the contract
 */
GError *
obm_error_new_from_json (guint status, JsonNode *body)
{
  JsonObject *object;
  const char *type, *message;
  ObmError code;
  GError *error;

  if (body == NULL || !JSON_NODE_HOLDS_OBJECT (body))
    return NULL;

  object = json_node_get_object (body);
  type = obm_json_get_string (object, "type");
  if (type == NULL)
    return NULL;

  code = code_from_status (status);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].type, type))
      code = types[i].code;

  message = obm_json_get_string (object, "message");
  error = obm_error_new (code, obm_json_get_string (object, "field"), "%s", message ? message : type);
  obm_error_get_private (error)->body = json_node_ref (body);

  return error;
}

/**
 * obm_error_to_json:
 * @error: an error; one of another domain is shown as "internal", without its message
 *
 * Returns: (transfer full): the contract's error object
 */
JsonNode *
obm_error_to_json (const GError *error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  const char *field = obm_error_get_field (error);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "type", obm_error_get_type_name (error));
  json_object_set_string_member (object, "message",
                                 error->domain == OBM_ERROR ? error->message : "Internal error");
  if (field != NULL)
    json_object_set_string_member (object, "field", field);
  json_node_set_object (node, object);

  return node;
}

/**
 * obm_error_get_type_name:
 * @error: an error
 *
 * Returns: the contract's type of @error; "internal" for what has none
 */
const char *
obm_error_get_type_name (const GError *error)
{
  if (error->domain == OBM_ERROR)
    for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
      if ((int) types[i].code == error->code)
        return types[i].type;

  return "internal";
}

/**
 * obm_error_get_status:
 * @error: an error
 *
 * Returns: the HTTP status that answers @error; 500 for what has none
 */
guint
obm_error_get_status (const GError *error)
{
  if (error->domain == OBM_ERROR)
    for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
      if ((int) types[i].code == error->code)
        return types[i].status;

  return 500;
}

/**
 * obm_error_get_field:
 * @error: an error
 *
 * Returns: (nullable): the member or parameter at fault
 */
const char *
obm_error_get_field (const GError *error)
{
  return error->domain == OBM_ERROR ? obm_error_get_private (error)->field : NULL;
}

/**
 * obm_error_get_body:
 * @error: an error
 *
 * Returns: (nullable) (transfer none): the whole error answer it was read from
 */
JsonObject *
obm_error_get_body (const GError *error)
{
  JsonNode *body = error->domain == OBM_ERROR ? obm_error_get_private (error)->body : NULL;

  return body ? json_node_get_object (body) : NULL;
}

/**
 * obm_error_get_retry_after:
 * @error: an error
 *
 * Returns: the seconds after which to try again, 0 if not known
 */
guint
obm_error_get_retry_after (const GError *error)
{
  return error->domain == OBM_ERROR ? obm_error_get_private (error)->retry_after : 0;
}

/**
 * obm_error_set_retry_after:
 * @error: an error of the domain %OBM_ERROR
 * @seconds: when to try again
 */
void
obm_error_set_retry_after (GError *error, guint seconds)
{
  g_return_if_fail (error->domain == OBM_ERROR);

  obm_error_get_private (error)->retry_after = seconds;
}
