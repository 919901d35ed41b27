/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-write-check.h"

#include "obm-error.h"

/*
 * Finds out by reading what became of a change whose answer was lost. A modification or a deletion is seen
 * on the mail server itself; for a creation its host is looked up first, which the contract only allows by
 * searching.
 */

/* A million hosts: a backend that has still more of them is out of its mind. */
#define MAX_PAGES 1000

typedef struct {
  ObmWriteWish wish;
  ObmSearch *search;
  guint page;
} Check;

typedef struct {
  ObmWriteFinding finding;
  ObmMailServer *server;
  GError *error;
} Outcome;

/**
 * obm_write_wish_clear:
 * @wish: a wish
 *
 * Frees what it holds.
 */
void
obm_write_wish_clear (ObmWriteWish *wish)
{
  g_clear_pointer (&wish->name, g_free);
  g_clear_pointer (&wish->etag, g_free);
}

static Check *
check_new (const ObmWriteWish *wish)
{
  Check *check = g_new0 (Check, 1);

  check->wish = *wish;
  check->wish.name = NULL;
  check->wish.etag = g_strdup (wish->etag);

  return check;
}

static void
check_free (Check *check)
{
  obm_write_wish_clear (&check->wish);
  g_clear_object (&check->search);
  g_free (check);
}

static void
outcome_free (Outcome *outcome)
{
  g_clear_object (&outcome->server);
  g_clear_error (&outcome->error);
  g_free (outcome);
}

static void
conclude (GTask *task, ObmWriteFinding finding, ObmMailServer *server, GError *error)
{
  Outcome *outcome = g_new0 (Outcome, 1);

  outcome->finding = finding;
  outcome->server = server ? g_object_ref (server) : NULL;
  outcome->error = error;
  g_task_return_pointer (task, outcome, (GDestroyNotify) outcome_free);
}

static void
conclude_gone (GTask *task, const char *what)
{
  conclude (task, OBM_WRITE_FOUND_OTHERWISE, NULL,
            obm_error_new (OBM_ERROR_REFERENCE_UNKNOWN, NULL, "The %s does not exist any more", what));
}

static void
compare (GTask *task, ObmMailServer *server)
{
  const ObmWriteWish *wish = &((Check *) g_task_get_task_data (task))->wish;
  gboolean as_wished = wish->kind != OBM_WRITE_DELETE && obm_mail_server_get_roles (server) == wish->roles;

  if (as_wished)
    conclude (task, OBM_WRITE_FOUND_DONE, server, NULL);
  else if (wish->kind == OBM_WRITE_CREATE)
    conclude (task, OBM_WRITE_FOUND_OTHERWISE, NULL,
              obm_error_new (OBM_ERROR_HOST_ALREADY_MAILSERVER, NULL,
                             "The host is a mail server with other roles"));
  else if (g_strcmp0 (obm_mail_server_get_etag (server), wish->etag) == 0)
    conclude (task, OBM_WRITE_FOUND_AS_BEFORE, NULL, NULL);
  else
    conclude (task, OBM_WRITE_FOUND_OTHERWISE, server,
              obm_error_new (OBM_ERROR_MAILSERVER_CHANGED, NULL, "The mail server was changed meanwhile"));
}

static void
got_mail_server_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  const ObmWriteWish *wish = &((Check *) g_task_get_task_data (task))->wish;
  g_autoptr (GError) error = NULL;
  ObmBackend *backend = OBM_BACKEND (source);
  g_autoptr (ObmMailServer) server = obm_backend_get_mail_server_finish (backend, result, &error);

  if (server != NULL)
    compare (task, server);
  else if (!g_error_matches (error, OBM_ERROR, OBM_ERROR_REFERENCE_UNKNOWN))
    conclude (task, OBM_WRITE_FOUND_NOTHING, NULL, g_steal_pointer (&error));
  else if (wish->kind == OBM_WRITE_DELETE)
    conclude (task, OBM_WRITE_FOUND_DONE, NULL, NULL);
  else if (wish->kind == OBM_WRITE_CREATE)
    /* gone again since its host was read */
    conclude (task, OBM_WRITE_FOUND_AS_BEFORE, NULL, NULL);
  else
    conclude_gone (task, "mail server");
}

