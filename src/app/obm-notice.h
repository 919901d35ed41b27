/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define OBM_TYPE_NOTICE (obm_notice_get_type ())

G_DECLARE_FINAL_TYPE (ObmNotice, obm_notice, OBM, NOTICE, GtkWidget)

void       obm_notice_show      (ObmNotice    *self,
                                 const char   *text,
                                 const char   *button_label,
                                 const char   *action_name);
void       obm_notice_inform    (ObmNotice    *self,
                                 const char   *text);
void       obm_notice_clear     (ObmNotice    *self);
GtkWidget *obm_notice_get_label (ObmNotice    *self);

G_END_DECLS
