/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "obm-check.h"
#include "obm-error.h"
#include "obm-gateway-config.h"
#include "obm-gateway-server.h"
#include "obm-generation.h"
#include "obm-log.h"
#include "obm-routes.h"
#include "obm-service.h"

/* EX_CONFIG of sysexits.h: to start again would not help. */
#define EXIT_CONFIG 78

/* How many requests are worked on at once, each on a database connection of its own. */
#define N_WORKERS 8
/* One more for the update that runs. */
#define N_CONNECTIONS (N_WORKERS + 1)

static gboolean
on_signal (gpointer loop)
{
  g_main_loop_quit (loop);

  return G_SOURCE_CONTINUE;
}

/* Who is connected goes on with what he has. */
static gboolean
on_reload (gpointer tls_files)
{
  g_autoptr (GError) error = NULL;

  if (tls_files == NULL)
    g_message ("Nothing to read again without TLS");
  else if (obm_tls_files_reload (tls_files, &error))
    g_message ("The certificate was read again");
  else
    g_message ("The certificate stays the one before: %s", error->message);

  return G_SOURCE_CONTINUE;
}

static ObmUpdateRunner *
new_runner (const ObmGatewayConfig *config, ObmDatabase *database, ObmStore *store)
{
  g_autofree char *name = obm_database_get_name (database);
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, name, -1);
  g_autofree char *file = g_strdup_printf ("update-%.16s.lock", digest);
  g_autofree char *path = g_build_filename (config->state_directory, file, NULL);

  return obm_update_runner_new (store, (const char * const *) config->update_command, config->update_timeout,
                                path);
}

static ObmRouter *
new_router (const ObmGatewayConfig *config, ObmUpdateRunner **runner, GError **error)
{
  g_autoptr (ObmDatabase) database = obm_database_new (config->database, N_CONNECTIONS, config->statement_timeout,
                                                       error);
  g_autoptr (ObmStore) store = database ? obm_generation_open_store (database, error) : NULL;
  ObmRights rights = OBM_RIGHTS_READ;
  g_autofree char *name = NULL;
  ObmSite site;

  if (store == NULL)
    return NULL;

  name = obm_database_get_name (database);
  g_message ("The database is %s", name);
  if (!config->read_only)
    rights |= OBM_RIGHTS_WRITE | OBM_RIGHTS_COMMIT;
  if (!config->read_only && config->update_command != NULL)
    *runner = new_runner (config, database, store);
  site = (ObmSite) { store, *runner };

  return obm_router_new (&site, obm_routes, obm_n_routes, rights);
}

/* Whether nothing is wrong. */
static gboolean
check (const ObmGatewayConfig *config)
{
  g_autoptr (ObmCheck) findings = obm_check_new (config);
  g_autoptr (ObmDatabase) database = NULL;
  g_autoptr (ObmStore) store = NULL;
  g_autoptr (GError) error = NULL;

  obm_check_settings (findings);
  if (config->database != NULL)
    {
      database = obm_database_new (config->database, N_CONNECTIONS, config->statement_timeout, &error);
      store = database ? obm_generation_open_store (database, &error) : NULL;
      obm_check_database (findings, database, store, error);
    }

  return obm_check_is_good (findings);
}

static gboolean
run (const ObmGatewayConfig *config, GError **error)
{
  g_autoptr (ObmUpdateRunner) runner = NULL;
  g_autoptr (ObmRouter) router = new_router (config, &runner, error);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (ObmListener) listener = obm_listener_new (&config->limits, config->tls_files);
  g_autoptr (ObmGatewayServer) server = NULL;
  g_autofree char *address = NULL;

  if (router == NULL)
    return FALSE;
  if (config->shows_password)
    g_message ("%s", OBM_GATEWAY_CONFIG_SHOWN_PASSWORD);

  server = obm_gateway_server_new (router, N_WORKERS, listener, config->trusted_proxy);
  address = obm_listener_listen (listener, config->listen, error);
  if (address == NULL)
    return FALSE;

  g_unix_signal_add (SIGTERM, on_signal, loop);
  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGHUP, on_reload, config->tls_files);
  g_message ("obm-gateway %s listens on %s%s%s", APP_VERSION, address, config->read_only ? ", read-only" : "",
             config->update_command != NULL ? "" : ", without an update command");
  printf ("Listening on %s\n", address);
  fflush (stdout);
  obm_service_notify (OBM_SERVICE_READY);

  g_main_loop_run (loop);
  obm_service_notify (OBM_SERVICE_STOPPING);
  obm_gateway_server_stop (server);
  if (runner != NULL)
    obm_update_runner_stop (runner);

  return TRUE;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmGatewayConfig) config = NULL;

  setlocale (LC_ALL, "");
  obm_log_install ();

  config = obm_gateway_config_new_from_arguments (&argc, &argv, &error);
  if (config != NULL && config->check)
    return check (config) ? EXIT_SUCCESS : EXIT_FAILURE;
  if (config == NULL || !run (config, &error))
    {
      g_printerr ("obm-gateway: %s\n", error->message);
      return config == NULL || g_error_matches (error, OBM_ERROR, OBM_ERROR_ADDRESS_INVALID) ? EXIT_CONFIG
                                                                                             : EXIT_FAILURE;
    }

  return 0;
}
