/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-search.h"

G_BEGIN_DECLS

#define OBM_TYPE_SEARCH_FORM (obm_search_form_get_type ())

G_DECLARE_FINAL_TYPE (ObmSearchForm, obm_search_form, OBM, SEARCH_FORM, GtkWidget)

ObmSearch *obm_search_form_dup_search  (ObmSearchForm *self);
void       obm_search_form_focus_name  (ObmSearchForm *self);

G_END_DECLS
