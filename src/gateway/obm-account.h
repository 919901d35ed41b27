/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-domain.h"
#include "obm-session.h"

G_BEGIN_DECLS

/**
 * ObmAccount:
 * @id: OBM's number of the user
 * @login: the login, without the domain
 * @profile: OBM's name of the profile, "admin"
 * @domain: the domain it belongs to; the global one makes a global administrator
 * @domain_realm: whether the profile may validate the update of a whole domain
 * @password_type: how @password is stored
 * @password: the password as OBM stores it
 * @disabled: archived, or not valid
 *
 * Somebody who may sign in.
 */
typedef struct {
  gint64 id;
  char *login;
  char *profile;
  ObmDomain *domain;
  gboolean domain_realm;
  char *password_type;
  char *password;
  gboolean disabled;
} ObmAccount;

void      obm_account_free       (ObmAccount       *self);
ObmRights obm_account_get_rights (const ObmAccount *self);
char     *obm_account_describe   (const ObmAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ObmAccount, obm_account_free)

G_END_DECLS
