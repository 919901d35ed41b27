/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-address-order.h"

#include <arpa/inet.h>

/*
 * The order of addresses is made here and not in SQL: it is the same on every database then, and taking a
 * hundred thousand texts apart takes SQLite three times as long.
 */

typedef struct {
  gint64 id;
  guint32 address;
  gboolean valid;
} Entry;

static Entry
make_entry (gint64 id, const char *text)
{
  struct in_addr parsed;
  Entry entry = { .id = id };

  entry.valid = text != NULL && inet_pton (AF_INET, text, &parsed) == 1;
  if (entry.valid)
    entry.address = ntohl (parsed.s_addr);

  return entry;
}

/* What is no address comes last, and ties are by id, whatever the direction. */
static int
compare (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Entry *one = a;
  const Entry *other = b;
  gboolean descending = GPOINTER_TO_INT (user_data);

  if (one->valid != other->valid)
    return one->valid ? -1 : 1;
  if (one->address != other->address)
    return (one->address < other->address) != descending ? -1 : 1;

  return one->id < other->id ? -1 : one->id > other->id;
}

/**
 * obm_address_order:
 * @rows: rows of an id and an address
 * @descending: whether the highest address comes first
 *
 * Orders by IPv4 address: 192.162.0.2 before 192.162.0.10.
 *
 * Returns: (transfer full) (element-type gint64): the ids
 */
GArray *
obm_address_order (const ObmRows *rows, gboolean descending)
{
  enum { ID, ADDRESS };
  guint n_rows = obm_rows_get_n_rows (rows);
  g_autoptr (GArray) entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), n_rows);
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (gint64), n_rows);

  for (guint i = 0; i < n_rows; i++)
    {
      Entry entry = make_entry (obm_rows_get_int (rows, i, ID, 0), obm_rows_get_text (rows, i, ADDRESS));

      g_array_append_val (entries, entry);
    }
  g_array_sort_with_data (entries, compare, GINT_TO_POINTER (descending));
  for (guint i = 0; i < n_rows; i++)
    g_array_append_val (ids, g_array_index (entries, Entry, i).id);

  return ids;
}
