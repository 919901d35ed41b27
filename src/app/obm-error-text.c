/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-error-text.h"

#include <glib/gi18n.h>

#include "obm-error.h"

static const char *
get_sentence (ObmError code)
{
  switch (code)
    {
    case OBM_ERROR_CREDENTIALS_INVALID:
      return _("The login or the password is wrong.");
    case OBM_ERROR_RIGHTS_INSUFFICIENT:
      return _("This account may not administer mail servers. Sign in with an administrator’s account.");
    case OBM_ERROR_DOMAIN_FOREIGN:
      return _("This domain is not one you administer.");
    case OBM_ERROR_REFERENCE_UNKNOWN:
      return _("Wrong reference. This entity does not exist.");
    case OBM_ERROR_HOST_ALREADY_MAILSERVER:
      return _("The selected host is already a mail server.");
    case OBM_ERROR_HOST_INVALID:
      return _("No host is selected, or it is not valid.");
    case OBM_ERROR_REQUESTS_TOO_MANY:
      return _("Too many wrong passwords came from here. Wait a while, then try again.");
    case OBM_ERROR_DATABASE_UNAVAILABLE:
      return _("The backend cannot reach OBM’s database at the moment. Nothing is lost; try again in a while.");
    case OBM_ERROR_ADDRESS_INVALID:
      return _("This is not the address of a backend. It looks like https://obm.example.org; plain http is "
               "accepted for this computer only.");
    case OBM_ERROR_UNREACHABLE:
      return _("The backend cannot be reached. Check the address and the network.");
    case OBM_ERROR_TIMEOUT:
      return _("The backend did not answer in time.");
    case OBM_ERROR_TLS:
      return _("The backend’s certificate cannot be trusted, so nothing was sent to it.");
    case OBM_ERROR_NOT_THE_API:
      return _("A server answers at this address, but it is not an OBM backend for mail servers.");
    case OBM_ERROR_REPLY_MALFORMED:
      return _("The backend gave an answer that cannot be understood.");
    case OBM_ERROR_OUTCOME_UNKNOWN:
      return _("The answer was lost. The change may have been made, or not.");
    case OBM_ERROR_INTERNAL:
      return _("The backend met an error of its own. Its log says more.");
    case OBM_ERROR_MAILSERVER_LINKED:
    case OBM_ERROR_MAILSERVER_CHANGED:
    case OBM_ERROR_UPDATE_RUNNING:
    case OBM_ERROR_UPDATE_UNAVAILABLE:
    case OBM_ERROR_HOST_IMMUTABLE:
    case OBM_ERROR_ROLES_EMPTY:
    case OBM_ERROR_PRECONDITION_REQUIRED:
    case OBM_ERROR_BODY_MALFORMED:
    case OBM_ERROR_BODY_TOO_LARGE:
    case OBM_ERROR_URI_TOO_LONG:
    case OBM_ERROR_MEDIA_UNSUPPORTED:
    case OBM_ERROR_METHOD_NOT_ALLOWED:
    case OBM_ERROR_QUERY_INVALID:
    default:
      return NULL;
    }
}

/**
 * obm_error_text:
 * @error: what went wrong
 *
 * Returns: (transfer full): the sentence for the person, in their language
 */
char *
obm_error_text (const GError *error)
{
  const char *sentence = error->domain == OBM_ERROR ? get_sentence (error->code) : NULL;

  if (sentence != NULL)
    return g_strdup (sentence);

  /* What only a fault in one of the programs can cause: the technical words help those who look for it. */
  return g_strdup_printf (_("The backend refused the request: %s"), error->message);
}
