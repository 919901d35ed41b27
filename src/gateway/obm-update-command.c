/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-command.h"

#include <signal.h>
#include <unistd.h>

#include "obm-update-output.h"

/* What a command may know of our environment; anything else may be a secret. */
static const char * const known_variables[] = {
  "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", NULL
};

/*
 * One run of the update command, in a session and process group of its own. All of it happens in the
 * thread that waits for the end, in a main context of its own.
 */
typedef struct {
  GMainContext *context;
  GSubprocess *process;
  GPid pid;
  gboolean exited;
  /* Why we end it, NULL as long as we do not. */
  char *reason;
  GSource *kill_source;
} Run;

static void
run_clear (Run *run)
{
  if (run->kill_source != NULL)
    {
      g_source_destroy (run->kill_source);
      g_source_unref (run->kill_source);
    }
  g_clear_object (&run->process);
  g_clear_pointer (&run->context, g_main_context_unref);
  g_free (run->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

/* In the child, before the command: nothing but async-signal-safe calls. */
static void
on_forked (gpointer user_data)
{
  setsid ();
}

static GStrv
make_environment (void)
{
  g_auto (GStrv) all = g_get_environ ();
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; all[i] != NULL; i++)
    {
      g_autofree char *name = g_strndup (all[i], strcspn (all[i], "="));

      if (g_strv_contains (known_variables, name) || g_str_has_prefix (name, "LC_"))
        g_strv_builder_add (builder, all[i]);
    }

  return g_strv_builder_end (builder);
}

static GSubprocess *
spawn (const char * const *argv, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_auto (GStrv) environment = make_environment ();

  g_subprocess_launcher_set_environ (launcher, environment);
  g_subprocess_launcher_set_child_setup (launcher, on_forked, NULL, NULL);

  return g_subprocess_launcher_spawnv (launcher, argv, error);
}

/* After the command itself, its group may still have members. */
static void
signal_group (const Run *run, int number)
{
  if (run->pid > 0)
    kill (-run->pid, number);
}

static gboolean
on_grace_over (gpointer user_data)
{
  signal_group (user_data, SIGKILL);

  return G_SOURCE_CONTINUE;
}

static void
end_group (Run *run, char *reason)
{
  if (run->reason != NULL)
    {
      g_free (reason);
      return;
    }

  run->reason = reason;
  signal_group (run, SIGTERM);
  run->kill_source = g_timeout_source_new_seconds (OBM_UPDATE_COMMAND_GRACE);
  g_source_set_callback (run->kill_source, on_grace_over, run, NULL);
  g_source_attach (run->kill_source, run->context);
}

static gboolean
on_timeout (gpointer user_data)
{
  end_group (user_data, g_strdup ("Ended because it took too long"));

  return G_SOURCE_REMOVE;
}

static gboolean
on_stop (GCancellable *stop, gpointer user_data)
{
  end_group (user_data, g_strdup ("Ended together with the gateway"));

  return G_SOURCE_REMOVE;
}

static void
on_exited (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;

  g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL);
  run->exited = TRUE;
}

/* Attached to the context of @run as long as it lasts. */
static GSource *
attach (Run *run, GSource *source, GSourceFunc func)
{
  g_source_set_callback (source, func, run, NULL);
  g_source_attach (source, run->context);

  return source;
}

static char *
describe_end (const Run *run)
{
  if (run->reason != NULL)
    return g_strdup (run->reason);
  if (g_subprocess_get_if_signaled (run->process))
    return g_strdup_printf ("Killed by signal %d", g_subprocess_get_term_sig (run->process));
  if (g_subprocess_get_exit_status (run->process) != 0)
    return g_strdup_printf ("Exit status %d", g_subprocess_get_exit_status (run->process));

  return NULL;
}

/* By its number an administrator finds it in the journal, and what it left behind by its session. */
static void
log_end (const Run *run, const char *end)
{
  g_autofree char *number = run->pid > 0 ? g_strdup_printf ("%d", run->pid) : NULL;

  g_message ("Update: process %s is over: %s", number ? number : "of unknown number", end ? end : "Exit status 0");
}

static void
wait_for_end (Run *run, guint timeout, GCancellable *stop, ObmUpdateOutput *output)
{
  GSource *timer = attach (run, g_timeout_source_new_seconds (timeout), on_timeout);
  GSource *stopper = attach (run, g_cancellable_source_new (stop), G_SOURCE_FUNC (on_stop));

  obm_update_output_read (output, g_subprocess_get_stdout_pipe (run->process));
  g_subprocess_wait_async (run->process, NULL, on_exited, run);
  while (!run->exited)
    g_main_context_iteration (run->context, TRUE);
  if (run->reason != NULL)
    signal_group (run, SIGKILL);
  obm_update_output_finish (output);

  g_source_destroy (timer);
  g_source_unref (timer);
  g_source_destroy (stopper);
  g_source_unref (stopper);
}

/**
 * obm_update_command_run:
 * @argv: (array zero-terminated=1): the words of the command
 * @timeout: after how many seconds it is ended
 * @stop: ends it when cancelled
 * @func: (scope call): called when it has started
 * @user_data: user data
 * @failure: (out) (nullable) (transfer full): how it ended and the last it wrote, as valid UTF-8 without
 *   control characters; %NULL when it succeeded
 *
 * Runs a command without a shell, with an empty standard input and an environment without secrets, and
 * waits for its end. It is over when the command itself is, even if it left something behind that runs
 * on. Ended are the command and its whole group, first by SIGTERM, %OBM_UPDATE_COMMAND_GRACE later by
 * SIGKILL.
 *
 * Returns: whether it ended by itself, with exit status 0
 */
gboolean
obm_update_command_run (const char * const *argv,
                        guint timeout,
                        GCancellable *stop,
                        ObmSpawnFunc func,
                        gpointer user_data,
                        char **failure)
{
  g_auto (Run) run = { .context = g_main_context_new () };
  g_autoptr (ObmUpdateOutput) output = obm_update_output_new (OBM_UPDATE_COMMAND_MAX_TAIL);
  g_autoptr (GError) error = NULL;
  g_autofree char *end = NULL;
  g_autofree char *written = NULL;
  const char *identifier;

  g_main_context_push_thread_default (run.context);
  run.process = spawn (argv, &error);
  if (run.process != NULL)
    {
      /* Without an identifier it has ended already. */
      identifier = g_subprocess_get_identifier (run.process);
      run.pid = identifier ? g_ascii_strtoll (identifier, NULL, 10) : 0;
      if (run.pid > 0)
        func (run.pid, user_data);
      wait_for_end (&run, timeout, stop, output);
      end = describe_end (&run);
      log_end (&run, end);
    }
  else
    {
      g_message ("Update: %s", error->message);
      end = g_strdup ("The update command cannot be started");
    }
  g_main_context_pop_thread_default (run.context);

  written = obm_update_output_get_text (output);
  *failure = end ? g_strconcat (end, *written != '\0' ? ": " : NULL, written, NULL) : NULL;

  return end == NULL;
}
