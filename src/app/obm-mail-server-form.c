/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-form.h"

#include <glib/gi18n.h>

#include "obm-field.h"
#include "obm-host-chooser.h"
#include "obm-narrow.h"

/**
 * ObmMailServerForm:
 *
 * The manual's form of a mail server: its host, which is chosen once, and what it does. #ObmMailServerForm:reason
 * says what is still missing.
 */
struct _ObmMailServerForm
{
  GtkWidget parent_instance;

  GtkWidget *content;
  ObmHostChooser *host_chooser;
  GtkLabel *host_title;
  GtkLabel *host_label;
  GtkLabel *reason_label;
  GtkCheckButton *checks[OBM_N_ROLES];

  ObmHost *host;
  ObmRoles initial_roles;
  gboolean creating;
  /* Whether a box was ticked since the form was begun: a form that is still empty is not wrong. */
  gboolean ticked;
};

enum {
  PROP_0,
  PROP_REASON,
  PROP_VALID,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmMailServerForm, obm_mail_server_form, GTK_TYPE_WIDGET)

static const char *
get_reason (ObmMailServerForm *self)
{
  gboolean no_host = obm_mail_server_form_get_host (self) == NULL;
  gboolean no_role = obm_mail_server_form_get_roles (self) == OBM_ROLES_NONE;

  if (no_host && no_role)
    return _("Choose a host and tick at least one box.");
  if (no_host)
    return _("Choose a host.");
  if (no_role)
    return _("Tick at least one box.");
  if (!self->creating && !obm_mail_server_form_get_dirty (self))
    return _("Nothing has been changed yet.");

  return "";
}

/* Ties what is missing to the boxes, one of which must be ticked. */
static void
update_checks (ObmMailServerForm *self)
{
  GtkWidget *reason = GTK_WIDGET (self->reason_label);
  ObmRoles roles = obm_mail_server_form_get_roles (self);

  if (roles != OBM_ROLES_NONE)
    self->ticked = TRUE;
  for (guint i = 0; i < OBM_N_ROLES; i++)
    obm_field_set_message (GTK_WIDGET (self->checks[i]), roles == OBM_ROLES_NONE ? reason : NULL, self->ticked);
}

static void
on_toggled_cb (ObmMailServerForm *self)
{
  update_checks (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REASON]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

static void
on_host_changed_cb (ObmMailServerForm *self)
{
  GtkWidget *reason = GTK_WIDGET (self->reason_label);

  obm_host_chooser_set_message (self->host_chooser, obm_mail_server_form_get_host (self) ? NULL : reason, FALSE);
  on_toggled_cb (self);
}

static void
obm_mail_server_form_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmMailServerForm *self = OBM_MAIL_SERVER_FORM (object);

  switch (prop_id)
    {
    case PROP_REASON:
      g_value_set_string (value, self->checks[0] ? get_reason (self) : "");
      break;
    case PROP_VALID:
      g_value_set_boolean (value, obm_mail_server_form_get_valid (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_mail_server_form_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_MAIL_SERVER_FORM);

  G_OBJECT_CLASS (obm_mail_server_form_parent_class)->dispose (object);
}

static void
obm_mail_server_form_finalize (GObject *object)
{
  g_clear_object (&OBM_MAIL_SERVER_FORM (object)->host);

  G_OBJECT_CLASS (obm_mail_server_form_parent_class)->finalize (object);
}

static void
obm_mail_server_form_class_init (ObmMailServerFormClass *klass)
{
  static const char * const check_ids[] = { "imap_check", "smtp_in_check", "smtp_out_check" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_mail_server_form_get_property;
  object_class->dispose = obm_mail_server_form_dispose;
  object_class->finalize = obm_mail_server_form_finalize;

  properties[PROP_REASON] = g_param_spec_string ("reason", NULL, NULL, NULL, readable);
  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (OBM_TYPE_HOST_CHOOSER);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-form.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerForm, content);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerForm, host_chooser);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerForm, host_title);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerForm, host_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerForm, reason_label);
  for (guint i = 0; i < OBM_N_ROLES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, check_ids[i], FALSE,
                                               G_STRUCT_OFFSET (ObmMailServerForm, checks) +
                                                   i * sizeof (GtkCheckButton *));
  gtk_widget_class_bind_template_callback (widget_class, on_toggled_cb);
}

