# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sandbox lets through, and what it keeps out."""

import contextlib
import os
import pathlib

import pytest
from gi.repository import Gio

from ui.wait import wait_for

from .sandbox import APP, HOME, flatpak, inside, is_there, permissions

SECRET = 'what nobody in a sandbox may read'
KEYRING = 'org.freedesktop.secrets'
PORTAL = 'org.freedesktop.portal.Desktop'


def test_permissions_are_wider():
    """The network and the display; the portals need none."""
    assert permissions() == {'Context': {'shared': {'network', 'ipc'}, 'sockets': {'x11', 'wayland', 'fallback-x11'},
                                         'devices': {'dri'}}}


def test_user_is_root():
    """As root the program would keep every capability: nothing here would prove anything."""
    assert os.getuid() != 0


@pytest.fixture(params=['.', 'Documents', '.config', '.local/share/keyrings', '.ssh'])
def planted(request):
    """A file in the person's home that they can read."""
    path = HOME / request.param / 'planted.txt'
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SECRET, encoding='utf-8')
    yield path
    path.unlink()


def test_home_can_be_read(planted):
    """A file in the home folder is not there inside, neither by its name nor in a listing."""
    assert planted.read_text(encoding='utf-8') == SECRET
    done = inside('cat', planted, check=False)
    assert done.returncode != 0 and SECRET not in done.stdout, 'the sandbox can read the home folder'
    assert 'No such file or directory' in done.stderr
    assert planted.name not in inside('ls', '-A', planted.parent, check=False).stdout


def test_home_can_be_written():
    """What is written there inside is gone with the sandbox."""
    path = HOME / 'written.txt'
    inside('sh', '-c', f'echo written >{path}', check=False)
    assert not path.exists()


@pytest.mark.parametrize('folder', ['/root', '/home', '/srv', '/mnt', '/var/lib'])
def test_machine_can_be_read(folder):
    """Of the machine's own files nothing is there: only runtime, program, and the way to its own data."""
    seen = inside('find', folder, '-xdev', '-type', 'f', check=False).stdout.splitlines()
    assert [path for path in seen if not path.startswith(str(HOME / '.var' / 'app'))] == []


@contextlib.contextmanager
def owned(desktop, name):
    """Somebody on the session bus has a name meanwhile."""
    flags = Gio.DBusConnectionFlags
    connection = Gio.DBusConnection.new_for_address_sync(
        desktop.environment['DBUS_SESSION_BUS_ADDRESS'],
        flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
    number = Gio.bus_own_name_on_connection(connection, name, Gio.BusNameOwnerFlags.NONE, None, None)
    try:
        wait_for(name, lambda: is_there(desktop, name))
        yield
    finally:
        Gio.bus_unown_name(number)
        connection.close_sync(None)


@pytest.mark.parametrize('name, reached', [(PORTAL, True), (KEYRING, False), ('org.gtk.vfs.Daemon', False)])
def test_wrong_services_are_reached(desktop, name, reached):
    """The portals are within reach, for passwords and files; the keyring itself is not, nor is anything else."""
    with owned(desktop, name):
        done = inside('gdbus', 'call', '--session', '--dest=org.freedesktop.DBus',
                      '--object-path=/org/freedesktop/DBus', '--method=org.freedesktop.DBus.NameHasOwner', name,
                      environment={'DBUS_SESSION_BUS_ADDRESS': desktop.environment['DBUS_SESSION_BUS_ADDRESS']})
    assert done.stdout.strip() == f'({str(reached).lower()},)'


def test_program_keeps_capabilities(demo, sign_in):
    """The running program has no right of its own, in a user namespace with one user, and can gain none."""
    client = sign_in(demo).client
    program = wait_for('the program in the sandbox', client.program)
    status = dict(line.split(':\t', 1) for line in
                  pathlib.Path(f'/proc/{program}/status').read_text(encoding='utf-8').splitlines())
    assert {int(status[name], 16) for name in ('CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb')} == {0}
    assert (status['NoNewPrivs'], status['Seccomp']) == ('1', '2')
    users = pathlib.Path(f'/proc/{program}/uid_map').read_text(encoding='ascii').split()
    assert users == [str(os.getuid()), str(os.getuid()), '1']
    for namespace in ('user', 'mnt', 'pid'):
        assert os.readlink(f'/proc/{program}/ns/{namespace}') != os.readlink(f'/proc/self/ns/{namespace}')


def test_gateway_is_reached_without_the_network(demo, start, words):
    """The network is what the permission opens: without it the same gateway is out of reach."""
    flatpak('override', '--user', '--unshare=network', APP)
    try:
        client = start('--backend', demo.url, '--login', 'admin@exemple.fr', password='demo')
        client.window(words.connection).wait_text(words.unreachable)
    finally:
        flatpak('override', '--user', '--reset', APP)
