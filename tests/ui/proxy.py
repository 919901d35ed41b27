# SPDX-License-Identifier: GPL-3.0-or-later
"""What can go wrong between the client and the gateway: answers that are late, cut off, or somebody else's."""

import contextlib
import http.client
import http.server
import re
import threading

FOR_WRITES = ('lose', 'drop')
PATIENCE = 60  # seconds an answer is held at most
HOP_BY_HOP = ('connection', 'keep-alive', 'transfer-encoding', 'content-length')


class Handler(http.server.BaseHTTPRequestHandler):
    """One connection of the client."""

    protocol_version = 'HTTP/1.1'

    def do_GET(self):  # pylint: disable=invalid-name
        """Hands the request on, unless a rule says otherwise."""
        proxy = self.server.proxy
        body = self.rfile.read(int(self.headers.get('Content-Length') or 0)) or None
        with proxy.lock:
            proxy.requests.append(self.path)
            rule, gate = next(((rule, gate) for pattern, rule, gate in proxy.rules
                               if re.search(pattern, self.path) and (rule in FOR_WRITES) == (self.command != 'GET')),
                              (None, None))
        if rule == 'hold':
            gate.wait(PATIENCE)
        elif rule in ('cut', 'drop'):
            self.close_connection = True
            return
        elif rule == 'page':
            self.answer(200, [('Content-Type', 'text/html')], b'<!DOCTYPE html><title>Login</title><p>Welcome!</p>')
            return
        elif rule == 'error':
            self.answer(503, [('Content-Type', 'application/json'), ('Cache-Control', 'no-store')],
                        b'{"type":"database.unavailable","message":"The database is not available"}')
            return
        connection = http.client.HTTPConnection('127.0.0.1', proxy.port_behind, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.request(self.command, self.path, body, {
                name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP})
            response = connection.getresponse()
            content = response.read()
        if self.command != 'GET':
            with proxy.lock:
                proxy.writes.append((self.command, response.status))
        if rule == 'lose':
            self.close_connection = True
        else:
            self.answer(response.status, response.getheaders(), content)

    do_POST = do_PUT = do_DELETE = do_GET  # pylint: disable=invalid-name

    def answer(self, status, headers, body):
        """Sends one answer; the client may have given up on it."""
        with contextlib.suppress(ConnectionError):
            self.send_response_only(status)
            for name, value in headers:
                if name.lower() not in HOP_BY_HOP:
                    self.send_header(name, value)
            self.send_header('Content-Length', str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    def log_message(self, *_arguments):  # pylint: disable=arguments-differ
        """Says nothing."""


class Server(http.server.ThreadingHTTPServer):
    """The proxy's listening socket."""

    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients that go away are the point of it all."""


class Proxy:
    """Stands before a gateway; a context manager. `requests` are the paths asked for so far, `writes` the methods
    and statuses of what was to change something and was handed on."""

    def __init__(self, gateway):
        self.port_behind = gateway.port
        self.database = gateway.database
        self.lock = threading.Lock()
        self.rules = []
        self.requests = []
        self.writes = []
        self.server = Server(('127.0.0.1', 0), Handler)
        self.server.proxy = self
        self.port = self.server.server_port
        self.url = f'http://127.0.0.1:{self.port}'
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={'poll_interval': 0.05}, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_exception):
        self.heal()
        self.server.shutdown()
        self.server.server_close()

    def rule(self, kind, pattern):
        """What happens to requests whose path matches: 'hold' until heal(), 'cut' without an answer, 'page' of
        somebody else's server, 'error' of the database. For what changes something there are others: 'lose'
        hands it on, but its answer never comes; 'drop' loses the request itself."""
        with self.lock:
            self.rules.append((pattern, kind, threading.Event()))

    def heal(self):
        """Lets everything through again, and what was held."""
        with self.lock:
            for _pattern, _kind, gate in self.rules:
                gate.set()
            self.rules.clear()

    def asked(self, pattern):
        """The paths asked for so far that match."""
        with self.lock:
            return [path for path in self.requests if re.search(pattern, path)]
