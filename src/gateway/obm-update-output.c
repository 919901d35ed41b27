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
  GPollableInputStream *stream;
  GSource *source;
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
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_object (&self->stream);
  g_free (self);
}

/* Returns: how many bytes were there; 0 at the end, below 0 when there are none now. */
static gssize
read_block (ObmUpdateOutput *self)
{
  g_autoptr (GError) error = NULL;
  gssize length = g_pollable_input_stream_read_nonblocking (self->stream, self->block, BLOCK, NULL, &error);

  if (length < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    length = 0;
  if (length > 0)
    g_byte_array_append (self->tail, self->block, length);
  if (self->tail->len > self->max)
    g_byte_array_remove_range (self->tail, 0, self->tail->len - self->max);

  return length;
}

static gboolean
on_readable (GObject *stream, gpointer user_data)
{
  return read_block (user_data) != 0 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

/**
 * obm_update_output_read:
 * @self: an output
 * @stream: what the command writes to, a pipe
 *
 * Begins to read, in the thread's default main context. Not by an asynchronous read: one that is cancelled
 * may have read already, and would keep what it read to itself.
 */
void
obm_update_output_read (ObmUpdateOutput *self, GInputStream *stream)
{
  self->stream = g_object_ref (G_POLLABLE_INPUT_STREAM (stream));
  self->source = g_pollable_input_stream_create_source (self->stream, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/**
 * obm_update_output_finish:
 * @self: an output that is read from
 *
 * Reads what is there, and no more: something that the command left behind may keep the stream open for
 * ever.
 */
void
obm_update_output_finish (ObmUpdateOutput *self)
{
  g_source_destroy (self->source);
  for (guint i = 0; i < MAX_LAST_BLOCKS && read_block (self) > 0; i++)
    ;
  g_input_stream_close (G_INPUT_STREAM (self->stream), NULL, NULL);
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
