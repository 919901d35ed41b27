/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TestFolder TestFolder;

TestFolder *test_folder_new      (void);
void        test_folder_free     (TestFolder *self);
const char *test_folder_get_path (TestFolder *self);
GFile      *test_folder_get_file (TestFolder *self,
                                  const char *name);
void        test_folder_write    (TestFolder *self,
                                  const char *name,
                                  const char *contents);
char       *test_folder_read     (TestFolder *self,
                                  const char *name);
char       *test_folder_list     (TestFolder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

G_END_DECLS
