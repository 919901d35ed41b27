/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <gtk/gtk.h>

/*
 * Every template of ui/ makes a widget that can be shown and goes away again, without a warning. The templates are
 * looked for when the test runs, so none can be forgotten. Each is tested in a process of its own, where no other
 * test has registered the types it needs.
 */

/* How long a window may take to be drawn, and then a widget to be finalized, in seconds. */
#define PATIENCE 20

/*
 * This program exports its functions, to find those that the names of the files stand for. The real one does not, and
 * there GtkBuilder finds neither a type that nobody ensured nor a callback that nobody bound. So it must be here.
 */
gboolean
g_module_symbol (GModule *module, const char *name, gpointer *symbol)
{
  gboolean (*real) (GModule *, const char *, gpointer *) = dlsym (RTLD_NEXT, "g_module_symbol");

  *symbol = NULL;

  return !g_str_has_prefix (name, "obm_") && real (module, name, symbol);
}

/* The type of the template in "obm-search-form.ui": what obm_search_form_get_type() returns. */
static GType
find_type (const char *file)
{
  g_autofree char *stem = g_strndup (file, strlen (file) - strlen (".ui"));
  g_autofree char *name = g_strconcat (g_strdelimit (stem, "-", '_'), "_get_type", NULL);
  GType (*get_type) (void) = (GType (*) (void)) dlsym (RTLD_DEFAULT, name);

  if (get_type == NULL)
    g_error ("%s: there is no %s()", file, name);

  return get_type ();
}

static void
on_patience_ended_cb (gpointer user_data)
{
  g_error ("%s", (const char *) user_data);
}

static guint
start_patience (const char *complaint)
{
  return g_timeout_add_once (1000 * PATIENCE, on_patience_ended_cb, (gpointer) complaint);
}

static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  guint *n_frames = user_data;

  (*n_frames)++;

  return G_SOURCE_CONTINUE;
}

/* Until @widget is mapped and two frames have been drawn. */
static void
wait_until_drawn (GtkWidget *widget)
{
  guint patience = start_patience ("It is not drawn");
  guint n_frames = 0;
  guint tick = gtk_widget_add_tick_callback (widget, on_tick_cb, &n_frames, NULL);

  while (!gtk_widget_get_mapped (widget) || n_frames < 3)
    g_main_context_iteration (NULL, TRUE);

  gtk_widget_remove_tick_callback (widget, tick);
  g_source_remove (patience);
}

static void
test_template (gconstpointer user_data)
{
  const char *file = user_data;
  GtkWidget *widget, *window;
  guint patience;
  GType type;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 3 * PATIENCE * G_USEC_PER_SEC, G_TEST_SUBPROCESS_INHERIT_STDERR);
      /* Not asserted on: the other templates are tested all the same. */
      if (!g_test_trap_has_passed ())
        g_test_fail_printf ("%s: see above", file);
      return;
    }

  gtk_init ();
  type = find_type (file);
  g_assert_true (g_type_is_a (type, GTK_TYPE_WIDGET));

  widget = g_object_new (type, NULL);
  window = GTK_IS_WINDOW (widget) ? widget : gtk_window_new ();
  if (window != widget)
    gtk_window_set_child (GTK_WINDOW (window), widget);
  /* Some are only there while there is something to say. */
  gtk_widget_set_visible (widget, TRUE);
  gtk_window_present (GTK_WINDOW (window));
  wait_until_drawn (widget);

  patience = start_patience ("Something keeps it alive");
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  gtk_window_destroy (GTK_WINDOW (window));
  while (widget != NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
}

/* The template of a file must be of the class that its name stands for. */
static void
test_name (gconstpointer user_data)
{
  const char *file = user_data;
  g_autofree char *path = g_build_filename (g_getenv ("UI_DIRECTORY"), file, NULL);
  g_autofree char *text = NULL;
  g_autofree char *pattern = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  pattern = g_strdup_printf ("<template\\s[^>]*class=\"%s\"", g_type_name (find_type (file)));
  g_assert_true (g_regex_match_simple (pattern, text, 0, 0));
}

static void
on_parsing_error_cb (GtkCssProvider *provider, GtkCssSection *section, GError *error, gpointer user_data)
{
  g_autofree char *place = gtk_css_section_to_string (section);

  g_error ("%s: %s", place, error->message);
}

static void
test_style (void)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();
  g_autofree char *path = g_build_filename (g_getenv ("UI_DIRECTORY"), "style.css", NULL);

  g_signal_connect (provider, "parsing-error", G_CALLBACK (on_parsing_error_cb), NULL);
  gtk_css_provider_load_from_path (provider, path);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDir) directory = NULL;
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  /* Nobody listens, and the bus may not be there. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();

  directory = g_dir_open (g_getenv ("UI_DIRECTORY"), 0, NULL);
  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    if (g_str_has_suffix (name, ".ui"))
      g_ptr_array_add (files, g_strdup (name));
  g_assert_cmpuint (files->len, >, 0);

  for (guint i = 0; i < files->len; i++)
    {
      g_autofree char *whole = g_strdup_printf ("/data/templates/%s-is-broken", (char *) files->pdata[i]);
      g_autofree char *named = g_strdup_printf ("/data/templates/%s-has-another-class", (char *) files->pdata[i]);

      g_test_add_data_func (whole, files->pdata[i], test_template);
      g_test_add_data_func (named, files->pdata[i], test_name);
    }
  g_test_add_func ("/data/templates/style-has-errors", test_style);

  return g_test_run ();
}
