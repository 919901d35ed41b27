/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-error.h"

G_BEGIN_DECLS

JsonObject *test_object          (const char *text);
void        test_assert_json     (JsonObject *object,
                                  const char *expected);
void        test_assert_error    (GError    **error,
                                  ObmError    code,
                                  const char *field);
GPtrArray  *test_watch           (gpointer    object);
void        test_assert_notified (GPtrArray  *watch,
                                  const char *expected);

G_END_DECLS
