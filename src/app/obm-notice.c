/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-notice.h"

#include "obm-compat.h"

/**
 * ObmNotice:
 *
 * A sentence about what went wrong, inside the dialog where it did, and what to do about it; or about what went well
 * in an unusual way. Not there while there is nothing to say.
 */
struct _ObmNotice
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkImage *icon;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (ObmNotice, obm_notice, GTK_TYPE_WIDGET)

static void
obm_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_NOTICE);

  G_OBJECT_CLASS (obm_notice_parent_class)->dispose (object);
}

static void
obm_notice_class_init (ObmNoticeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_notice_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmNotice, content);
  gtk_widget_class_bind_template_child (widget_class, ObmNotice, icon);
  gtk_widget_class_bind_template_child (widget_class, ObmNotice, label);
  gtk_widget_class_bind_template_child (widget_class, ObmNotice, button);
}

static void
obm_notice_init (ObmNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

static void
show (ObmNotice *self, gboolean warning, const char *text, const char *button_label, const char *action_name)
{
  gtk_image_set_from_icon_name (self->icon, warning ? "dialog-warning-symbolic" : "dialog-information-symbolic");
  if (warning)
    gtk_widget_add_css_class (self->content, "warning");
  else
    gtk_widget_remove_css_class (self->content, "warning");
  gtk_label_set_label (self->label, text);
  obm_compat_set_label (self->button, button_label ? button_label : "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), action_name);
  gtk_widget_set_visible (GTK_WIDGET (self->button), button_label != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  obm_compat_announce (GTK_WIDGET (self), text);
}

/**
 * obm_notice_show:
 * @self: a notice
 * @text: what went wrong
 * @button_label: (nullable): what can be done about it, with a mnemonic
 * @action_name: (nullable): the action that does it
 *
 * Shows the sentence, in the place of one before.
 */
void
obm_notice_show (ObmNotice *self, const char *text, const char *button_label, const char *action_name)
{
  g_return_if_fail (OBM_IS_NOTICE (self));

  show (self, TRUE, text, button_label, action_name);
}

/**
 * obm_notice_inform:
 * @self: a notice
 * @text: what is good to know
 *
 * Shows a sentence that is no warning, in the place of one before.
 */
void
obm_notice_inform (ObmNotice *self, const char *text)
{
  g_return_if_fail (OBM_IS_NOTICE (self));

  show (self, FALSE, text, NULL, NULL);
}

/**
 * obm_notice_clear:
 * @self: a notice
 *
 * Takes the sentence away.
 */
void
obm_notice_clear (ObmNotice *self)
{
  g_return_if_fail (OBM_IS_NOTICE (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_label_set_label (self->label, "");
}

/**
 * obm_notice_get_label:
 * @self: a notice
 *
 * Returns: (transfer none): the label with the sentence, for obm_field_set_message()
 */
GtkWidget *
obm_notice_get_label (ObmNotice *self)
{
  g_return_val_if_fail (OBM_IS_NOTICE (self), NULL);

  return GTK_WIDGET (self->label);
}
