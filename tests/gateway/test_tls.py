# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS by the gateway itself: its certificate, who is cut, and a new certificate while it runs."""

import contextlib
import http.client
import os
import pathlib
import re
import select
import signal
import socket
import ssl
import subprocess
import threading
import time
import warnings

import pytest

from .client import new_peer, read_answer
from .gateway import Gateway, run

# What is asked here does not depend on the tables.
pytestmark = pytest.mark.generations('2.1')

PATIENCE = 15


def make_pair(directory, name, kind=('ec', '-pkeyopt', 'ec_paramgen_curve:P-256')):
    """A certificate of its own and its key, as paths."""
    certificate, key = directory / f'{name}.pem', directory / f'{name}.key'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', *kind, '-nodes', '-days', '2', '-subj', f'/CN={name}', '-addext',
                    'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate], check=True, capture_output=True)
    return certificate, key


@pytest.fixture(scope='module')
def pairs(tmp_path_factory):
    """Two certificates."""
    directory = tmp_path_factory.mktemp('tls')
    return [make_pair(directory, name) for name in ('first', 'second')]


@pytest.fixture
def files(pairs, tmp_path):
    """Where the gateway reads its own; `put` puts one of the two there, or anything else."""
    class Files:
        certificate = tmp_path / 'own.pem'
        key = tmp_path / 'own.key'

        def put(self, certificate, key):
            self.certificate.write_bytes(certificate if isinstance(certificate, bytes) else certificate.read_bytes())
            self.key.write_bytes(key if isinstance(key, bytes) else key.read_bytes())
            self.key.chmod(0o640)

    made = Files()
    made.put(*pairs[0])
    return made


def begin(installation, files, start, **options):
    """A gateway with TLS."""
    gateway = start(installation, tls_certificate=files.certificate, tls_key=files.key, **options)
    assert gateway.line.startswith(b'Listening on https://')
    return gateway


def context_for(certificate, **limits):
    """Trusts one certificate only."""
    context = ssl.create_default_context(cafile=certificate)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore', DeprecationWarning)
        for name, value in limits.items():
            setattr(context, name, value)
    return context


def old_context(certificate, version):
    """Trusts one certificate only, and speaks what nobody speaks any more."""
    chosen = getattr(ssl.TLSVersion, version)
    context = context_for(certificate, minimum_version=chosen, maximum_version=chosen)
    context.set_ciphers('ALL:@SECLEVEL=0')
    return context


@contextlib.contextmanager
def connected(gateway, certificate, **limits):
    """A connection that trusts a certificate."""
    with socket.create_connection(('127.0.0.1', gateway.port), PATIENCE) as sock:
        with context_for(certificate, **limits).wrap_socket(sock, server_hostname='127.0.0.1') as tls:
            yield tls


def ask(gateway, sock, close=True):
    """The status of a request on a connection."""
    sock.sendall(gateway.client('admin1@exemple.fr').head('GET', '/v1/1/session', close=close))
    return read_answer(sock).status


def serves(gateway, certificate):
    """It answers with this certificate."""
    with connected(gateway, certificate) as sock:
        return ask(gateway, sock) == 200


def until(condition):
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, 'in vain'
        time.sleep(0.05)


def reload(gateway, word):
    """SIGHUP, and what it says about it."""
    seen = len(gateway.stderr)
    gateway.process.send_signal(signal.SIGHUP)
    until(lambda: word in gateway.stderr[seen:])


def test_it_serves(town, files, start, pairs):
    """Requests on one connection, a body, and a large answer."""
    gateway = begin(town.obm, files, start)
    client = gateway.client('admin0@global.local')
    with connected(gateway, pairs[0][0]) as sock:
        for _ in range(3):
            assert ask(gateway, sock, close=False) == 200
        sock.sendall(client.head('POST', '/v1/1/mailservers', {'Content-Type': 'application/json', 'Content-Length': '2'},
                                 close=False) + b'{}')
        assert read_answer(sock).status == 400
        sock.sendall(client.head('GET', '/v1/0/hosts?rows=1000'))
        answer = read_answer(sock)
        assert answer.status == 200 and len(answer.json['datas']) > 10
        assert sock.recv(1) == b''


