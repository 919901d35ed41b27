/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-search-form.h"

#include "obm-wrap-box.h"

/**
 * ObmSearchForm:
 *
 * The manual's search form: name, address, the three roles, and the button. What was typed stays put.
 */
struct _ObmSearchForm
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkEditable *name_entry;
  GtkEditable *ip_entry;
  GtkCheckButton *imap_check;
  GtkCheckButton *smtp_in_check;
  GtkCheckButton *smtp_out_check;
};

enum {
  SEARCH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmSearchForm, obm_search_form, GTK_TYPE_WIDGET)

static void
on_activate_cb (ObmSearchForm *self)
{
  g_signal_emit (self, signals[SEARCH], 0);
}

static void
obm_search_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_SEARCH_FORM);

  G_OBJECT_CLASS (obm_search_form_parent_class)->dispose (object);
}

static void
obm_search_form_class_init (ObmSearchFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_search_form_dispose;

  /**
   * ObmSearchForm::search:
   *
   * The person asked for a search.
   */
  signals[SEARCH] = g_signal_new ("search", OBM_TYPE_SEARCH_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  g_type_ensure (OBM_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-search-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmSearchForm, content);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchForm, name_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchForm, ip_entry);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchForm, imap_check);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchForm, smtp_in_check);
  gtk_widget_class_bind_template_child (widget_class, ObmSearchForm, smtp_out_check);
  gtk_widget_class_bind_template_callback (widget_class, on_activate_cb);
}

static void
obm_search_form_init (ObmSearchForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* White space around a pasted name or address is never meant. */
static char *
dup_text (GtkEditable *editable)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (editable)));
}

/**
 * obm_search_form_dup_search:
 * @self: a search form
 *
 * Returns: (transfer full): a search with the criteria as they stand now, in the default order
 */
ObmSearch *
obm_search_form_dup_search (ObmSearchForm *self)
{
  g_autofree char *name = NULL;
  g_autofree char *ip = NULL;
  ObmSearch *search;
  ObmRoles roles = OBM_ROLES_NONE;

  g_return_val_if_fail (OBM_IS_SEARCH_FORM (self), NULL);

  name = dup_text (self->name_entry);
  ip = dup_text (self->ip_entry);
  if (gtk_check_button_get_active (self->imap_check))
    roles |= OBM_ROLES_IMAP;
  if (gtk_check_button_get_active (self->smtp_in_check))
    roles |= OBM_ROLES_SMTP_IN;
  if (gtk_check_button_get_active (self->smtp_out_check))
    roles |= OBM_ROLES_SMTP_OUT;

  search = obm_search_new (OBM_SEARCH_MAIL_SERVERS);
  obm_search_set_name (search, name);
  obm_search_set_ip (search, ip);
  obm_search_set_roles (search, roles, OBM_ROLES_NONE);

  return search;
}

/**
 * obm_search_form_focus_name:
 * @self: a search form
 *
 * Moves the focus to the name, with its text selected.
 */
void
obm_search_form_focus_name (ObmSearchForm *self)
{
  g_return_if_fail (OBM_IS_SEARCH_FORM (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name_entry));
}
