/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-conflict.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-roles-text.h"
#include "obm-wrap-box.h"

/**
 * ObmMailServerConflict:
 *
 * Somebody else changed the mail server meanwhile: role by role what was seen, what is there now and by whom, and
 * what was wanted; and three ways on. #ObmMailServerConflict::resolved gives the roles that shall be.
 */
struct _ObmMailServerConflict
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *explanation_label;
  GtkGrid *grid;
  GtkWidget *theirs_button;
  GtkWidget *merge_button;
  GtkWidget *mine_button;

  ObmRoles now;
  ObmRoles wanted;
  ObmRoles merged;
};

enum {
  RESOLVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmMailServerConflict, obm_mail_server_conflict, GTK_TYPE_WIDGET)

static void
resolve_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmMailServerConflict *self = OBM_MAIL_SERVER_CONFLICT (widget);
  ObmRoles roles = self->merged;

  if (g_str_equal (name, "conflict.theirs"))
    roles = self->now;
  else if (g_str_equal (name, "conflict.mine"))
    roles = self->wanted;

  g_signal_emit (self, signals[RESOLVED], 0, roles);
}

static void
obm_mail_server_conflict_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_MAIL_SERVER_CONFLICT);

  G_OBJECT_CLASS (obm_mail_server_conflict_parent_class)->dispose (object);
}

static void
obm_mail_server_conflict_class_init (ObmMailServerConflictClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_mail_server_conflict_dispose;

  /**
   * ObmMailServerConflict::resolved:
   * @roles: the roles that shall be
   */
  signals[RESOLVED] = g_signal_new ("resolved", OBM_TYPE_MAIL_SERVER_CONFLICT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                    NULL, G_TYPE_NONE, 1, OBM_TYPE_ROLES);

  gtk_widget_class_install_action (widget_class, "conflict.theirs", NULL, resolve_action);
  gtk_widget_class_install_action (widget_class, "conflict.merge", NULL, resolve_action);
  gtk_widget_class_install_action (widget_class, "conflict.mine", NULL, resolve_action);

  g_type_ensure (OBM_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-conflict.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerConflict, content);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerConflict, explanation_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerConflict, grid);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerConflict, theirs_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerConflict, merge_button);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerConflict, mine_button);
}

static void
obm_mail_server_conflict_init (ObmMailServerConflict *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
}

static void
attach (ObmMailServerConflict *self, const char *text, int column, int row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 1 : 0.5);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_hexpand (label, column > 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static const char *
yes_or_no (ObmRoles roles, ObmRoles role)
{
  return roles & role ? _("Yes") : _("No");
}

/* What was changed is told in words too, for who does not see the colour. */
static void
attach_role (ObmMailServerConflict *self, ObmRoles roles, ObmRoles seen, ObmRoles role, int column, int row)
{
  gboolean changed = (seen ^ roles) & role;
  g_autofree char *text = NULL;

  if (changed)
    /* Translators: "Yes" or "No", where it was the other before; in as many lines as there are words */
    text = g_strdelimit (g_strdup_printf (_("%s (changed)"), yes_or_no (roles, role)), " ", '\n');
  else
    text = g_strdup (yes_or_no (roles, role));

  attach (self, text, column, row, changed ? "changed" : NULL);
}

static void
fill_grid (ObmMailServerConflict *self, ObmRoles seen)
{
  const char * const titles[] = { _("IMAP"), _("SMTP in"), _("SMTP out") };
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);

  attach (self, _("You saw"), 0, 1, "dim-label");
  attach (self, _("It is now"), 0, 2, "dim-label");
  attach (self, _("You want"), 0, 3, "dim-label");
  attach (self, _("Merged"), 0, 4, "dim-label");
  for (guint i = 0; i < OBM_N_ROLES; i++)
    {
      ObmRoles role = 1 << i;

      attach (self, titles[i], i + 1, 0, "dim-label");
      attach (self, yes_or_no (seen, role), i + 1, 1, NULL);
      attach_role (self, self->now, seen, role, i + 1, 2);
      attach_role (self, self->wanted, seen, role, i + 1, 3);
      attach (self, yes_or_no (self->merged, role), i + 1, 4, NULL);
    }
}

/* What comes of it, for who cannot see the table and the button at a time. */
static void
describe_button (GtkWidget *button, ObmRoles roles)
{
  g_autofree char *text = obm_roles_text (roles);

  gtk_widget_set_tooltip_text (button, text);
}

/**
 * obm_mail_server_conflict_set:
 * @self: a conflict
 * @seen: the roles the person saw
 * @now: the mail server as it is now
 * @wanted: the roles the person wants
 *
 * Shows the three below one another. Merging keeps what others changed and makes what the person changed.
 */
void
obm_mail_server_conflict_set (ObmMailServerConflict *self, ObmRoles seen, ObmMailServer *now, ObmRoles wanted)
{
  g_autofree char *author = NULL;
  g_autofree char *explanation = NULL;
  ObmRoles mine;

  g_return_if_fail (OBM_IS_MAIL_SERVER_CONFLICT (self));

  mine = seen ^ wanted;
  self->now = obm_mail_server_get_roles (now);
  self->wanted = wanted;
  self->merged = (self->now & ~mine) | (wanted & mine);
  fill_grid (self, seen);
  describe_button (self->theirs_button, self->now);
  describe_button (self->merge_button, self->merged);
  describe_button (self->mine_button, self->wanted);

  g_object_get (now, "userupdate", &author, NULL);
  explanation = author != NULL
                  ? g_strdup_printf (_("%s changed this mail server while you were modifying it."), author)
                  : g_strdup (_("This mail server was changed while you were modifying it."));
  gtk_label_set_label (self->explanation_label, explanation);

  /* A mail server does something, or it is none. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "conflict.merge", self->merged != OBM_ROLES_NONE);
}
