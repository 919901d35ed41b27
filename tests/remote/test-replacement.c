/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "folder.h"
#include "obm-replacement.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOBODY 65534

static void
assert_contents (TestFolder *folder, const char *name, const char *expected)
{
  g_autofree char *contents = test_folder_read (folder, name);

  g_assert_cmpstr (contents, ==, expected);
}

static void
assert_list (TestFolder *folder, const char *expected)
{
  g_autofree char *list = test_folder_list (folder);

  g_assert_cmpstr (list, ==, expected);
}

static void
write_text (ObmReplacement *replacement, const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (obm_replacement_write (replacement, text, strlen (text), NULL, &error));
  g_assert_no_error (error);
}

/* "new" in two parts; what was there before is there until the end. */
static void
replace (TestFolder *folder, const char *name)
{
  g_autoptr (GFile) file = test_folder_get_file (folder, name);
  g_autofree char *before = test_folder_read (folder, name);
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmReplacement) replacement = obm_replacement_new (file, NULL, &error);

  g_assert_no_error (error);
  assert_contents (folder, name, before);
  write_text (replacement, "n");
  write_text (replacement, "ew");
  assert_contents (folder, name, before);
  g_assert_true (obm_replacement_commit (replacement, &error));
  g_assert_no_error (error);
  assert_contents (folder, name, "new");
}

static void
refuse (TestFolder *folder, const char *name, GIOErrorEnum code)
{
  g_autoptr (GFile) file = test_folder_get_file (folder, name);
  g_autofree char *before = test_folder_list (folder);
  g_autoptr (GError) error = NULL;

  g_assert_null (obm_replacement_new (file, NULL, &error));
  g_assert_error (error, G_IO_ERROR, (int) code);
  assert_list (folder, before);
}

static guint
get_mode (TestFolder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (test_folder_get_path (folder), name, NULL);
  struct stat info;

  g_assert_cmpint (stat (path, &info), ==, 0);

  return info.st_mode & 0777;
}

static void
set_mode (TestFolder *folder, const char *name, guint mode)
{
  g_autofree char *path = g_build_filename (test_folder_get_path (folder), name, NULL);

  g_assert_cmpint (g_chmod (path, mode), ==, 0);
}

static void
make_link (TestFolder *folder, const char *name, const char *target)
{
  g_autofree char *path = g_build_filename (test_folder_get_path (folder), name, NULL);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
make_folder (TestFolder *folder, const char *name)
{
  g_autofree char *path = g_build_filename (test_folder_get_path (folder), name, NULL);

  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
}

static void
test_new (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  mode_t mask = umask (022);

  replace (folder, "list.csv");
  assert_list (folder, "list.csv ");
  g_assert_cmpuint (get_mode (folder, "list.csv"), ==, 0644);
  umask (mask);
}

static void
test_old (void)
{
  static const guint modes[] = { 0600, 0640, 0664, 0666 };
  g_autoptr (TestFolder) folder = test_folder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (modes); i++)
    {
      test_folder_write (folder, "list.csv", "old");
      set_mode (folder, "list.csv", modes[i]);
      replace (folder, "list.csv");
      assert_list (folder, "list.csv ");
      g_assert_cmpuint (get_mode (folder, "list.csv"), ==, modes[i]);
    }
}

/* A name as long as names may be leaves no room for a longer one beside it. */
static void
test_long_name (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *name = g_strnfill (255, 'a');

  replace (folder, name);
}

static void
test_discarded (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GFile) old = test_folder_get_file (folder, "old.csv");
  g_autoptr (GFile) new = test_folder_get_file (folder, "new.csv");
  GFile *files[] = { old, new };

  test_folder_write (folder, "old.csv", "old");
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      ObmReplacement *replacement = obm_replacement_new (files[i], NULL, NULL);

      write_text (replacement, "new");
      obm_replacement_free (replacement);
      assert_list (folder, "old.csv ");
      assert_contents (folder, "old.csv", "old");
    }
}

