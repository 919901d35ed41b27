/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-replacement.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <glib/gstdio.h>
#include <stdlib.h>

/*
 * New contents for a file: written beside it, and put in its place at the end, in one step. Until then the
 * file stays as it is, or away. GIO's own g_file_replace() does not promise that: a file that is not there
 * yet, a link, or one in a folder that may not be written to is truncated and written in place.
 *
 * Everything here blocks: it is made for a worker thread. The file may be one of the document portal's, whose
 * folders take a second name beside the document's and let it be renamed.
 */
struct _ObmReplacement
{
  GFile *file;
  GFile *temporary;
  GOutputStream *stream;
};

#define FILE_ATTRIBUTES \
  G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK "," G_FILE_ATTRIBUTE_UNIX_MODE "," \
  G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE

#define MAX_NAMES 100

/* The file behind a link, else @file. A link that leads nowhere is an error. */
static GFile *
follow_link (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInfo) info = g_file_query_info (file, FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                                  cancellable, NULL);
  const char *path = g_file_peek_path (file);
  char *resolved;
  GFile *target;

  if (info == NULL || !g_file_info_get_is_symlink (info) || path == NULL)
    return g_object_ref (file);

  resolved = realpath (path, NULL);
  if (resolved == NULL)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code), "%s: %s", path, g_strerror (code));
      return NULL;
    }
  target = g_file_new_for_path (resolved);
  free (resolved);

  return target;
}

/* Whether @info, of a file that is there, says that it may be replaced. */
static gboolean
check_replaceable (GFileInfo *info, GError **error)
{
  GFileType type = g_file_info_get_file_type (info);

  if (type == G_FILE_TYPE_DIRECTORY)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, "It is a folder");
  else if (type != G_FILE_TYPE_REGULAR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "It is not a regular file");
  else if (g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE) &&
           !g_file_info_get_attribute_boolean (info, G_FILE_ATTRIBUTE_ACCESS_CAN_WRITE))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "The file may not be written to");
  else
    return TRUE;

  return FALSE;
}

/* Creates a file beside the one to be replaced, in the same folder so that it can be renamed. */
static gboolean
create_temporary (ObmReplacement *self, GFileCreateFlags flags, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);

  for (guint i = 0; i < MAX_NAMES; i++)
    {
      g_autofree char *name = g_strdup_printf (".obm-export-%08x", g_random_int ());
      g_autoptr (GFile) temporary = g_file_get_child (folder, name);
      g_autoptr (GError) failure = NULL;

      self->stream = (GOutputStream *) g_file_create (temporary, flags, cancellable, &failure);
      if (self->stream != NULL)
        {
          self->temporary = g_steal_pointer (&temporary);
          return TRUE;
        }
      if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_EXISTS) || i == MAX_NAMES - 1)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }

  g_return_val_if_reached (FALSE);
}

/**
 * obm_replacement_new:
 * @file: (transfer none): the file to replace; it need not be there
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * Returns: (transfer full): new contents, empty so far; %NULL with an error of the domain %G_IO_ERROR
 */
ObmReplacement *
obm_replacement_new (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (ObmReplacement) self = g_new0 (ObmReplacement, 1);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GError) failure = NULL;
  guint mode = 0;

  self->file = follow_link (file, cancellable, error);
  if (self->file == NULL)
    return NULL;

  info = g_file_query_info (self->file, FILE_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, &failure);
  if (info == NULL && !g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (info != NULL && !check_replaceable (info, error))
    return NULL;

  if (!create_temporary (self, info ? G_FILE_CREATE_PRIVATE : G_FILE_CREATE_NONE, cancellable, error))
    return NULL;

  /* Who may read the old contents may read the new ones. Some file systems have no such thing. */
  if (info != NULL)
    mode = g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_MODE) & 0777;
  if (mode != 0)
    g_file_set_attribute_uint32 (self->temporary, G_FILE_ATTRIBUTE_UNIX_MODE, mode, G_FILE_QUERY_INFO_NONE,
                                 NULL, NULL);

  return g_steal_pointer (&self);
}

/**
 * obm_replacement_write:
 * @self: new contents
 * @data: (array length=length): what is appended
 * @length: how many bytes
 * @cancellable: (nullable): gives up
 * @error: return location
 *
 * Returns: whether it is written
 */
gboolean
obm_replacement_write (ObmReplacement *self,
                       const void *data,
                       gsize length,
                       GCancellable *cancellable,
                       GError **error)
{
  return g_output_stream_write_all (self->stream, data, length, NULL, cancellable, error);
}

/* After a power cut there must be the old contents or the new ones, not a name without any. */
static gboolean
flush (GOutputStream *stream, GError **error)
{
  int code;

  if (!G_IS_FILE_DESCRIPTOR_BASED (stream) ||
      g_fsync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream))) == 0)
    return TRUE;

  /* Some file systems cannot. */
  code = errno;
  if (code == EINVAL || code == ENOSYS || code == ENOTSUP)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));

  return FALSE;
}

/**
 * obm_replacement_commit:
 * @self: new contents, all of them
 * @error: return location
 *
 * Puts them in the place of the old ones.
 *
 * Returns: whether that is done; if not, the file is as it was
 */
gboolean
obm_replacement_commit (ObmReplacement *self, GError **error)
{
  const GFileCopyFlags flags = G_FILE_COPY_OVERWRITE | G_FILE_COPY_NO_FALLBACK_FOR_MOVE;

  if (!flush (self->stream, error) || !g_output_stream_close (self->stream, NULL, error) ||
      !g_file_move (self->temporary, self->file, flags, NULL, NULL, NULL, error))
    return FALSE;

  g_clear_object (&self->temporary);

  return TRUE;
}

/**
 * obm_replacement_free:
 * @self: new contents
 *
 * Throws them away unless they were put in place.
 */
void
obm_replacement_free (ObmReplacement *self)
{
  if (self->stream != NULL)
    g_output_stream_close (self->stream, NULL, NULL);
  g_clear_object (&self->stream);
  if (self->temporary != NULL)
    g_file_delete (self->temporary, NULL, NULL);
  g_clear_object (&self->temporary);
  g_clear_object (&self->file);
  g_free (self);
}
