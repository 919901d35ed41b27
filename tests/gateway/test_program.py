# SPDX-License-Identifier: GPL-3.0-or-later
"""The program: options, configuration file, start and end."""

import contextlib
import pathlib
import re
import select
import signal
import socket
import sqlite3
import time

import pytest

from .client import read_answer
from .gateway import Gateway, run, write_settings

# What is asked here does not depend on the tables.
pytestmark = pytest.mark.generations('2.1')


@pytest.fixture
def obm(new_installation):
    """An installation with one administrator."""
    made = new_installation()
    made.add_user('admin1', made.add_domain('exemple.fr'), profile='admin')
    return made


def works(gateway):
    """It answers."""
    return gateway.client('admin1@exemple.fr').read('/1/session')['rights']


@pytest.mark.parametrize('number', [signal.SIGTERM, signal.SIGINT])
def test_it_ends_when_asked(obm, directory, number):
    """Status 0, nothing on stderr."""
    gateway = Gateway(obm.database, directory)
    works(gateway)
    gateway.stop(number)


def test_it_ends_though_clients_stay(obm, directory):
    """Connections that are kept, idle or half said do not hold it back."""
    gateway = Gateway(obm.database, directory)
    client = gateway.client('admin1@exemple.fr')
    with client.connect() as kept, client.connect() as idle, client.connect() as half:
        kept.sendall(client.head('GET', '/v1/1/session', close=False))
        assert read_answer(kept).status == 200
        half.sendall(b'GET /v1/1/sess')
        gateway.stop()
        assert idle.fileno() >= 0


def test_it_ends_though_the_database_is_locked(obm, directory):
    """A request that waits for another program's lock holds it back for no longer than it may wait."""
    gateway = Gateway(obm.database, directory)
    client = gateway.client('admin1@exemple.fr')
    with contextlib.closing(sqlite3.connect(obm.database.path, isolation_level=None)) as other:
        other.execute('BEGIN EXCLUSIVE')
        with client.connect() as waiting:
            waiting.sendall(client.head('GET', '/v1/1/session'))
            # Long enough to meet the lock on a quick machine; on a slow one the test only tests less.
            select.select([waiting], [], [], 0.3)
            begin = time.monotonic()
            gateway.stop()
            assert time.monotonic() - begin < 10


@pytest.mark.parametrize('name', ['{directory}/notify', '@{directory}/notify'])
def test_the_service_manager_is_told(obm, directory, name):
    """Ready is when somebody can connect, not before; and it tells that it ends."""
    name = name.format(directory=directory)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(name.replace('@', '\0', 1))
        manager.settimeout(30)
        gateway = Gateway(obm.database, directory, variables={'NOTIFY_SOCKET': name})
        assert manager.recv(4096) == b'READY=1'
        works(gateway)
        gateway.stop()
        assert manager.recv(4096) == b'STOPPING=1'
    if name[0] != '@':
        pathlib.Path(name).unlink()


@pytest.mark.parametrize('name', ['', '@', 'relative', '/nonexistent/socket', '/' + 200 * 'x'])
def test_a_service_manager_that_cannot_be_told(obm, directory, name):
    """It works all the same."""
    gateway = Gateway(obm.database, directory, variables={'NOTIFY_SOCKET': name})
    works(gateway)
    gateway.stop()


def test_exit_status_tells_what_can_be_tried_again(obm, directory):
    """Settings that are wrong stay wrong; a database may come back."""
    assert run('--listen', '127.0.0.1:0')[0] == run('--nonsense')[0] == 78
    assert run('--database', 'nonsense', '--listen', '127.0.0.1:0')[0] == 78
    assert run('--database', f'sqlite://{directory}/nowhere.db', '--listen', '127.0.0.1:0')[0] == 1


def test_two_gateways_side_by_side(obm, start):
    """Port 0 takes a free one each time."""
    one, two = start(obm), start(obm)
    assert one.port != two.port
    assert works(one) == works(two)


def test_configuration_file(obm, directory, start):
    """Every option may come from the file, the database URL (which may hold a password) above all."""
    path = write_settings(directory / 'whole.conf', f'database={obm.database.url}\nlisten=127.0.0.1:0\n'
                          'read-only=true\nupdate-command=/bin/true\n')
    rights = works(start(obm, database=None, listen=None, config=path))
    assert rights == {'read': True, 'write': False, 'commit': False}


def test_command_line_over_configuration_file(obm, directory, start):
    """What is typed wins."""
    path = write_settings(directory / 'other.conf', 'database=sqlite:///nowhere/at/all.db\nlisten=192.0.2.1:1\n')
    assert works(start(obm, config=path))['read'] is True


def test_update_command_makes_commit_possible(obm, start):
    """The right to commit follows the option."""
    assert works(start(obm, update_command='/bin/true'))['commit'] is True
    assert works(start(obm))['commit'] is False


