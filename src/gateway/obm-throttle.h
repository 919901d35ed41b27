/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define OBM_TYPE_THROTTLE (obm_throttle_get_type ())

G_DECLARE_FINAL_TYPE (ObmThrottle, obm_throttle, OBM, THROTTLE, GObject)

/**
 * ObmAttempt:
 *
 * A password that is being checked. It takes the place of a wrong one until it is known to be right.
 */
typedef struct _ObmAttempt ObmAttempt;

ObmThrottle *obm_throttle_new   (void);
ObmAttempt  *obm_throttle_begin (ObmThrottle *self,
                                 const char  *user,
                                 const char  *peer,
                                 guint       *seconds);
guint        obm_throttle_fail  (ObmThrottle *self,
                                 ObmAttempt  *attempt);
void         obm_throttle_pass  (ObmThrottle *self,
                                 ObmAttempt  *attempt);
void         obm_throttle_drop  (ObmThrottle *self,
                                 ObmAttempt  *attempt);

G_END_DECLS
