# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of writes have in common."""

import concurrent.futures
import datetime
import threading
import time

from .obm21 import ROLES

UNAVAILABLE = (503, 'database.unavailable')
# In seconds, what a busy machine may add to any limit.
SLACK = 8


def until(condition, seconds=60):
    """Waits for a condition to become true; what it was then."""
    end = time.monotonic() + seconds
    while True:
        found = condition()
        if found:
            return found
        assert time.monotonic() < end, 'waited in vain'
        time.sleep(0.02)


def together(count, work):
    """Runs work(0) ... work(count - 1) in as many threads, all starting at once; their results."""
    barrier = threading.Barrier(count)

    def run(number):
        barrier.wait(30)
        return work(number)

    with concurrent.futures.ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def unavailable(answer):
    """The database cannot be asked, and the client is told when to come back."""
    assert answer.fault == UNAVAILABLE
    assert 1 <= int(answer.headers['Retry-After']) <= 60


def roles(*names):
    """The three roles as the contract writes them."""
    return {role: role in names for role in ROLES}


def creation(host, *names):
    """The body of a creation."""
    return {'host': {'id': host}, **roles(*names)}


def is_recent(text):
    """Whether a date of the database (in UTC, to the second) is of the last minutes."""
    written = datetime.datetime.fromisoformat(text)
    now = datetime.datetime.now(datetime.timezone.utc).replace(tzinfo=None)
    return abs((now - written).total_seconds()) < 300


def as_json(text):
    """A date of the database as the contract writes it."""
    return datetime.datetime.fromisoformat(text).isoformat(timespec='milliseconds') + '+0000'


def etag_of(client, path, server):
    """The entity tag a client sees now."""
    return client.read(f'{path}/mailservers/{server}')['etag']


def faults_in_order(send, steps, request):
    """Sends a request in which everything is wrong, and mends one thing after the other.

    `steps` are (type expected, what mends it); returns the last answer, to a request without fault.
    """
    for expected, mend in steps:
        answer = send(request)
        assert answer.type == expected, (expected, answer.status, answer.body)
        request = {**request, **mend}
    return send(request)
