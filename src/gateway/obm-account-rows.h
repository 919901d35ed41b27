/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-account.h"
#include "obm-domain-table.h"

G_BEGIN_DECLS

gboolean obm_account_find (ObmDatabase           *database,
                           const ObmDomainTable  *domains,
                           const char            *status,
                           const char            *login,
                           const char            *domain_name,
                           ObmAccount           **account,
                           GError               **error);

G_END_DECLS
