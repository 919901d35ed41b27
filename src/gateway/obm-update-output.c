/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-update-output.h"

/* How much is read at once. */
#define BLOCK 4096
/*
 * How many blocks are still read when the command is over: what a pipe holds, and not what others go on
 * writing.
 */
#define MAX_LAST_BLOCKS 256

struct _ObmUpdateOutput
{
  gsize max;
  GByteArray *tail;
  GInputStream *stream;
  GCancellable *over;
  gboolean reading;
  guint8 block[BLOCK];
};

/**
 * obm_update_output_new:
 * @max: how many bytes are kept
 *
 * Returns: (transfer full): nothing yet
 */
ObmUpdateOutput *
obm_update_output_new (gsize max)
{
  ObmUpdateOutput *self = g_new0 (ObmUpdateOutput, 1);

  self->max = max;
  self->tail = g_byte_array_new ();
  self->over = g_cancellable_new ();

  return self;
}

/**
 * obm_update_output_free:
 * @self: an output that is finished, or that nothing was read from
 */
void
obm_update_output_free (ObmUpdateOutput *self)
{
  g_byte_array_unref (self->tail);
  g_clear_object (&self->stream);
  g_object_unref (self->over);
  g_free (self);
}

static void
append (ObmUpdateOutput *self, gsize length)
{
  g_byte_array_append (self->tail, self->block, length);
  if (self->tail->len > self->max)
    g_byte_array_remove_range (self->tail, 0, self->tail->len - self->max);
}

static void read_more (ObmUpdateOutput *self);

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ObmUpdateOutput *self = user_data;
  gssize length = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  self->reading = FALSE;
  if (length <= 0)
    return;

  append (self, length);
  if (!g_cancellable_is_cancelled (self->over))
    read_more (self);
}

static void
read_more (ObmUpdateOutput *self)
{
  self->reading = TRUE;
  g_input_stream_read_async (self->stream, self->block, BLOCK, G_PRIORITY_DEFAULT, self->over, on_read, self);
}

/**
 * obm_update_output_read:
 * @self: an output
 * @stream: what the command writes to
 *
 * Begins to read, in the thread's default main context.
 */
void
obm_update_output_read (ObmUpdateOutput *self, GInputStream *stream)
{
  self->stream = g_object_ref (stream);
  read_more (self);
}

/**
 * obm_update_output_finish:
 * @self: an output that is read from
 * @context: the main context this happens in
 *
 * Reads what is there, and no more: something that the command left behind may keep the stream open for
 * ever.
 */
void
obm_update_output_finish (ObmUpdateOutput *self, GMainContext *context)
{
  gssize length = 1;

  g_cancellable_cancel (self->over);
  while (self->reading)
    g_main_context_iteration (context, TRUE);

  for (guint i = 0; i < MAX_LAST_BLOCKS && length > 0; i++)
    {
      length = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (self->stream), self->block,
                                                         BLOCK, NULL, NULL);
      if (length > 0)
        append (self, length);
    }
  g_input_stream_close (self->stream, NULL, NULL);
}

/* Skips the rest of a character whose beginning is gone. */
static const char *
skip_rest (const char *text, const char *end)
{
  while (text < end && (*text & 0xc0) == 0x80)
    text++;

  return text;
}

/* Valid UTF-8 of at most as many bytes as are kept: U+FFFD, in place of a bad byte, needs three. */
static char *
make_valid (ObmUpdateOutput *self)
{
  const char *end = (const char *) self->tail->data + self->tail->len;
  const char *begin = skip_rest ((const char *) self->tail->data, end);
  g_autofree char *valid = begin < end ? g_utf8_make_valid (begin, end - begin) : g_strdup ("");
  gsize length = strlen (valid);

  return g_strdup (skip_rest (length > self->max ? valid + length - self->max : valid, valid + length));
}

/**
 * obm_update_output_get_text:
 * @self: an output
 *
 * Returns: (transfer full): the end of it as valid UTF-8, with a space in the place of control characters
 */
char *
obm_update_output_get_text (ObmUpdateOutput *self)
{
  g_autofree char *valid = make_valid (self);
  GString *text = g_string_new (NULL);

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iscntrl (c))
        g_string_append_unichar (text, c);
      else if (text->len > 0 && text->str[text->len - 1] != ' ')
        g_string_append_c (text, ' ');
    }

  return g_strchomp (g_string_free (text, FALSE));
}
