/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The group of the file that holds the settings. */
#define OBM_SETTINGS_FILE_GROUP "gateway"

gboolean obm_settings_refuse    (GError             **error,
                                 const char          *format,
                                 ...) G_GNUC_PRINTF (2, 3);
gboolean obm_settings_file_read (const char          *path,
                                 const char * const  *names,
                                 guint                n_names,
                                 char               **settings,
                                 GError             **error);

G_END_DECLS
