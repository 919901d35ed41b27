/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-json.h"

#include "obm-date.h"
#include "obm-error.h"
#include "obm-json-syntax.h"

/*
 * json-glib's own getters are not made for what strangers send: a value of another type gives 0 or a critical, and
 * its parser takes more than JSON. These getters give a fallback, or an error that names the member.
 */

/**
 * obm_json_parse:
 * @text: bytes from outside
 * @length: how many
 * @error: return location
 *
 * Parses an object or an array, strictly: UTF-8, no NUL character, integers of 64 bits, no nesting beyond
 * %OBM_JSON_MAX_DEPTH. Of two members of one name the last counts.
 *
 * Returns: (transfer full): the root, immutable; %NULL with %OBM_ERROR_REPLY_MALFORMED
 */
JsonNode *
obm_json_parse (const char *text, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) local = NULL;
  JsonNode *root;

  if (text == NULL || !g_utf8_validate_len (text, length, NULL) || !obm_json_check_syntax (text, length))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "Not a JSON object or array"));
      return NULL;
    }

  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, length, &local))
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "Not JSON: %s", local->message));
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL || JSON_NODE_HOLDS_NULL (root) || JSON_NODE_HOLDS_VALUE (root))
    {
      g_clear_pointer (&root, json_node_unref);
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "Not a JSON object or array"));
    }

  return root;
}

/**
 * obm_json_to_string:
 * @node: (transfer none): a node
 *
 * Returns: (transfer full): @node as compact JSON
 */
char *
obm_json_to_string (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);
  GString *escaped;

  /* The one control character that json-glib 1.6 forgets. */
  if (strchr (text, 0x1f) == NULL)
    return g_steal_pointer (&text);

  escaped = g_string_new (text);
  g_string_replace (escaped, "\x1f", "\\u001f", 0);

  return g_string_free (escaped, FALSE);
}

static JsonNode *
get_value (JsonObject *object, const char *member, GType type)
{
  JsonNode *node = json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

/**
 * obm_json_get_string:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (nullable) (transfer none): the string; %NULL if absent, null or not a string
 */
const char *
obm_json_get_string (JsonObject *object, const char *member)
{
  JsonNode *node = get_value (object, member, G_TYPE_STRING);

  return node ? json_node_get_string (node) : NULL;
}

/**
 * obm_json_get_int:
 * @object: an object
 * @member: the member's name
 * @fallback: what to return if it is absent or not an integer
 *
 * Returns: the integer
 */
gint64
obm_json_get_int (JsonObject *object, const char *member, gint64 fallback)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);

  return node ? json_node_get_int (node) : fallback;
}

/**
 * obm_json_get_boolean:
 * @object: an object
 * @member: the member's name
 * @fallback: what to return if it is absent or not a boolean
 *
 * Returns: the boolean
 */
gboolean
obm_json_get_boolean (JsonObject *object, const char *member, gboolean fallback)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  return node ? json_node_get_boolean (node) : fallback;
}

/**
 * obm_json_get_date:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (nullable) (transfer full): the date; %NULL if absent or not a date
 */
GDateTime *
obm_json_get_date (JsonObject *object, const char *member)
{
  return obm_date_parse (obm_json_get_string (object, member));
}

/**
 * obm_json_get_object:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (nullable) (transfer none): the object; %NULL if absent or not an object
 */
JsonObject *
obm_json_get_object (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * obm_json_get_array:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (nullable) (transfer none): the array; %NULL if absent or not an array
 */
JsonArray *
obm_json_get_array (JsonObject *object, const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * obm_json_get_strings:
 * @object: an object
 * @member: the member's name
 *
 * Returns: (transfer full): the strings of an array, what is not a string left out; never %NULL
 */
char **
obm_json_get_strings (JsonObject *object, const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = obm_json_get_array (object, member);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_strv_builder_add (builder, json_node_get_string (node));
    }

  return g_strv_builder_end (builder);
}

static gboolean
missing (const char *member, const char *kind, GError **error)
{
  g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, member, "\"%s\" is missing or is not %s",
                                           member, kind));
  return FALSE;
}

/**
 * obm_json_require_string:
 * @object: an object
 * @member: the member's name
 * @value: (out) (transfer none): the string
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_REPLY_MALFORMED if it is absent or of another type
 */
gboolean
obm_json_require_string (JsonObject *object, const char *member, const char **value, GError **error)
{
  *value = obm_json_get_string (object, member);

  return *value != NULL || missing (member, "a string", error);
}

/**
 * obm_json_require_int:
 * @object: an object
 * @member: the member's name
 * @value: (out): the integer
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_REPLY_MALFORMED if it is absent or of another type
 */
gboolean
obm_json_require_int (JsonObject *object, const char *member, gint64 *value, GError **error)
{
  JsonNode *node = get_value (object, member, G_TYPE_INT64);

  *value = node ? json_node_get_int (node) : 0;

  return node != NULL || missing (member, "an integer", error);
}

/**
 * obm_json_require_id:
 * @object: an object
 * @id: (out): its member "id"
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_REPLY_MALFORMED if it is absent, or not an integer above 0
 */
gboolean
obm_json_require_id (JsonObject *object, gint64 *id, GError **error)
{
  return obm_json_require_int (object, "id", id, error) &&
         (*id > 0 || missing ("id", "an integer above 0", error));
}

/**
 * obm_json_require_boolean:
 * @object: an object
 * @member: the member's name
 * @value: (out): the boolean
 * @error: return location
 *
 * Returns: %FALSE with %OBM_ERROR_REPLY_MALFORMED if it is absent or of another type
 */
gboolean
obm_json_require_boolean (JsonObject *object, const char *member, gboolean *value, GError **error)
{
  JsonNode *node = get_value (object, member, G_TYPE_BOOLEAN);

  *value = node ? json_node_get_boolean (node) : FALSE;

  return node != NULL || missing (member, "a boolean", error);
}

/**
 * obm_json_set_string:
 * @object: an object
 * @member: the member's name
 * @value: (nullable): the value; %NULL writes null
 */
void
obm_json_set_string (JsonObject *object, const char *member, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

/**
 * obm_json_set_strings:
 * @object: an object
 * @member: the member's name
 * @values: (nullable) (array zero-terminated=1): the strings; %NULL writes an empty array
 */
void
obm_json_set_strings (JsonObject *object, const char *member, const char * const *values)
{
  JsonArray *array = json_array_new ();

  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    json_array_add_string_element (array, values[i]);
  json_object_set_array_member (object, member, array);
}

/**
 * obm_json_set_date:
 * @object: an object
 * @member: the member's name
 * @value: (nullable): the date; %NULL writes null
 */
void
obm_json_set_date (JsonObject *object, const char *member, GDateTime *value)
{
  g_autofree char *text = value ? obm_date_format (value) : NULL;

  obm_json_set_string (object, member, text);
}
