/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-dialog.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "obm-compat.h"
#include "obm-error-text.h"

/**
 * ObmMailServerDialog:
 *
 * The manual's consultation of a mail server. It shows at once what the list knows, and reads the mail server again
 * meanwhile, since others work on it too.
 */
struct _ObmMailServerDialog
{
  GtkWindow parent_instance;

  GtkLabel *host_label;
  GtkLabel *ip_label;
  GtkLabel *role_labels[OBM_N_ROLES];
  GtkLabel *usercreate_label;
  GtkLabel *timecreate_label;
  GtkLabel *userupdate_label;
  GtkLabel *timeupdate_label;

  ObmBackend *backend;
  ObmMailServer *server;
  GCancellable *cancellable;
  char *error_text;
};

enum {
  PROP_0,
  PROP_ERROR_TEXT,
  PROP_HAS_ERROR,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmMailServerDialog, obm_mail_server_dialog, GTK_TYPE_WINDOW)

/* A date of the person's locale; where none is set, the one usual in the language of the window. */
static char *
format_date (GDateTime *date)
{
  g_autoptr (GDateTime) local = g_date_time_to_local (date);
  const char *locale = setlocale (LC_TIME, NULL);
  gboolean is_set = locale != NULL && !g_str_equal (locale, "POSIX") && !g_str_equal (locale, "C") &&
                    !g_str_has_prefix (locale, "C.");

  /* Translators: a date and a time of day in numbers, see strftime(3) */
  return g_date_time_format (local, is_set ? "%x %X" : _("%Y-%m-%d %H:%M"));
}

static void
set_date (GtkLabel *label, GDateTime *date)
{
  g_autofree char *text = date ? format_date (date) : NULL;

  gtk_label_set_label (label, text ? text : "–");
}

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text ? text : "–");
}

static void
update (ObmMailServerDialog *self)
{
  ObmHost *host = obm_mail_server_get_host (self->server);
  ObmRoles roles = obm_mail_server_get_roles (self->server);
  g_autoptr (GDateTime) timecreate = NULL;
  g_autoptr (GDateTime) timeupdate = NULL;
  g_autofree char *usercreate = NULL;
  g_autofree char *userupdate = NULL;

  g_object_get (self->server,
                "timecreate", &timecreate,
                "usercreate", &usercreate,
                "timeupdate", &timeupdate,
                "userupdate", &userupdate,
                NULL);

  set_text (self->host_label, obm_host_get_name (host) ? obm_host_get_name (host) : _("Deleted host"));
  set_text (self->ip_label, obm_host_get_ip (host));
  for (guint i = 0; i < OBM_N_ROLES; i++)
    set_text (self->role_labels[i], roles & (1 << i) ? _("Yes") : _("No"));
  set_text (self->usercreate_label, usercreate);
  set_date (self->timecreate_label, timecreate);
  set_text (self->userupdate_label, userupdate);
  set_date (self->timeupdate_label, timeupdate);
}

static void
set_error_text (ObmMailServerDialog *self, const char *text)
{
  g_free (self->error_text);
  self->error_text = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR_TEXT]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_ERROR]);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (ObmMailServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ObmMailServer) server = obm_backend_get_mail_server_finish (OBM_BACKEND (source), result, &error);

  /* Closed meanwhile. */
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (server != NULL)
    obm_entity_assign (OBM_ENTITY (self->server), OBM_ENTITY (server));
  else
    {
      g_autofree char *text = obm_error_text (error);

      set_error_text (self, text);
    }
}

static void
reload_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (widget);

  set_error_text (self, NULL);
  obm_backend_get_mail_server_async (self->backend, obm_mail_server_get_id (self->server), self->cancellable,
                                     on_read_cb, g_object_ref (self));
}

static void
obm_mail_server_dialog_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (object);

  switch (prop_id)
    {
    case PROP_ERROR_TEXT:
      g_value_set_string (value, self->error_text);
      break;
    case PROP_HAS_ERROR:
      g_value_set_boolean (value, self->error_text != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_mail_server_dialog_dispose (GObject *object)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_MAIL_SERVER_DIALOG);

  G_OBJECT_CLASS (obm_mail_server_dialog_parent_class)->dispose (object);
}

static void
obm_mail_server_dialog_finalize (GObject *object)
{
  ObmMailServerDialog *self = OBM_MAIL_SERVER_DIALOG (object);

  g_clear_object (&self->backend);
  g_clear_object (&self->server);
  g_clear_object (&self->cancellable);
  g_free (self->error_text);

  G_OBJECT_CLASS (obm_mail_server_dialog_parent_class)->finalize (object);
}

static void
obm_mail_server_dialog_class_init (ObmMailServerDialogClass *klass)
{
  static const char * const role_ids[] = { "imap_label", "smtp_in_label", "smtp_out_label" };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_mail_server_dialog_get_property;
  object_class->dispose = obm_mail_server_dialog_dispose;
  object_class->finalize = obm_mail_server_dialog_finalize;

  properties[PROP_ERROR_TEXT] = g_param_spec_string ("error-text", NULL, NULL, NULL, readable);
  properties[PROP_HAS_ERROR] = g_param_spec_boolean ("has-error", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "dialog.reload", NULL, reload_action);

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, host_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, ip_label);
  for (guint i = 0; i < OBM_N_ROLES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, role_ids[i], FALSE,
                                               G_STRUCT_OFFSET (ObmMailServerDialog, role_labels) +
                                                   i * sizeof (GtkLabel *));
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, usercreate_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, timecreate_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, userupdate_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDialog, timeupdate_label);
}

static void
obm_mail_server_dialog_init (ObmMailServerDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
}

/**
 * obm_mail_server_dialog_new:
 * @parent: the window it belongs to
 * @backend: where @server comes from
 * @server: the mail server to consult
 *
 * Returns: (transfer none): a dialog, to be presented; it destroys itself
 */
ObmMailServerDialog *
obm_mail_server_dialog_new (GtkWindow *parent, ObmBackend *backend, ObmMailServer *server)
{
  ObmMailServerDialog *self = g_object_new (OBM_TYPE_MAIL_SERVER_DIALOG,
                                            "transient-for", parent,
                                            "destroy-with-parent", TRUE,
                                            NULL);

  self->backend = g_object_ref (backend);
  self->server = g_object_ref (server);
  g_signal_connect_object (server, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  reload_action (GTK_WIDGET (self), NULL, NULL);

  return self;
}