static ObmHost *
find_host (ObmPage *page, gint64 id)
{
  for (guint i = 0; i < obm_page_get_n_items (page); i++)
    if (obm_entity_get_id (obm_page_get_item (page, i)) == id)
      return OBM_HOST (obm_page_get_item (page, i));

  return NULL;
}

static void got_hosts_cb (GObject *source, GAsyncResult *result, gpointer user_data);

static void
read_hosts (ObmBackend *backend, GTask *task)
{
  Check *check = g_task_get_task_data (task);

  obm_backend_search_async (backend, check->search, ++check->page, OBM_PAGE_MAX_ROWS, NULL, got_hosts_cb,
                            g_object_ref (task));
}

static void
got_hosts_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  ObmBackend *backend = OBM_BACKEND (source);
  Check *check = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmPage) page = obm_backend_search_finish (backend, result, &error);
  ObmHost *host = page ? find_host (page, check->wish.id) : NULL;

  if (page == NULL)
    conclude (task, OBM_WRITE_FOUND_NOTHING, NULL, g_steal_pointer (&error));
  else if (host != NULL && obm_host_get_mail_server_id (host) == 0)
    conclude (task, OBM_WRITE_FOUND_AS_BEFORE, NULL, NULL);
  else if (host != NULL)
    obm_backend_get_mail_server_async (backend, obm_host_get_mail_server_id (host), NULL, got_mail_server_cb,
                                       g_object_ref (task));
  else if (check->page < MAX_PAGES && (gint64) check->page * OBM_PAGE_MAX_ROWS < obm_page_get_length (page))
    read_hosts (backend, task);
  else if (*obm_search_get_name (check->search) != '\0')
    {
      /* It may have another name by now. */
      obm_search_set_name (check->search, NULL);
      check->page = 0;
      read_hosts (backend, task);
    }
  else
    conclude_gone (task, "host");
}

/**
 * obm_write_check_async:
 * @backend: a backend, signed in to
 * @wish: what was asked for; copied
 * @callback: (scope async): called when it is done
 * @user_data: for @callback
 *
 * Reads what became of a change.
 */
void
obm_write_check_async (ObmBackend *backend,
                       const ObmWriteWish *wish,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (backend, NULL, callback, user_data);
  Check *check = check_new (wish);

  g_task_set_source_tag (task, obm_write_check_async);
  g_task_set_task_data (task, check, (GDestroyNotify) check_free);

  if (wish->kind == OBM_WRITE_CREATE)
    {
      check->search = obm_search_new (OBM_SEARCH_HOSTS);
      obm_search_set_name (check->search, wish->name);
      read_hosts (backend, task);
    }
  else
    obm_backend_get_mail_server_async (backend, wish->id, NULL, got_mail_server_cb, g_object_ref (task));
}

/**
 * obm_write_check_finish:
 * @backend: the backend
 * @result: what the callback was given
 * @server: (out) (transfer full) (nullable): the mail server, if that is what was found
 * @error: return location: why it could not be read; with %OBM_WRITE_FOUND_OTHERWISE
 *   %OBM_ERROR_HOST_ALREADY_MAILSERVER, %OBM_ERROR_MAILSERVER_CHANGED or %OBM_ERROR_REFERENCE_UNKNOWN
 *
 * Returns: what was found
 */
ObmWriteFinding
obm_write_check_finish (ObmBackend *backend, GAsyncResult *result, ObmMailServer **server, GError **error)
{
  Outcome *outcome = g_task_propagate_pointer (G_TASK (result), NULL);
  ObmWriteFinding finding = outcome->finding;

  *server = g_steal_pointer (&outcome->server);
  if (outcome->error != NULL)
    g_propagate_error (error, g_steal_pointer (&outcome->error));
  outcome_free (outcome);

  return finding;
}
