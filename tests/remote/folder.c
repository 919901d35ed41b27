/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "folder.h"

#include <glib/gstdio.h>

/* A folder of a test's own, for the files it writes. */
struct _TestFolder
{
  char *path;
};

/**
 * test_folder_new:
 *
 * Returns: (transfer full): an empty folder
 */
TestFolder *
test_folder_new (void)
{
  TestFolder *self = g_new0 (TestFolder, 1);
  g_autoptr (GError) error = NULL;

  self->path = g_dir_make_tmp ("obm-test-XXXXXX", &error);
  g_assert_no_error (error);

  return self;
}

static void
remove_path (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK) && g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_chmod (path, 0700);
      folder = g_dir_open (path, 0, NULL);
    }
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_path (child);
    }
  g_remove (path);
}

/**
 * test_folder_free:
 * @self: a folder
 *
 * Removes it and everything in it.
 */
void
test_folder_free (TestFolder *self)
{
  remove_path (self->path);
  g_free (self->path);
  g_free (self);
}

/**
 * test_folder_get_path:
 * @self: a folder
 *
 * Returns: where it is
 */
const char *
test_folder_get_path (TestFolder *self)
{
  return self->path;
}

/**
 * test_folder_get_file:
 * @self: a folder
 * @name: a name
 *
 * Returns: (transfer full): the file of that name in it
 */
GFile *
test_folder_get_file (TestFolder *self, const char *name)
{
  return g_file_new_build_filename (self->path, name, NULL);
}

/**
 * test_folder_write:
 * @self: a folder
 * @name: a name
 * @contents: what the file holds
 *
 * Writes a file.
 */
void
test_folder_write (TestFolder *self, const char *name, const char *contents)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

/**
 * test_folder_read:
 * @self: a folder
 * @name: a name
 *
 * Returns: (transfer full) (nullable): what the file holds; %NULL if there is none
 */
char *
test_folder_read (TestFolder *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->path, name, NULL);
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, NULL);

  return contents;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(char **) a, *(char **) b);
}

/**
 * test_folder_list:
 * @self: a folder
 *
 * Returns: (transfer full): the names in it, hidden ones as well, in order, a blank after each
 */
char *
test_folder_list (TestFolder *self)
{
  g_autoptr (GDir) folder = g_dir_open (self->path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;
  GString *list = g_string_new (NULL);

  while ((name = g_dir_read_name (folder)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (list, "%s ", (char *) g_ptr_array_index (names, i));

  return g_string_free (list, FALSE);
}
