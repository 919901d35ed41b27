/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-chunk-cache.h"
#include "obm-host.h"
#include "obm-identity-map.h"
#include "obm-mail-server.h"

#include "remote-test.h"

static ObmChunkCache *
cache_new (void)
{
  return obm_chunk_cache_new (NULL, NULL);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmChunkCache, obm_chunk_cache_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmIdentityMap, obm_identity_map_free)

static ObmChunk *
ask (ObmChunkCache *cache, guint index)
{
  ObmChunk *chunk = obm_chunk_cache_touch (cache, index);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  obm_chunk_ask (chunk, cancellable);

  return chunk;
}

static void
load (ObmChunkCache *cache, guint index)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  obm_chunk_load (obm_chunk_cache_touch (cache, index), items, 0);
}

static void
assert_next (ObmChunkCache *cache, int index)
{
  ObmChunk *chunk = obm_chunk_cache_next_needed (cache);

  g_assert_cmpint (chunk ? (int) obm_chunk_get_index (chunk) : -1, ==, index);
}

static void
test_latest_first (void)
{
  g_autoptr (ObmChunkCache) cache = cache_new ();

  assert_next (cache, -1);
  obm_chunk_cache_touch (cache, 1);
  obm_chunk_cache_touch (cache, 2);
  obm_chunk_cache_touch (cache, 3);
  assert_next (cache, 3);
  obm_chunk_cache_touch (cache, 1);
  assert_next (cache, 1);
  ask (cache, 1);
  assert_next (cache, 3);
  load (cache, 3);
  assert_next (cache, 2);
}

static void
test_strays (void)
{
  g_autoptr (ObmChunkCache) cache = cache_new ();
  g_autoptr (ObmRemoteRow) row = NULL;
  ObmChunk *first = ask (cache, 7), *second;
  gint64 age = obm_chunk_get_age (first);

  /* a clock that stood still could not tell which is older */
  test_wait (obm_chunk_get_age (first) > age + 1000);
  second = ask (cache, 3);
  load (cache, 1);
  obm_chunk_cache_touch (cache, 2);

  g_assert_true (obm_chunk_cache_oldest_stray (cache) == first);
  row = obm_chunk_get_row (first, 0);
  g_assert_true (obm_chunk_cache_oldest_stray (cache) == second);
  obm_chunk_pin (second);
  g_assert_null (obm_chunk_cache_oldest_stray (cache));
}

static void
test_trim (void)
{
  g_autoptr (ObmChunkCache) cache = cache_new ();
  g_autoptr (ObmRemoteRow) row = NULL;

  row = obm_chunk_get_row (obm_chunk_cache_touch (cache, 1000), 0);
  ask (cache, 1001);
  obm_chunk_cache_touch (cache, 1002);
  for (guint i = 0; i < OBM_CHUNK_CACHE_MAX_IDLE + 2; i++)
    load (cache, i);
  /* the oldest, but touched since */
  obm_chunk_cache_touch (cache, 0);
  obm_chunk_cache_trim (cache);

  g_assert_nonnull (obm_chunk_cache_lookup (cache, 1000));
  g_assert_nonnull (obm_chunk_cache_lookup (cache, 1001));
  g_assert_null (obm_chunk_cache_lookup (cache, 1002));
  g_assert_nonnull (obm_chunk_cache_lookup (cache, 0));
  g_assert_null (obm_chunk_cache_lookup (cache, 1));
  g_assert_null (obm_chunk_cache_lookup (cache, 2));
  for (guint i = 3; i < OBM_CHUNK_CACHE_MAX_IDLE + 2; i++)
    g_assert_nonnull (obm_chunk_cache_lookup (cache, i));
}

/* The same number, of another kind. */
static void
test_kinds (void)
{
  g_autoptr (ObmIdentityMap) map = obm_identity_map_new ();
  g_autofree char *text = test_json ("{'id':7,'name':'hote1','ip':null,'etag':'\\'e\\'','host':{'id':7},"
                                     "'imap':true,'smtp_in':false,'smtp_out':false,'editable':true}");
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (ObmHost) host = obm_host_new_from_json (object, NULL);
  g_autoptr (ObmHost) again = obm_host_new_from_json (object, NULL);
  g_autoptr (ObmMailServer) mail_server = obm_mail_server_new_from_json (object, NULL);
  g_autoptr (ObmEntity) first = obm_identity_map_resolve (map, OBM_ENTITY (host));
  g_autoptr (ObmEntity) second = obm_identity_map_resolve (map, OBM_ENTITY (again));
  g_autoptr (ObmEntity) third = obm_identity_map_resolve (map, OBM_ENTITY (mail_server));
  g_autoptr (ObmEntity) itself = obm_identity_map_resolve (map, OBM_ENTITY (mail_server));

  g_assert_true (first == OBM_ENTITY (host));
  g_assert_true (second == first);
  g_assert_true (third == OBM_ENTITY (mail_server));
  g_assert_true (itself == third);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/chunks/latest-is-not-first", test_latest_first);
  g_test_add_func ("/remote/chunks/stray-is-looked-at", test_strays);
  g_test_add_func ("/remote/chunks/wrong-ones-are-forgotten", test_trim);
  g_test_add_func ("/remote/chunks/kinds-are-mixed-up", test_kinds);

  return g_test_run ();
}
