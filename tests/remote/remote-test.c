/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "remote-test.h"

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * test_iterate:
 * @end: when to give up, in monotonic time
 *
 * Runs the main loop once, and no longer than a moment: what is waited for may happen in another thread.
 *
 * Returns: whether it is worth going on
 */
gboolean
test_iterate (gint64 end)
{
  guint id = g_timeout_add (2, tick_cb, NULL);

  g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);

  return g_get_monotonic_time () < end;
}

/**
 * test_result_cb:
 * @source: what the call was made on
 * @result: its result
 * @user_data: (out): a #GAsyncResult pointer that is still %NULL
 *
 * Keeps a result for the test.
 */
void
test_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

/**
 * test_backend_new:
 * @address: where the backend is
 *
 * Returns: (transfer full): a backend for the administrator of the tests
 */
ObmBackend *
test_backend_new (const char *address)
{
  g_autoptr (GError) error = NULL;
  ObmBackend *backend = obm_backend_new (address, "admin1@exemple.fr", "secret", &error);

  g_assert_no_error (error);

  return backend;
}

/**
 * test_signed_in:
 * @address: where the backend is
 *
 * Returns: (transfer full): a backend that took the administrator
 */
ObmBackend *
test_signed_in (const char *address)
{
  ObmBackend *backend = test_backend_new (address);
  g_autoptr (GError) error = NULL;

  test_sign_in (backend, &error);
  g_assert_no_error (error);

  return backend;
}

/**
 * test_sign_in:
 * @backend: a backend
 * @error: return location
 *
 * Returns: what the sign-in came to
 */
gboolean
test_sign_in (ObmBackend *backend, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_backend_sign_in_async (backend, NULL, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  return obm_backend_sign_in_finish (backend, result, error);
}

/**
 * test_update_state:
 * @backend: a backend, signed in to
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * One request, for tests to which it does not matter which.
 *
 * Returns: (transfer full): the answer; %NULL with an error
 */
GObject *
test_update_state (ObmBackend *backend, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_backend_get_update_state_async (backend, cancellable, test_result_cb, &result);
  g_assert_null (result);
  test_wait (result != NULL);

  return (GObject *) obm_backend_get_update_state_finish (backend, result, error);
}

/**
 * test_search:
 * @backend: a backend, signed in to
 * @search: what is searched
 * @page: which page
 * @rows: how many rows
 * @error: return location
 *
 * Returns: (transfer full): the page; %NULL with an error
 */
ObmPage *
test_search (ObmBackend *backend, ObmSearch *search, guint page, guint rows, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  obm_backend_search_async (backend, search, page, rows, NULL, test_result_cb, &result);
  test_wait (result != NULL);

  return obm_backend_search_finish (backend, result, error);
}

/**
 * test_assert_error:
 * @error: (inout): the error that must be there; cleared
 * @code: the code it must have
 */
void
test_assert_error (GError **error, ObmError code)
{
  g_assert_error (*error, OBM_ERROR, (int) code);
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}

/**
 * test_json:
 * @text: JSON, with ' for "
 *
 * Returns: (transfer full): the JSON
 */
char *
test_json (const char *text)
{
  return g_strdelimit (g_strdup (text), "'", '"');
}
