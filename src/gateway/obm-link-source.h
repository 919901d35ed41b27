/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-domain.h"
#include "obm-links.h"

G_BEGIN_DECLS

/**
 * ObmLinkSource:
 * @kind: the contract's name for what is there
 * @name: an SQL expression: how one is called
 * @domain_id: an SQL expression: the number of its domain
 * @matches: FROM and WHERE of what points to the mail server whose id is bound for each "?"; its domain is
 *   there as "d"
 * @of_domain: whether its name is to be told from the same name in another domain
 * @as_text: whether the id stands there as text
 *
 * Where something may point to a mail server, and stop its deletion.
 */
typedef struct {
  const char *kind;
  const char *name;
  const char *domain_id;
  const char *matches;
  gboolean of_domain;
  gboolean as_text;
} ObmLinkSource;

gboolean obm_link_source_add (const ObmLinkSource  *self,
                              ObmDatabase          *database,
                              ObmDomain            *domain,
                              gint64                id,
                              ObmLinks             *links,
                              GError              **error);

G_END_DECLS
