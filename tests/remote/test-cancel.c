/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-address.h"
#include "obm-http.h"

#include "mock-server.h"
#include "raw-server.h"
#include "remote-test.h"

#define OK "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define UPDATE "/v1/d/update"

/* The callback comes once, later, and says that it was cancelled. */
static void
assert_cancelled (ObmBackend *backend, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  test_wait (*result != NULL);
  g_assert_null (obm_backend_get_update_state_finish (backend, *result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (result);
}

static void
test_before (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GObject) state = NULL;

  g_cancellable_cancel (cancellable);
  obm_backend_get_update_state_async (backend, cancellable, test_result_cb, &result);
  g_assert_null (result);
  assert_cancelled (backend, &result);
  state = test_update_state (backend, NULL, NULL);
  g_assert_cmpuint (mock_server_count_requests (server, UPDATE), ==, 1);
}

/* Before the main loop ran: nothing is on the wire yet. */
static void
test_at_once (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  obm_backend_get_update_state_async (backend, cancellable, test_result_cb, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (result);
  assert_cancelled (backend, &result);
}

static void
test_while_waiting (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GObject) state = NULL;

  mock_server_hold (server, UPDATE);
  obm_backend_get_update_state_async (backend, cancellable, test_result_cb, &result);
  test_wait (mock_server_count_held (server) == 1);
  g_cancellable_cancel (cancellable);
  g_assert_null (result);
  assert_cancelled (backend, &result);

  /* the next request is none the worse for it */
  mock_server_release (server);
  state = test_update_state (backend, NULL, NULL);
  g_assert_nonnull (state);
}

/* The head has come, and a part of the body. */
static void
test_while_reading (void)
{
  g_autoptr (RawServer) server = raw_server_new ();
  g_autoptr (ObmBackend) backend = test_backend_new (raw_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  raw_server_answer (server, OK "\r\n[", -1, RAW_END_TRICKLE);
  obm_backend_sign_in_async (backend, cancellable, test_result_cb, &result);
  test_wait (raw_server_count_sent (server) > 100);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  test_wait (result != NULL);
  g_assert_false (obm_backend_sign_in_finish (backend, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_after (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GObject) state = test_update_state (backend, cancellable, &error), again = NULL;

  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  again = test_update_state (backend, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again);
}

typedef struct {
  GCancellable *cancellable;
  gboolean done;
} Late;

/* Cancels when the answer is there already, but not taken. */
static void
late_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Late *late = user_data;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (late->cancellable);
  g_assert_null (obm_backend_get_update_state_finish (OBM_BACKEND (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  late->done = TRUE;
}

static void
test_on_arrival (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Late late = { cancellable, FALSE };

  obm_backend_get_update_state_async (backend, cancellable, late_cb, &late);
  test_wait (late.done);
}

/* Between the two requests of a sign-in: nothing is set. */
static void
test_half_signed_in (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_backend_new (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  mock_server_hold (server, "/v1/d/session");
  obm_backend_sign_in_async (backend, cancellable, test_result_cb, &result);
  test_wait (mock_server_count_held (server) == 1);
  g_cancellable_cancel (cancellable);
  mock_server_release (server);
  test_wait (result != NULL);
  g_assert_false (obm_backend_sign_in_finish (backend, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (obm_backend_get_domain (backend));
  g_assert_null (obm_backend_get_session (backend));
}

/* One of many: the others get their answers. */
static void
test_one_of_many (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  GCancellable *cancellables[8];
  GAsyncResult *results[8] = { NULL };

  mock_server_hold (server, UPDATE);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      cancellables[i] = g_cancellable_new ();
      obm_backend_get_update_state_async (backend, cancellables[i], test_result_cb, &results[i]);
    }
  test_wait (mock_server_count_held (server) == 4);
  for (guint i = 0; i < G_N_ELEMENTS (results); i += 2)
    g_cancellable_cancel (cancellables[i]);
  mock_server_release (server);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ObmUpdateState) state = NULL;

      test_wait (results[i] != NULL);
      state = obm_backend_get_update_state_finish (backend, results[i], &error);
      if (i % 2 == 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_no_error (error);
      g_object_unref (results[i]);
      g_object_unref (cancellables[i]);
    }
}

/* Whoever asked may be gone, and the backend with it, before the answer. */
static void
test_dropped_backend (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  ObmBackend *backend = test_signed_in (mock_server_get_address (server));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GWeakRef weak;
  gpointer living;

  g_weak_ref_init (&weak, backend);
  mock_server_hold (server, UPDATE);
  obm_backend_get_update_state_async (backend, cancellable, NULL, NULL);
  obm_backend_get_update_state_async (backend, NULL, NULL, NULL);
  g_object_unref (backend);
  test_wait (mock_server_count_held (server) == 2);
  g_cancellable_cancel (cancellable);
  mock_server_release (server);
  test_wait ((living = g_weak_ref_get (&weak)) == NULL || (g_object_unref (living), FALSE));
  g_weak_ref_clear (&weak);
}

/* A request that is done leaves nothing behind, not even until its time would have been over. */
static void
test_dropped_session (void)
{
  g_autoptr (MockServer) server = mock_server_new (NULL);
  g_autoptr (GUri) address = obm_address_parse (mock_server_get_address (server), NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  ObmHttp *http = obm_http_new (address, "admin1@exemple.fr", "secret");

  obm_http_get_async (http, "/domains", NULL, cancellable, test_result_cb, &result);
  test_wait (result != NULL);
  node = obm_http_get_finish (http, result, NULL);
  g_assert_nonnull (node);
  g_clear_object (&result);
  g_assert_finalize_object (http);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/cancel/does-not-stop/before", test_before);
  g_test_add_func ("/remote/cancel/does-not-stop/at-once", test_at_once);
  g_test_add_func ("/remote/cancel/does-not-stop/while-waiting", test_while_waiting);
  g_test_add_func ("/remote/cancel/does-not-stop/while-reading", test_while_reading);
  g_test_add_func ("/remote/cancel/does-not-stop/on-arrival", test_on_arrival);
  g_test_add_func ("/remote/cancel/does-harm-afterwards", test_after);
  g_test_add_func ("/remote/cancel/signs-in-by-half", test_half_signed_in);
  g_test_add_func ("/remote/cancel/stops-other-requests", test_one_of_many);
  g_test_add_func ("/remote/cancel/dropped-backend-stays", test_dropped_backend);
  g_test_add_func ("/remote/cancel/dropped-session-stays", test_dropped_session);

  return g_test_run ();
}
