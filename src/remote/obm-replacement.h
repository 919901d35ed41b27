/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ObmReplacement ObmReplacement;

ObmReplacement *obm_replacement_new    (GFile           *file,
                                        GCancellable    *cancellable,
                                        GError         **error);
gboolean        obm_replacement_write  (ObmReplacement  *self,
                                        const void      *data,
                                        gsize            length,
                                        GCancellable    *cancellable,
                                        GError         **error);
gboolean        obm_replacement_commit (ObmReplacement  *self,
                                        GError         **error);
void            obm_replacement_free   (ObmReplacement  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmReplacement, obm_replacement_free)

G_END_DECLS
