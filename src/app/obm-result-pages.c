/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-result-pages.h"

#include <glib/gi18n.h>

#include "obm-compat.h"

/* How many page links stand side by side, as in OBM. */
#define BLOCK 10

/**
 * ObmResultPages:
 *
 * The foot of the list, as OBM writes it: "Entries # 3 | Result pages: (1) 1". Its first, previous, next and last
 * buttons are the window's actions; a number emits #ObmResultPages::jump.
 */
struct _ObmResultPages
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkLabel *entries_label;
  GtkLabel *pages_label;
  GtkWidget *numbers;
  GtkToggleButton *buttons[BLOCK];

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

static guint
first_of_block (ObmResultPages *self)
{
  return (self->page - 1) / BLOCK * BLOCK + 1;
}

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

  for (guint i = 0; i < BLOCK; i++)
    {
      guint page = first_of_block (self) + i;
      g_autofree char *label = g_strdup_printf ("%u", page);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), label);
      gtk_toggle_button_set_active (self->buttons[i], page == self->page);
      gtk_widget_set_visible (GTK_WIDGET (self->buttons[i]), page <= n_pages);
    }
}

static void
on_number_clicked_cb (ObmResultPages *self, GtkToggleButton *button)
{
  for (guint i = 0; i < BLOCK; i++)
    if (self->buttons[i] == button)
      g_signal_emit (self, signals[JUMP], 0, first_of_block (self) + i);

  /* A click turns the button over; only the page does. */
  update (self);
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

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-result-pages.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, content);
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, entries_label);
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, pages_label);
  gtk_widget_class_bind_template_child (widget_class, ObmResultPages, numbers);
}

static void
obm_result_pages_init (ObmResultPages *self)
{
  self->page = 1;
  self->rows = 10;
  gtk_widget_init_template (GTK_WIDGET (self));
  obm_compat_name (GTK_WIDGET (self));

  for (guint i = 0; i < BLOCK; i++)
    {
      self->buttons[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (""));
      gtk_widget_add_css_class (GTK_WIDGET (self->buttons[i]), "numeric");
      g_signal_connect_object (self->buttons[i], "clicked", G_CALLBACK (on_number_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->numbers), GTK_WIDGET (self->buttons[i]));
    }
  update (self);
}
