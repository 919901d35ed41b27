/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-throttle.h"

#include <gio/gio.h>
#include <string.h>

/* How long a wrong password is remembered, from the first of a series. */
#define WINDOW_S 60
#define MAX_FOR_USER 10
#define MAX_FOR_PEER 100
/*
 * How many series with wrong passwords are remembered. To fill that with series at their limit takes more wrong
 * passwords than can be checked before the first of them is forgotten anyway.
 */
#define MAX_SERIES 16384
/* How full it is when room has been made. */
#define ROOMY (MAX_SERIES / 8 * 7)
/* How near to its limit a series is: LEVELS when it is there. */
#define LEVELS 10
/* Up to this level nobody is held back, then for so long, and twice as long with each further one. */
#define FREE_LEVEL 3
#define DELAY_MS 250
#define MAX_DELAY_MS 4000

/**
 * ObmThrottle:
 *
 * Counts wrong passwords, by user and peer and by peer alone: never by user alone, or anybody could lock
 * somebody out. The first ones cost nothing, those that follow are to be answered later and later, and then
 * none is checked for a while.
 *
 * A password counts as wrong while it is being checked: of many at once, no more are checked than of as many one
 * by one.
 */
struct _ObmThrottle
{
  GObject parent_instance;

  GMutex mutex;
  /* A check is over. */
  GCond changed;
  /* A set of Series: those with wrong passwords, and those of the attempts under way. */
  GHashTable *series;
};

/* The attempts of a user from a peer, or of a peer. */
typedef struct {
  /* A digest of user and peer, so that a long name takes no more memory than a short one. */
  guint8 key[16];
  gint64 begin;
  guint max;
  guint n_wrong;
  guint n_checking;
  /* How many attempts, under way or waiting for that, point to it. */
  guint n_users;
} Series;

struct _ObmAttempt
{
  Series *of_user;
  Series *of_peer;
};

G_DEFINE_FINAL_TYPE (ObmThrottle, obm_throttle, G_TYPE_OBJECT)

static void
obm_throttle_finalize (GObject *object)
{
  ObmThrottle *self = OBM_THROTTLE (object);

  g_hash_table_unref (self->series);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (obm_throttle_parent_class)->finalize (object);
}

static void
obm_throttle_class_init (ObmThrottleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_throttle_finalize;
}

static guint
series_hash (gconstpointer series)
{
  guint hash;

  memcpy (&hash, ((const Series *) series)->key, sizeof hash);

  return hash;
}

static gboolean
series_equal (gconstpointer one, gconstpointer other)
{
  return memcmp (((const Series *) one)->key, ((const Series *) other)->key, sizeof ((Series *) NULL)->key) == 0;
}

static void
obm_throttle_init (ObmThrottle *self)
{
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->series = g_hash_table_new_full (series_hash, series_equal, g_free, NULL);
}

/* Who is counted: of IPv6 the network, since a host may use any address in it. */
static void
make_key (const char *user, const char *peer, guint8 *key, gsize length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (peer);
  guint8 digest[32];
  gsize digest_length = sizeof digest;

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
  g_checksum_get_digest (checksum, digest, &digest_length);
  memcpy (key, digest, length);
}

static gboolean
is_over (const Series *series, gint64 now)
{
  return now - series->begin >= WINDOW_S * G_USEC_PER_SEC;
}

static guint
get_level (const Series *series)
{
  return series->n_wrong * LEVELS / series->max;
}

/* The series of a user or, without one, of a peer. It stays until it is let go. */
static Series *
hold (ObmThrottle *self, const char *user, const char *peer)
{
  Series wanted;
  Series *series;

  make_key (user, peer, wanted.key, sizeof wanted.key);
  series = g_hash_table_lookup (self->series, &wanted);
  if (series == NULL)
    {
      series = g_new0 (Series, 1);
      memcpy (series->key, wanted.key, sizeof series->key);
      series->max = user ? MAX_FOR_USER : MAX_FOR_PEER;
      g_hash_table_add (self->series, series);
    }
  series->n_users++;

  return series;
}

static void
let_go (ObmThrottle *self, Series *series)
{
  series->n_users--;
  if (series->n_users == 0 && series->n_wrong == 0)
    g_hash_table_remove (self->series, series);
}

static gboolean
remove_if_over (gpointer series, gpointer value, gpointer now)
{
  return ((Series *) series)->n_users == 0 && is_over (series, *(gint64 *) now);
}

/* The one to forget first: the farther from its limit, then the older. */
static int
compare (gconstpointer one, gconstpointer other)
{
  const Series *a = one;
  const Series *b = other;
  int difference = (int) get_level (a) - (int) get_level (b);

  if (difference == 0)
    difference = (a->begin > b->begin) - (a->begin < b->begin);

  return difference;
}

/* Who fills the table must not be forgotten for it, so those that have hardly begun go first. */
static void
make_room (ObmThrottle *self, gint64 now)
{
  g_autoptr (GList) all = NULL;

  if (g_hash_table_size (self->series) <= MAX_SERIES)
    return;

  g_hash_table_foreach_remove (self->series, remove_if_over, &now);
  all = g_list_sort (g_hash_table_get_keys (self->series), compare);
  for (GList *link = all; link != NULL && g_hash_table_size (self->series) > ROOMY; link = link->next)
    if (((Series *) link->data)->n_users == 0)
      g_hash_table_remove (self->series, link->data);
}

