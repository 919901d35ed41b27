/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "obm-database.h"
#include "obm-dialect.h"
#include "obm-domain.h"
#include "obm-page.h"
#include "obm-search.h"

G_BEGIN_DECLS

/**
 * ObmQuestionTable:
 * @id: what identifies a row
 * @from: FROM and a WHERE; the columns of Host are there
 * @available: a condition: the host is no mail server
 * @roles: conditions: the mail server has the role
 *
 * Where a generation of OBM has what is listed.
 */
typedef struct {
  const char *id;
  const char *from;
  const char *available;
  const char *roles[OBM_N_ROLES];
} ObmQuestionTable;

/**
 * ObmQuestion:
 * @database: the database
 * @dialect: its SQL
 * @table: what is listed
 * @domain: where to look
 * @search: the criteria and the order
 *
 * What is asked of a list.
 */
typedef struct {
  ObmDatabase *database;
  const ObmDialect *dialect;
  const ObmQuestionTable *table;
  ObmDomain *domain;
  ObmSearch *search;
} ObmQuestion;

GArray  *obm_question_find     (const ObmQuestion *self,
                                guint              page,
                                guint              rows,
                                gint64            *length,
                                GError           **error);
void     obm_question_bind_ids (ObmStatement      *statement,
                                const GArray      *ids);
ObmPage *obm_question_new_page (const GArray      *ids,
                                GHashTable        *table,
                                gint64             length,
                                guint              page,
                                guint              rows);

G_END_DECLS
