# SPDX-License-Identifier: GPL-3.0-or-later
"""What no browser sends: after each the gateway still answers, and it never blames itself (5xx)."""

import http.client
import os
import random
import socket

import pytest

from .client import Received, read_all, read_answer

RAW = {
    'nothing': b'',
    'one byte': b'G',
    'not HTTP': b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    'empty lines': b'\r\n\r\n\r\n',
    'HTTP/0.9': b'GET /v1/domains\r\n\r\n',
    'HTTP/3.7': b'GET /v1/domains HTTP/3.7\r\nHost: x\r\n\r\n',
    'no version': b'GET /v1/domains HTTP\r\nHost: x\r\n\r\n',
    'no target': b'GET  HTTP/1.1\r\nHost: x\r\n\r\n',
    'target without a slash': b'GET v1/domains HTTP/1.1\r\nHost: x\r\n\r\n',
    'target *': b'GET * HTTP/1.1\r\nHost: x\r\n\r\n',
    'OPTIONS *': b'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
    'CONNECT': b'CONNECT exemple.fr:443 HTTP/1.1\r\nHost: exemple.fr:443\r\n\r\n',
    'foreign absolute form': b'GET http://evil.example/v1/domains HTTP/1.1\r\nHost: evil.example\r\n\r\n',
    'bad absolute form': b'GET http://[::1/v1/domains HTTP/1.1\r\nHost: x\r\n\r\n',
    'space in target': b'GET /v1/1/mailservers?name=a b HTTP/1.1\r\nHost: x\r\n\r\n',
    'raw bytes in target': b'GET /v1/\xff\xfe\xe9 HTTP/1.1\r\nHost: x\r\n\r\n',
    'raw NUL in target': b'GET /v1/domains\x00x HTTP/1.1\r\nHost: x\r\n\r\n',
    'no Host': b'GET /v1/domains HTTP/1.1\r\n\r\n',
    'two Hosts': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n',
    'crooked Host': b'GET /v1/domains HTTP/1.1\r\nHost: [x:/@\xff\r\n\r\n',
    'header without a colon': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n',
    'header without a name': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\n: value\r\n\r\n',
    'folded header': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nX-A: b\r\n c\r\n\r\n',
    'NUL in a header': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nX-A: b\x00c\r\n\r\n',
    'latin-1 in a header': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nAuthorization: Basic \xe9\r\n\r\n',
    'bare line feeds': b'GET /v1/domains HTTP/1.1\nHost: x\n\n',
    'head cut short': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nAuthor',
    'very long method': b'G' * 5000 + b' /v1/domains HTTP/1.1\r\nHost: x\r\n\r\n',
    'very long header': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nX-A: ' + b'a' * 300000 + b'\r\n\r\n',
    'many headers': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\n' + b'X-A: b\r\n' * 20000 + b'\r\n',
    'very long target': b'GET /v1/' + b'a' * 300000 + b' HTTP/1.1\r\nHost: x\r\n\r\n',
    'negative length': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
    'two lengths': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    'endless length': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n',
    'body cut short': b'POST /v1/domains HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n{',
    'bad chunk': b'POST /v1/domains HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n',
    'expectation': b'POST /v1/domains HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n'
                   b'Content-Length: 2\r\n\r\n',
}


def send(client, data):
    """Sends bytes, ends our side, and reads what comes: the status, or None where that is just the end."""
    with client.connect() as sock:
        try:
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
            return read_answer(sock).status
        except (http.client.HTTPException, OSError) as error:
            # A gateway that neither answers nor ends the connection is the fault looked for.
            assert not isinstance(error, TimeoutError), 'the connection hangs'
            return None


# libsoup itself (3.2) forgets to free the path of these, which a leak checker would report at the end.
FORGOTTEN = {
    'length that is none': b'GET /v1/domains HTTP/1.1\r\nHost: x\r\nContent-Length: ten\r\n\r\n',
    'unknown coding': b'POST /v1/domains HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: brotli\r\n\r\n'}


def blameless(status):
    """Whether a status (None: the connection was ended) blames the request, not the gateway."""
    return status is None or status < 500 or status in (501, 505)


def alive(town):
    """The gateway answers as ever."""
    assert town.client().read(town.at('/1/session'))['login'] == 'admin1'


@pytest.mark.parametrize('name', RAW)
def test_what_is_no_request(town, name):
    """Answered with 4xx or cut; other people's requests go on."""
    status = send(town.gateway.client(), RAW[name])
    assert blameless(status), status
    alive(town)


def test_what_is_no_body(town, start):
    """A body whose length cannot be known: the same, without a look at leaks."""
    no_leaks = {'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', '') + ':detect_leaks=0'}
    gateway = start(town.obm, variables=no_leaks)
    for data in FORGOTTEN.values():
        status = send(gateway.client(), data)
        assert blameless(status), status
        assert gateway.client('admin1@exemple.fr').get(town.at('/1/session')).status == 200