static void
count (Series *series, gint64 now)
{
  if (series->n_wrong == 0 || is_over (series, now))
    {
      series->begin = now;
      series->n_wrong = 0;
    }
  series->n_wrong++;
}

/* The seconds, rounded up, until a series with too many wrong passwords is forgotten. */
static guint
get_wait (const Series *series, gint64 now)
{
  if (series->n_wrong < series->max || is_over (series, now))
    return 0;

  return (series->begin + WINDOW_S * G_USEC_PER_SEC - now) / G_USEC_PER_SEC + 1;
}

/* Whether one more may be checked, even if all those under way are wrong. */
static gboolean
has_place (const Series *series, gint64 now)
{
  guint n_wrong = is_over (series, now) ? 0 : series->n_wrong;

  return n_wrong + series->n_checking < series->max;
}

static guint
get_delay (const ObmAttempt *attempt)
{
  guint level = MAX (get_level (attempt->of_user), get_level (attempt->of_peer));

  return level > FREE_LEVEL ? MIN (DELAY_MS << (level - FREE_LEVEL - 1), MAX_DELAY_MS) : 0;
}

static void
free_attempt (ObmThrottle *self, ObmAttempt *attempt)
{
  let_go (self, attempt->of_user);
  let_go (self, attempt->of_peer);
  g_free (attempt);
}

static void
end (ObmThrottle *self, ObmAttempt *attempt)
{
  attempt->of_user->n_checking--;
  attempt->of_peer->n_checking--;
  free_attempt (self, attempt);
  g_cond_broadcast (&self->changed);
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
 * obm_throttle_begin:
 * @self: a throttle
 * @user: who somebody says to be, in UTF-8
 * @peer: the address he comes from
 * @seconds: (out): how long he must wait, if he may not try
 *
 * May be called from any thread, as all methods. Where it depends on those who are trying already, waits for
 * them, which is as long as a check takes.
 *
 * Returns: (transfer full) (nullable): his attempt, to be ended by one of the methods below; %NULL when he must
 *   wait
 */
ObmAttempt *
obm_throttle_begin (ObmThrottle *self, const char *user, const char *peer, guint *seconds)
{
  ObmAttempt *attempt;
  gint64 now;

  g_return_val_if_fail (OBM_IS_THROTTLE (self), NULL);

  attempt = g_new0 (ObmAttempt, 1);
  g_mutex_lock (&self->mutex);
  attempt->of_user = hold (self, user, peer);
  attempt->of_peer = hold (self, NULL, peer);
  for (;;)
    {
      now = g_get_monotonic_time ();
      *seconds = MAX (get_wait (attempt->of_user, now), get_wait (attempt->of_peer, now));
      if (*seconds > 0 || (has_place (attempt->of_user, now) && has_place (attempt->of_peer, now)))
        break;
      g_cond_wait (&self->changed, &self->mutex);
    }
  if (*seconds == 0)
    {
      attempt->of_user->n_checking++;
      attempt->of_peer->n_checking++;
    }
  else
    free_attempt (self, g_steal_pointer (&attempt));
  g_mutex_unlock (&self->mutex);

  return attempt;
}

/**
 * obm_throttle_fail:
 * @self: a throttle
 * @attempt: (transfer full): an attempt whose password is wrong
 *
 * Returns: for how long the answer is to be held back, in milliseconds
 */
guint
obm_throttle_fail (ObmThrottle *self, ObmAttempt *attempt)
{
  gint64 now = g_get_monotonic_time ();
  guint delay;

  g_return_val_if_fail (OBM_IS_THROTTLE (self), 0);

  g_mutex_lock (&self->mutex);
  count (attempt->of_user, now);
  count (attempt->of_peer, now);
  delay = get_delay (attempt);
  make_room (self, now);
  end (self, attempt);
  g_mutex_unlock (&self->mutex);

  return delay;
}

/**
 * obm_throttle_pass:
 * @self: a throttle
 * @attempt: (transfer full): an attempt whose password is right
 *
 * Forgets the wrong passwords of the user from the peer; those of the peer stay counted.
 */
void
obm_throttle_pass (ObmThrottle *self, ObmAttempt *attempt)
{
  g_return_if_fail (OBM_IS_THROTTLE (self));

  g_mutex_lock (&self->mutex);
  attempt->of_user->n_wrong = 0;
  end (self, attempt);
  g_mutex_unlock (&self->mutex);
}

/**
 * obm_throttle_drop:
 * @self: a throttle
 * @attempt: (transfer full): an attempt of which nothing came: there is no telling whether it was right
 */
void
obm_throttle_drop (ObmThrottle *self, ObmAttempt *attempt)
{
  g_return_if_fail (OBM_IS_THROTTLE (self));

  g_mutex_lock (&self->mutex);
  end (self, attempt);
  g_mutex_unlock (&self->mutex);
}
