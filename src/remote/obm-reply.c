/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-reply.h"

#include "obm-error.h"
#include "obm-json.h"

/*
 * What an answer means. Three questions in turn: does the API speak at all (a portal, a proxy or a web server
 * may stand there instead), does it report an error, is it the JSON it should be.
 */

#define MAX_RETRY_AFTER (24 * 60 * 60)
#define MAX_MESSAGE_CHARS 500

static gboolean
is_json (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_ascii_strcasecmp (type, "application/json") == 0;
}

/* No answer of the contract: a gateway in between that finds nobody, or something else altogether. */
static GError *
foreign (guint status)
{
  if (status == SOUP_STATUS_BAD_GATEWAY || status == SOUP_STATUS_SERVICE_UNAVAILABLE ||
      status == SOUP_STATUS_GATEWAY_TIMEOUT)
    return obm_error_new (OBM_ERROR_UNREACHABLE, NULL, "Status %u from a gateway in between", status);

  return obm_error_new (OBM_ERROR_NOT_THE_API, NULL, "Status %u, and not an answer of the API", status);
}

/* Seconds from a Retry-After of either form, 0 if there is none that makes sense. */
static guint
get_retry_after (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  const char *value = soup_message_headers_get_one (headers, "Retry-After");
  g_autoptr (GDateTime) date = NULL, now = NULL;
  guint64 seconds;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return MIN (seconds, MAX_RETRY_AFTER);

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;
  now = g_date_time_new_now_utc ();

  return CLAMP (g_date_time_difference (date, now) / G_TIME_SPAN_SECOND, 0, MAX_RETRY_AFTER);
}

/* The server's words may reach a log or a details pane: one bounded line, nothing that moves a cursor. */
static void
clean_message (GError *error)
{
  GString *clean = g_string_new (NULL);
  glong n_chars = 0;

  for (const char *c = error->message; *c != '\0' && n_chars < MAX_MESSAGE_CHARS; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);
      GUnicodeType type = g_unichar_type (character);

      if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR ||
          type == G_UNICODE_PARAGRAPH_SEPARATOR)
        character = ' ';
      g_string_append_unichar (clean, character);
      n_chars++;
    }

  g_free (error->message);
  error->message = g_string_free (clean, FALSE);
}

/**
 * obm_reply_explain:
 * @error: why libsoup has no whole answer
 * @answered: whether the head of one had come
 *
 * Returns: (transfer full): what that means to the caller, in the domain %OBM_ERROR
 */
GError *
obm_reply_explain (const GError *error, gboolean answered)
{
  ObmError code = OBM_ERROR_UNREACHABLE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    code = OBM_ERROR_TIMEOUT;
  else if (error->domain == G_TLS_ERROR && error->code != G_TLS_ERROR_EOF)
    code = OBM_ERROR_TLS;
  else if (error->domain == SOUP_SESSION_ERROR)
    code = answered ? OBM_ERROR_REPLY_MALFORMED : OBM_ERROR_NOT_THE_API;
  else if (answered && error->domain == G_IO_ERROR &&
           (error->code == G_IO_ERROR_PARTIAL_INPUT || error->code == G_IO_ERROR_INVALID_DATA ||
            error->code == G_IO_ERROR_INVALID_ARGUMENT)) /* a chunk's size, since libsoup 3.8 */
    code = OBM_ERROR_REPLY_MALFORMED;

  return obm_error_new (code, NULL, "%s", error->message);
}

/**
 * obm_reply_is_definite:
 * @message: a message that was to change something
 * @error: what was answered, or why nothing was
 *
 * Only the API itself can say that a change was not made, and only with a status that stands for that:
 * something in between knows nothing of it, and a fault of the backend may have come after the change.
 *
 * Returns: whether the change was certainly not made
 */
gboolean
obm_reply_is_definite (SoupMessage *message, const GError *error)
{
  guint status = soup_message_get_status (message);
  JsonObject *body = obm_error_get_body (error);

  if (body == NULL)
    return FALSE;
  if (SOUP_STATUS_IS_CLIENT_ERROR (status))
    return TRUE;

  /* Of the others, just what is known by name: a type of a later version may mean anything. */
  return (status == SOUP_STATUS_NOT_IMPLEMENTED || status == SOUP_STATUS_SERVICE_UNAVAILABLE) &&
         status == obm_error_get_status (error) &&
         g_strcmp0 (obm_json_get_string (body, "type"), obm_error_get_type_name (error)) == 0;
}

/**
 * obm_reply_check_head:
 * @message: a message whose status and headers have come
 * @due: the status of a success
 * @error: return location
 *
 * Looks at what can be known before the body is read.
 *
 * Returns: whether the body is worth reading; if not, %OBM_ERROR_NOT_THE_API, %OBM_ERROR_UNREACHABLE or
 *   %OBM_ERROR_REPLY_MALFORMED
 */
gboolean
obm_reply_check_head (SoupMessage *message, guint due, GError **error)
{
  guint status = soup_message_get_status (message);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  gboolean empty = soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
                   soup_message_headers_get_content_length (headers) == 0;
  gboolean untyped = soup_message_headers_get_one (headers, "Content-Type") == NULL;

  if (status == SOUP_STATUS_NO_CONTENT && status == due)
    return TRUE;
  if (status < 200 || (status >= 300 && status < 400) ||
      (!is_json (message) && !(status == due && empty && untyped)))
    {
      g_propagate_error (error, foreign (status));
      return FALSE;
    }
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH &&
      soup_message_headers_get_content_length (headers) > OBM_REPLY_MAX_SIZE)
    {
      g_propagate_error (error, obm_reply_too_large ());
      return FALSE;
    }

  return TRUE;
}

/**
 * obm_reply_check_body:
 * @message: a message that was answered
 * @due: the status of a success
 * @body: (nullable): the answer's body, %NULL if it is no JSON
 * @error: return location
 *
 * Looks at a whole answer. The message of an error is the server's, cleaned: detail for people, never the
 * sentence they are shown.
 *
 * Returns: whether @body is the JSON of a success; if not, the contract's error, %OBM_ERROR_REPLY_MALFORMED,
 *   %OBM_ERROR_NOT_THE_API or %OBM_ERROR_UNREACHABLE
 */
gboolean
obm_reply_check_body (SoupMessage *message, guint due, JsonNode *body, GError **error)
{
  guint status = soup_message_get_status (message);
  GError *reported = NULL;

  if (status == due && body != NULL)
    return TRUE;

  if (status >= 400)
    reported = obm_error_new_from_json (status, body);
  if (reported != NULL)
    {
      clean_message (reported);
      obm_error_set_retry_after (reported, get_retry_after (message));
    }
  else if (status >= 400)
    reported = foreign (status);
  else
    reported = obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "Status %u %s", status,
                              body != NULL ? "where another is due" : "without an object or array of JSON");
  g_propagate_error (error, reported);

  return FALSE;
}

/**
 * obm_reply_too_large:
 *
 * Returns: (transfer full): the error for a body beyond %OBM_REPLY_MAX_SIZE
 */
GError *
obm_reply_too_large (void)
{
  return obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "The answer is over %d MiB",
                        OBM_REPLY_MAX_SIZE / 1024 / 1024);
}
