/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-json.h"

#include <string.h>

#include "model-test.h"

typedef struct {
  const char *name;
  const char *text;
} Document;

/* What is no JSON, though json-glib or another lenient parser may take it. */
static const Document refused[] = {
  { "nothing-is-accepted", "" },
  { "white-space-is-accepted", " \n" },
  { "null-root-is-accepted", "null" },
  { "number-root-is-accepted", "12" },
  { "string-root-is-accepted", "\"a\"" },
  { "boolean-root-is-accepted", "true" },
  { "html-is-accepted", "<!DOCTYPE html><html></html>" },
  { "line-comment-is-accepted", "{} // a" },
  { "comment-is-accepted", "{/* a */}" },
  { "hash-comment-is-accepted", "#a\n{}" },
  { "single-quotes-are-accepted", "{'a':1}" },
  { "bare-key-is-accepted", "{a:1}" },
  { "number-as-key-is-accepted", "{1:1}" },
  { "assignment-is-accepted", "var a = {}" },
  { "parentheses-are-accepted", "({})" },
  { "comma-at-the-end-is-accepted", "[1,]" },
  { "comma-at-the-end-of-an-object-is-accepted", "{\"a\":1,}" },
  { "comma-alone-is-accepted", "[,]" },
  { "missing-comma-is-accepted", "[1 2]" },
  { "missing-colon-is-accepted", "{\"a\" 1}" },
  { "missing-value-is-accepted", "{\"a\":}" },
  { "colon-in-an-array-is-accepted", "[1:2]" },
  { "comma-for-a-colon-is-accepted", "{\"a\",\"b\"}" },
  { "two-roots-are-accepted", "{}{}" },
  { "text-after-the-root-is-accepted", "{}x" },
  { "open-object-is-accepted", "{\"a\":1" },
  { "open-array-is-accepted", "[1" },
  { "open-string-is-accepted", "[\"a" },
  { "escape-at-the-end-is-accepted", "[\"a\\" },
  { "wrong-bracket-is-accepted", "[}" },
  { "crossed-brackets-are-accepted", "[{]}" },
  { "closing-bracket-alone-is-accepted", "]" },
  { "word-is-accepted", "[tru]" },
  { "words-without-comma-are-accepted", "[nullnull]" },
  { "nan-is-accepted", "[NaN]" },
  { "infinity-is-accepted", "[-Infinity]" },
  { "octal-number-is-accepted", "[010]" },
  { "negative-octal-number-is-accepted", "[-010]" },
  { "double-zero-is-accepted", "[00]" },
  { "hexadecimal-number-is-accepted", "[0x1f]" },
  { "plus-sign-is-accepted", "[+1]" },
  { "minus-alone-is-accepted", "[-]" },
  { "minus-and-blank-are-accepted", "[- 1]" },
  { "point-at-the-start-is-accepted", "[.5]" },
  { "point-at-the-end-is-accepted", "[5.]" },
  { "empty-exponent-is-accepted", "[1e]" },
  { "two-exponents-are-accepted", "[1e5e5]" },
  { "integer-above-64-bits-wraps-round", "[9223372036854775808]" },
  { "integer-far-above-64-bits-wraps-round", "[99999999999999999999999]" },
  { "integer-below-64-bits-wraps-round", "[-9223372036854775809]" },
  { "integer-far-below-64-bits-becomes-an-id", "[-18446744073709551609]" },
  { "line-feed-in-a-string-is-accepted", "[\"a\nb\"]" },
  { "escaped-line-feed-in-a-string-is-accepted", "[\"a\\\nb\"]" },
  { "tab-in-a-string-is-accepted", "[\"a\tb\"]" },
  { "unknown-escape-is-accepted", "[\"\\q\"]" },
  { "hexadecimal-escape-is-accepted", "[\"\\x41\"]" },
  { "short-unicode-escape-is-accepted", "[\"\\u12\"]" },
  { "bad-unicode-escape-is-accepted", "[\"\\uzzzz\"]" },
  { "escaped-nul-cuts-a-string", "[\"hote1\\u0000x\"]" },
  { "escaped-nul-cuts-a-key", "{\"id\\u0000x\":1}" },
  { "high-surrogate-alone-makes-bad-utf8", "[\"\\ud800x\"]" },
  { "high-surrogate-before-an-escape-makes-bad-utf8", "[\"\\ud800\\n\"]" },
  { "high-surrogate-twice-makes-bad-utf8", "[\"\\ud800\\ud800\"]" },
  { "low-surrogate-alone-makes-bad-utf8", "[\"\\udc00x\"]" },
  { "surrogates-turned-round-make-bad-utf8", "[\"\\udc00\\ud800\"]" },
  { "latin-1-is-accepted", "[\"h\xf4te\"]" },
  { "cut-utf8-is-accepted", "[\"h\xc3\"]" },
  { "overlong-utf8-is-accepted", "[\"\xc0\xaf\"]" },
  { "utf8-surrogate-is-accepted", "[\"\xed\xa0\x80\"]" },
  { "bad-utf8-key-is-accepted", "{\"\xff\":1}" },
  { "byte-order-mark-is-accepted", "\xef\xbb\xbf{}" },
  { "no-break-space-is-accepted", "[\xc2\xa0]" },
  { "form-feed-is-accepted", "[\f]" },
};