/* The file behind a link is replaced, and the link stays one. */
static void
test_link (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = NULL, *inner = NULL;

  make_folder (folder, "a");
  make_folder (folder, "b");
  test_folder_write (folder, "b/list.csv", "old");
  make_link (folder, "a/link.csv", "../b/list.csv");
  make_link (folder, "again.csv", "a/link.csv");
  replace (folder, "again.csv");
  assert_contents (folder, "b/list.csv", "new");
  path = g_build_filename (test_folder_get_path (folder), "a/link.csv", NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  assert_list (folder, "a again.csv b ");

  /* ".." is where the folder behind a link is */
  make_folder (folder, "a/deep");
  test_folder_write (folder, "a/list.csv", "old");
  make_link (folder, "a/deep/link.csv", "../list.csv");
  make_link (folder, "short", "a/deep");
  replace (folder, "short/link.csv");
  assert_contents (folder, "a/list.csv", "new");
}

static void
test_dangling_link (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();

  make_link (folder, "link.csv", "away/list.csv");
  refuse (folder, "link.csv", G_IO_ERROR_NOT_FOUND);
  make_link (folder, "round.csv", "round.csv");
  refuse (folder, "round.csv", G_IO_ERROR_TOO_MANY_LINKS);
}

/* Somebody else's name for the old contents keeps them. */
static void
test_hard_link (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (test_folder_get_path (folder), "list.csv", NULL);
  g_autofree char *copy = g_build_filename (test_folder_get_path (folder), "copy.csv", NULL);

  test_folder_write (folder, "list.csv", "old");
  g_assert_cmpint (link (path, copy), ==, 0);
  replace (folder, "list.csv");
  assert_contents (folder, "copy.csv", "old");
}

static void
test_no_file (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *pipe = g_build_filename (test_folder_get_path (folder), "pipe", NULL);
  g_autoptr (GFile) root = g_file_new_for_path ("/");
  g_autoptr (GError) error = NULL;

  make_folder (folder, "folder");
  refuse (folder, "folder", G_IO_ERROR_IS_DIRECTORY);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  refuse (folder, "pipe", G_IO_ERROR_NOT_REGULAR_FILE);
  refuse (folder, "away/list.csv", G_IO_ERROR_NOT_FOUND);
  g_assert_null (obm_replacement_new (root, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY);
}

static void
test_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GFile) file = test_folder_get_file (folder, "list.csv");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (ObmReplacement) replacement = obm_replacement_new (file, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (obm_replacement_write (replacement, "new", 3, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_null (obm_replacement_new (file, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The disk is full after 4 kB. */
static void
test_full_disk (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GFile) file = test_folder_get_file (folder, "list.csv");
  g_autofree char *data = g_strnfill (8192, 'a');
  struct rlimit usual, small;
  g_autoptr (GError) error = NULL;
  ObmReplacement *replacement;

  test_folder_write (folder, "list.csv", "old");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  small = (struct rlimit) { 4096, usual.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);

  replacement = obm_replacement_new (file, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (obm_replacement_write (replacement, data, 8192, NULL, &error));
  g_assert_nonnull (error);
  obm_replacement_free (replacement);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &usual), ==, 0);
  assert_list (folder, "list.csv ");
  assert_contents (folder, "list.csv", "old");
}

/* Something else took its place meanwhile. */
static void
test_in_the_way (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GFile) file = test_folder_get_file (folder, "list.csv");
  ObmReplacement *replacement = obm_replacement_new (file, NULL, NULL);
  g_autoptr (GError) error = NULL;

  make_folder (folder, "list.csv");
  write_text (replacement, "new");
  g_assert_false (obm_replacement_commit (replacement, &error));
  g_assert_nonnull (error);
  obm_replacement_free (replacement);
  assert_list (folder, "list.csv ");
}

/* What an ordinary person may not do. */
static void
test_permissions (void)
{
  g_autoptr (TestFolder) folder = NULL;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }

  /* root may do anything; who is nobody may not even come to root's own folder for temporary files */
  if (geteuid () == 0)
    g_setenv ("TMPDIR", "/tmp", TRUE);
  if (geteuid () == 0 && setresuid (NOBODY, NOBODY, NOBODY) != 0)
    {
      g_test_skip ("there is nobody to be");
      return;
    }
  /* the leak sanitizer looks into its own process, which is not allowed after that */
  prctl (PR_SET_DUMPABLE, 1);

  folder = test_folder_new ();
  make_folder (folder, "closed");
  test_folder_write (folder, "closed/list.csv", "old");
  set_mode (folder, "closed", 0500);
  /* GIO would write over it in place, as far as it comes */
  refuse (folder, "closed/list.csv", G_IO_ERROR_PERMISSION_DENIED);
  refuse (folder, "closed/new.csv", G_IO_ERROR_PERMISSION_DENIED);
  assert_contents (folder, "closed/list.csv", "old");

  test_folder_write (folder, "fixed.csv", "old");
  set_mode (folder, "fixed.csv", 0400);
  refuse (folder, "fixed.csv", G_IO_ERROR_PERMISSION_DENIED);
  assert_contents (folder, "fixed.csv", "old");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/remote/replacement/new-file-is-not-written", test_new);
  g_test_add_func ("/remote/replacement/old-file-is-not-replaced", test_old);
  g_test_add_func ("/remote/replacement/long-name-is-too-long", test_long_name);
  g_test_add_func ("/remote/replacement/discarded-stays", test_discarded);
  g_test_add_func ("/remote/replacement/link-is-replaced", test_link);
  g_test_add_func ("/remote/replacement/link-to-nowhere-is-followed", test_dangling_link);
  g_test_add_func ("/remote/replacement/other-name-changes", test_hard_link);
  g_test_add_func ("/remote/replacement/something-else-is-replaced", test_no_file);
  g_test_add_func ("/remote/replacement/cancelled-goes-on", test_cancelled);
  g_test_add_func ("/remote/replacement/full-disk-destroys-the-file", test_full_disk);
  g_test_add_func ("/remote/replacement/folder-in-the-way-leaves-rubbish", test_in_the_way);
  g_test_add_func ("/remote/replacement/permissions-do-not-count", test_permissions);

  return g_test_run ();
}
