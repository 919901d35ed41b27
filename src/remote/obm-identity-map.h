/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-entity.h"

G_BEGIN_DECLS

typedef struct _ObmIdentityMap ObmIdentityMap;

ObmIdentityMap *obm_identity_map_new     (void);
void            obm_identity_map_free    (ObmIdentityMap *self);
void            obm_identity_map_clear   (ObmIdentityMap *self);
ObmEntity      *obm_identity_map_resolve (ObmIdentityMap *self,
                                          ObmEntity      *entity);

G_END_DECLS
