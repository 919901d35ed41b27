# SPDX-License-Identifier: GPL-3.0-or-later
"""A wire to a database server, which can be cut."""

import contextlib
import copy
import select
import socket
import threading

from .servers import LOCAL, free_port

PATIENCE = 30


class Wire:
    """Carries bytes to a server and back, until it is told otherwise."""

    def __init__(self, server_port):
        self.server_port = server_port
        self.port = free_port()
        self.listener = None
        self.idle = []
        self.thread = None
        # The statement that ends the connection, carried to the server: its answer is lost.
        self.last = None
        # Cleared while nothing passes.
        self.open = threading.Event()
        self.serve()

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self.cut()

    def in_front_of(self, obm):
        """The same installation, its database over this wire: what a gateway is started on."""
        wired, wired.database = copy.copy(obm), copy.copy(obm.database)
        wired.database.port = self.port
        return wired

    def listen(self, backlog):
        """The port is open."""
        self.listener = socket.create_server((LOCAL, self.port), backlog=backlog)

    def serve(self):
        """All is well."""
        self.cut()
        self.open.set()
        self.listen(64)
        self.thread = threading.Thread(target=self.carry, args=(self.listener,))
        self.thread.start()

    def carry(self, listener):
        """Until the listener is shut."""
        others = {}
        while True:
            ready = select.select([listener, *others], [], [], PATIENCE)[0]
            self.open.wait(PATIENCE)
            for sock in ready:
                if sock is listener:
                    try:
                        client = listener.accept()[0]
                    except OSError:
                        for each in others:
                            each.close()
                        return
                    server = socket.create_connection((LOCAL, self.server_port), PATIENCE)
                    others.update({client: server, server: client})
                elif sock in others:
                    self.pass_on(sock, others)

    def pass_on(self, sock, others):
        """What came, or the end of it."""
        with contextlib.suppress(OSError):
            data = sock.recv(65536)
            if data:
                others[sock].sendall(data)
                if not self.last or not data.rstrip(b'\0').endswith(self.last):
                    return
        for each in (others.pop(sock), sock):
            others.pop(each, None)
            each.close()

    def cut(self):
        """Nobody is connected, nobody can be."""
        self.open.set()
        for sock in self.idle:
            sock.close()
        self.idle = []
        if self.listener is not None:
            with contextlib.suppress(OSError):
                self.listener.shutdown(socket.SHUT_RDWR)
            if self.thread is not None:
                self.thread.join(PATIENCE)
                self.thread = None
            self.listener.close()
            self.listener = None

    def refuse(self):
        """Connections are refused."""
        self.cut()

    def freeze(self):
        """Those who are connected stay so, and hear nothing; new ones too."""
        self.open.clear()

    def mute(self):
        """Connections are accepted by the machine, but no program is there."""
        self.cut()
        self.listen(512)

    def swallow(self):
        """Connections are neither accepted nor refused, as behind a firewall."""
        self.cut()
        self.listen(0)
        while True:
            sock = socket.socket()
            self.idle.append(sock)
            sock.settimeout(0.5)
            try:
                sock.connect((LOCAL, self.port))
            except TimeoutError:
                return
