# SPDX-License-Identifier: GPL-3.0-or-later
"""A small HTTP client that trusts nothing: each answer is held against the contract before a test sees it."""

import base64
import functools
import http.client
import io
import itertools
import json
import re
import socket
import urllib.parse

from .contract import Contract, Violation

TIMEOUT = 60
# What a message for people must never show: SQL, table or column names, paths, source positions.
LEAK = re.compile(r'\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|JOIN|SQL\w*|sqlite\w*|zdb)\b'
                  r'|(?i:userobm|mailserver_|host_id|domain_id|p_mailserver)'
                  r'|/(tmp|home|var|usr|etc)/|\.(c|h|db|sql)\b')
PEERS = itertools.count(2)

contract = Contract()


def new_peer():
    """A loopback address nobody has used yet.

    Wrong passwords are counted by peer, so tests keep out of each other's way by coming from different ones.
    """
    number = next(PEERS)
    return f'127.{1 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}'


def basic(user, password):
    """The value of Authorization for text (sent as UTF-8) or bytes (sent as they are)."""
    raw = b':'.join(part if isinstance(part, bytes) else part.encode() for part in (user, password))
    return 'Basic ' + base64.b64encode(raw).decode()


def no_duplicates(pairs):
    """A JSON object, refused if a member comes twice."""
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Violation(f'a member comes twice: {[name for name, _value in pairs]}')
    return found


def no_constant(name):
    """NaN and Infinity are not JSON."""
    raise Violation(f'{name} is not JSON')


class Received(io.BytesIO):
    """What came over a connection, to be read as one answer after the other."""

    def makefile(self, *_arguments):
        """As a socket's."""
        return self

    def close(self):
        """The answer that ends here is not the last one."""


class Answer:
    """A status, headers and a body."""

    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()
        self.closed = response.will_close

    @functools.cached_property
    def json(self):
        """The body as strict JSON in strict UTF-8."""
        return json.loads(self.body.decode('utf-8'), object_pairs_hook=no_duplicates,
                          parse_constant=no_constant)

    @property
    def type(self):
        """The error type, or None."""
        return self.json.get('type') if isinstance(self.json, dict) and self.body else None

    @property
    def fault(self):
        """(status, type), and the field where there is one: what most tests of errors compare."""
        field = self.json.get('field')
        return (self.status, self.json['type']) + ((field,) if field is not None else ())


class Client:
    """Requests to one gateway as one user from one address."""

    def __init__(self, port, user=None, password=None, peer='127.0.0.1'):
        self.port = port
        self.peer = peer
        self.authorization = basic(user, password) if user is not None else None

    def connect(self):
        """A connected socket from this client's address."""
        return socket.create_connection(('127.0.0.1', self.port), TIMEOUT, source_address=(self.peer, 0))

    def head(self, method, target, headers=(), close=True):
        """The bytes of a request's head. `target` may be bytes, and is sent untouched."""
        lines = [b'%s %s HTTP/1.1' % (method.encode(),
                                      target if isinstance(target, bytes) else target.encode()),
                 b'Host: 127.0.0.1:%d' % self.port]
        given = dict(headers)
        if self.authorization is not None:
            given.setdefault('Authorization', self.authorization)
        if close:
            given.setdefault('Connection', 'close')
        lines += [f'{name}: {value}'.encode('latin-1') for name, value in given.items() if value is not None]
        return b'\r\n'.join(lines) + b'\r\n\r\n'

    def exchange(self, data, method='GET'):
        """Sends bytes and reads one answer, unchecked; HTTPException or OSError if there is none."""
        with self.connect() as sock:
            sock.sendall(data)
            if method != 'HEAD':
                return read_answer(sock, method)
            # HTTPResponse would not look whether a body follows.
            received = Received(read_all(sock))
            answer = read_answer(received, method)
            answer.body = received.read()
            return answer

    def request(self, method, target, headers=(), body=None):
        """One request under /v1, its answer checked against the contract."""
        head = dict(headers)
        data = b''
        if body is not None:
            data = body if isinstance(body, bytes) else json.dumps(body).encode()
            head.setdefault('Content-Type', 'application/json')
            head.setdefault('Content-Length', str(len(data)))
        prefix = b'/v1' if isinstance(target, bytes) else '/v1'
        answer = self.exchange(self.head(method, prefix + target, head) + data, method)
        check(method, target, answer)
        return answer

    def post(self, target, body, headers=()):
        """POST; a body that is not bytes is sent as JSON."""
        return self.request('POST', target, headers, body)

    def put(self, target, body, etag=None):
        """PUT, under If-Match if there is one."""
        return self.request('PUT', target, {'If-Match': etag}, body)

    def delete(self, target, etag=None):
        """DELETE, under If-Match if there is one."""
        return self.request('DELETE', target, {'If-Match': etag})

    def get(self, target, headers=(), **query):
        """GET, with a query given as keywords."""
        if query:
            target += '?' + urllib.parse.urlencode(query, quote_via=urllib.parse.quote)
        return self.request('GET', target, headers)

    def read(self, target, **query):
        """The JSON of a GET that must succeed."""
        answer = self.get(target, **query)
        assert answer.status == 200, answer.body
        return answer.json

    def rows(self, target, **query):
        """The rows of a list."""
        return self.read(target, **query)['datas']

    def ids(self, target, **query):
        """The ids of the rows of a list."""
        return [row['id'] for row in self.rows(target, **query)]


def read_all(sock):
    """Everything that comes until the other side ends the connection."""
    return b''.join(iter(lambda: sock.recv(65536), b''))


def read_answer(sock, method='GET'):
    """The next answer on a socket."""
    response = http.client.HTTPResponse(sock, method=method)
    try:
        response.begin()
        return Answer(response)
    finally:
        response.close()


def check(method, target, answer):
    """Raises Violation unless the answer is fit: by the document, and by the rules for every answer."""
    where = f'{method} {target!r} -> {answer.status}'
    if answer.headers.get_all('Cache-Control') != ['no-store']:
        raise Violation(f'{where}: Cache-Control is {answer.headers.get_all("Cache-Control")}')
    cors = [name for name in answer.headers if name.lower().startswith('access-control-')]
    if cors:
        raise Violation(f'{where}: {cors}')
    if answer.body or (method == 'HEAD' and answer.status != 204):
        media = answer.headers.get('Content-Type', '')
        if not re.fullmatch(r'application/json(; ?charset="?utf-8"?)?', media, re.IGNORECASE):
            raise Violation(f'{where}: Content-Type is {media!r}')
    if answer.body and answer.status >= 400:
        leak = LEAK.search(answer.json.get('message', ''))
        if leak:
            raise Violation(f'{where}: the message shows {leak.group()!r}: {answer.json["message"]}')
    text = target.decode('latin-1') if isinstance(target, bytes) else target
    contract.check(method, text.partition('?')[0], answer)
