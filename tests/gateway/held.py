# SPDX-License-Identifier: GPL-3.0-or-later
"""What the system knows of requests that are under way."""

import pathlib


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
