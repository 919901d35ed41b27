/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-result-pages.h"

#include <glib/gi18n.h>

#include "obm-compat.h"
#include "obm-pager.h"
#include "obm-wrap-box.h"

/**
 * ObmResultPages:
 *
 * The foot of the list, as OBM writes it: "Entries # 3 | Result pages: (1) 1", before it the exports. A result page
 * that is chosen emits #ObmResultPages::jump.
 */
struct _ObmResultPages
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *entries_label;
  GtkLabel *pages_label;
  ObmPager *pager;

  guint length;
  guint page;
  guint rows;
};

enum {
  PROP_0,
  PROP_LENGTH,
  PROP_PAGE,
  PROP_ROWS,
  N_PROPS
};

enum {
  JUMP,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmResultPages, obm_result_pages, GTK_TYPE_WIDGET)

static void
update (ObmResultPages *self)
{
  guint n_pages = self->length == 0 ? 0 : (self->length - 1) / self->rows + 1;
  g_autofree char *length = g_strdup_printf ("%'u", self->length);
  g_autofree char *pages = g_strdup_printf ("%'u", n_pages);
  /* Translators: the number of all results; OBM writes "Entrées # 3" */
  g_autofree char *entries_text = g_strdup_printf (_("Entries # %s"), length);
  /* Translators: before the links to the result pages; the number of pages; OBM writes "Pages de résultat : (1)" */
  g_autofree char *pages_text = g_strdup_printf (_("Result pages: (%s)"), pages);

  gtk_label_set_label (self->entries_label, entries_text);
  gtk_label_set_label (self->pages_label, pages_text);
  obm_pager_set_page (self->pager, self->page, n_pages);
}

static void
on_jump_cb (ObmResultPages *self, guint page)
{
  g_signal_emit (self, signals[JUMP], 0, page);
}

static void
obm_result_pages_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmResultPages *self = OBM_RESULT_PAGES (object);

  switch (prop_id)
    {
    case PROP_LENGTH:
      g_value_set_uint (value, self->length);
      break;
    case PROP_PAGE:
      g_value_set_uint (value, self->page);
      break;
    case PROP_ROWS:
      g_value_set_uint (value, self->rows);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_result_pages_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmResultPages *self = OBM_RESULT_PAGES (object);

  switch (prop_id)
    {
    case PROP_LENGTH:
      self->length = g_value_get_uint (value);
      break;
    case PROP_PAGE:
      self->page = g_value_get_uint (value);
      break;
    case PROP_ROWS:
      self->rows = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  update (self);
}

static void
obm_result_pages_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_RESULT_PAGES);

  G_OBJECT_CLASS (obm_result_pages_parent_class)->dispose (object);
}

static void
obm_result_pages_class_init (ObmResultPagesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_result_pages_get_property;
  object_class->set_property = obm_result_pages_set_property;
  object_class->dispose = obm_result_pages_dispose;

  properties[PROP_LENGTH] = g_param_spec_uint ("length", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_PAGE] = g_param_spec_uint ("page", NULL, NULL, 1, G_MAXUINT, 1, flags);
  properties[PROP_ROWS] = g_param_spec_uint ("rows", NULL, NULL, 1, G_MAXUINT, 10, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * ObmResultPages::jump:
   * @page: a result page, from 1
   *
   * The person wants to see @page.
   */
  signals[JUMP] = g_signal_new ("jump", OBM_TYPE_RESULT_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_UINT);

  g_type_ensure (OBM_TYPE_WRAP_BOX);
  g_type_ensure (OBM_TYPE_PAGER);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-result-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, content);
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, entries_label);
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, pages_label);
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, pager);
  gtk_widget_class_bind_template_callback (widget_class, on_jump_cb);
}

static void
obm_result_pages_init (ObmResultPages *self)
{
  self->page = 1;
  self->rows = 10;
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));
  update (self);
}
