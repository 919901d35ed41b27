/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-request.h"

G_BEGIN_DECLS

/**
 * ObmRequest:
 *
 * One request and its answer, without anything of HTTP's transport: made in the main thread, answered in a
 * worker, then sent by the main thread. What is known of it grows on the way: whose it is, and what its path
 * points to.
 */
struct _ObmRequest
{
  GObject parent_instance;

  char *method;
  char *path;
  GStrv segments;
  char *query;
  char *authorization;
  char *if_match;
  ObmContent *content;
  char *peer;

  char *login;
  const char *route;
  ObmAccount *account;
  ObmRights rights;
  ObmDomain *domain;
  ObmMailServer *mail_server;
  ObmBatch *batch;

  guint status;
  guint delay;
  char *body;
  GHashTable *headers;
};

G_END_DECLS
