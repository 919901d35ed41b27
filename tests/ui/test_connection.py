# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection dialog: at the first start and from the menu, and a plain sentence for everything that goes wrong."""

import contextlib
import socket

import pytest

from .conftest import ADMIN, PASSWORD, once
from .database import rows
from .dialogs import ConnectionDialog
from .proxy import Proxy
from .results import MainWindow


def wait_signed_in(client):
    """Waits until the client is signed in and finds something: the main window."""
    window = MainWindow(client)
    window.search()
    window.wait_found(3)
    return window


def test_first_start(demo, start, words, shot):
    """Nothing is known yet: the dialog asks for address, login and password, and that is enough."""
    client = start()
    dialog = ConnectionDialog(client)
    dialog.wait_focus('entry', words.address)
    assert dialog.fields() == ('', '', 0)
    shot('first-start')
    dialog.enter(demo.url, ADMIN, PASSWORD)
    shot('connection-filled')
    dialog.connect()
    dialog.wait_closed()
    wait_signed_in(client)


def test_first_start_by_keyboard(demo, start, words):
    """Type, Tab, Enter."""
    client = start()
    dialog = ConnectionDialog(client)
    dialog.wait_focus('entry', words.address)
    dialog.type(demo.url)
    dialog.press('Tab')
    dialog.wait_focus('entry', words.login)
    dialog.type(ADMIN)
    dialog.press('Tab')
    dialog.wait_focus('entry', words.password)
    dialog.type(PASSWORD)
    dialog.press('Return')
    dialog.wait_closed()
    window = MainWindow(client)
    window.wait_focus('entry', words.name)
    window.press('Return')
    window.wait_found(3)


@contextlib.contextmanager
def right_address(gateway):
    """The gateway itself."""
    yield gateway.url


@contextlib.contextmanager
def nobody_there(_gateway):
    """A port where nobody listens."""
    with socket.socket() as taken:
        taken.bind(('127.0.0.1', 0))
        yield 'http://127.0.0.1:{}'.format(taken.getsockname()[1])


@contextlib.contextmanager
def somebody_else(gateway):
    """A server that answers every request with a page, and status 200."""
    with Proxy(gateway) as proxy:
        proxy.rule('page', '')
        yield proxy.url


@contextlib.contextmanager
def not_encrypted(_gateway):
    """Plain http to another machine."""
    yield 'http://obm.example.org'


WRONG = {
    # what goes wrong: (the address, the login, the password, the sentence)
    'wrong-password': (right_address, ADMIN, 'wrong', 'wrong_password'),
    'no-rights': (right_address, 'redacteur@exemple.fr', PASSWORD, 'no_rights'),
    'unreachable': (nobody_there, ADMIN, PASSWORD, 'unreachable'),
    'not-the-api': (somebody_else, ADMIN, PASSWORD, 'not_the_api'),
    'not-encrypted': (not_encrypted, ADMIN, PASSWORD, 'bad_address'),
    'no-domain': (right_address, 'admin', PASSWORD, 'login_needs_domain'),
    'nothing': (None, '', '', 'both_needed'),
}


@pytest.mark.parametrize('what', WRONG)
def test_what_goes_wrong(what, demo, start, words, shot):
    """Each has its own sentence; nothing typed is lost, and putting the one thing right is enough."""
    make_address, login, password, sentence = WRONG[what]
    client = start()
    dialog = ConnectionDialog(client)
    with make_address(demo) if make_address else contextlib.nullcontext('') as address:
        dialog.enter(address, login, password)
        dialog.connect()
        dialog.wait_text(getattr(words, sentence))
        assert dialog.fields() == (address, login, len(password))
        shot(f'connection-{what}')
    dialog.enter(address=None if address == demo.url else demo.url, login=None if login == ADMIN else ADMIN,
                 password=None if password == PASSWORD else PASSWORD)
    dialog.connect()
    dialog.wait_closed()
    wait_signed_in(client)


def test_cancel_and_come_back(demo, start, words, shot):
    """Cancel leaves a window that says so and offers to connect."""
    client = start('--backend', demo.url, '--login', ADMIN)
    dialog = ConnectionDialog(client)
    dialog.wait_focus('entry', words.password)
    dialog.click(('button', words.cancel))
    dialog.wait_closed()
    window = MainWindow(client)
    window.wait_text(words.not_connected)
    shot('not-connected')
    window.click(('button', words.connect_item))
    dialog = ConnectionDialog(client)
    assert dialog.fields() == (demo.url, ADMIN, 0)
    dialog.enter(password=PASSWORD)
    dialog.connect()
    dialog.wait_closed()
    wait_signed_in(client)


def test_another_account_from_the_menu(demo, sign_in, words):
    """Connection... in the menu: the other account sees its own domain, and nothing of the search before."""
    window = sign_in(demo)
    window.search(name='hote')
    window.wait_found(3)
    window.choose(words.connection_item)
    dialog = ConnectionDialog(window.client)
    assert dialog.fields()[:2] == (demo.url, ADMIN)
    dialog.enter(login='admin@exemple.org', password=PASSWORD)
    dialog.connect()
    dialog.wait_closed()
    window.find('label', f'exemple.org, 127.0.0.1:{demo.port}')
    window.wait_text(words.prompt)
    window.search(name='')
    window.wait_rows(rows(demo.database, domain=2))


@once
def test_another_account_refused(demo, sign_in, words):
    """A failed change of account leaves the session as it was."""
    window = sign_in(demo)
    window.search()
    window.wait_found(3)
    window.press('ctrl+o')
    dialog = ConnectionDialog(window.client)
    dialog.enter(login='admin@exemple.org', password='wrong')
    dialog.connect()
    dialog.wait_text(words.wrong_password)
    dialog.press('Escape')
    dialog.wait_closed()
    window.wait_found(3)
    window.search(name='hote1')
    window.wait_found(1)
