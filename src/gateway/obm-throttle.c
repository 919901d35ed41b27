/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-throttle.h"

#include <gio/gio.h>
#include <string.h>

/* How long a wrong password is remembered, from the first of a series. */
#define WINDOW_S 60
#define MAX_FOR_USER 10
#define MAX_FOR_PEER 100
/* How many series are remembered; beyond, the oldest is forgotten. */
#define MAX_SERIES 4096

/**
 * ObmThrottle:
 *
 * Counts wrong passwords, by user and peer and by peer alone: never by user alone, or anybody could lock
 * somebody out.
 */
struct _ObmThrottle
{
  GObject parent_instance;

  GMutex mutex;
  /* Of a digest of user and peer, so that a long name takes no more memory than a short one. */
  GHashTable *series;
};

typedef struct {
  gint64 begin;
  guint count;
} Series;

G_DEFINE_FINAL_TYPE (ObmThrottle, obm_throttle, G_TYPE_OBJECT)

static void
obm_throttle_finalize (GObject *object)
{
  ObmThrottle *self = OBM_THROTTLE (object);

  g_hash_table_unref (self->series);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (obm_throttle_parent_class)->finalize (object);
}

static void
obm_throttle_class_init (ObmThrottleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_throttle_finalize;
}

static void
obm_throttle_init (ObmThrottle *self)
{
  g_mutex_init (&self->mutex);
  self->series = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* Who is counted: of IPv6 the network, since a host may use any address in it. */
static char *
make_key (const char *user, const char *peer)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (peer);

  if (address != NULL && g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    g_checksum_update (checksum, g_inet_address_to_bytes (address), 8);
  else
    g_checksum_update (checksum, (const guchar *) peer, -1);
  if (user != NULL)
    {
      g_autofree char *folded = g_utf8_casefold (user, -1);

      g_checksum_update (checksum, (const guchar *) "\n", 1);
      g_checksum_update (checksum, (const guchar *) folded, -1);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
is_over (const Series *series, gint64 now)
{
  return now - series->begin >= WINDOW_S * G_USEC_PER_SEC;
}

static gboolean
remove_if_over (gpointer key, gpointer value, gpointer user_data)
{
  return is_over (value, *(gint64 *) user_data);
}

static void
make_room (ObmThrottle *self, gint64 now)
{
  const char *oldest = NULL;
  gint64 begin = G_MAXINT64;
  GHashTableIter iter;
  gpointer key, value;

  if (g_hash_table_size (self->series) < MAX_SERIES)
    return;

  g_hash_table_foreach_remove (self->series, remove_if_over, &now);
  if (g_hash_table_size (self->series) < MAX_SERIES)
    return;

  g_hash_table_iter_init (&iter, self->series);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (((Series *) value)->begin < begin)
      {
        begin = ((Series *) value)->begin;
        oldest = key;
      }
  g_hash_table_remove (self->series, oldest);
}

static void
count (ObmThrottle *self, const char *user, const char *peer)
{
  g_autofree char *key = make_key (user, peer);
  gint64 now = g_get_monotonic_time ();
  Series *series = g_hash_table_lookup (self->series, key);

  if (series == NULL)
    {
      make_room (self, now);
      series = g_new0 (Series, 1);
      series->begin = now;
      g_hash_table_insert (self->series, g_steal_pointer (&key), series);
    }
  else if (is_over (series, now))
    {
      series->begin = now;
      series->count = 0;
    }
  series->count++;
}

/* The seconds until a series with too many wrong passwords is forgotten. */
static guint
get_wait (ObmThrottle *self, const char *user, const char *peer, guint max)
{
  g_autofree char *key = make_key (user, peer);
  gint64 now = g_get_monotonic_time ();
  Series *series = g_hash_table_lookup (self->series, key);

  if (series == NULL || series->count < max || is_over (series, now))
    return 0;

  return (series->begin + WINDOW_S * G_USEC_PER_SEC - now) / G_USEC_PER_SEC + 1;
}

/**
 * obm_throttle_new:
 *
 * Returns: (transfer full): a throttle that lets everybody pass
 */
ObmThrottle *
obm_throttle_new (void)
{
  return g_object_new (OBM_TYPE_THROTTLE, NULL);
}

/**
 * obm_throttle_check:
 * @self: a throttle
 * @user: who somebody says to be, in UTF-8
 * @peer: the address he comes from
 *
 * May be called from any thread, as all methods.
 *
 * Returns: the seconds he must wait, 0 when he may try
 */
guint
obm_throttle_check (ObmThrottle *self, const char *user, const char *peer)
{
  guint seconds;

  g_return_val_if_fail (OBM_IS_THROTTLE (self), 0);

  g_mutex_lock (&self->mutex);
  seconds = MAX (get_wait (self, user, peer, MAX_FOR_USER), get_wait (self, NULL, peer, MAX_FOR_PEER));
  g_mutex_unlock (&self->mutex);

  return seconds;
}

/**
 * obm_throttle_failed:
 * @self: a throttle
 * @user: who somebody said to be
 * @peer: the address he comes from
 *
 * Counts a wrong password.
 */
void
obm_throttle_failed (ObmThrottle *self, const char *user, const char *peer)
{
  g_return_if_fail (OBM_IS_THROTTLE (self));

  g_mutex_lock (&self->mutex);
  count (self, user, peer);
  count (self, NULL, peer);
  g_mutex_unlock (&self->mutex);
}

/**
 * obm_throttle_passed:
 * @self: a throttle
 * @user: who somebody is
 * @peer: the address he comes from
 *
 * Forgets the wrong passwords of a user from a peer; those of the peer stay counted.
 */
void
obm_throttle_passed (ObmThrottle *self, const char *user, const char *peer)
{
  g_autofree char *key = make_key (user, peer);

  g_return_if_fail (OBM_IS_THROTTLE (self));

  g_mutex_lock (&self->mutex);
  g_hash_table_remove (self->series, key);
  g_mutex_unlock (&self->mutex);
}
