/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-pager.h"

#include "obm-narrow.h"

/* How many page links stand side by side, as in OBM. */
#define BLOCK 10

/**
 * ObmPager:
 *
 * The links to a block of result pages, between arrows to the first, previous, next and last page. Where not all links
 * fit, those around the current page are there. The arrows are actions of the window; a number emits #ObmPager::jump.
 */
struct _ObmPager
{
  GtkWidget parent_instance;

  GtkWidget *first_button;
  GtkWidget *previous_button;
  GtkToggleButton *links[BLOCK];
  GtkWidget *next_button;
  GtkWidget *last_button;

  guint page;
  guint n_pages;
};

enum {
  JUMP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ObmPager, obm_pager, GTK_TYPE_WIDGET)

static guint
first_of_block (ObmPager *self)
{
  return (self->page - 1) / BLOCK * BLOCK + 1;
}

/* How many links there are, whether they fit or not. */
static int
count_links (ObmPager *self)
{
  const guint first = first_of_block (self);

  return self->n_pages < first ? 0 : MIN (self->n_pages - first + 1, BLOCK);
}

/* All links are as wide as the widest, so that they and the arrows stay where they are from page to page. */
static int
measure_link (ObmPager *self)
{
  int width = 1;

  for (int i = 0; i < count_links (self); i++)
    width = MAX (width, obm_narrow_measure (GTK_WIDGET (self->links[i])));

  return width;
}

static int
measure_arrows (ObmPager *self)
{
  return obm_narrow_measure (self->first_button) + obm_narrow_measure (self->previous_button) +
         obm_narrow_measure (self->next_button) + obm_narrow_measure (self->last_button);
}

static void
update (ObmPager *self)
{
  g_autofree char *last = g_strdup_printf ("%'u", self->n_pages);

  const int width = g_utf8_strlen (last, -1);

  for (guint i = 0; i < BLOCK; i++)
    {
      const guint page = first_of_block (self) + i;
      g_autofree char *label = g_strdup_printf ("%'u", page);

      gtk_button_set_label (GTK_BUTTON (self->links[i]), label);
      gtk_label_set_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->links[i]))), width);
      gtk_toggle_button_set_active (self->links[i], page == self->page);
      gtk_widget_set_visible (GTK_WIDGET (self->links[i]), page <= self->n_pages);
    }
}

static void
on_link_clicked_cb (ObmPager *self, GtkToggleButton *link)
{
  for (guint i = 0; i < BLOCK; i++)
    if (self->links[i] == link)
      g_signal_emit (self, signals[JUMP], 0, first_of_block (self) + i);

  /* A click turns the button over; only the page does. */
  update (self);
}

static void
obm_pager_measure (GtkWidget *widget,
                   GtkOrientation orientation,
                   int for_size,
                   int *minimum,
                   int *natural,
                   int *minimum_baseline,
                   int *natural_baseline)
{
  ObmPager *self = OBM_PAGER (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      const int arrows = measure_arrows (self);
      const int link = measure_link (self);

      /* The same for the last block, which may have fewer links: the list above must keep its size while it scrolls. */
      *minimum = arrows + MIN (self->n_pages, 1) * link;
      *natural = arrows + MIN (self->n_pages, BLOCK) * link;
      return;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

static void
place (GtkWidget *child, GtkAllocation *at, int width)
{
  GtkAllocation allocation = *at;

  if (gtk_widget_get_direction (child) == GTK_TEXT_DIR_RTL)
    allocation.x = width - at->x - at->width;
  gtk_widget_size_allocate (child, &allocation, -1);
  at->x += at->width;
}

static void
place_arrow (GtkWidget *child, GtkAllocation *at, int width)
{
  at->width = obm_narrow_measure (child);
  place (child, at, width);
}

static void
obm_pager_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ObmPager *self = OBM_PAGER (widget);
  const int n_links = count_links (self);
  const int link = measure_link (self);
  const int room = width - measure_arrows (self);
  const int n_shown = CLAMP (room / link, MIN (n_links, 1), n_links);
  const int current = self->page - first_of_block (self);
  const int first = CLAMP (current - n_shown / 2, 0, n_links - n_shown);
  GtkAllocation at = { MAX (room - n_shown * link, 0), 0, 0, height };

  place_arrow (self->first_button, &at, width);
  place_arrow (self->previous_button, &at, width);
  at.width = link;
  for (int i = 0; i < n_links; i++)
    {
      const gboolean shown = i >= first && i < first + n_shown;

      gtk_widget_set_child_visible (GTK_WIDGET (self->links[i]), shown);
      if (shown)
        place (GTK_WIDGET (self->links[i]), &at, width);
    }
  place_arrow (self->next_button, &at, width);
  place_arrow (self->last_button, &at, width);
}

static void
obm_pager_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (obm_pager_parent_class)->dispose (object);
}

static void
obm_pager_class_init (ObmPagerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = obm_pager_dispose;
  widget_class->measure = obm_pager_measure;
  widget_class->size_allocate = obm_pager_size_allocate;

  /**
   * ObmPager::jump:
   * @page: a result page, from 1
   *
   * The person wants to see @page.
   */
  signals[JUMP] = g_signal_new ("jump", OBM_TYPE_PAGER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-pager.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmPager, first_button);
  gtk_widget_class_bind_template_child (widget_class, ObmPager, previous_button);
  gtk_widget_class_bind_template_child (widget_class, ObmPager, next_button);
  gtk_widget_class_bind_template_child (widget_class, ObmPager, last_button);
}

static void
obm_pager_init (ObmPager *self)
{
  GtkWidget *previous;

  self->page = 1;
  gtk_widget_init_template (GTK_WIDGET (self));

  /* Between the arrows for the keyboard and for screen readers too. */
  previous = self->previous_button;
  for (guint i = 0; i < BLOCK; i++)
    {
      self->links[i] = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (""));
      gtk_widget_add_css_class (GTK_WIDGET (self->links[i]), "flat");
      gtk_widget_add_css_class (GTK_WIDGET (self->links[i]), "numeric");
      g_signal_connect_object (self->links[i], "clicked", G_CALLBACK (on_link_clicked_cb), self, G_CONNECT_SWAPPED);
      gtk_widget_insert_after (GTK_WIDGET (self->links[i]), GTK_WIDGET (self), previous);
      previous = GTK_WIDGET (self->links[i]);
    }
  update (self);
}

/**
 * obm_pager_set_page:
 * @self: a pager
 * @page: the result page in view, from 1
 * @n_pages: how many there are
 *
 * Shows the block of links that @page is in.
 */
void
obm_pager_set_page (ObmPager *self, guint page, guint n_pages)
{
  g_return_if_fail (OBM_IS_PAGER (self));
  g_return_if_fail (page > 0);

  if (page == self->page && n_pages == self->n_pages)
    return;

  self->page = page;
  self->n_pages = n_pages;
  update (self);
  /* Others of the links may have to be there now. */
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
