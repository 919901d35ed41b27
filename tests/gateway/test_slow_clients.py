# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients that take their time, or too much of what there is: they are cut, and keep nobody from being served."""

import contextlib
import re
import select
import socket
import time

import pytest

from .client import Received, read_all, read_answer
from .held import unread
from .town import Town
from .writing import until

# What is asked here does not depend on the tables.
pytestmark = pytest.mark.generations('2.1')

# In seconds; what is cut may take this much longer on a busy machine.
TIMEOUT = 2
SLACK = 15


def read_end(sock, limit=TIMEOUT + SLACK):
    """What came until the other side ended the connection, which it must do in time; and how long that took."""
    begin = time.monotonic()
    sock.settimeout(limit)
    try:
        received = read_all(sock)
    except ConnectionError:
        received = b''
    return received, time.monotonic() - begin


def trickle(sock, data, pause=0.2, limit=TIMEOUT + SLACK):
    """Sends a byte now and then until the connection ends; how long that took."""
    begin = time.monotonic()
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    with contextlib.suppress(ConnectionError):
        for byte in data:
            sock.send(bytes([byte]))
            if select.select([sock], [], [], pause)[0] and not sock.recv(65536):
                break
            assert time.monotonic() - begin < limit, 'it goes on and on'
    return time.monotonic() - begin


@pytest.fixture
def gateway(town, start):
    """A gateway of little patience."""
    return start(town.obm, request_timeout=TIMEOUT, idle_timeout=TIMEOUT, max_connections=400)


def client_of(gateway):
    """An administrator."""
    return gateway.client('admin1@exemple.fr')


def test_a_head_that_trickles_in_is_cut(gateway):
    """However steadily: the time is that of the whole head."""
    client = client_of(gateway)
    with client.connect() as sock:
        assert trickle(sock, client.head('GET', '/v1/1/session', {'X-Long': 'x' * 1000})) >= TIMEOUT
    assert client.get('/1/session').status == 200


def test_a_body_that_trickles_in_is_cut(gateway):
    """Told to be a hundred bytes long, or in chunks without an end."""
    client = client_of(gateway)
    for headers, body in (({'Content-Length': '1000'}, b'{' + b' ' * 998),
                          ({'Transfer-Encoding': 'chunked'}, b'1\r\n \r\n' * 1000)):
        with client.connect() as sock:
            sock.sendall(client.head('POST', '/v1/1/mailservers', {'Content-Type': 'application/json', **headers}))
            assert trickle(sock, body) >= TIMEOUT
    assert client.get('/1/session').status == 200


@pytest.mark.parametrize('begin', [b'', b'GET /v1/1/sess', b'\r\n', b'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{'],
                         ids=['nothing', 'half a head', 'an empty line', 'half a body'])
def test_who_says_nothing_more_is_cut(gateway, begin):
    """At any point of a request."""
    with client_of(gateway).connect() as sock:
        sock.sendall(begin)
        received, seconds = read_end(sock)
        assert received == b'' and seconds >= TIMEOUT - 0.5


def test_an_idle_connection_is_closed(gateway):
    """After an answer too; a request in time gives it its time again."""
    client = client_of(gateway)
    with client.connect() as sock:
        for _ in range(3):
            select.select([sock], [], [], TIMEOUT * 0.6)
            sock.sendall(client.head('GET', '/v1/1/session', close=False))
            assert read_answer(sock).status == 200
        received, seconds = read_end(sock)
        assert received == b'' and seconds >= TIMEOUT - 0.5


def test_who_does_not_read_is_cut(gateway, town):
    """More answers than all buffers hold, and nobody who takes them."""
    client = gateway.client('admin0@global.local')
    request = client.head('GET', '/v1/0/hosts?rows=1000', close=False)
    with client.connect() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.settimeout(TIMEOUT + SLACK)
        begin = time.monotonic()
        with pytest.raises(ConnectionError):
            while time.monotonic() - begin < TIMEOUT + SLACK:
                sock.sendall(request * 100)
    assert client.get('/0/session').status == 200


def test_a_slow_reader_is_served(gateway):
    """Within the time an answer has, it may be taken in small pieces."""
    client = gateway.client('admin0@global.local')
    with client.connect() as sock:
        sock.sendall(client.head('GET', '/v1/0/hosts?rows=1000'))
        received = bytearray()
        for piece in iter(lambda: sock.recv(2048), b''):
            received += piece
            select.select([], [], [], 0.01)
    assert read_answer(Received(bytes(received))).status == 200


def test_two_hundred_slow_clients(town, start):
    """The next one is served within a second (three, on a machine that is busy)."""
    gateway = start(town.obm)
    client = client_of(gateway)
    beginnings = [b'', b'G', b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\nX-', b'POST /v1/1/mailservers HTTP/1.1\r\nHost: x\r\n'
                  b'Content-Length: 60000\r\n\r\n{"host"']
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(client.connect()) for _ in range(200)]
        for number, sock in enumerate(slow):
            sock.sendall(beginnings[number % len(beginnings)])
        begin = time.monotonic()
        assert client.get('/1/session').status == 200
        assert time.monotonic() - begin < 3


def test_too_many_connections(town, start):
    """Beyond the limit, who has said nothing for the longest goes; who asks is served."""
    gateway = start(town.obm, max_connections=10)
    client = client_of(gateway)
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(client.connect()) for _ in range(30)]
        for _ in range(5):
            assert client.get('/1/session').status == 200
        for sock in sockets[:20]:
            assert read_end(sock)[0] == b''
        sockets[-1].sendall(client.head('GET', '/v1/1/session'))
        assert read_answer(sockets[-1]).status == 200


