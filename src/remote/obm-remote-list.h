/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-backend.h"
#include "obm-remote-row.h"

G_BEGIN_DECLS

#define OBM_TYPE_REMOTE_LIST (obm_remote_list_get_type ())

G_DECLARE_FINAL_TYPE (ObmRemoteList, obm_remote_list, OBM, REMOTE_LIST, GObject)

ObmRemoteList *obm_remote_list_new         (ObmBackend    *backend);
ObmBackend    *obm_remote_list_get_backend (ObmRemoteList *self);
void           obm_remote_list_set_backend (ObmRemoteList *self,
                                            ObmBackend    *backend);
ObmSearch     *obm_remote_list_get_search  (ObmRemoteList *self);
guint          obm_remote_list_get_length  (ObmRemoteList *self);
gboolean       obm_remote_list_get_loading (ObmRemoteList *self);
const GError  *obm_remote_list_get_error   (ObmRemoteList *self);
void           obm_remote_list_search      (ObmRemoteList *self,
                                            ObmSearch     *search);
void           obm_remote_list_clear       (ObmRemoteList *self);
void           obm_remote_list_retry       (ObmRemoteList *self,
                                            guint          position);
void           obm_remote_list_reload      (ObmRemoteList *self);

G_END_DECLS
