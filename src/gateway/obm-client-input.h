/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ObmPhase:
 * @OBM_PHASE_GREETING: TLS is agreed on
 * @OBM_PHASE_IDLE: no request has begun
 * @OBM_PHASE_HEAD: the head of one comes in
 * @OBM_PHASE_BODY: its body comes in
 * @OBM_PHASE_HELD: its answer is held back
 * @OBM_PHASE_WORK: it is worked on
 * @OBM_PHASE_ANSWER: it is being answered
 * @OBM_PHASE_PARTING: the connection is being closed
 *
 * How far a client's connection is.
 */
typedef enum {
  OBM_PHASE_GREETING,
  OBM_PHASE_IDLE,
  OBM_PHASE_HEAD,
  OBM_PHASE_BODY,
  OBM_PHASE_HELD,
  OBM_PHASE_WORK,
  OBM_PHASE_ANSWER,
  OBM_PHASE_PARTING,
} ObmPhase;

typedef void (*ObmPhaseFunc) (ObmPhase phase, gpointer user_data);

#define OBM_TYPE_CLIENT_INPUT (obm_client_input_get_type ())

G_DECLARE_FINAL_TYPE (ObmClientInput, obm_client_input, OBM, CLIENT_INPUT, GInputStream)

ObmClientInput *obm_client_input_new         (GInputStream   *base,
                                              GSocket        *socket,
                                              ObmPhaseFunc    func,
                                              gpointer        user_data);
void            obm_client_input_end         (ObmClientInput *self);
const GError   *obm_client_input_get_refusal (ObmClientInput *self);

G_END_DECLS
