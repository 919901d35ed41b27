/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A request as HTTP hands it to the gateway: lines with the method, the path, Authorization ("-" for a good one),
 * If-Match and Content-Type, then the body. An empty line is a header that is not there.
 */
#include "config.h"

#include "fuzz-site.h"
#include "fuzz-store.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

/* The next line, which is cut off the rest; NULL when it is empty. */
static char *
take_line (const char **rest, gsize *length)
{
  const char *end = memchr (*rest, '\n', *length);
  gsize n = end ? end - *rest : *length;
  char *line = n > 0 ? g_strndup (*rest, n) : NULL;

  *length -= end ? n + 1 : n;
  *rest += end ? n + 1 : n;

  return line;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  const char *rest = (const char *) data;
  g_autofree char *method = take_line (&rest, &size);
  g_autofree char *path = take_line (&rest, &size);
  g_autofree char *authorization = take_line (&rest, &size);
  g_autofree char *if_match = take_line (&rest, &size);
  g_autofree char *type = take_line (&rest, &size);
  g_autoptr (GBytes) body = g_bytes_new (rest, size);
  g_autoptr (ObmRequest) request = NULL;
  gboolean good = g_strcmp0 (authorization, "-") == 0;

  if (method == NULL || path == NULL)
    return 0;

  /* Whoever gives wrong passwords is soon refused: others must come from elsewhere. */
  request = obm_request_new (method, path, NULL, good ? FUZZ_AUTHORIZATION : authorization,
                             good ? "127.0.0.1" : "192.0.2.1");
  obm_request_set_if_match (request, if_match);
  obm_request_take_content (request, obm_content_new (type, body));
  fuzz_answer (request);

  return 0;
}
