/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_HOST_CHOOSER (obm_host_chooser_get_type ())

G_DECLARE_FINAL_TYPE (ObmHostChooser, obm_host_chooser, OBM, HOST_CHOOSER, GtkWidget)

void     obm_host_chooser_set_backend (ObmHostChooser *self,
                                       ObmBackend     *backend);
ObmHost *obm_host_chooser_get_host    (ObmHostChooser *self);
void     obm_host_chooser_reset       (ObmHostChooser *self);
void     obm_host_chooser_set_message (ObmHostChooser *self,
                                       GtkWidget      *message,
                                       gboolean        wrong);

G_END_DECLS
