/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "obm-links.h"

G_BEGIN_DECLS

#define OBM_TYPE_LINKS_VIEW (obm_links_view_get_type ())

G_DECLARE_FINAL_TYPE (ObmLinksView, obm_links_view, OBM, LINKS_VIEW, GtkWidget)

void obm_links_view_set_links (ObmLinksView *self,
                               ObmLinks     *links);

G_END_DECLS
