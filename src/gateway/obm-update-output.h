/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ObmUpdateOutput:
 *
 * The end of what a command writes.
 */
typedef struct _ObmUpdateOutput ObmUpdateOutput;

ObmUpdateOutput *obm_update_output_new      (gsize            max);
void             obm_update_output_free     (ObmUpdateOutput *self);
void             obm_update_output_read     (ObmUpdateOutput *self,
                                             GInputStream    *stream);
void             obm_update_output_finish   (ObmUpdateOutput *self);
char            *obm_update_output_get_text (ObmUpdateOutput *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmUpdateOutput, obm_update_output_free)

G_END_DECLS
