/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-log.h"

#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The log: a line each on standard error, whatever is in it. systemd's journal gets the priority in front, as
 * sd-daemon(3) has it; everybody else the time.
 */

/* In bytes. */
#define MAX_LINE 2048

static gboolean to_journal;
static GLogLevelFlags fatal_levels;

/* Whether standard error is what systemd says it is. */
static gboolean
is_journal (void)
{
  const char *stream = g_getenv ("JOURNAL_STREAM");
  g_autofree char *own = NULL;
  struct stat status;

  if (stream == NULL || fstat (STDERR_FILENO, &status) != 0)
    return FALSE;

  own = g_strdup_printf ("%ju:%ju", (uintmax_t) status.st_dev, (uintmax_t) status.st_ino);

  return g_str_equal (stream, own);
}

/* As syslog(3) counts; and what people call what is worse than a message. */
static int
get_priority (GLogLevelFlags level, const char **name)
{
  *name = "";
  if (level & G_LOG_LEVEL_ERROR)
    return *name = "ERROR: ", 3;
  if (level & G_LOG_LEVEL_CRITICAL)
    return *name = "CRITICAL: ", 4;
  if (level & G_LOG_LEVEL_WARNING)
    return *name = "WARNING: ", 4;
  if (level & G_LOG_LEVEL_MESSAGE)
    return 5;

  return level & G_LOG_LEVEL_INFO ? 6 : 7;
}

/* What could begin a line of its own, or move the cursor of a terminal, does not come out as it is. */
static void
append_escaped (GString *line, const char *text)
{
  while (*text != '\0' && line->len < MAX_LINE)
    {
      gunichar character = g_utf8_get_char_validated (text, -1);
      gboolean valid = (gint32) character >= 0;

      if (valid && !g_unichar_iscntrl (character) && character != 0x2028 && character != 0x2029)
        g_string_append_unichar (line, character);
      else if (valid)
        g_string_append_printf (line, "\\u%04x", character);
      else
        g_string_append_printf (line, "\\x%02x", *(const guchar *) text);
      text = valid ? g_utf8_next_char (text) : text + 1;
    }
  if (*text != '\0')
    g_string_append (line, "...");
}

static const char *
find_field (const GLogField *fields, gsize n_fields, const char *key)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, key) && fields[i].length < 0)
      return fields[i].value;

  return NULL;
}

static GLogWriterOutput
write_line (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = find_field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = find_field (fields, n_fields, "MESSAGE");
  gboolean own = g_strcmp0 (domain, G_LOG_DOMAIN) == 0;
  g_autoptr (GString) line = g_string_new (NULL);
  const char *name;
  int priority = get_priority (level, &name);

  if ((priority == 7 || (priority == 6 && !own)) && g_log_writer_default_would_drop (level, domain))
    return G_LOG_WRITER_HANDLED;

  if (to_journal)
    g_string_append_printf (line, "<%d>", priority);
  else
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_local ();
      g_autofree char *time = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S%:z");

      g_string_append_printf (line, "%s ", time);
    }
  if (*name != '\0' || !own)
    g_string_append_printf (line, "%s%s%s", domain ? domain : "", *name != '\0' ? "-" : ": ", name);
  append_escaped (line, message ? message : "");
  g_string_append_c (line, '\n');

  /* At once, so that no other thread's line comes between. */
  (void) !write (STDERR_FILENO, line->str, line->len);
  if (level & fatal_levels)
    g_abort ();

  return G_LOG_WRITER_HANDLED;
}

/**
 * obm_log_install:
 *
 * Makes everything that is logged from now on a line of this log.
 */
void
obm_log_install (void)
{
  to_journal = is_journal ();
  /* What G_DEBUG says ends the program; only GLib's own writer would heed it. */
  fatal_levels = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_log_set_always_fatal (fatal_levels);
  fatal_levels |= G_LOG_LEVEL_ERROR;
  g_log_set_writer_func (write_line, NULL, NULL);
}
