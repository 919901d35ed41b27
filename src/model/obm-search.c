/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-search.h"

#include "obm-string.h"

/**
 * ObmSearch:
 *
 * The criteria and the order of a list. An empty name or address, and a role neither asked with nor without, match
 * everything.
 */
struct _ObmSearch
{
  GObject parent_instance;

  ObmSearchKind kind;
  char *name;
  char *ip;
  ObmRoles with;
  ObmRoles without;
  gboolean available;
  ObmSort sort;
  gboolean descending;
};

G_DEFINE_FINAL_TYPE (ObmSearch, obm_search, G_TYPE_OBJECT)

static void
obm_search_finalize (GObject *object)
{
  ObmSearch *self = OBM_SEARCH (object);

  g_free (self->name);
  g_free (self->ip);

  G_OBJECT_CLASS (obm_search_parent_class)->finalize (object);
}

static void
obm_search_class_init (ObmSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_search_finalize;
}

static void
obm_search_init (ObmSearch *self)
{
  self->name = g_strdup ("");
  self->ip = g_strdup ("");
}

/**
 * obm_search_new:
 * @kind: what is searched
 *
 * Returns: (transfer full): a search for everything, by ascending name
 */
ObmSearch *
obm_search_new (ObmSearchKind kind)
{
  ObmSearch *self = g_object_new (OBM_TYPE_SEARCH, NULL);

  self->kind = kind;

  return self;
}

/**
 * obm_search_copy:
 * @self: a search
 *
 * Returns: (transfer full): the same search, to be changed on its own
 */
ObmSearch *
obm_search_copy (ObmSearch *self)
{
  ObmSearch *copy;

  g_return_val_if_fail (OBM_IS_SEARCH (self), NULL);

  copy = obm_search_new (self->kind);
  obm_search_set_name (copy, self->name);
  obm_search_set_ip (copy, self->ip);
  obm_search_set_roles (copy, self->with, self->without);
  obm_search_set_available (copy, self->available);
  obm_search_set_order (copy, self->sort, self->descending);

  return copy;
}

/**
 * obm_search_get_kind:
 * @self: a search
 *
 * Returns: what is searched
 */
ObmSearchKind
obm_search_get_kind (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), OBM_SEARCH_MAIL_SERVERS);

  return self->kind;
}

/**
 * obm_search_get_name:
 * @self: a search
 *
 * Returns: how the host's name begins, "*" standing for any text; never %NULL
 */
const char *
obm_search_get_name (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), "");

  return self->name;
}

/**
 * obm_search_set_name:
 * @self: a search
 * @name: (nullable): how the host's name begins
 */
void
obm_search_set_name (ObmSearch *self, const char *name)
{
  g_return_if_fail (OBM_IS_SEARCH (self));

  obm_set_string (&self->name, name ? name : "");
}

/**
 * obm_search_get_ip:
 * @self: a search
 *
 * Returns: what the address contains, "*" standing for any text; never %NULL
 */
const char *
obm_search_get_ip (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), "");

  return self->ip;
}

/**
 * obm_search_set_ip:
 * @self: a search
 * @ip: (nullable): what the address contains
 */
void
obm_search_set_ip (ObmSearch *self, const char *ip)
{
  g_return_if_fail (OBM_IS_SEARCH (self));

  obm_set_string (&self->ip, ip ? ip : "");
}

/**
 * obm_search_get_with:
 * @self: a search
 *
 * Returns: the roles a mail server must have
 */
ObmRoles
obm_search_get_with (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), OBM_ROLES_NONE);

  return self->with;
}

/**
 * obm_search_get_without:
 * @self: a search
 *
 * Returns: the roles a mail server must not have
 */
ObmRoles
obm_search_get_without (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), OBM_ROLES_NONE);

  return self->without;
}

/**
 * obm_search_set_roles:
 * @self: a search
 * @with: the roles a mail server must have
 * @without: the roles it must not have
 */
void
obm_search_set_roles (ObmSearch *self, ObmRoles with, ObmRoles without)
{
  g_return_if_fail (OBM_IS_SEARCH (self));

  self->with = with;
  self->without = without;
}

/**
 * obm_search_get_available:
 * @self: a search for hosts
 *
 * Returns: whether hosts that are mail servers already are left out
 */
gboolean
obm_search_get_available (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), FALSE);

  return self->available;
}

/**
 * obm_search_set_available:
 * @self: a search for hosts
 * @available: whether to leave out hosts that are mail servers already
 */
void
obm_search_set_available (ObmSearch *self, gboolean available)
{
  g_return_if_fail (OBM_IS_SEARCH (self));

  self->available = available;
}

/**
 * obm_search_get_sort:
 * @self: a search
 *
 * Returns: what the list is sorted by
 */
ObmSort
obm_search_get_sort (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), OBM_SORT_NAME);

  return self->sort;
}

/**
 * obm_search_get_descending:
 * @self: a search
 *
 * Returns: whether the order is turned round
 */
gboolean
obm_search_get_descending (ObmSearch *self)
{
  g_return_val_if_fail (OBM_IS_SEARCH (self), FALSE);

  return self->descending;
}

/**
 * obm_search_set_order:
 * @self: a search
 * @sort: what the list is sorted by
 * @descending: whether to turn the order round
 */
void
obm_search_set_order (ObmSearch *self, ObmSort sort, gboolean descending)
{
  g_return_if_fail (OBM_IS_SEARCH (self));

  self->sort = sort;
  self->descending = descending;
}
