# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that leave while their requests wait for their turn: nothing is done for them any more."""

import contextlib
import json
import re
import socket
import time

import pytest

from .client import read_answer
from .held import unread
from .writing import creation, unavailable, until

# What is asked here does not depend on the tables.
pytestmark = [pytest.mark.generations('2.1'), pytest.mark.engines('sqlite')]

# As many as are worked on at once, and some who wait behind them.
N_WORKERS = 8
N_WAITING = 6
# In seconds, how long a client that ended its side is waited for, and more.
PATIENCE = 1.2


LIST = 'GET', '/mailservers', b''


class Queue:
    """A gateway whose workers all wait for the database; then nobody asks anything but through here."""

    def __init__(self, scratch, gateway):
        self.scratch, self.gateway = scratch, gateway
        self.client = gateway.client('admin1@exemple.fr')
        # What he may do is known from now on.
        assert self.client.get(f'{scratch.path}/mailservers').status == 200

    def send(self, stack, *requests):
        """Requests, (method, target, body), on a connection of their own each, when the gateway has read them."""
        socks = []
        for method, target, body in requests:
            socks.append(stack.enter_context(self.client.connect()))
            headers = {'Content-Type': 'application/json', 'Content-Length': str(len(body))} if body else {}
            socks[-1].sendall(self.client.head(method, f'/v1{self.scratch.path}{target}', headers) + body)
        until(lambda: unread(self.gateway, *socks) == 0)
        return socks

    def fill(self, stack):
        """Twice as many requests as there are workers, each of which gives up after two seconds; what comes of them depends
        on how long the database is held."""
        return self.send(stack, *[LIST] * N_WORKERS * 2)

    def wear_out(self):
        """Comes back when who has ended his side before is no longer waited for."""
        # The gateway measures this with its clock, and cannot show that it is over: here nothing else is a condition.
        end = time.monotonic() + PATIENCE
        until(lambda: time.monotonic() > end)

    def given_up(self, method):
        """How many requests were."""
        return len(re.findall(rb' %s - 503 .*, client gone\n' % method.encode(), self.gateway.stderr))


@pytest.fixture
def queue(scratch, start):
    """A Queue, with hosts to make mail servers of."""
    made = Queue(scratch, start(scratch.obm))
    made.hosts = [scratch.obm.add_host(f'hote{number}', scratch.one) for number in range(N_WAITING)]
    return made


@pytest.mark.parametrize('method', ['GET', 'POST'])
def test_nothing_is_done_for_who_has_left(queue, method):
    """Neither read nor written; those who have stayed are answered."""
    with contextlib.ExitStack() as stack:
        with queue.scratch.obm.database.locked('MailServer', 'write'):
            queue.fill(stack)
            with contextlib.ExitStack() as leaving:
                queue.send(leaving, *[(method, '/mailservers', json.dumps(creation(host, 'imap')).encode())
                                      if method == 'POST' else LIST for host in queue.hosts])
            stayed, = queue.send(stack, LIST)
            queue.wear_out()
        assert read_answer(stayed).status == 200
    until(lambda: queue.given_up(method) == N_WAITING)
    assert not queue.client.read(f'{queue.scratch.path}/mailservers')['datas']


def test_who_has_only_ended_his_side_is_answered(queue):
    """He looks like one who has left: he is told that it was too long, or, before that, gets what he wants."""
    with contextlib.ExitStack() as stack:
        with queue.scratch.obm.database.locked('MailServer', 'write'):
            queue.fill(stack)
            early, = queue.send(stack, LIST)
            early.shutdown(socket.SHUT_WR)
            queue.wear_out()
            late, = queue.send(stack, LIST)
            late.shutdown(socket.SHUT_WR)
            begin = time.monotonic()
        status = read_answer(late).status
        assert status == 200 or time.monotonic() - begin > 1
        answer = read_answer(early)
    unavailable(answer)
