/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-status-page.h"

#include "obm-compat.h"

/**
 * ObmStatusPage:
 *
 * What stands where there is nothing to list: an icon, a title, a sentence and what to do about it.
 */
struct _ObmStatusPage
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkButton *button;

  char *icon_name;
  char *title;
  char *description;
  char *button_label;
  char *action_name;
};

enum {
  PROP_0,
  PROP_ICON_NAME,
  PROP_TITLE,
  PROP_DESCRIPTION,
  PROP_BUTTON_LABEL,
  PROP_ACTION_NAME,
  PROP_HAS_DESCRIPTION,
  PROP_HAS_BUTTON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ObmStatusPage, obm_status_page, GTK_TYPE_WIDGET)

static char **
string_field (ObmStatusPage *self, guint prop_id)
{
  switch (prop_id)
    {
    case PROP_ICON_NAME:
      return &self->icon_name;
    case PROP_TITLE:
      return &self->title;
    case PROP_DESCRIPTION:
      return &self->description;
    case PROP_BUTTON_LABEL:
      return &self->button_label;
    case PROP_ACTION_NAME:
      return &self->action_name;
    default:
      return NULL;
    }
}

static void
obm_status_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  ObmStatusPage *self = OBM_STATUS_PAGE (object);

  if (string_field (self, prop_id) != NULL)
    g_value_set_string (value, *string_field (self, prop_id));
  else if (prop_id == PROP_HAS_DESCRIPTION)
    g_value_set_boolean (value, self->description != NULL && *self->description != '\0');
  else if (prop_id == PROP_HAS_BUTTON)
    g_value_set_boolean (value, self->button_label != NULL);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
obm_status_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  ObmStatusPage *self = OBM_STATUS_PAGE (object);

  if (string_field (self, prop_id) == NULL)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  g_free (*string_field (self, prop_id));
  *string_field (self, prop_id) = g_value_dup_string (value);
  if (prop_id == PROP_DESCRIPTION)
    g_object_notify_by_pspec (object, properties[PROP_HAS_DESCRIPTION]);
  else if (prop_id == PROP_BUTTON_LABEL)
    {
      obm_compat_set_label (self->button, self->button_label ? self->button_label : "");
      g_object_notify_by_pspec (object, properties[PROP_HAS_BUTTON]);
    }
}

static void
obm_status_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OBM_TYPE_STATUS_PAGE);

  G_OBJECT_CLASS (obm_status_page_parent_class)->dispose (object);
}

static void
obm_status_page_finalize (GObject *object)
{
  ObmStatusPage *self = OBM_STATUS_PAGE (object);

  for (guint i = PROP_0 + 1; i < N_PROPS; i++)
    if (string_field (self, i) != NULL)
      g_free (*string_field (self, i));

  G_OBJECT_CLASS (obm_status_page_parent_class)->finalize (object);
}

static void
obm_status_page_class_init (ObmStatusPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags readable = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = obm_status_page_get_property;
  object_class->set_property = obm_status_page_set_property;
  object_class->dispose = obm_status_page_dispose;
  object_class->finalize = obm_status_page_finalize;

  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_DESCRIPTION] = g_param_spec_string ("description", NULL, NULL, NULL, flags);
  properties[PROP_BUTTON_LABEL] = g_param_spec_string ("button-label", NULL, NULL, NULL, flags);
  properties[PROP_ACTION_NAME] = g_param_spec_string ("action-name", NULL, NULL, NULL, flags);
  properties[PROP_HAS_DESCRIPTION] = g_param_spec_boolean ("has-description", NULL, NULL, FALSE, readable);
  properties[PROP_HAS_BUTTON] = g_param_spec_boolean ("has-button", NULL, NULL, FALSE, readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCE_PATH "/obm-status-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ObmStatusPage, content);
  gtk_widget_class_bind_template_child (widget_class, ObmStatusPage, button);
}

static void
obm_status_page_init (ObmStatusPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
