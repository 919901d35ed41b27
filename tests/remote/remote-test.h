/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"
#include "obm-error.h"

G_BEGIN_DECLS

/* No wait takes longer than this, however slow the machine. */
#define TEST_PATIENCE_SECONDS 20

/* Runs the main loop until @condition holds; a test that waits in vain ends with its name. */
#define test_wait(condition) \
  G_STMT_START \
  { \
    gint64 end_ = g_get_monotonic_time () + TEST_PATIENCE_SECONDS * G_USEC_PER_SEC; \
    while (!(condition)) \
      if (!test_iterate (end_)) \
        g_error ("%s: waited in vain for %s", G_STRFUNC, #condition); \
  } \
  G_STMT_END

gboolean      test_iterate         (gint64         end);
void          test_result_cb       (GObject       *source,
                                    GAsyncResult  *result,
                                    gpointer       user_data);
ObmBackend   *test_backend_new     (const char    *address);
ObmBackend   *test_signed_in       (const char    *address);
gboolean      test_sign_in         (ObmBackend    *backend,
                                    GError       **error);
GObject      *test_update_state    (ObmBackend    *backend,
                                    GCancellable  *cancellable,
                                    GError       **error);
ObmPage      *test_search          (ObmBackend    *backend,
                                    ObmSearch     *search,
                                    guint          page,
                                    guint          rows,
                                    GError       **error);
void          test_assert_error    (GError       **error,
                                    ObmError       code);
char         *test_json            (const char    *text);

G_END_DECLS
