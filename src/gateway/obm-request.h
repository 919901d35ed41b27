/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "obm-account.h"
#include "obm-batch.h"
#include "obm-content.h"
#include "obm-mail-server.h"

G_BEGIN_DECLS

#define OBM_TYPE_REQUEST (obm_request_get_type ())

G_DECLARE_FINAL_TYPE (ObmRequest, obm_request, OBM, REQUEST, GObject)

/**
 * ObmHeaderFunc:
 * @name: the name of a header of an answer
 * @value: its value
 * @user_data: user data
 */
typedef void (*ObmHeaderFunc) (const char *name, const char *value, gpointer user_data);

ObmRequest         *obm_request_new               (const char       *method,
                                                   const char       *path,
                                                   const char       *query,
                                                   const char       *authorization,
                                                   const char       *peer);
const char         *obm_request_get_method        (ObmRequest       *self);
const char         *obm_request_get_path          (ObmRequest       *self);
const char * const *obm_request_get_segments      (ObmRequest       *self);
const char         *obm_request_get_query         (ObmRequest       *self);
const char         *obm_request_get_authorization (ObmRequest       *self);
const char         *obm_request_get_if_match      (ObmRequest       *self);
void                obm_request_set_if_match      (ObmRequest       *self,
                                                   const char       *if_match);
const ObmContent   *obm_request_get_content       (ObmRequest       *self);
void                obm_request_take_content      (ObmRequest       *self,
                                                   ObmContent       *content);
const char         *obm_request_get_peer          (ObmRequest       *self);
const char         *obm_request_get_login         (ObmRequest       *self);
void                obm_request_take_login        (ObmRequest       *self,
                                                   char             *login);
const char         *obm_request_get_route         (ObmRequest       *self);
void                obm_request_set_route         (ObmRequest       *self,
                                                   const char       *route);
ObmAccount         *obm_request_get_account       (ObmRequest       *self);
ObmRights           obm_request_get_rights        (ObmRequest       *self);
void                obm_request_take_account      (ObmRequest       *self,
                                                   ObmAccount       *account,
                                                   ObmRights         rights);
ObmDomain          *obm_request_get_domain        (ObmRequest       *self);
void                obm_request_take_domain       (ObmRequest       *self,
                                                   ObmDomain        *domain);
ObmMailServer      *obm_request_get_mail_server   (ObmRequest       *self);
void                obm_request_take_mail_server  (ObmRequest       *self,
                                                   ObmMailServer    *mail_server);
ObmBatch           *obm_request_get_batch         (ObmRequest       *self);
void                obm_request_take_batch        (ObmRequest       *self,
                                                   ObmBatch         *batch);
void                obm_request_set_header        (ObmRequest       *self,
                                                   const char       *name,
                                                   const char       *value);
void                obm_request_answer            (ObmRequest       *self,
                                                   guint             status,
                                                   JsonNode         *body);
void                obm_request_fail              (ObmRequest       *self,
                                                   const GError     *error);
guint               obm_request_get_status        (ObmRequest       *self);
guint               obm_request_get_delay         (ObmRequest       *self);
void                obm_request_set_delay         (ObmRequest       *self,
                                                   guint             delay);
const char         *obm_request_get_body          (ObmRequest       *self);
void                obm_request_foreach_header    (ObmRequest       *self,
                                                   ObmHeaderFunc     func,
                                                   gpointer          user_data);

G_END_DECLS
