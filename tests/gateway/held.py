# SPDX-License-Identifier: GPL-3.0-or-later
"""Requests that are under way for as long as a test wants."""

import contextlib
import pathlib
import sqlite3


@contextlib.contextmanager
def held(path):
    """A database of SQLite under an exclusive lock: nobody can read it meanwhile."""
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute('BEGIN EXCLUSIVE')
        yield
    finally:
        connection.close()


def unread(gateway, *socks):
    """How many bytes of what sockets sent the gateway has not read yet."""
    ends = {f'0100007F:{sock.getsockname()[1]:04X}' for sock in socks}
    start = f' 0100007F:{gateway.port:04X} '
    found = 0
    # There are thousands of lines, of connections that are over.
    for line in pathlib.Path('/proc/net/tcp').read_text(encoding='ascii').splitlines():
        if start in line:
            _number, _local, remote, _state, queues = line.split()[:5]
            if remote in ends:
                found += int(queues.partition(':')[2], 16)
    return found
