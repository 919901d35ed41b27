/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-libraries.h"

#include <json-glib/json-glib.h>
#include <libsecret/secret.h>
#include <libsoup/soup.h>

/**
 * obm_libraries_describe:
 *
 * Returns: (transfer full): the versions of the libraries that only this room knows, one a line, for a bug
 *   report. Those that cannot be asked while they run are those the program was built with
 */
char *
obm_libraries_describe (void)
{
  return g_strdup_printf ("libsoup: %u.%u.%u (built with %d.%d.%d)\n"
                          "json-glib: built with %s\n"
                          "libsecret: built with %d.%d.%d\n",
                          soup_get_major_version (), soup_get_minor_version (), soup_get_micro_version (),
                          SOUP_MAJOR_VERSION, SOUP_MINOR_VERSION, SOUP_MICRO_VERSION,
                          JSON_VERSION_S,
                          SECRET_MAJOR_VERSION, SECRET_MINOR_VERSION, SECRET_MICRO_VERSION);
}
