# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program keeps for the next start: address and login in the settings, the password in the keyring only."""

import pathlib

import pytest

from .conftest import ADMIN, once
from .dialogs import ConnectionDialog
from .keyring import keyring
from .results import MainWindow

pytestmark = once

SECRET = 'Sesame-ouvre-toi-42'


@pytest.fixture
def home(desktop, directory, request):
    """A home folder whose settings outlive a client: the variables that name it."""
    return {**desktop.make_home(directory / f'home-{request.node.name}'), 'GSETTINGS_BACKEND': 'keyfile'}


@pytest.fixture
def gateway(own):
    """A gateway that knows ADMIN by a password that no other text contains."""
    own.database.execute("UPDATE UserObm SET userobm_password = ?, userobm_password_type = 'PLAIN'"
                         " WHERE userobm_login = 'admin' AND userobm_domain_id = 1", SECRET)
    return own


def sign_in_once(start, home, gateway, remember=True):
    """The first start: what is typed, and the end of the program."""
    client = start(environment=home)
    dialog = ConnectionDialog(client)
    dialog.enter(gateway.url, ADMIN, SECRET)
    if not remember:
        dialog.toggle(dialog.words.remember)
    dialog.connect()
    dialog.wait_closed()
    window = MainWindow(client)
    window.find('button', window.words.search)
    window.press('ctrl+q')
    assert client.wait_end() == 0
    return client


def assert_kept_nowhere(home):
    """The password must be in no file as it is."""
    found = [path for path in pathlib.Path(home['HOME']).rglob('*')
             if path.is_file() and SECRET.encode() in path.read_bytes()]
    assert not found


def test_second_start_signs_in(desktop, start, home, gateway, words, directory, request):
    """With a keyring, the second start asks nothing."""
    with keyring(desktop, directory / f'keyring-{request.node.name}'):
        sign_in_once(start, home, gateway)
        client = start(environment=home)
        window = MainWindow(client)
        window.search()
        window.wait_found(3)
        assert words.connection not in client.frames()
    assert_kept_nowhere(home)


def test_not_to_be_remembered(desktop, start, home, gateway, words, directory, request, shot):
    """Without the tick, address and login are kept, the password is asked for; and the tick stays off."""
    with keyring(desktop, directory / f'keyring-{request.node.name}'):
        sign_in_once(start, home, gateway, remember=False)
        client = start(environment=home)
        dialog = ConnectionDialog(client)
        dialog.wait_focus('entry', words.password)
        assert dialog.fields() == (gateway.url, ADMIN, 0)
        assert not dialog.find('check box', words.remember).had('checked')
        shot('second-start')


def test_forgotten_again(desktop, start, home, gateway, words, directory, request):
    """A password once remembered is gone from the keyring after a sign-in without the tick."""
    with keyring(desktop, directory / f'keyring-{request.node.name}'):
        sign_in_once(start, home, gateway)
        client = start(environment=home)
        window = MainWindow(client)
        window.find('button', words.search)
        window.press('ctrl+o')
        dialog = ConnectionDialog(client)
        dialog.enter(password=SECRET)
        dialog.toggle(words.remember)
        dialog.connect()
        dialog.wait_closed()
        window.press('ctrl+q')
        assert client.wait_end() == 0
        dialog = ConnectionDialog(start(environment=home))
        dialog.wait_focus('entry', words.password)


def test_without_a_keyring(start, home, gateway, words):
    """Without a keyring, signing in works all the same, and the next start asks for the password alone."""
    sign_in_once(start, home, gateway)
    client = start(environment=home)
    dialog = ConnectionDialog(client)
    dialog.wait_focus('entry', words.password)
    assert dialog.fields() == (gateway.url, ADMIN, 0)
    dialog.enter(password=SECRET)
    dialog.connect()
    dialog.wait_closed()
    window = MainWindow(client)
    window.search()
    window.wait_found(3)
    assert_kept_nowhere(home)


def test_password_does_not_show(gateway, sign_in):
    """A password given by the environment is to be seen in no process list, and in no output."""
    window = sign_in(gateway, password=SECRET)
    window.search()
    window.wait_found(3)
    process = pathlib.Path('/proc') / str(window.client.pid)
    for name in ('environ', 'cmdline'):
        content = (process / name).read_bytes()
        assert content and SECRET.encode() not in content
    assert SECRET not in window.client.process.output


def test_remembered_password_is_wrong_now(desktop, start, home, gateway, words, directory, request):
    """The password was changed since: the dialog comes, says so, and takes the new one."""
    with keyring(desktop, directory / f'keyring-{request.node.name}'):
        sign_in_once(start, home, gateway)
        gateway.database.execute("UPDATE UserObm SET userobm_password = 'new' WHERE userobm_id = 2")
        client = start(environment=home)
        dialog = ConnectionDialog(client)
        dialog.wait_text(words.wrong_password)
        assert dialog.fields()[:2] == (gateway.url, ADMIN)
        dialog.enter(password='new')
        dialog.connect()
        dialog.wait_closed()
        window = MainWindow(client)
        window.search()
        window.wait_found(3)