@pytest.mark.parametrize('version', ['TLSv1_2', 'TLSv1_3'])
def test_versions_it_speaks(town, files, start, pairs, version):
    """TLS 1.2 and later."""
    gateway = begin(town.obm, files, start)
    chosen = getattr(ssl.TLSVersion, version)
    with connected(gateway, pairs[0][0], minimum_version=chosen, maximum_version=chosen) as sock:
        assert ask(gateway, sock) == 200


@pytest.mark.parametrize('version', ['TLSv1', 'TLSv1_1'])
def test_versions_it_does_not_speak(town, files, start, pairs, version):
    """Nothing before; what the client itself no longer speaks is let speak it for once."""
    gateway = begin(town.obm, files, start)
    context = old_context(pairs[0][0], version)
    with socket.create_connection(('127.0.0.1', gateway.port), PATIENCE) as sock:
        with pytest.raises((ssl.SSLError, ConnectionError, http.client.HTTPException)):
            ask(gateway, context.wrap_socket(sock, server_hostname='127.0.0.1'))
    assert serves(gateway, pairs[0][0])


def test_a_plain_client_is_cut(town, files, start, pairs):
    """It gets no answer of HTTP, and not a word of it is worked on."""
    gateway = begin(town.obm, files, start)
    client = gateway.client('admin1@exemple.fr')
    with client.connect() as sock:
        sock.sendall(client.head('GET', '/v1/1/session'))
        received = b''
        with contextlib.suppress(ConnectionError):
            received = b''.join(iter(lambda: sock.recv(4096), b''))
    assert b'HTTP' not in received
    assert serves(gateway, pairs[0][0])


