/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-mail-server-details.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "obm-narrow.h"

/**
 * ObmMailServerDetails:
 *
 * The manual's consultation of a mail server. It follows the mail server it shows.
 */
struct _ObmMailServerDetails
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *host_label;
  GtkLabel *ip_label;
  GtkLabel *role_labels[OBM_N_ROLES];
  GtkLabel *usercreate_label;
  GtkLabel *timecreate_label;
  GtkLabel *userupdate_label;
  GtkLabel *timeupdate_label;

  ObmMailServer *server;
  GSignalGroup *server_signals;
};

G_DEFINE_FINAL_TYPE (ObmMailServerDetails, obm_mail_server_details, GTK_TYPE_WIDGET)

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
update (ObmMailServerDetails *self)
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
obm_mail_server_details_dispose (GObject *object)
{
  ObmMailServerDetails *self = OBM_MAIL_SERVER_DETAILS (object);

  g_clear_object (&self->server_signals);
  g_clear_object (&self->server);
  gtk_widget_dispose_template (GTK_WIDGET (self), OBM_TYPE_MAIL_SERVER_DETAILS);

  G_OBJECT_CLASS (obm_mail_server_details_parent_class)->dispose (object);
}

static void
obm_mail_server_details_class_init (ObmMailServerDetailsClass *klass)
{
  static const char * const role_ids[] = { "imap_label", "smtp_in_label", "smtp_out_label" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_mail_server_details_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-mail-server-details.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, content);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, host_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, ip_label);
  for (guint i = 0; i < OBM_N_ROLES; i++)
    gtk_widget_class_bind_template_child_full (widget_class, role_ids[i], FALSE,
                                               G_STRUCT_OFFSET (ObmMailServerDetails, role_labels) +
                                                   i * sizeof (GtkLabel *));
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, usercreate_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, timecreate_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, userupdate_label);
  gtk_widget_class_bind_template_child (widget_class, ObmMailServerDetails, timeupdate_label);
}

static void
obm_mail_server_details_init (ObmMailServerDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_narrow_tell (GTK_WIDGET (self->host_label));
  obm_narrow_tell (GTK_WIDGET (self->ip_label));
  obm_narrow_tell (GTK_WIDGET (self->usercreate_label));
  obm_narrow_tell (GTK_WIDGET (self->userupdate_label));
  self->server_signals = g_signal_group_new (OBM_TYPE_MAIL_SERVER);
  g_signal_group_connect_swapped (self->server_signals, "notify", G_CALLBACK (update), self);
}

/**
 * obm_mail_server_details_set_server:
 * @self: details
 * @server: the mail server to show
 */
void
obm_mail_server_details_set_server (ObmMailServerDetails *self, ObmMailServer *server)
{
  g_return_if_fail (OBM_IS_MAIL_SERVER_DETAILS (self));

  g_set_object (&self->server, server);
  g_signal_group_set_target (self->server_signals, server);
  update (self);
}
