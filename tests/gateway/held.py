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


def unread(gateway, sock):
    """How many bytes of what a socket sent the gateway has not read yet."""
    ports = f':{gateway.port:04X}', f':{sock.getsockname()[1]:04X}'
    for line in pathlib.Path('/proc/net/tcp').read_text(encoding='ascii').splitlines()[1:]:
        words = line.split()
        if (words[1][-5:], words[2][-5:]) == ports:
            return int(words[4].partition(':')[2], 16)
    return 0