def first_words(context):
    """What a client of TLS sends first."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    greeting = context.wrap_bio(incoming, outgoing, server_hostname='127.0.0.1')
    with pytest.raises(ssl.SSLWantReadError):
        greeting.do_handshake()
    return outgoing.read()


def process_files(gateway):
    """How many files it has open."""
    return len(os.listdir(f'/proc/{gateway.process.pid}/fd'))


def process_memory(gateway):
    """How much memory it has of its own, in kilobytes."""
    status = pathlib.Path(f'/proc/{gateway.process.pid}/status').read_text(encoding='ascii')
    return int(re.search(r'RssAnon:\s*(\d+) kB', status).group(1))


def read_out(sock):
    """Reads until the other side ends the connection."""
    sock.settimeout(PATIENCE)
    with contextlib.suppress(ConnectionError):
        while sock.recv(4096):
            pass


STALLS = {'without a word': lambda hello: b'', 'within its first words': lambda hello: hello[:20],
          'after its first words': lambda hello: hello}


@pytest.mark.parametrize('stall', STALLS)
@pytest.mark.parametrize('version', ['TLSv1_2', 'TLSv1_3'])
def test_who_stops_within_the_handshake_holds_up_nobody(town, files, start, pairs, stall, version):
    """With two hundred of them the next one is served within a second (three, on a machine that is busy); each is cut in
    time, and nothing of it is left."""
    gateway = begin(town.obm, files, start, request_timeout=6)
    assert serves(gateway, pairs[0][0])
    usual = process_files(gateway)
    words = STALLS[stall](first_words(context_for(pairs[0][0], maximum_version=getattr(ssl.TLSVersion, version))))
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(gateway.client().connect()) for _ in range(200)]
        for sock in slow:
            sock.sendall(words)
        for _ in range(3):
            begin_time = time.monotonic()
            assert serves(gateway, pairs[0][0])
            assert time.monotonic() - begin_time < 3
        assert process_files(gateway) > usual + 190
        for sock in slow:
            read_out(sock)
    until(lambda: process_files(gateway) <= usual)


def test_a_newcomer_does_not_wait_for_all_signatures(town, files, start, tmp_path):
    """With a key that signs slowly, those who only have the gateway sign are not served first."""
    pair = make_pair(tmp_path, 'slow', ('rsa:4096',))
    files.put(*pair)
    gateway = begin(town.obm, files, start)
    words = first_words(context_for(pair[0]))
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(gateway.client().connect()) for _ in range(200)]
        for sock in slow:
            sock.sendall(words)
        assert serves(gateway, pair[0])
        answered = select.select(slow, [], [], 0)[0]
        assert len(answered) < len(slow) / 2
        # Their turn comes too.
        until(lambda: len(select.select(slow, [], [], 0)[0]) == len(slow))


@pytest.mark.parametrize('stall', STALLS)
def test_who_stopped_within_the_handshake_leaves_no_memory(town, files, start, pairs, stall):
    """A thousand of them, in waves, take not much more than the first. (A sanitizer keeps what is free for a while.)"""
    gateway = begin(town.obm, files, start, request_timeout=1)
    words = STALLS[stall](first_words(context_for(pairs[0][0])))
    found = []
    for _ in range(5):
        with contextlib.ExitStack() as stack:
            slow = [stack.enter_context(gateway.client().connect()) for _ in range(200)]
            for sock in slow:
                with contextlib.suppress(ConnectionError):
                    sock.sendall(words)
            for sock in slow:
                read_out(sock)
        found.append(process_memory(gateway))
    if 'libasan' not in pathlib.Path(f'/proc/{gateway.process.pid}/maps').read_text(encoding='utf-8'):
        # What one wave takes is 4 megabytes and more; threads keep some of it for the next.
        assert found[-1] < found[1] + 6144, found


def test_a_handshake_in_small_pieces(town, files, start, pairs):
    """One byte at a time, which is not fast, but in time."""
    gateway = begin(town.obm, files, start)
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    tls = context_for(pairs[0][0]).wrap_bio(incoming, outgoing, server_hostname='127.0.0.1')
    client = gateway.client('admin1@exemple.fr')
    with client.connect() as sock:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def through(action):
            """Does something of TLS, by the socket."""
            while True:
                with contextlib.suppress(ssl.SSLWantReadError):
                    done = action()
                    for byte in outgoing.read():
                        sock.sendall(bytes([byte]))
                    return done
                for byte in outgoing.read():
                    sock.sendall(bytes([byte]))
                incoming.write(sock.recv(1))

        through(tls.do_handshake)
        through(lambda: tls.write(client.head('GET', '/v1/1/session')))
        assert through(lambda: tls.read(15)) == b'HTTP/1.1 200 OK'


def test_more_than_fits_at_once(town, files, start, pairs):
    """Answers to many requests that were sent ahead, larger together than what is on its way at once, to a client that takes
    its time."""
    # More than a thousand answers, which sanitizers make slow.
    gateway = begin(town.obm, files, start, request_timeout=300)
    client = gateway.client('admin0@global.local')
    one = client.head('GET', '/v1/0/hosts?rows=1000', close=False)
    with socket.socket() as plain:
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        plain.settimeout(PATIENCE)
        plain.connect(('127.0.0.1', gateway.port))
        with context_for(pairs[0][0]).wrap_socket(plain, server_hostname='127.0.0.1') as sock:
            sock.sendall(one)
            wanted = read_answer(sock)
            assert wanted.status == 200
            number = 6_000_000 // len(wanted.body)
            sender = threading.Thread(target=sock.sendall, args=(one * number,))
            sender.start()
            for _ in range(number):
                assert read_answer(sock).body == wanted.body
            sender.join(PATIENCE)


def test_it_says_farewell(town, files, start, pairs):
    """So that a client knows that nothing was cut off."""
    gateway = begin(town.obm, files, start)
    context = context_for(pairs[0][0])
    context.options &= ~getattr(ssl, 'OP_IGNORE_UNEXPECTED_EOF', 0)
    with socket.create_connection(('127.0.0.1', gateway.port), PATIENCE) as plain:
        with context.wrap_socket(plain, server_hostname='127.0.0.1', suppress_ragged_eofs=False) as sock:
            assert ask(gateway, sock) == 200
            assert sock.recv(1) == b''


def test_nonsense_within_the_handshake(town, files, start, pairs):
    """Each byte of a client's first words wrong in turn, and what follows them: all are cut, and the next is served."""
    gateway = begin(town.obm, files, start, request_timeout=2)
    words = first_words(context_for(pairs[0][0]))
    with contextlib.ExitStack() as stack:
        socks = []
        for position in range(0, len(words), 2):
            socks.append(stack.enter_context(gateway.client().connect()))
            with contextlib.suppress(ConnectionError):
                socks[-1].sendall(words[:position] + bytes([words[position] ^ 0x81]) + words[position + 1:])
        for follows in (words, bytes(5), b'\x14\x03\x03\x00\x01\x01' * 1000, b'\x17\x03\x03\x40\x00' + bytes(0x4000)):
            socks.append(stack.enter_context(gateway.client().connect()))
            with contextlib.suppress(ConnectionError):
                socks[-1].sendall(words + follows)
        for sock in socks:
            read_out(sock)
    assert serves(gateway, pairs[0][0])


