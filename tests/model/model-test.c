/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "model-test.h"

/* The nodes come from json-glib itself, so that an object is tested without obm_json_parse(). */
static JsonNode *
read_json (const char *text)
{
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (GError) error = NULL;
  JsonNode *node = json_from_string (json, &error);

  g_assert_no_error (error);

  return node;
}

/**
 * test_object:
 * @text: a JSON object, with ' for "
 *
 * Returns: (transfer full): the object, sealed as those that come from a backend
 */
JsonObject *
test_object (const char *text)
{
  g_autoptr (JsonNode) node = read_json (text);
  JsonObject *object = json_node_dup_object (node);

  g_assert_nonnull (object);
  json_object_seal (object);

  return object;
}

/**
 * test_assert_json:
 * @object: (transfer full): what an object was written as
 * @expected: what it should be, with ' for "
 */
void
test_assert_json (JsonObject *object, const char *expected)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) expected_node = read_json (expected);

  json_node_take_object (node, object);
  if (!json_node_equal (node, expected_node))
    {
      g_autofree char *got = json_to_string (node, FALSE);
      g_autofree char *wanted = json_to_string (expected_node, FALSE);

      /* Unequal even if the texts are the same: 1 and 1.0 are not. */
      g_assert_cmpstr (got, ==, wanted);
      g_assert_not_reached ();
    }
}

/**
 * test_assert_error:
 * @error: (inout): the error that must be there; cleared
 * @code: the code it must have
 * @field: (nullable): the field it must name
 */
void
test_assert_error (GError **error, ObmError code, const char *field)
{
  g_assert_error (*error, OBM_ERROR, (int) code);
  g_assert_cmpstr (obm_error_get_field (*error), ==, field);
  g_assert_true (g_utf8_validate ((*error)->message, -1, NULL));
  g_clear_error (error);
}

static void
notified_cb (GObject *object, GParamSpec *pspec, GPtrArray *watch)
{
  g_ptr_array_add (watch, g_strdup (pspec->name));
}

/**
 * test_watch:
 * @object: a #GObject
 *
 * Returns: (transfer full): collects the names of the properties that @object notifies from now on
 */
GPtrArray *
test_watch (gpointer object)
{
  GPtrArray *watch = g_ptr_array_new_with_free_func (g_free);

  g_signal_connect_data (object, "notify", G_CALLBACK (notified_cb), g_ptr_array_ref (watch),
                         (GClosureNotify) (GCallback) g_ptr_array_unref, G_CONNECT_DEFAULT);

  return watch;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char * const *) a, *(const char * const *) b);
}

/**
 * test_assert_notified:
 * @watch: from test_watch(); emptied
 * @expected: the properties that must have been notified since, each once, sorted, with blanks between
 */
void
test_assert_notified (GPtrArray *watch, const char *expected)
{
  g_autofree char *names = NULL;

  g_ptr_array_sort (watch, compare_names);
  g_ptr_array_add (watch, NULL);
  names = g_strjoinv (" ", (char **) watch->pdata);
  g_ptr_array_set_size (watch, 0);

  g_assert_cmpstr (names, ==, expected);
}