def refuses(*arguments):
    """It ends by itself, with an error a person can read and no line that says it listens."""
    status, stdout, stderr = run(*arguments)
    assert status not in (0, -signal.SIGABRT, -signal.SIGSEGV, -signal.SIGTRAP), (status, stderr)
    assert b'Listening' not in stdout
    assert stderr.strip()
    return stderr


@pytest.mark.parametrize('address',
                         ['0.0.0.0:0', '192.0.2.1:0', '[::]:0', '127.0.0.1', '127.0.0.1:', '127.0.0.1:x',
                          '127.0.0.1:65536', '127.0.0.1:-1', ':', '', 'nonsense'])
def test_addresses_it_refuses(obm, address):
    """Without TLS only a loopback address: passwords would cross the net in clear."""
    refuses('--database', obm.database.url, '--listen', address)


@pytest.mark.parametrize('url',
                         ['', 'nonsense', 'sqlite', 'sqlite:', 'oracle://x/y', 'http://x/', 'sqlite:///'])
def test_database_urls_it_refuses(url):
    """A URL that can never work ends it at once."""
    refuses('--database', url, '--listen', '127.0.0.1:0')


@pytest.mark.parametrize('arguments', [['--nonsense'], ['--listen'], [], ['--config', '/nonexistent/x.conf']])
def test_command_lines_it_refuses(arguments):
    """A misspelt option, or none at all."""
    refuses(*arguments)


@pytest.mark.parametrize('text',
                         ['nonsense', '[gateway]\nlisten', '[other]\nlisten=127.0.0.1:0\n',
                          '[gateway]\nread-only=perhaps\n', '[gateway]\nlitsen=127.0.0.1:0\n', '\x00\xff'])
def test_configuration_files_it_refuses(obm, directory, text):
    """A key that is misspelt must not silently mean its default: read-only above all."""
    path = directory / 'bad.conf'
    path.touch(0o600)
    path.write_text(text, encoding='latin-1')
    refuses('--config', path, '--database', obm.database.url, '--listen', '127.0.0.1:0')


@pytest.mark.parametrize('mode', [0o644, 0o604, 0o602, 0o601, 0o660, 0o620])
def test_configuration_files_others_have_a_hand_in(obm, directory, mode):
    """Others could read a password, or a group choose what runs as the gateway; it says what to do about it."""
    path = write_settings(directory / 'open.conf', f'database={obm.database.url}\n', mode)
    stderr = refuses('--config', path, '--listen', '127.0.0.1:0').decode()
    assert re.search(rf'chmod (o=|g-w) {path}', stderr)


@pytest.mark.parametrize('mode', [0o600, 0o400, 0o640, 0o440])
def test_configuration_files_of_a_group(obm, directory, start, mode):
    """root:obm-gateway 0640 is how the gateway gets it."""
    path = write_settings(directory / f'closed-{mode:o}.conf', f'database={obm.database.url}\n', mode)
    assert works(start(obm, database=None, config=path))


def test_a_configuration_file_that_cannot_be_read(obm, directory):
    """It says which, and why."""
    path = directory / 'folder.conf'
    path.mkdir()
    assert str(path).encode() in refuses('--config', path)
    assert b'No such file' in refuses('--config', directory / 'nowhere.conf')


def test_a_password_on_the_command_line(obm, start, directory):
    """Every user of the machine can read it there, so it is told; in a file all is well."""
    url = obm.database.url.replace('sqlite://', 'sqlite://obm:hiddenword@')
    gateway = start(obm, database=None, config=write_settings(directory / 'url.conf', f'database={url}\n'))
    assert b'list of processes' not in gateway.stderr
    for shown in (url, f'{obm.database.url}?user=obm&password=hiddenword'):
        gateway = Gateway(None, directory, database=shown)
        gateway.secrets.add(b'hiddenword')
        gateway.stop()
        assert b'list of processes' in gateway.stderr


def test_a_port_that_is_taken(obm, start):
    """It says so and ends."""
    gateway = start(obm)
    refuses('--database', obm.database.url, '--listen', f'127.0.0.1:{gateway.port}')
    works(gateway)


def test_a_database_password_is_not_repeated():
    """An error about a URL must not print its password."""
    stderr = refuses('--database', 'nonsense://obm:very-secret-word@127.0.0.1:1/obm', '--listen',
                     '127.0.0.1:0')
    assert b'very-secret-word' not in stderr


def test_help_and_version():
    """What an administrator types first."""
    status, stdout, _stderr = run('--help')
    assert status == 0
    for option in (b'--database', b'--listen', b'--config', b'--read-only', b'--update-command',
                   b'--trusted-proxy'):
        assert option in stdout
