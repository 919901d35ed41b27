/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-backend.h"

G_BEGIN_DECLS

#define OBM_TYPE_SEARCH_PAGE (obm_search_page_get_type ())

G_DECLARE_FINAL_TYPE (ObmSearchPage, obm_search_page, OBM, SEARCH_PAGE, GtkWidget)

void       obm_search_page_add_actions (ObmSearchPage *self,
                                        GActionMap    *map);
void       obm_search_page_set_backend (ObmSearchPage *self,
                                        ObmBackend    *backend);
ObmSearch *obm_search_page_dup_search  (ObmSearchPage *self);
void       obm_search_page_reload      (ObmSearchPage *self,
                                        const char    *message);

G_END_DECLS
