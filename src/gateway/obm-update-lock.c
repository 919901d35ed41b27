/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-lock.h"

#include "obm-error.h"
#include "obm-lock-file.h"

/**
 * ObmUpdateLock:
 *
 * OBM's own lock, of which there is one in an installation, together with a file that tells whose it is:
 * OBM only notes that it is taken. The file is written before the transaction that takes the lock, and
 * removed after the one that gives it back: if this program is killed, or the database goes away and does not
 * say what became of a transaction, the file tells that the lock is ours, and by the process noted in it
 * whether the command still runs.
 *
 * The price: until a file that was left is found, with the next look at what waits, the lock may not be ours
 * but be taken by OBM's own pages, or another gateway, and is given back under them. That takes that they
 * come in the moment in which we fail, while the other way nobody could update any more until an
 * administrator clears the lock by hand.
 */
struct _ObmUpdateLock
{
  GObject parent_instance;

  ObmStore *store;
  char *path;
  /* While we have the lock. */
  ObmLockFile *file;
};

G_DEFINE_FINAL_TYPE (ObmUpdateLock, obm_update_lock, G_TYPE_OBJECT)

static void
obm_update_lock_finalize (GObject *object)
{
  ObmUpdateLock *self = OBM_UPDATE_LOCK (object);

  g_clear_pointer (&self->file, obm_lock_file_close);
  g_clear_object (&self->store);
  g_free (self->path);

  G_OBJECT_CLASS (obm_update_lock_parent_class)->finalize (object);
}

static void
obm_update_lock_class_init (ObmUpdateLockClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = obm_update_lock_finalize;
}

static void
obm_update_lock_init (ObmUpdateLock *self)
{
}

/**
 * obm_update_lock_new:
 * @store: the store
 * @path: the file that tells whose the lock is
 *
 * Returns: (transfer full): the lock
 */
ObmUpdateLock *
obm_update_lock_new (ObmStore *store, const char *path)
{
  ObmUpdateLock *self = g_object_new (OBM_TYPE_UPDATE_LOCK, NULL);

  self->store = g_object_ref (store);
  self->path = g_strdup (path);

  return self;
}

/* What is wrong with the file is the administrator's affair. */
static gboolean
fail_internal (GError **error, const GError *details)
{
  g_message ("Update: %s", details->message);
  g_propagate_error (error, obm_error_new (OBM_ERROR_INTERNAL, NULL, "The update cannot be started"));

  return FALSE;
}

/* Without the lock a file of our own means nothing, but that of a gateway that was killed still does. */
static void
drop (ObmLockFile *file)
{
  if (obm_lock_file_is_left (file))
    obm_lock_file_close (file);
  else
    obm_lock_file_remove (file);
}

/*
 * Whether the lock may be tried for, with the file open. Nothing is written about a lock that somebody else
 * has: it would be given back if we were killed then.
 */
static gboolean
look (ObmUpdateLock *self, gboolean *is_free, GError **error)
{
  gboolean locked = FALSE;

  /* The command of a gateway that was killed still runs. */
  if (obm_lock_file_is_alive (self->file))
    locked = TRUE;
  else if (!obm_lock_file_is_left (self->file) && !obm_store_is_update_locked (self->store, &locked, error))
    return FALSE;
  *is_free = !locked;

  return TRUE;
}

static gboolean
take (ObmStore *store, gpointer taken, GError **error)
{
  return obm_store_take_update_lock (store, taken, error);
}

