/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-links-view.h"

#include <glib/gi18n.h>

#include "obm-compat.h"

/**
 * ObmLinksView:
 *
 * What depends on a mail server: how many of each kind, and the names of the first few, to be read and copied.
 */
struct _ObmLinksView
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *label;
};

G_DEFINE_FINAL_TYPE (ObmLinksView, obm_links_view, GTK_TYPE_WIDGET)

static void
on_copy_cb (ObmLinksView *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), gtk_label_get_label (self->label));
  obm_compat_announce (GTK_WIDGET (self), _("Copied to the clipboard."));
}

static void
obm_links_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_LINKS_VIEW);

  G_OBJECT_CLASS (obm_links_view_parent_class)->dispose (object);
}

static void
obm_links_view_class_init (ObmLinksViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_links_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-links-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmLinksView, content);
  gtk_widget_class_bind_template_child (widget_class, ObmLinksView, label);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_cb);
}

static void
obm_links_view_init (ObmLinksView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
}

/* "12 users", or as it comes for a kind that only the backend knows. */
static char *
count_kind (const char *kind, gint64 count)
{
  gulong n = MIN (count, G_MAXINT32);
  g_autofree char *number = g_strdup_printf ("%'" G_GINT64_FORMAT, count);

  if (g_str_equal (kind, "user"))
    return g_strdup_printf (ngettext ("%s user", "%s users", n), number);
  if (g_str_equal (kind, "domain"))
    return g_strdup_printf (ngettext ("%s domain", "%s domains", n), number);
  if (g_str_equal (kind, "mailshare"))
    return g_strdup_printf (ngettext ("%s mail share", "%s mail shares", n), number);

  return g_strdup_printf ("%s %s", number, kind);
}

static char *
describe (ObmLinks *links, guint index)
{
  g_autofree char *counted = count_kind (obm_links_get_kind (links, index), obm_links_get_count (links, index));
  const char * const *first = obm_links_get_first (links, index);
  g_autofree char *names = g_strjoinv (", ", (char **) first);

  if (*names == '\0')
    return g_steal_pointer (&counted);
  if ((gint64) g_strv_length ((char **) first) < obm_links_get_count (links, index))
    /* Translators: a count and the first names: "12 users: jdoe, asmith, …" */
    return g_strdup_printf (_("%s: %s, …"), counted, names);

  /* Translators: a count and all the names: "2 users: jdoe, asmith" */
  return g_strdup_printf (_("%s: %s"), counted, names);
}

/**
 * obm_links_view_set_links:
 * @self: a view
 * @links: what to show
 */
void
obm_links_view_set_links (ObmLinksView *self, ObmLinks *links)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (OBM_IS_LINKS_VIEW (self));

  for (guint i = 0; i < obm_links_get_n_kinds (links); i++)
    if (obm_links_get_count (links, i) > 0)
      {
        g_autofree char *line = describe (links, i);

        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
      }

  gtk_label_set_label (self->label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self), text->len > 0);
}
