/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "mock-list.h"

#include "obm-query.h"
#include "remote-test.h"

#include <string.h>

static void
answer (SoupServerMessage *message, guint status, const char *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_COPY, body, strlen (body));
}

/* A host is named after the search that finds it, so that two searches can be told apart: "a3-0" is at
 * position 3. */
static void
serve_cb (SoupServerMessage *message, const char *query, gpointer user_data)
{
  MockList *self = user_data;
  int length = g_atomic_int_get (&self->length);
  int answered_length = g_atomic_int_get (&self->answered_length);
  int failing_page = g_atomic_int_get (&self->failing_page);
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (ObmSearch) search = NULL;
  guint page, rows;
  int first, end;

  search = obm_query_parse (OBM_SEARCH_MAIL_SERVERS, query, &page, &rows, NULL);
  if (search == NULL)
    {
      answer (message, 400, "{\"type\":\"query.invalid\"}");
      return;
    }
  if (failing_page == -1 || failing_page == (int) page)
    {
      answer (message, 503, "{\"type\":\"database.unavailable\"}");
      return;
    }

  g_string_append_printf (body, "{\"length\":%d,\"page\":%u,\"rows\":%u,\"datas\":[",
                          answered_length < 0 ? length : answered_length, page, rows);
  first = (page - 1) * rows;
  end = MIN (length, first + (int) rows) - g_atomic_int_get (&self->missing);
  for (int i = first; i < end; i++)
    {
      int id = g_atomic_int_get (&self->first_id) + i;

      g_string_append_printf (body,
                              "%s{\"id\":%d,\"etag\":\"\\\"%d\\\"\",\"host\":{\"id\":%d,\"name\":\"%s%d-%d\","
                              "\"ip\":\"10.0.0.1\"},\"domain\":\"d\",\"imap\":true,\"smtp_in\":false,"
                              "\"smtp_out\":true,\"editable\":true}",
                              i == first ? "" : ",", id, id, id, obm_search_get_name (search), i,
                              g_atomic_int_get (&self->version));
    }
  g_string_append (body, "]}");
  answer (message, 200, body->str);
}

/**
 * mock_list_serve:
 * @self: (out): some mail servers
 * @server: who serves them
 * @length: how many they are
 *
 * Lets a server have mail servers.
 */
void
mock_list_serve (MockList *self, MockServer *server, int length)
{
  *self = (MockList) { .length = length, .answered_length = -1, .first_id = 1 };
  mock_server_handle (server, MOCK_LIST_PATH, serve_cb, self);
}

/**
 * mock_list_find:
 * @list: a list
 * @name: a name
 *
 * Starts a search for @name.
 */
void
mock_list_find (ObmRemoteList *list, const char *name)
{
  g_autoptr (ObmSearch) search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);

  obm_search_set_name (search, name);
  obm_remote_list_search (list, search);
}

/**
 * mock_list_search:
 * @server: a server that serves mail servers
 * @name: a name
 *
 * Returns: (transfer full): the list of what was found for @name, its first answer there
 */
ObmRemoteList *
mock_list_search (MockServer *server, const char *name)
{
  g_autoptr (ObmBackend) backend = test_signed_in (mock_server_get_address (server));
  ObmRemoteList *list = obm_remote_list_new (backend);

  mock_list_find (list, name);
  test_wait (!obm_remote_list_get_loading (list));

  return list;
}

/**
 * mock_list_get_row:
 * @list: a list
 * @position: below its length
 *
 * Returns: (transfer full): the row there
 */
ObmRemoteRow *
mock_list_get_row (ObmRemoteList *list, guint position)
{
  ObmRemoteRow *row = g_list_model_get_item (G_LIST_MODEL (list), position);

  g_assert_true (OBM_IS_REMOTE_ROW (row));
  g_assert_cmpuint (obm_remote_row_get_position (row), ==, position);

  return row;
}

/**
 * mock_list_name_of:
 * @row: a row
 *
 * Returns: (nullable) (transfer none): the name of the host of the mail server there; %NULL while it has not
 *   come
 */
const char *
mock_list_name_of (ObmRemoteRow *row)
{
  ObmEntity *item = obm_remote_row_get_item (row);

  return item ? obm_host_get_name (obm_mail_server_get_host (OBM_MAIL_SERVER (item))) : NULL;
}

/**
 * mock_list_settle:
 * @list: a list
 *
 * Waits until whatever the list wanted to ask by now has reached the server: a later request has its answer.
 */
void
mock_list_settle (ObmRemoteList *list)
{
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GObject) state = test_update_state (obm_remote_list_get_backend (list), NULL, &error);

      g_assert_no_error (error);
    }
}
