/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-roles-text.h"

#include <glib/gi18n.h>

/**
 * obm_roles_text:
 * @roles: what a mail server does
 *
 * Returns: (transfer full): that in words: "IMAP, SMTP in"
 */
char *
obm_roles_text (ObmRoles roles)
{
  const char * const names[] = { _("IMAP"), _("SMTP in"), _("SMTP out") };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < OBM_N_ROLES; i++)
    if (roles & (1 << i))
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);

  return text->len > 0 ? g_strdup (text->str) : g_strdup (_("nothing"));
}