static void
obm_mail_server_form_init (ObmMailServerForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_narrow_tell (GTK_WIDGET (self->host_label));
  g_signal_connect_object (self->host_chooser, "notify::host", G_CALLBACK (on_host_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * obm_mail_server_form_create:
 * @self: a form
 * @backend: where the hosts come from
 *
 * Makes it the form of a mail server to be created, with nothing filled in.
 */
void
obm_mail_server_form_create (ObmMailServerForm *self, ObmBackend *backend)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_FORM (self));

  self->creating = TRUE;
  g_clear_object (&self->host);
  obm_host_chooser_set_backend (self->host_chooser, backend);
  obm_host_chooser_reset (self->host_chooser);
  gtk_label_set_label (self->host_title, _("_Host"));
  gtk_widget_set_visible (GTK_WIDGET (self->host_chooser), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->host_label), FALSE);
  self->initial_roles = OBM_ROLES_NONE;
  obm_mail_server_form_set_roles (self, OBM_ROLES_NONE);
  /* One after the other, the boxes were unticked. */
  self->ticked = FALSE;
  on_host_changed_cb (self);
}

/**
 * obm_mail_server_form_modify:
 * @self: a form
 * @server: the mail server to modify
 *
 * Makes it the form of a mail server that is there, filled in as it is now.
 */
void
obm_mail_server_form_modify (ObmMailServerForm *self, ObmMailServer *server)
{
  const char *name;

  g_return_if_fail (OBM_IS_MAIL_SERVER_FORM (self));

  self->creating = FALSE;
  g_set_object (&self->host, obm_mail_server_get_host (server));
  name = obm_host_get_name (self->host);
  /* Nothing to choose: no letter leads there. */
  gtk_label_set_label (self->host_title, _("Host"));
  gtk_label_set_label (self->host_label, name ? name : _("Deleted host"));
  gtk_widget_set_visible (GTK_WIDGET (self->host_chooser), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->host_label), TRUE);
  self->initial_roles = obm_mail_server_get_roles (server);
  obm_mail_server_form_set_roles (self, self->initial_roles);
}

/**
 * obm_mail_server_form_get_host:
 * @self: a form
 *
 * Returns: (nullable) (transfer none): the host, if it is known yet
 */
ObmHost *
obm_mail_server_form_get_host (ObmMailServerForm *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_FORM (self), NULL);

  return self->creating ? obm_host_chooser_get_host (self->host_chooser) : self->host;
}

/**
 * obm_mail_server_form_get_roles:
 * @self: a form
 *
 * Returns: the roles that are ticked
 */
ObmRoles
obm_mail_server_form_get_roles (ObmMailServerForm *self)
{
  ObmRoles roles = OBM_ROLES_NONE;

  g_return_val_if_fail (OBM_IS_MAIL_SERVER_FORM (self), OBM_ROLES_NONE);

  for (guint i = 0; i < OBM_N_ROLES; i++)
    if (gtk_check_button_get_active (self->checks[i]))
      roles |= 1 << i;

  return roles;
}

/**
 * obm_mail_server_form_set_roles:
 * @self: a form
 * @roles: the roles to tick
 */
void
obm_mail_server_form_set_roles (ObmMailServerForm *self, ObmRoles roles)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_FORM (self));

  for (guint i = 0; i < OBM_N_ROLES; i++)
    gtk_check_button_set_active (self->checks[i], (roles & (1 << i)) != 0);
  on_toggled_cb (self);
}

/**
 * obm_mail_server_form_refuse:
 * @self: a form
 * @message: (nullable): the label that says why the host that is chosen cannot be had
 *
 * Ties @message to the choice of the host, until another one is chosen; without one, takes that back.
 */
void
obm_mail_server_form_refuse (ObmMailServerForm *self, GtkWidget *message)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_FORM (self));

  obm_host_chooser_set_message (self->host_chooser, message, TRUE);
}

/**
 * obm_mail_server_form_get_valid:
 * @self: a form
 *
 * Returns: whether it can be sent
 */
gboolean
obm_mail_server_form_get_valid (ObmMailServerForm *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_FORM (self), FALSE);

  return self->checks[0] != NULL && *get_reason (self) == '\0';
}

/**
 * obm_mail_server_form_get_dirty:
 * @self: a form
 *
 * Returns: whether closing it would lose something
 */
gboolean
obm_mail_server_form_get_dirty (ObmMailServerForm *self)
{
  g_return_val_if_fail (OBM_IS_MAIL_SERVER_FORM (self), FALSE);

  return obm_mail_server_form_get_roles (self) != self->initial_roles ||
         (self->creating && obm_mail_server_form_get_host (self) != NULL);
}