/* What is JSON; the second text is how it is written again. */
static const struct {
  const char *name;
  const char *text;
  const char *again;
} accepted[] = {
  { "empty-object-is-refused", "{}", "{}" },
  { "empty-array-is-refused", "[]", "[]" },
  { "white-space-is-refused", " \t\r\n{ \"a\" : [ 1 , 2 ] }\r\n", "{\"a\":[1,2]}" },
  { "words-are-refused", "[true,false,null]", "[true,false,null]" },
  { "greatest-integer-is-refused", "[9223372036854775807]", "[9223372036854775807]" },
  { "least-integer-is-refused", "[-9223372036854775808]", "[-9223372036854775808]" },
  { "zero-is-refused", "[0,-0]", "[0,0]" },
  { "fraction-is-refused", "[0.5,-0.5,10.25]", "[0.5,-0.5,10.25]" },
  { "exponent-is-refused", "[1e2,1E+2,25e-2]", "[100.0,100.0,0.25]" },
  { "escapes-are-refused", "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]", "[\"\\\"\\\\/\\b\\f\\n\\r\\t\"]" },
  { "unicode-escape-is-refused", "[\"h\\u00f4te \\u00E9\"]", "[\"h\303\264te \303\251\"]" },
  { "surrogate-pair-is-refused", "[\"\\uD83D\\uDE00\"]", "[\"\360\237\230\200\"]" },
  { "utf8-is-refused", "[\"h\303\264te\"]", "[\"h\303\264te\"]" },
  { "brackets-in-a-string-count", "[\"]}{[\"]", "[\"]}{[\"]" },
  { "comment-in-a-string-is-refused", "[\"// /* #\"]", "[\"// /* #\"]" },
  { "empty-key-is-refused", "{\"\":1}", "{\"\":1}" },
  { "repeated-key-is-refused", "{\"a\":1,\"a\":2}", "{\"a\":2}" },
};

/* A copy without a byte behind it, so that a sanitizer sees the parser read too far. */
static JsonNode *
parse (const char *text, gsize length, GError **error)
{
  g_autofree char *exact = g_memdup2 (text, length);

  return obm_json_parse (length > 0 ? exact : "", length, error);
}

static void
test_refused (gconstpointer data)
{
  const Document *document = data;
  g_autoptr (GError) error = NULL;

  g_assert_null (parse (document->text, strlen (document->text), &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
}

static void
test_accepted (gconstpointer data)
{
  const guint index = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = parse (accepted[index].text, strlen (accepted[index].text), &error);
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_true (json_node_is_immutable (root));
  again = obm_json_to_string (root);
  g_assert_cmpstr (again, ==, accepted[index].again);
}

static void
test_nul_byte (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (parse ("[1]\0[2]", 7, &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
  g_assert_null (parse ("[\"\0\"]", 5, &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
  g_assert_null (obm_json_parse (NULL, 0, &error));
  test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
}

static char *
nest (gsize depth, const char *opening, const char *closing)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < depth; i++)
    g_string_append (text, opening);
  g_string_append_c (text, '1');
  for (gsize i = 0; i < depth; i++)
    g_string_append (text, closing);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* json-glib's parser recurses: a million brackets would end the program. */
static void
test_depth (void)
{
  static const gsize too_deep[] = { OBM_JSON_MAX_DEPTH + 1, 1000 * 1000 };
  static const char * const pairs[][2] = { { "[", "]" }, { "{\"a\":", "}" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autofree char *deep = nest (OBM_JSON_MAX_DEPTH, pairs[i][0], pairs[i][1]);
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = parse (deep, strlen (deep), &error);

      g_assert_no_error (error);
      g_assert_nonnull (root);

      for (guint j = 0; j < G_N_ELEMENTS (too_deep); j++)
        {
          g_autofree char *deeper = nest (too_deep[j], pairs[i][0], pairs[i][1]);

          g_assert_null (parse (deeper, strlen (deeper), &error));
          test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
        }
    }
}

/* Every document cut short at every byte. */
static void
test_cut (void)
{
  static const char text[] = "{\"a\":[1,-2.5e3,true,null,\"h\303\264te \\u00e9\\n\"],\"b\":{}}";
  g_autoptr (JsonNode) root = parse (text, strlen (text), NULL);

  g_assert_nonnull (root);
  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (parse (text, length, &error));
      test_assert_error (&error, OBM_ERROR_REPLY_MALFORMED, NULL);
    }
}

/* What a host may be called must not break the answer that says so. */
static void
test_characters (void)
{
  for (gunichar c = 1; c < 0x3000; c++)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
      g_autoptr (JsonNode) again = NULL;
      g_autoptr (JsonArray) array = json_array_new ();
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;
      char name[8] = "";

      if (!g_unichar_validate (c))
        continue;
      g_unichar_to_utf8 (c, name);
      json_array_add_string_element (array, name);
      json_node_set_array (node, array);

      text = obm_json_to_string (node);
      again = parse (text, strlen (text), &error);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (again, node));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strconcat ("/model/json/", refused[i].name, NULL);

      g_test_add_data_func (path, &refused[i], test_refused);
    }
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strconcat ("/model/json/good-", accepted[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_accepted);
    }
  g_test_add_func ("/model/json/nul-byte-ends-the-text", test_nul_byte);
  g_test_add_func ("/model/json/deep-nesting-is-parsed", test_depth);
  g_test_add_func ("/model/json/character-is-not-escaped", test_characters);
  g_test_add_func ("/model/json/cut-text-is-accepted", test_cut);

  return g_test_run ();
}
