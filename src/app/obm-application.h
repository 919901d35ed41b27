/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_APPLICATION (obm_application_get_type ())

G_DECLARE_FINAL_TYPE (ObmApplication, obm_application, OBM, APPLICATION, GtkApplication)

ObmApplication *obm_application_new (const char *password);

G_END_DECLS
