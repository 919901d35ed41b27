/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What comes in on a connection: the first byte says how much of the rest comes at first. */
#include "config.h"

#include "obm-request-head.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gsize first, length = 0, whole_length = 0;
  ObmRequestHead head;
  gboolean found, whole;

  if (size == 0)
    return 0;

  g_string_append_len (text, (const char *) data + 1, size - 1);
  whole = obm_request_head_find (text, 0, &whole_length, NULL);

  /* Where it is cut must make no difference. */
  first = MIN (data[0], size - 1);
  g_string_truncate (text, first);
  found = obm_request_head_find (text, 0, &length, NULL);
  if (found && length == 0)
    {
      g_string_append_len (text, (const char *) data + 1 + first, size - 1 - first);
      found = obm_request_head_find (text, first, &length, NULL);
      g_assert (found == whole && length == whole_length);
    }

  if (!found || length == 0)
    return 0;

  g_assert (length <= text->len);
  if (obm_request_head_check (text, &head, &error))
    g_assert (error == NULL && head.length > 0 && head.length <= text->len && !(head.chunked && head.content_length > 0));
  else
    g_assert (error != NULL);

  return 0;
}