@pytest.mark.parametrize('first', ['Content-Length', 'Transfer-Encoding'])
def test_length_and_chunks_together(town, first):
    """The way requests are smuggled past a proxy: 400, and nothing after it is read as a request."""
    client = town.client()
    lines = ['Content-Length: 5', 'Transfer-Encoding: chunked']
    if first == 'Transfer-Encoding':
        lines.reverse()
    smuggled = client.head('GET', town.at('/v1/1/session'))
    data = (f'POST {town.at("/v1/1/mailservers")} HTTP/1.1\r\nHost: x\r\nAuthorization: {client.authorization}\r\n'
            'Content-Type: application/json\r\n' + '\r\n'.join(lines) + '\r\n\r\n0\r\n\r\n').encode()
    with client.connect() as sock:
        sock.sendall(data + smuggled)
        assert read_answer(sock, 'POST').status == 400
        rest = b''
        try:
            while True:
                more = sock.recv(65536)
                if not more:
                    break
                rest += more
        except ConnectionError:
            pass
        assert b'HTTP/1.1 200' not in rest and b'login' not in rest
    alive(town)


def test_bytes_at_random(town):
    """A few hundred requests of noise; the seed makes a failure repeatable."""
    noise = random.Random(2008)
    client = town.client()
    for _ in range(150):
        data = bytearray(client.head('GET', town.at('/v1/1/mailservers?name=h&rows=5')))
        for _ in range(noise.randint(1, 8)):
            data[noise.randrange(len(data))] = noise.randrange(256)
        status = send(client, bytes(data))
        assert blameless(status), (status, bytes(data))
    alive(town)


def test_paths_at_random(town):
    """Escapes of every kind in paths and queries: never a 5xx, never somebody else's domain."""
    noise = random.Random(2007)
    pieces = ['/', '//', '1', '2', '%', '%2F', '%00', '%FF', '%C3%A9', '%zz', '..', '.', 'session',
              'mailservers', 'domains', '?', '&', '=', 'name', 'rows=5', ';', '+', '%2B', "'", '"', '\\', '~',
              '*', '@', ':', '%0A', '%0D%0A', '%25']
    client = town.client()
    for _ in range(300):
        target = '/' + ''.join(noise.choice(pieces) for _ in range(noise.randint(1, 8)))
        answer = client.exchange(client.head('GET', town.at('/v1' + target)))
        assert answer.status < 500, target
        assert b'exemple.org' not in answer.body and b'hote5' not in answer.body, target
    alive(town)


def test_a_connection_is_kept(town):
    """Two requests on one connection, as HTTP/1.1 has it."""
    client = town.client()
    with client.connect() as sock:
        for _ in range(3):
            sock.sendall(client.head('GET', town.at('/v1/1/session'), close=False))
            answer = read_answer(sock)
            assert (answer.status, answer.closed) == (200, False)


def test_credentials_are_those_of_each_request(town):
    """A kept connection keeps nobody signed in."""
    client, stranger = town.client(), town.gateway.client()
    with client.connect() as sock:
        for sender, wanted in ((client, 200), (stranger, 401), (client, 200), (town.client('admin2'), 403)):
            sock.sendall(sender.head('GET', town.at('/v1/1/session'), close=False))
            assert read_answer(sock).status == wanted


def test_pipelined_requests(town):
    """RFC 9112, 9.3.2: answered, each, in their order."""
    client = town.client()
    with client.connect() as sock:
        sock.sendall(client.head('GET', town.at('/v1/1/mailservers?name=hote10'), close=False)
                     + client.head('GET', town.at('/v1/1/session'), close=True))
        received = Received(read_all(sock))
    assert read_answer(received).json['length'] == 1
    assert read_answer(received).json['login'] == 'admin1'
    assert received.read() == b''


def test_an_old_http_version(town):
    """HTTP/1.0: answered, and the connection ends."""
    client = town.client()
    head = f'GET {town.at("/v1/1/session")} HTTP/1.0\r\nAuthorization: {client.authorization}\r\n\r\n'
    answer = client.exchange(head.encode())
    assert (answer.status, answer.closed) == (200, True)


def test_a_head_in_small_pieces(town):
    """A slow line cuts a request anywhere."""
    client = town.client()
    with client.connect() as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in client.head('GET', town.at('/v1/1/session')):
            sock.send(bytes([byte]))
        assert read_answer(sock).status == 200


def test_clients_that_hang_up(town):
    """A client that leaves before its answer takes nobody with it."""
    client = town.client('admin0')
    for _ in range(50):
        with client.connect() as sock:
            sock.sendall(client.head('GET', town.at('/v1/0/mailservers?rows=1000')))
            # Ends with a reset instead of a farewell.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b'\x01\x00\x00\x00\x00\x00\x00\x00')
    alive(town)


def test_idle_connections_stop_nobody(town):
    """A few dozen connections that say nothing, and a request that is answered all the same."""
    client = town.client()
    idle = [client.connect() for _ in range(40)]
    try:
        alive(town)
    finally:
        for sock in idle:
            sock.close()
