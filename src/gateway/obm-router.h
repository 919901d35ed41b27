/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-request.h"
#include "obm-store.h"
#include "obm-update-runner.h"

G_BEGIN_DECLS

/**
 * ObmSite:
 * @store: what is saved
 * @runner: (nullable): what applies it, if anything does
 *
 * The installation of OBM that requests are about.
 */
typedef struct {
  ObmStore *store;
  ObmUpdateRunner *runner;
} ObmSite;

/**
 * ObmHandler:
 * @site: the installation
 * @request: a request whose caller and path are good
 * @error: return location
 *
 * Answers @request.
 *
 * Returns: %FALSE with an error that answers it
 */
typedef gboolean (*ObmHandler) (const ObmSite *site, ObmRequest *request, GError **error);

/**
 * ObmRoute:
 * @method: a method
 * @pattern: the segments after "v1"; {domain}, {mailserver} and {batch} stand for the keys of such things
 * @rights: what the caller must be allowed to do
 * @handler: what answers
 */
typedef struct {
  const char *method;
  const char *pattern;
  ObmRights rights;
  ObmHandler handler;
} ObmRoute;

#define OBM_TYPE_ROUTER (obm_router_get_type ())

G_DECLARE_FINAL_TYPE (ObmRouter, obm_router, OBM, ROUTER, GObject)

ObmRouter *obm_router_new    (const ObmSite  *site,
                              const ObmRoute *routes,
                              guint           n_routes,
                              ObmRights       rights);
void       obm_router_answer (ObmRouter      *self,
                              ObmRequest     *request);

G_END_DECLS
