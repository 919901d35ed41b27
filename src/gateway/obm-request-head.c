/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-request-head.h"

#include <string.h>

#include "obm-error.h"

/*
 * The head of a request as RFC 9112 has it, and no other: what is read in one way here and in another by a
 * proxy before us is how requests are smuggled past it.
 */

#define END "\r\n\r\n"
#define TOKEN G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "!#$%&'*+-.^_`|~"
/* More digits than any body may have, fewer than overflow. */
#define MAX_DIGITS 18

/* What is looked for among the headers. */
typedef struct {
  ObmRequestHead *head;
  gboolean old;
  guint n_headers;
  guint n_hosts;
  guint n_lengths;
  guint n_codings;
} Reading;

/* A part of the text, not terminated. */
typedef struct {
  const char *text;
  gsize length;
} Span;

static gboolean
refuse (GError **error)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_QUERY_INVALID, "", "This is not a request of HTTP"));

  return FALSE;
}

static gboolean
refuse_length (GError **error)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_BODY_MALFORMED, NULL,
                                           "The length of the body is not clear"));

  return FALSE;
}

static gboolean
equals (Span span, const char *text)
{
  return span.length == strlen (text) && g_ascii_strncasecmp (span.text, text, span.length) == 0;
}

static gboolean
is_token (Span span)
{
  for (gsize i = 0; i < span.length; i++)
    if (span.text[i] == '\0' || strchr (TOKEN, span.text[i]) == NULL)
      return FALSE;

  return span.length > 0;
}

/* Bytes beyond ASCII are let through, spaces and tabs if @spaces. */
static gboolean
is_visible (Span span, gboolean spaces)
{
  for (gsize i = 0; i < span.length; i++)
    {
      guchar byte = span.text[i];

      if (byte == 0x7f || (byte <= ' ' && !(spaces && (byte == ' ' || byte == '\t'))))
        return FALSE;
    }

  return TRUE;
}

/* What is before the next @end; the span goes on behind it. */
static gboolean
cut (Span *span, const char *end, Span *before)
{
  const char *found = memmem (span->text, span->length, end, strlen (end));

  if (found == NULL)
    return FALSE;

  *before = (Span) { span->text, found - span->text };
  span->text = found + strlen (end);
  span->length -= before->length + strlen (end);

  return TRUE;
}

static gboolean
check_request_line (Span line, gboolean *old)
{
  Span method, target;

  if (!cut (&line, " ", &method) || !cut (&line, " ", &target))
    return FALSE;
  *old = equals (line, "HTTP/1.0");

  return is_token (method) && target.length > 0 && is_visible (target, FALSE) &&
         (*old || (equals (line, "HTTP/1.1") && line.text[0] == 'H')) &&
         (target.text[0] == '/' || equals (target, "*") || equals (method, "CONNECT") ||
          memmem (target.text, target.length, "://", strlen ("://")) != NULL);
}

static gboolean
read_length (Reading *reading, Span value)
{
  guint64 length = 0;

  if (value.length == 0 || value.length > MAX_DIGITS)
    return FALSE;
  for (gsize i = 0; i < value.length; i++)
    {
      if (!g_ascii_isdigit (value.text[i]))
        return FALSE;
      length = 10 * length + (value.text[i] - '0');
    }
  reading->head->content_length = length;
  reading->n_lengths++;

  return TRUE;
}

/* Reads a line; @useless tells that it is to be left out. */
static gboolean
read_header (Reading *reading, Span line, gboolean *useless, GError **error)
{
  Span name;

  if (++reading->n_headers > OBM_REQUEST_HEAD_MAX_HEADERS ||
      !cut (&line, ":", &name) || !is_token (name) || !is_visible (line, TRUE))
    return refuse (error);

  while (line.length > 0 && (line.text[0] == ' ' || line.text[0] == '\t'))
    line = (Span) { line.text + 1, line.length - 1 };
  while (line.length > 0 && (line.text[line.length - 1] == ' ' || line.text[line.length - 1] == '\t'))
    line.length--;

  /* An expectation that is not known may be passed over (RFC 9110, 10.1.1); libsoup would refuse it. */
  *useless = equals (name, "Expect") && !equals (line, "100-continue");
  if (equals (name, "Host"))
    reading->n_hosts++;
  else if (equals (name, "Content-Length") && !read_length (reading, line))
    return refuse_length (error);
  else if (equals (name, "Transfer-Encoding"))
    {
      reading->n_codings++;
      if (!equals (line, "chunked"))
        return refuse_length (error);
    }

  return TRUE;
}

/**
 * obm_request_head_find:
 * @text: what has come of a request
 * @from: how much of it was looked at before
 * @length: (out): how long the head is, 0 as long as its end is missing
 * @error: return location
 *
 * Looks for the end of a head.
 *
 * Returns: %FALSE with an error when no head can come of it: it is too long, or no text
 */
gboolean
obm_request_head_find (const GString *text, gsize from, gsize *length, GError **error)
{
  /* The end may be cut by where we were. */
  gsize begin = from > strlen (END) ? from - strlen (END) : 0;
  const char *end = memmem (text->str + begin, text->len - begin, END, strlen (END));
  gsize known = end ? (gsize) (end - text->str) + strlen (END) : text->len;
  const char *line_end;

  *length = 0;
  if (known > OBM_REQUEST_HEAD_MAX)
    {
      line_end = memchr (text->str, '\n', known);
      g_propagate_error (error, line_end ? obm_error_new (OBM_ERROR_QUERY_INVALID, "",
                                                          "The head of the request is too large")
                                         : obm_error_new (OBM_ERROR_URI_TOO_LONG, NULL,
                                                          "The address is too long"));
      return FALSE;
    }
  for (gsize i = begin; i < known; i++)
    if (text->str[i] == '\0' || (text->str[i] == '\n' && (i == 0 || text->str[i - 1] != '\r')))
      return refuse (error);
  if (end != NULL)
    *length = known;

  return TRUE;
}

/**
 * obm_request_head_check:
 * @text: a head with its end, and perhaps more; lines that nobody is to see are taken out of it
 * @head: (out): what it says
 * @error: return location
 *
 * Returns: %FALSE with an error that answers the request, after which nothing on its connection can be
 *   understood
 */
gboolean
obm_request_head_check (GString *text, ObmRequestHead *head, GError **error)
{
  Reading reading = { head };
  Span rest = { text->str, text->len };
  Span line;

  *head = (ObmRequestHead) { 0 };
  if (!cut (&rest, "\r\n", &line) || !check_request_line (line, &reading.old))
    return refuse (error);

  while (cut (&rest, "\r\n", &line) && line.length > 0)
    {
      gsize begin = line.text - text->str;
      gboolean useless;

      if (!read_header (&reading, line, &useless, error))
        return FALSE;
      if (useless)
        {
          g_string_erase (text, begin, line.length + strlen ("\r\n"));
          rest = (Span) { text->str + begin, text->len - begin };
        }
    }
  head->length = rest.text - text->str;
  head->chunked = reading.n_codings > 0;

  if (reading.n_lengths + reading.n_codings > 1 || (head->chunked && reading.old))
    return refuse_length (error);

  return reading.n_hosts == 1 || (reading.old && reading.n_hosts == 0) || refuse (error);
}