def failures(gateway):
    """What the log says of handshakes: of whom, and why."""
    return re.findall(rb'TLS failed with ([\d.]+): (.*)\n', gateway.stderr)


def test_the_log_tells_who_fails_and_why(town, files, start, pairs):
    """A client that does not trust the certificate, an old one, one that speaks no TLS, one that is slow; not who only
    looked whether somebody is there."""
    gateway = begin(town.obm, files, start, request_timeout=1)
    gateway.client(peer='127.0.0.2').connect().close()
    with pytest.raises(ssl.SSLCertVerificationError):
        serves(gateway, pairs[1][0])
    with gateway.client(peer='127.0.0.3').connect() as sock:
        sock.sendall(first_words(old_context(pairs[0][0], 'TLSv1_1')))
        read_out(sock)
    with gateway.client(peer='127.0.0.4').connect() as sock:
        sock.sendall(b'GET / HTTP/1.1\r\n\r\n')
        read_out(sock)
    with gateway.client(peer='127.0.0.5').connect() as sock:
        read_out(sock)
    until(lambda: len(failures(gateway)) == 4)
    reasons = dict(failures(gateway))
    assert b'certificate' in reasons[b'127.0.0.1']
    assert b'version' in reasons[b'127.0.0.3']
    assert reasons[b'127.0.0.4'] == b'It does not speak TLS'
    assert reasons[b'127.0.0.5'] == b'It takes too long'


def test_failures_do_not_fill_the_log(town, files, start, pairs):
    """However many there are, a few in a minute; the rest are served as ever."""
    gateway = begin(town.obm, files, start)
    for _ in range(50):
        with gateway.client().connect() as sock:
            sock.sendall(b'GET / HTTP/1.1\r\n\r\n')
            read_out(sock)
    assert serves(gateway, pairs[0][0])
    assert 0 < len(failures(gateway)) <= 10


def test_a_refused_head_is_answered(town, files, start, pairs):
    """By TLS as in clear."""
    gateway = begin(town.obm, files, start)
    with connected(gateway, pairs[0][0]) as sock:
        sock.sendall(b'GET /v1/' + b'a' * 100000)
        assert read_answer(sock).status == 414


def test_a_new_certificate(town, files, start, pairs):
    """New connections get it; those that are there go on."""
    gateway = begin(town.obm, files, start)
    with connected(gateway, pairs[0][0]) as kept:
        assert ask(gateway, kept, close=False) == 200
        files.put(*pairs[1])
        assert serves(gateway, pairs[0][0])
        reload(gateway, b'read again')
        assert serves(gateway, pairs[1][0])
        with pytest.raises(ssl.SSLCertVerificationError):
            serves(gateway, pairs[0][0])
        assert ask(gateway, kept) == 200


def bad_pairs(pairs):
    """What is no certificate with its key."""
    (one, one_key), (_two, two_key) = pairs
    return {'another key': (one, two_key), 'no key': (one, b''), 'no certificate': (b'nonsense', one_key),
            'half a certificate': (one.read_bytes()[:200], one_key)}


