/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define OBM_ERROR (obm_error_quark ())

/**
 * ObmError:
 *
 * What can go wrong between the desktop and OBM's database. Up to %OBM_ERROR_DATABASE_UNAVAILABLE
 * each code is one error type of the contract; the rest happen on the way there.
 */
typedef enum {
  OBM_ERROR_BODY_MALFORMED,
  OBM_ERROR_QUERY_INVALID,
  OBM_ERROR_CREDENTIALS_INVALID,
  OBM_ERROR_RIGHTS_INSUFFICIENT,
  OBM_ERROR_DOMAIN_FOREIGN,
  OBM_ERROR_REFERENCE_UNKNOWN,
  OBM_ERROR_METHOD_NOT_ALLOWED,
  OBM_ERROR_HOST_ALREADY_MAILSERVER,
  OBM_ERROR_MAILSERVER_LINKED,
  OBM_ERROR_UPDATE_RUNNING,
  OBM_ERROR_MAILSERVER_CHANGED,
  OBM_ERROR_BODY_TOO_LARGE,
  OBM_ERROR_URI_TOO_LONG,
  OBM_ERROR_MEDIA_UNSUPPORTED,
  OBM_ERROR_HOST_INVALID,
  OBM_ERROR_HOST_IMMUTABLE,
  OBM_ERROR_ROLES_EMPTY,
  OBM_ERROR_PRECONDITION_REQUIRED,
  OBM_ERROR_REQUESTS_TOO_MANY,
  OBM_ERROR_INTERNAL,
  OBM_ERROR_UPDATE_UNAVAILABLE,
  OBM_ERROR_DATABASE_UNAVAILABLE,
  /* What follows never comes from a backend. */
  OBM_ERROR_ADDRESS_INVALID,
  OBM_ERROR_UNREACHABLE,
  OBM_ERROR_TIMEOUT,
  OBM_ERROR_TLS,
  OBM_ERROR_NOT_THE_API,
  OBM_ERROR_REPLY_MALFORMED,
  /* A change was sent and its answer was lost: it may have been made, or not. */
  OBM_ERROR_OUTCOME_UNKNOWN,
} ObmError;

GQuark      obm_error_quark           (void);
GError     *obm_error_new             (ObmError      code,
                                       const char   *field,
                                       const char   *format,
                                       ...) G_GNUC_PRINTF (3, 4);
GError     *obm_error_new_from_json   (guint         status,
                                       JsonNode     *body);
JsonNode   *obm_error_to_json         (const GError *error);
const char *obm_error_get_type_name   (const GError *error);
guint       obm_error_get_status      (const GError *error);
const char *obm_error_get_field       (const GError *error);
JsonObject *obm_error_get_body        (const GError *error);
guint       obm_error_get_retry_after (const GError *error);
void        obm_error_set_retry_after (GError       *error,
                                       guint         seconds);

G_END_DECLS
