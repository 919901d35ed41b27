/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-about-window.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-system-details.h"

/**
 * ObmAboutWindow:
 *
 * Which program this is, by whom, and what it runs with, to be copied into a bug report. Not a #GtkAboutDialog:
 * that has no place for a button of ours.
 */
struct _ObmAboutWindow
{
  GtkWindow parent_instance;

  GtkStack *stack;
  GtkLabel *version_label;
  GtkLabel *translators_label;
  GtkLabel *details_label;
  GtkLabel *copied_label;
};

G_DEFINE_FINAL_TYPE (ObmAboutWindow, obm_about_window, GTK_TYPE_WINDOW)

static void
on_copy_cb (ObmAboutWindow *self)
{
  const char *copied = _("Copied to the clipboard.");
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  gdk_clipboard_set_text (clipboard, gtk_label_get_label (self->details_label));
  gtk_label_set_label (self->copied_label, copied);
  obm_compat_announce (GTK_WIDGET (self->copied_label), copied);
}

static void
obm_about_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_ABOUT_WINDOW);

  G_OBJECT_CLASS (obm_about_window_parent_class)->dispose (object);
}

static void
obm_about_window_class_init (ObmAboutWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_about_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-about-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmAboutWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ObmAboutWindow, version_label);
  gtk_widget_class_bind_template_child (widget_class, ObmAboutWindow, translators_label);
  gtk_widget_class_bind_template_child (widget_class, ObmAboutWindow, details_label);
  gtk_widget_class_bind_template_child (widget_class, ObmAboutWindow, copied_label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
}

static void
obm_about_window_init (ObmAboutWindow *self)
{
  /* Translators: your names, one a line */
  const char *translators = _("translator-credits");

  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
  obm_compat_hide_pages (self->stack);
  gtk_label_set_label (self->version_label, APP_VERSION);
  gtk_label_set_label (self->translators_label, translators);
  gtk_widget_set_visible (GTK_WIDGET (self->translators_label),
                          !g_str_equal (translators, "translator-credits"));
}

/**
 * obm_about_window_new:
 * @parent: (nullable): the window it belongs to
 *
 * Returns: (transfer none): a window, to be presented; it destroys itself
 */
ObmAboutWindow *
obm_about_window_new (GtkWindow *parent)
{
  ObmAboutWindow *self = g_object_new (OBM_TYPE_ABOUT_WINDOW,
                                       "transient-for", parent,
                                       "destroy-with-parent", TRUE,
                                       NULL);
  GskRenderer *renderer = parent ? gtk_native_get_renderer (GTK_NATIVE (parent)) : NULL;
  g_autofree char *details = obm_system_details (renderer ? G_OBJECT_TYPE_NAME (renderer) : NULL);

  gtk_label_set_label (self->details_label, details);

  return self;
}
