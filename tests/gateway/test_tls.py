# SPDX-License-Identifier: GPL-3.0-or-later
"""HTTPS by the gateway itself: its certificate, who is cut, and a new certificate while it runs."""

import contextlib
import http.client
import re
import signal
import socket
import ssl
import subprocess
import time
import warnings

import pytest

from .client import new_peer, read_answer
from .gateway import Gateway, run

# What is asked here does not depend on the tables.
pytestmark = pytest.mark.generations('2.1')

PATIENCE = 15


def make_pair(directory, name, *options):
    """A certificate of its own and its key, as paths."""
    certificate, key = directory / f'{name}.pem', directory / f'{name}.key'
    subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
                    '-subj', f'/CN={name}', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', key, '-out', certificate,
                    *options], check=True, capture_output=True)
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
    chosen = getattr(ssl.TLSVersion, version)
    context = context_for(pairs[0][0], minimum_version=chosen, maximum_version=chosen)
    context.set_ciphers('ALL:@SECLEVEL=0')
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