def test_a_connection_that_works_is_never_the_one_to_go(new_installation, start):
    """With the limit reached by requests under way, which the database keeps waiting, it is the newcomers who must come
    again; and they are let in when one of those is answered."""
    town = Town(new_installation())
    gateway = start(town.obm, max_connections=2)
    client = client_of(gateway)
    request = client.head('GET', '/v1/1/mailservers?rows=1000', close=False)
    with client.connect() as one, client.connect() as two:
        for sock in (one, two):
            sock.sendall(request)
            assert read_answer(sock).status == 200
        with town.obm.database.locked('MailServer', 'write'):
            for sock in (one, two):
                sock.sendall(request)
                until(lambda sock=sock: unread(gateway, sock) == 0)
            for _ in range(20):
                with client.connect() as newcomer:
                    assert read_end(newcomer)[0] == b''
            assert not select.select([one, two], [], [], 0)[0]
        for sock in (one, two):
            assert read_answer(sock).status == 200
        assert client.get('/1/session').status == 200


HEADS = {
    'endless target': (b'GET /v1/' + b'a' * 100000, 414),
    'long header': (b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\nX: ' + b'a' * 40000 + b'\r\n\r\n', 400),
    'endless headers': (b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\n' + b'X: a\r\n' * 20000, 400),
    'many headers': (b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\n' + b'X: a\r\n' * 101 + b'\r\n', 400),
    'no head': (b'\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\x00\x00', 400),
    'bare line feeds': (b'GET /v1/1/session HTTP/1.1\nHost: x\n\n', 400),
    'folded': (b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\nX: a\r\n b\r\n\r\n', 400),
    'space before the colon': (b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\nContent-Length : 3\r\n\r\nabc', 400),
    'no Host': (b'GET /v1/1/session HTTP/1.1\r\n\r\n', 400),
    'two Hosts': (b'GET /v1/1/session HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n', 400),
    'two lengths': (b'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc', 400),
    'list of lengths': (b'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc', 400),
    'signed length': (b'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc', 400),
    'length and chunks': (b'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400),
    'unknown coding': (b'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n', 400),
    'HTTP/2': (b'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400),
}


@pytest.mark.parametrize('name', HEADS)
def test_heads_that_are_refused(town, name):
    """An answer in JSON, after which the connection ends, and nothing behind it is read as a request."""
    data, status = HEADS[name]
    client = town.client()
    with client.connect() as sock:
        sock.sendall(data + client.head('GET', '/v1/1/session') * 2)
        sock.settimeout(SLACK)
        received = Received(read_all(sock))
    answer = read_answer(received)
    assert answer.status == status and answer.type and answer.closed
    assert received.read() == b''


def test_a_head_up_to_the_limit(town):
    """A hundred headers, and thirty thousand bytes of them."""
    client = town.client()
    head = client.head('GET', '/v1/1/session')
    more = b''.join(b'X-%d: %s\r\n' % (number, b'a' * 300) for number in range(97))
    assert client.exchange(head[:-2] + more + b'\r\n').status == 200


@pytest.mark.parametrize('expectation', ['x', '', 'gold', '100-continue, x'])
def test_an_expectation_nobody_knows(town, expectation):
    """Is passed over; what comes behind it is read as ever."""
    client = town.client()
    head = client.head('GET', '/v1/1/session', {'Expect': expectation}, close=False)
    with client.connect() as sock:
        for _ in range(2):
            sock.sendall(head)
            assert read_answer(sock).status == 200


def test_requests_ahead_of_their_answers(town):
    """Many, with bodies, in pieces that end anywhere: each is answered in turn."""
    client = town.client()
    one = client.head('GET', '/v1/1/session', close=False)
    two = client.head('POST', '/v1/1/mailservers', {'Content-Type': 'application/json', 'Content-Length': '7'},
                      close=False) + b'nothing'
    three = client.head('GET', '/v1/1/nothing', close=False)
    wanted = [200, 400, 404] * 30 + [200]
    data = (one + two + three) * 30 + client.head('GET', '/v1/1/session')
    with client.connect() as sock:
        for begin in range(0, len(data), 997):
            sock.sendall(data[begin:begin + 997])
        received = Received(read_all(sock))
    assert [read_answer(received).status for _ in wanted] == wanted


def test_the_end_comes_after_the_answers(new_installation, directory):
    """Asked to end, it says all it has to say first, also to one who is slow to listen."""
    from .gateway import Gateway
    town = Town(new_installation())
    gateway = Gateway(town.obm.database, directory)
    client = gateway.client('admin0@global.local')
    with client.connect() as sock, client.connect() as idle:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.sendall(client.head('GET', '/v1/0/hosts?rows=1000'))
        select.select([sock], [], [], SLACK)
        gateway.process.terminate()
        assert read_end(idle)[0] == b''
        received = Received(read_all(sock))
        assert len(read_answer(received).json['datas']) > 10
    assert gateway.process.wait(SLACK) == 0
    gateway.process.stdout.close()


@pytest.mark.parametrize('option,value', [('request-timeout', '0'), ('idle-timeout', '-1'), ('max-connections', 'many'),
                                          ('request-timeout', '999999'), ('statement-timeout', '0')])
def test_limits_that_are_none(town, option, value):
    """It says which, and what it may be."""
    from .gateway import run
    status, _stdout, stderr = run('--database', town.obm.database.url, f'--{option}', value)
    assert status and re.search(rf'{option} is a number from 1 to \d+'.encode(), stderr)
