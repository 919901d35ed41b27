/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "obm-mail-server-list.h"

G_BEGIN_DECLS

#define OBM_TYPE_RESULT_ACTIONS (obm_result_actions_get_type ())

G_DECLARE_FINAL_TYPE (ObmResultActions, obm_result_actions, OBM, RESULT_ACTIONS, GObject)

ObmResultActions *obm_result_actions_new    (ObmMailServerList *list);
void              obm_result_actions_add_to (ObmResultActions  *self,
                                             GActionMap        *map);

G_END_DECLS