/* With the file open, which is to be dropped unless @taken. */
static gboolean
take_with_file (ObmUpdateLock *self, gboolean *taken, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean is_free;

  if (!look (self, &is_free, error))
    return FALSE;
  if (!is_free)
    return TRUE;
  if (!obm_lock_file_write (self->file, 0, &local))
    return fail_internal (error, local);

  if (obm_store_transact (self->store, 0, take, taken, &local))
    {
      *taken = *taken || obm_lock_file_is_left (self->file);
      return TRUE;
    }

  *taken = FALSE;
  if (g_error_matches (local, OBM_ERROR, OBM_ERROR_INTERNAL))
    obm_update_lock_abandon (self);
  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/**
 * obm_update_lock_take:
 * @self: a lock we do not have
 * @taken: (out): whether we have it now
 * @error: return location
 *
 * Takes the lock if nobody has it, or a gateway that was killed. Blocks.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE or %OBM_ERROR_INTERNAL when it could not be tried; or
 *   with the latter, when the database went away and did not say whether it is ours: then it is left for
 *   obm_update_lock_recover()
 */
gboolean
obm_update_lock_take (ObmUpdateLock *self, gboolean *taken, GError **error)
{
  g_autoptr (GError) local = NULL;
  gboolean busy, tried;

  g_return_val_if_fail (OBM_IS_UPDATE_LOCK (self) && self->file == NULL, FALSE);

  *taken = FALSE;
  self->file = obm_lock_file_open (self->path, TRUE, &busy, &local);
  if (self->file == NULL)
    return busy || fail_internal (error, local);

  tried = take_with_file (self, taken, error);
  if (!*taken)
    g_clear_pointer (&self->file, drop);

  return tried;
}

/**
 * obm_update_lock_note:
 * @self: a lock we have
 * @pid: the process that runs under it
 *
 * Makes sure that the lock is not given back as long as that runs, even if we are killed.
 */
void
obm_update_lock_note (ObmUpdateLock *self, GPid pid)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (OBM_IS_UPDATE_LOCK (self) && self->file != NULL);

  if (!obm_lock_file_write (self->file, pid, &error))
    g_message ("Update: %s", error->message);
}

static gboolean
give (ObmStore *store, gpointer data, GError **error)
{
  return obm_store_give_update_lock (store, error);
}

/**
 * obm_update_lock_give:
 * @self: a lock we have
 * @error: return location
 *
 * Gives it back. Blocks.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE: then we still have it; or %OBM_ERROR_INTERNAL: then
 *   we may. Either way it can be given again.
 */
gboolean
obm_update_lock_give (ObmUpdateLock *self, GError **error)
{
  g_return_val_if_fail (OBM_IS_UPDATE_LOCK (self) && self->file != NULL, FALSE);

  if (!obm_store_transact (self->store, 0, give, self, error))
    return FALSE;

  g_clear_pointer (&self->file, obm_lock_file_remove);

  return TRUE;
}

/**
 * obm_update_lock_abandon:
 * @self: a lock we have
 *
 * Leaves it behind, for obm_update_lock_recover() or the next obm_update_lock_take().
 */
void
obm_update_lock_abandon (ObmUpdateLock *self)
{
  g_return_if_fail (OBM_IS_UPDATE_LOCK (self));

  g_clear_pointer (&self->file, obm_lock_file_close);
}

/**
 * obm_update_lock_recover:
 * @self: a lock we do not have
 * @error: return location
 *
 * Gives back what a gateway that was killed, or had no database, could not. Does nothing while the command it
 * started still runs. Blocks.
 *
 * Returns: %FALSE with %OBM_ERROR_DATABASE_UNAVAILABLE or %OBM_ERROR_INTERNAL
 */
gboolean
obm_update_lock_recover (ObmUpdateLock *self, GError **error)
{
  g_autoptr (ObmLockFile) file = NULL;
  g_autoptr (GError) local = NULL;
  gboolean busy;

  g_return_val_if_fail (OBM_IS_UPDATE_LOCK (self), FALSE);

  file = obm_lock_file_open (self->path, FALSE, &busy, &local);
  if (local != NULL)
    return fail_internal (error, local);
  if (file == NULL || !obm_lock_file_is_left (file) || obm_lock_file_is_alive (file))
    return TRUE;
  if (!obm_store_transact (self->store, 0, give, self, error))
    return FALSE;

  obm_lock_file_remove (g_steal_pointer (&file));
  g_message ("Update: a lock that was left is given back");

  return TRUE;
}
