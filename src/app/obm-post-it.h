/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-update-monitor.h"

G_BEGIN_DECLS

#define OBM_TYPE_POST_IT (obm_post_it_get_type ())

G_DECLARE_FINAL_TYPE (ObmPostIt, obm_post_it, OBM, POST_IT, GtkWidget)

void obm_post_it_set_monitor (ObmPostIt        *self,
                              ObmUpdateMonitor *monitor);
void obm_post_it_open        (ObmPostIt        *self);

G_END_DECLS
