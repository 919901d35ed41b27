/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "obm-waiting-room.h"

/**
 * ObmWaitingRoom:
 *
 * Where answers are held back: those to wrong passwords. One that waits takes its connection, of which there is
 * a limit, and nothing else that others may need; it goes with its client.
 */
struct _ObmWaitingRoom
{
  GObject parent_instance;

  /* Of Wait, in no order that matters. */
  GQueue waits;
};

G_DEFINE_FINAL_TYPE (ObmWaitingRoom, obm_waiting_room, G_TYPE_OBJECT)

typedef struct {
  ObmWaitingRoom *room;
  ObmExchange *exchange;
  GSource *timer;
  GSource *watch;
  GList link;
} Wait;

static void
obm_waiting_room_dispose (GObject *object)
{
  obm_waiting_room_empty (OBM_WAITING_ROOM (object));

  G_OBJECT_CLASS (obm_waiting_room_parent_class)->dispose (object);
}

static void
obm_waiting_room_class_init (ObmWaitingRoomClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = obm_waiting_room_dispose;
}

static void
obm_waiting_room_init (ObmWaitingRoom *self)
{
  g_queue_init (&self->waits);
}

static void
clear_source (GSource **source)
{
  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Ends a wait by the answer. */
static void
end (Wait *wait)
{
  g_queue_unlink (&wait->room->waits, &wait->link);
  clear_source (&wait->timer);
  clear_source (&wait->watch);
  obm_exchange_answer (wait->exchange);
  obm_exchange_free (wait->exchange);
  g_free (wait);
}

static gboolean
on_over (gpointer wait)
{
  end (wait);

  return G_SOURCE_REMOVE;
}

static gboolean
on_client_end (GSocket *socket, GIOCondition condition, gpointer data)
{
  Wait *wait = data;

  obm_exchange_abandon (wait->exchange);
  end (wait);

  return G_SOURCE_REMOVE;
}

static void
attach (GSource *source, GSourceFunc func, Wait *wait)
{
  g_source_set_callback (source, func, wait, NULL);
  g_source_attach (source, NULL);
}

/**
 * obm_waiting_room_new:
 *
 * Returns: (transfer full): a room where nobody waits
 */
ObmWaitingRoom *
obm_waiting_room_new (void)
{
  return g_object_new (OBM_TYPE_WAITING_ROOM, NULL);
}

/**
 * obm_waiting_room_take:
 * @self: a room
 * @exchange: (transfer full): an exchange that is paused, and whose request is answered
 *
 * Hands the answer on when its delay is over. A client that says meanwhile that nothing more comes from it has
 * most likely gone, and gets none: half an end must not be a way round the delay.
 */
void
obm_waiting_room_take (ObmWaitingRoom *self, ObmExchange *exchange)
{
  Wait *wait;

  g_return_if_fail (OBM_IS_WAITING_ROOM (self));

  wait = g_new0 (Wait, 1);
  wait->room = self;
  wait->exchange = exchange;
  wait->link.data = wait;
  wait->timer = g_timeout_source_new (obm_request_get_delay (obm_exchange_get_request (exchange)));
  wait->watch = obm_exchange_hold (exchange);
  attach (wait->timer, on_over, wait);
  attach (wait->watch, G_SOURCE_FUNC (on_client_end), wait);
  g_queue_push_tail_link (&self->waits, &wait->link);
}

/**
 * obm_waiting_room_empty:
 * @self: a room
 *
 * Hands on all answers now.
 */
void
obm_waiting_room_empty (ObmWaitingRoom *self)
{
  g_return_if_fail (OBM_IS_WAITING_ROOM (self));

  while (!g_queue_is_empty (&self->waits))
    end (g_queue_peek_head (&self->waits));
}
