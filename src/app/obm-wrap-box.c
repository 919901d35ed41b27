/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-wrap-box.h"

#include "obm-narrow.h"

/* Between two lines, in pixels. */
#define LINE_SPACING 6

/**
 * ObmWrapBox:
 *
 * A box whose children stand side by side, at their natural widths, and go on in the next line where there is no more
 * room. What is left of a line goes to those that expand; if none does, to a last one that is aligned to the end.
 */
struct _ObmWrapBox
{
  GtkWidget parent_instance;

  int spacing;
  int max_width;
};

/* The children from @first to before @end, which is %NULL after the last. */
typedef struct {
  GtkWidget *first;
  GtkWidget *end;
  int natural;
  int n_expanding;
} Line;

enum {
  PROP_0,
  PROP_SPACING,
  PROP_MAX_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmWrapBox, obm_wrap_box, GTK_TYPE_WIDGET)

static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);

  return child;
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

/* Puts as many children from @first on into a line as fit, but at least that one. */
static Line
make_line (ObmWrapBox *self, GtkWidget *first, int width)
{
  Line line = { .first = first };

  for (GtkWidget *child = first; child != NULL; child = get_next (child))
    {
      int natural = obm_narrow_measure (child);

      if (child != first)
        natural += line.natural + self->spacing;
      if (child != first && natural > width)
        {
          line.end = child;
          break;
        }
      line.natural = natural;
      line.n_expanding += gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL);
    }

  return line;
}

/* How wide a child becomes in a line of that width. */
static int
get_child_width (const Line *line, GtkWidget *child, int width)
{
  const int natural = MIN (obm_narrow_measure (child), width);
  const int rest = MAX (width - line->natural, 0);

  if (line->n_expanding > 0)
    return natural + (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL) ? rest / line->n_expanding : 0);
  if (get_next (child) == line->end && gtk_widget_get_halign (child) == GTK_ALIGN_END)
    return natural + rest;

  return natural;
}

static void
measure_line_height (const Line *line, int width, int *minimum, int *natural)
{
  *minimum = *natural = 0;

  for (GtkWidget *child = line->first; child != line->end; child = get_next (child))
    {
      int child_minimum, child_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, get_child_width (line, child, width),
                          &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural = MAX (*natural, child_natural);
    }
}

/* The narrowest that every child fits into, and the width of a single line. */
static void
measure_widths (ObmWrapBox *self, int *minimum, int *natural)
{
  GtkWidget *first = skip_hidden (gtk_widget_get_first_child (GTK_WIDGET (self)));

  *minimum = 0;
  *natural = make_line (self, first, G_MAXINT).natural;

  for (GtkWidget *child = first; child != NULL; child = get_next (child))
    {
      int child_minimum;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
    }
}

/* How much of a width is used. */
static int
limit_width (ObmWrapBox *self, int width)
{
  int minimum, natural;

  measure_widths (self, &minimum, &natural);
  if (width < 0)
    return natural;
  if (self->max_width > 0)
    width = MIN (width, MAX (natural, self->max_width));

  return MAX (width, minimum);
}

static GtkSizeRequestMode
obm_wrap_box_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
obm_wrap_box_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  ObmWrapBox *self = OBM_WRAP_BOX (widget);
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      measure_widths (self, minimum, natural);
      return;
    }

  for_size = limit_width (self, for_size);
  while (child != NULL)
    {
      Line line = make_line (self, child, for_size);
      int line_minimum, line_natural;

      measure_line_height (&line, for_size, &line_minimum, &line_natural);
      child = line.end;
      *minimum += line_minimum + (child ? LINE_SPACING : 0);
      *natural += line_natural + (child ? LINE_SPACING : 0);
    }
}

static void
obm_wrap_box_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ObmWrapBox *self = OBM_WRAP_BOX (widget);
  const gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  const int used = limit_width (self, width);
  GtkAllocation place = { 0, };

  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child != NULL;)
    {
      Line line = make_line (self, child, used);
      int start = 0;

      measure_line_height (&line, used, &(int) { 0 }, &place.height);
      for (; child != line.end; child = get_next (child))
        {
          place.width = get_child_width (&line, child, used);
          place.x = from_right ? width - start - place.width : start;
          gtk_widget_size_allocate (child, &place, -1);
          start += place.width + self->spacing;
        }
      place.y += place.height + LINE_SPACING;
    }
}

static void
obm_wrap_box_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmWrapBox *self = OBM_WRAP_BOX (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      g_value_set_int (value, self->spacing);
      break;
    case PROP_MAX_WIDTH:
      g_value_set_int (value, self->max_width);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
obm_wrap_box_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmWrapBox *self = OBM_WRAP_BOX (object);

  switch (prop_id)
    {
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    case PROP_MAX_WIDTH:
      self->max_width = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
obm_wrap_box_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (obm_wrap_box_parent_class)->dispose (object);
}

static void
obm_wrap_box_class_init (ObmWrapBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_wrap_box_get_property;
  object_class->set_property = obm_wrap_box_set_property;
  object_class->dispose = obm_wrap_box_dispose;
  widget_class->get_request_mode = obm_wrap_box_get_request_mode;
  widget_class->measure = obm_wrap_box_measure;
  widget_class->size_allocate = obm_wrap_box_size_allocate;

  /**
   * ObmWrapBox:spacing:
   *
   * Between two children in a line, in pixels.
   */
  properties[PROP_SPACING] = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 6, flags);

  /**
   * ObmWrapBox:max-width:
   *
   * How wide lines may become when children expand, in pixels; 0 for as wide as there is room.
   */
  properties[PROP_MAX_WIDTH] = g_param_spec_int ("max-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
obm_wrap_box_init (ObmWrapBox *self)
{
  self->spacing = 6;
}
