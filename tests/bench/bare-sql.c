/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bare-sql DATABASE DOMAIN N: what the database driver alone takes of the requests that tests/bench/run sends.
 *
 * The gateway's own router answers each request N times, without HTTP, while all calls of the driver are timed
 * (the linker puts the functions below before those of obm-connection.c). So the statements are always those
 * the gateway really sends. Prints "NAME P50 P99" in microseconds for each kind of request. The login and
 * password stand in OBM_LOGIN ("login@domain:password").
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "obm-connection.h"
#include "obm-database.h"
#include "obm-dialect.h"
#include "obm-generation.h"
#include "obm-router.h"
#include "obm-routes.h"

char *__real_obm_connection_query (Connection_T connection, const ObmStatement *statement, ObmRows *rows);
char *__real_obm_connection_change (Connection_T connection, const ObmStatement *statement, gint64 *n_changed);
char *__real_obm_connection_run (Connection_T connection, const char *sql);
char *__wrap_obm_connection_query (Connection_T connection, const ObmStatement *statement, ObmRows *rows);
char *__wrap_obm_connection_change (Connection_T connection, const ObmStatement *statement, gint64 *n_changed);
char *__wrap_obm_connection_run (Connection_T connection, const char *sql);

/* Spent in the driver by the request under way, in ns. */
static gint64 spent;

/* What the database speaks. */
static const ObmDialect *dialect;

static gint64
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_MONOTONIC, &time);

  return time.tv_sec * G_GINT64_CONSTANT (1000000000) + time.tv_nsec;
}

char *
__wrap_obm_connection_query (Connection_T connection, const ObmStatement *statement, ObmRows *rows)
{
  gint64 begin = now ();
  char *message = __real_obm_connection_query (connection, statement, rows);

  spent += now () - begin;

  return message;
}

char *
__wrap_obm_connection_change (Connection_T connection, const ObmStatement *statement, gint64 *n_changed)
{
  gint64 begin = now ();
  char *message = __real_obm_connection_change (connection, statement, n_changed);

  spent += now () - begin;

  return message;
}

/* The transactions are the store's; how a session is set up is the pool's affair, and its cost the gateway's. */
char *
__wrap_obm_connection_run (Connection_T connection, const char *sql)
{
  gint64 begin = now ();
  char *message = __real_obm_connection_run (connection, sql);

  if (dialect != NULL && (g_str_equal (sql, dialect->begin) || g_str_equal (sql, "COMMIT")))
    spent += now () - begin;

  return message;
}

typedef struct {
  ObmRouter *router;
  const char *domain;
  char *authorization;
} Bench;

/* Answers one request. */
static ObmRequest *
ask (const Bench *bench, const char *method, const char *path, const char *query, const char *if_match,
     const char *body, guint status)
{
  g_autofree char *whole = g_strdup_printf ("/v1/%s/%s", bench->domain, path);
  ObmRequest *request = obm_request_new (method, whole, query, bench->authorization, "127.0.0.1");

  if (if_match != NULL)
    obm_request_set_if_match (request, if_match);
  if (body != NULL)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

      obm_request_take_content (request, obm_content_new ("application/json", bytes));
    }
  obm_router_answer (bench->router, request);
  if (obm_request_get_status (request) != status)
    g_error ("%s %s: %u", method, whole, obm_request_get_status (request));

  return request;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  const gint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static void
print_times (const char *name, GArray *times)
{
  g_array_sort (times, compare);
  printf ("%s %.1f %.1f\n", name, g_array_index (times, gint64, times->len / 2) / 1000.0,
          g_array_index (times, gint64, times->len * 99 / 100) / 1000.0);
  fflush (stdout);
}

static void
read_many (const Bench *bench, const char *name, const char *path, const char *query, guint n)
{
  g_autoptr (GArray) times = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ObmRequest) request = NULL;

      spent = 0;
      request = ask (bench, "GET", path, query, NULL, NULL, 200);
      g_array_append_val (times, spent);
    }
  print_times (name, times);
}

static void
keep_header (const char *name, const char *value, gpointer table)
{
  g_hash_table_insert (table, g_strdup (name), g_strdup (value));
}

/* Creates a mail server on a free host and deletes it again: two requests, whose times both count. */
static void
write_many (const Bench *bench, guint n)
{
  g_autoptr (GArray) times = g_array_sized_new (FALSE, FALSE, sizeof (gint64), 2 * n);
  g_autoptr (ObmRequest) free_hosts = ask (bench, "GET", "hosts", "available=true&rows=1", NULL, NULL, 200);
  const char *member = strstr (obm_request_get_body (free_hosts), "\"id\":");
  g_autofree char *body = NULL;

  if (member == NULL)
    g_error ("There is no free host");
  body = g_strdup_printf ("{\"host\":{\"id\":%d},\"imap\":true,\"smtp_in\":true,\"smtp_out\":false}",
                          atoi (member + strlen ("\"id\":")));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
      g_autoptr (ObmRequest) created = NULL, deleted = NULL;
      const char *location;

      spent = 0;
      created = ask (bench, "POST", "mailservers", NULL, NULL, body, 201);
      g_array_append_val (times, spent);
      obm_request_foreach_header (created, keep_header, headers);
      location = strstr (g_hash_table_lookup (headers, "Location"), "mailservers/");

      spent = 0;
      deleted = ask (bench, "DELETE", location, NULL, g_hash_table_lookup (headers, "ETag"), NULL, 204);
      g_array_append_val (times, spent);
    }
  print_times ("write", times);
}

int
main (int argc, char **argv)
{
  const char *login = g_getenv ("OBM_LOGIN");
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmDatabase) database = NULL;
  g_autoptr (ObmStore) store = NULL;
  g_autoptr (ObmRouter) router = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *authorization = NULL;
  g_autofree char *consult = NULL;
  Bench bench;
  guint n;

  if (argc != 5 || login == NULL)
    {
      fprintf (stderr, "usage: OBM_LOGIN=LOGIN@DOMAIN:PASSWORD bare-sql DATABASE DOMAIN MAILSERVER N\n");
      return 2;
    }
  n = atoi (argv[4]);

  database = obm_database_new (argv[1], 2, 10, &error);
  store = database ? obm_generation_open_store (database, &error) : NULL;
  if (store == NULL)
    {
      fprintf (stderr, "bare-sql: %s\n", error->message);
      return 1;
    }
  dialect = obm_database_get_dialect (database);
  router = obm_router_new (&(ObmSite) { store, NULL }, obm_routes, obm_n_routes,
                           OBM_RIGHTS_READ | OBM_RIGHTS_WRITE);

  encoded = g_base64_encode ((const guchar *) login, strlen (login));
  authorization = g_strconcat ("Basic ", encoded, NULL);
  consult = g_strconcat ("mailservers/", argv[3], NULL);
  bench = (Bench) { router, argv[2], authorization };

  read_many (&bench, "list", "mailservers", NULL, n);
  read_many (&bench, "consult", consult, NULL, n);
  write_many (&bench, n / 10);

  return 0;
}