@pytest.mark.parametrize('name', ['another key', 'no key', 'no certificate', 'half a certificate'])
def test_a_bad_certificate_does_not_replace_a_good_one(town, files, start, pairs, name):
    """It is told, and the one before stays."""
    gateway = begin(town.obm, files, start)
    files.put(*bad_pairs(pairs)[name])
    reload(gateway, b'stays the one before')
    assert str(files.certificate).encode() in gateway.stderr
    assert serves(gateway, pairs[0][0])


@pytest.mark.parametrize('name', ['another key', 'no key', 'no certificate', 'half a certificate'])
def test_it_does_not_start_with_a_bad_certificate(town, files, pairs, name):
    """It says which files it is about."""
    files.put(*bad_pairs(pairs)[name])
    status, stdout, stderr = run('--database', town.obm.database.url, '--listen', '127.0.0.1:0', '--tls-certificate',
                                 files.certificate, '--tls-key', files.key)
    assert status and not stdout and str(files.certificate).encode() in stderr


# The rule is that of the file with the settings: its group may read it, and nobody else anything.
MODES = [(0o644, 'chmod o='), (0o641, 'chmod o='), (0o660, 'chmod g-w')]


@pytest.mark.parametrize('mode,remedy', MODES)
def test_it_does_not_start_with_a_key_that_others_can_use(town, files, mode, remedy):
    """It is worth what a password is."""
    files.key.chmod(mode)
    status, stdout, stderr = run('--database', town.obm.database.url, '--listen', '127.0.0.1:0', '--tls-certificate',
                                 files.certificate, '--tls-key', files.key)
    assert status == 78 and not stdout and f'The key {files.key} '.encode() in stderr
    assert f'{remedy} {files.key}\n'.encode() in stderr


@pytest.mark.parametrize('mode', [0o600, 0o640, 0o400])
def test_a_key_that_only_the_gateway_can_use(town, files, start, pairs, mode):
    """By its owner or its group."""
    files.key.chmod(mode)
    assert serves(begin(town.obm, files, start), pairs[0][0])


@pytest.mark.parametrize('mode,remedy', MODES)
def test_a_key_that_others_can_use_does_not_replace_a_good_one(town, files, start, pairs, mode, remedy):
    """It is told, and the pair before stays; once it is closed, it is taken."""
    gateway = begin(town.obm, files, start)
    files.put(*pairs[1])
    files.key.chmod(mode)
    reload(gateway, b'stays the one before')
    assert f'{remedy} {files.key}\n'.encode() in gateway.stderr
    assert serves(gateway, pairs[0][0])
    files.key.chmod(0o600)
    reload(gateway, b'read again')
    assert serves(gateway, pairs[1][0])


def test_one_without_the_other(town, files):
    """A certificate and its key go together."""
    for option, value in (('--tls-certificate', files.certificate), ('--tls-key', files.key)):
        status, _stdout, stderr = run('--database', town.obm.database.url, option, value)
        assert status and b'go together' in stderr


def test_sighup_without_tls(town, start):
    """Is no reason to end."""
    gateway = start(town.obm)
    reload(gateway, b'without TLS')
    assert gateway.client('admin1@exemple.fr').get('/1/session').status == 200


def test_every_address_may_be_listened_on(town, files, pairs, directory):
    """And who comes by IPv4 to an address of IPv6 is still counted by his own."""
    command = Gateway.command_for(town.obm.database, listen='[::]:0', tls_certificate=files.certificate,
                                  tls_key=files.key)
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               cwd=directory)
    try:
        port = int(re.search(rb':(\d+)\n', process.stdout.readline()).group(1))

        def status(peer, password):
            with socket.create_connection(('127.0.0.1', port), PATIENCE, source_address=(peer, 0)) as sock:
                with context_for(pairs[0][0]).wrap_socket(sock, server_hostname='127.0.0.1') as tls:
                    tls.sendall(town.gateway.client('admin1@exemple.fr', password).head('GET', '/v1/1/session'))
                    return read_answer(tls).status

        one, other = new_peer(), new_peer()
        while status(one, 'mauvais') == 401:
            pass
        assert status(one, 'secret') == 429
        assert status(other, 'secret') == 200
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
