/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-entity.h"

G_BEGIN_DECLS

#define OBM_PAGE_DEFAULT_ROWS 10
#define OBM_PAGE_MAX_ROWS 1000

#define OBM_TYPE_PAGE (obm_page_get_type ())

G_DECLARE_FINAL_TYPE (ObmPage, obm_page, OBM, PAGE, GObject)

ObmPage    *obm_page_new           (gint64        length,
                                    guint         page,
                                    guint         rows);
ObmPage    *obm_page_new_from_json (JsonObject   *object,
                                    ObmEntityFunc new_entity,
                                    GError      **error);
JsonObject *obm_page_to_json       (ObmPage      *self);
void        obm_page_take          (ObmPage      *self,
                                    ObmEntity    *entity);
gint64      obm_page_get_length    (ObmPage      *self);
guint       obm_page_get_n_items   (ObmPage      *self);
ObmEntity  *obm_page_get_item      (ObmPage      *self,
                                    guint         index);

G_END_DECLS
