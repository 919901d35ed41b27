/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define OBM_TYPE_THROTTLE (obm_throttle_get_type ())

G_DECLARE_FINAL_TYPE (ObmThrottle, obm_throttle, OBM, THROTTLE, GObject)

ObmThrottle *obm_throttle_new     (void);
guint        obm_throttle_check   (ObmThrottle *self,
                                   const char  *user,
                                   const char  *peer);
void         obm_throttle_failed  (ObmThrottle *self,
                                   const char  *user,
                                   const char  *peer);
void         obm_throttle_passed  (ObmThrottle *self,
                                   const char  *user,
                                   const char  *peer);

G_END_DECLS
