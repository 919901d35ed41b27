/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a client writes behind the "?" of the two lists: the first byte says which, the rest is the query. */
#include "config.h"

#include "fuzz-site.h"
#include "fuzz-store.h"

int LLVMFuzzerTestOneInput (const guint8 *data, size_t size);

int
LLVMFuzzerTestOneInput (const guint8 *data, size_t size)
{
  g_autofree char *query = NULL;
  g_autoptr (ObmRequest) request = NULL;
  guint status;

  if (size == 0)
    return 0;

  query = g_strndup ((const char *) data + 1, size - 1);
  request = obm_request_new ("GET", data[0] & 1 ? "/v1/1/hosts" : "/v1/1/mailservers", query, FUZZ_AUTHORIZATION,
                             "127.0.0.1");
  fuzz_answer (request);
  status = obm_request_get_status (request);
  g_assert (status == 200 || status == 400);

  return 0;
}
