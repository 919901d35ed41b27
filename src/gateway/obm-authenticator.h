/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-store.h"

G_BEGIN_DECLS

#define OBM_TYPE_AUTHENTICATOR (obm_authenticator_get_type ())

G_DECLARE_FINAL_TYPE (ObmAuthenticator, obm_authenticator, OBM, AUTHENTICATOR, GObject)

ObmAuthenticator *obm_authenticator_new   (ObmStore          *store);
ObmAccount       *obm_authenticator_check (ObmAuthenticator  *self,
                                           const char        *authorization,
                                           const char        *peer,
                                           char             **user,
                                           guint             *delay,
                                           GError           **error);

G_END_DECLS
