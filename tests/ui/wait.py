# SPDX-License-Identifier: GPL-3.0-or-later
"""Waiting for a condition, never for a time."""

import time

# Generous: it is only spent when something is broken, and the machine may be busy.
PATIENCE = 20
PAUSE = 0.03


class Waited(AssertionError):
    """What was waited for did not come."""


def wait_for(what, condition, seconds=PATIENCE):
    """The first true value of condition(); Waited, saying `what`, if there is none in time.

    `what` is text, or a function that makes it, called at the end.
    """
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise Waited(f'waited {seconds} s in vain for {what() if callable(what) else what}')
        time.sleep(PAUSE)
