/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-sheet.h"

#include "obm-csv.h"
#include "obm-error.h"
#include "obm-mail-server.h"

/*
 * Rows of a list as text, a page of the backend's at a time. Those in [begin, end) are wanted; the pages
 * that hold them may reach beyond both. What others change meanwhile moves rows from one page to another,
 * so each is taken once at most, by its id.
 */
struct _ObmSheet
{
  guint64 begin;
  guint64 end;
  char separator;
  guint page;
  guint page_rows;
  GHashTable *ids;
  GString *text;
  double progress;
};

/**
 * obm_sheet_new:
 * @first: the first row, from 0
 * @count: how many rows, %G_MAXUINT for all that follow
 * @headings: (array zero-terminated=1): the headings of the %OBM_SHEET_N_COLUMNS columns
 * @separator: what stands between two cells
 *
 * Returns: (transfer full): a sheet whose text so far is its beginning, with the headings
 */
ObmSheet *
obm_sheet_new (guint first, guint count, const char * const *headings, char separator)
{
  ObmSheet *self = g_new0 (ObmSheet, 1);

  self->begin = first;
  self->end = count == G_MAXUINT ? G_MAXUINT64 : (guint64) first + count;
  self->separator = separator;
  self->page_rows = OBM_PAGE_MAX_ROWS;
  /* What is in view is one page of the backend's as well. */
  if (count > 0 && count < OBM_PAGE_MAX_ROWS && first % count == 0)
    self->page_rows = count;
  self->page = first / self->page_rows + 1;
  self->ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->text = g_string_new (OBM_CSV_BYTE_ORDER_MARK);
  obm_csv_append_row (self->text, headings, separator);

  return self;
}

/**
 * obm_sheet_free:
 * @self: a sheet
 *
 * Frees it.
 */
void
obm_sheet_free (ObmSheet *self)
{
  g_hash_table_unref (self->ids);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * obm_sheet_get_page:
 * @self: a sheet
 *
 * Returns: the page it wants next, from 1; 0 when it has all
 */
guint
obm_sheet_get_page (ObmSheet *self)
{
  return self->page;
}

/**
 * obm_sheet_get_page_rows:
 * @self: a sheet
 *
 * Returns: how many rows a page has
 */
guint
obm_sheet_get_page_rows (ObmSheet *self)
{
  return self->page_rows;
}

static void
append_row (ObmSheet *self, ObmMailServer *server)
{
  ObmHost *host = obm_mail_server_get_host (server);
  ObmRoles roles = obm_mail_server_get_roles (server);
  const char *name = obm_host_get_name (host);
  const char *ip = obm_host_get_ip (host);
  const char *cells[OBM_SHEET_N_COLUMNS + 1] = { name ? name : "", ip ? ip : "" };

  for (guint i = 0; i < OBM_N_ROLES; i++)
    cells[2 + i] = roles & (1 << i) ? "X" : "";
  obm_csv_append_row (self->text, cells, self->separator);
}

/**
 * obm_sheet_take_page:
 * @self: a sheet
 * @page: the page of mail servers it wanted
 * @error: return location
 *
 * Makes the rows of @page that are wanted its text. When the list got shorter meanwhile, so does the sheet.
 *
 * Returns: whether they are; %FALSE with %OBM_ERROR_REPLY_MALFORMED when there should be more of them,
 *   because they would be missing without a word
 */
gboolean
obm_sheet_take_page (ObmSheet *self, ObmPage *page, GError **error)
{
  guint64 length = obm_page_get_length (page);
  guint64 offset = (guint64) (self->page - 1) * self->page_rows;
  guint64 next = offset + self->page_rows;
  guint64 end = MIN (self->end, length);
  guint n_due = offset < length ? MIN (length - offset, self->page_rows) : 0;

  if (obm_page_get_n_items (page) < n_due)
    {
      g_propagate_error (error, obm_error_new (OBM_ERROR_REPLY_MALFORMED, NULL, "%u rows of %u",
                                               obm_page_get_n_items (page), n_due));
      return FALSE;
    }

  g_string_truncate (self->text, 0);
  for (guint i = 0; i < obm_page_get_n_items (page); i++)
    {
      ObmEntity *entity = obm_page_get_item (page, i);
      gint64 id = obm_entity_get_id (entity);

      if (offset + i >= self->begin && offset + i < self->end &&
          g_hash_table_add (self->ids, g_memdup2 (&id, sizeof id)))
        append_row (self, OBM_MAIL_SERVER (entity));
    }
  self->page = next < end ? self->page + 1 : 0;
  self->progress = next < end ? (double) (next - self->begin) / (end - self->begin) : 1;

  return TRUE;
}

/**
 * obm_sheet_get_text:
 * @self: a sheet
 *
 * Returns: the rows of the page it took last, or its beginning
 */
const GString *
obm_sheet_get_text (ObmSheet *self)
{
  return self->text;
}

/**
 * obm_sheet_get_n_rows:
 * @self: a sheet
 *
 * Returns: how many rows it took
 */
guint
obm_sheet_get_n_rows (ObmSheet *self)
{
  return g_hash_table_size (self->ids);
}

/**
 * obm_sheet_get_progress:
 * @self: a sheet
 *
 * Returns: how far it is, from 0 to 1
 */
double
obm_sheet_get_progress (ObmSheet *self)
{
  return self->progress;
}
