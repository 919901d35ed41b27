/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-greeter.h"

/* Half of what a machine has is left to the rest, up to so many threads. */
#define MAX_THREADS 4

/**
 * ObmGreeter:
 *
 * Agrees on TLS with clients. What is to be computed takes milliseconds, and is done in a few threads; what
 * is to be waited for is waited for in the main loop. So a client that does not go on holds up nobody.
 */
struct _ObmGreeter
{
  GObject parent_instance;

  GThreadPool *threads;
};

G_DEFINE_FINAL_TYPE (ObmGreeter, obm_greeter, G_TYPE_OBJECT)

typedef struct {
  ObmGreeter *greeter;
  ObmTlsSession *session;
  ObmGreetedFunc func;
  gpointer user_data;
  gint64 begin;
  guint n_steps;
  GError *error;
} Greeting;

static void
obm_greeter_dispose (GObject *object)
{
  ObmGreeter *self = OBM_GREETER (object);

  if (self->threads != NULL)
    g_thread_pool_free (self->threads, FALSE, TRUE);
  self->threads = NULL;

  G_OBJECT_CLASS (obm_greeter_parent_class)->dispose (object);
}

static void
obm_greeter_class_init (ObmGreeterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_greeter_dispose;
}

static gboolean
on_ready (GSocket *socket, GIOCondition condition, gpointer data)
{
  Greeting *greeting = data;

  g_thread_pool_push (greeting->greeter->threads, greeting, NULL);

  return G_SOURCE_REMOVE;
}

/* In the main thread again. */
static gboolean
on_step (gpointer data)
{
  Greeting *greeting = data;
  g_autoptr (GSource) source = NULL;

  if (g_error_matches (greeting->error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    {
      g_clear_error (&greeting->error);
      source = obm_tls_session_create_source (greeting->session);
      g_source_set_callback (source, G_SOURCE_FUNC (on_ready), greeting, NULL);
      g_source_attach (source, NULL);
      return G_SOURCE_REMOVE;
    }

  greeting->func (greeting->error, greeting->user_data);
  g_clear_error (&greeting->error);
  g_object_unref (greeting->session);
  g_object_unref (greeting->greeter);
  g_free (greeting);

  return G_SOURCE_REMOVE;
}

/* In a thread. */
static void
step (gpointer data, gpointer user_data)
{
  Greeting *greeting = data;

  greeting->n_steps++;
  obm_tls_session_greet (greeting->session, &greeting->error);
  g_idle_add_full (G_PRIORITY_DEFAULT, on_step, greeting, NULL);
}

/*
 * Who has gone on with the handshake comes first, then who came last: behind many who only had us compute a
 * signature, newcomers would have to wait for all of those.
 */
static int
compare (gconstpointer data, gconstpointer other_data, gpointer user_data)
{
  const Greeting *greeting = data;
  const Greeting *other = other_data;

  if (greeting->n_steps != other->n_steps)
    return greeting->n_steps > other->n_steps ? -1 : 1;

  return greeting->begin > other->begin ? -1 : greeting->begin < other->begin;
}

static void
obm_greeter_init (ObmGreeter *self)
{
  guint n_threads = CLAMP (g_get_num_processors () / 2, 1, MAX_THREADS);

  self->threads = g_thread_pool_new (step, NULL, n_threads, FALSE, NULL);
  g_thread_pool_set_sort_function (self->threads, compare, NULL);
}

/**
 * obm_greeter_new:
 *
 * Returns: (transfer full): a greeter
 */
ObmGreeter *
obm_greeter_new (void)
{
  return g_object_new (OBM_TYPE_GREETER, NULL);
}

/**
 * obm_greeter_greet:
 * @self: a greeter
 * @session: a session that nothing is agreed on yet, which nobody else uses meanwhile
 * @func: told when that is over
 * @user_data: its data
 *
 * Goes through the handshake, however long the client takes: whoever has enough of it shuts its socket down.
 */
void
obm_greeter_greet (ObmGreeter *self, ObmTlsSession *session, ObmGreetedFunc func, gpointer user_data)
{
  Greeting *greeting = g_new0 (Greeting, 1);

  greeting->greeter = g_object_ref (self);
  greeting->session = g_object_ref (session);
  greeting->func = func;
  greeting->user_data = user_data;
  greeting->begin = g_get_monotonic_time ();
  /* Most have not said anything yet. */
  greeting->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "");
  on_step (greeting);
}
