/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-update-state.h"

G_BEGIN_DECLS

GtkWidget *obm_change_row_new  (const ObmChange *change);
char      *obm_change_row_name (const ObmChange *change);

G_END_DECLS
