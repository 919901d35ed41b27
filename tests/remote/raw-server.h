/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RawEnd:
 * @RAW_END_KEEP: the connection waits for the next request, as it should
 * @RAW_END_CLOSE: it is closed
 * @RAW_END_RESET: it is broken off
 * @RAW_END_STALL: nothing more comes
 * @RAW_END_TRICKLE: a blank comes now and then, for ever
 * @RAW_END_FLOOD: blanks come as fast as they are taken, for ever
 *
 * What happens after the answer.
 */
typedef enum {
  RAW_END_KEEP,
  RAW_END_CLOSE,
  RAW_END_RESET,
  RAW_END_STALL,
  RAW_END_TRICKLE,
  RAW_END_FLOOD,
} RawEnd;

typedef struct _RawServer RawServer;

RawServer  *raw_server_new               (void);
void        raw_server_free              (RawServer  *self);
const char *raw_server_get_address       (RawServer  *self);
void        raw_server_answer            (RawServer  *self,
                                          const char *answer,
                                          gssize      length,
                                          RawEnd      end);
void        raw_server_answer_to         (RawServer  *self,
                                          const char *beginning,
                                          const char *answer,
                                          gssize      length,
                                          RawEnd      end);
void        raw_server_answer_json_to    (RawServer  *self,
                                          const char *beginning,
                                          guint       status,
                                          const char *json);
void        raw_server_hold              (RawServer  *self,
                                          const char *beginning);
void        raw_server_release           (RawServer  *self);
guint       raw_server_count_requests    (RawServer  *self,
                                          const char *beginning);
guint       raw_server_count_connections (RawServer  *self);
gsize       raw_server_count_sent        (RawServer  *self);
char       *raw_server_dup_request       (RawServer  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

G_END_DECLS
