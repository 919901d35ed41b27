# SPDX-License-Identifier: GPL-3.0-or-later
"""The end of the program: by every way a person has, with status 0 and not a word."""

import pytest

from .conftest import ADMIN, once
from .dialogs import ConnectionDialog

pytestmark = once

WAYS = {'ctrl-w': 'ctrl+w', 'ctrl-q': 'ctrl+q'}


@pytest.mark.parametrize('way', WAYS)
def test_closes_by(way, demo, sign_in):
    """Ctrl+W closes the window, Ctrl+Q the program: here that is the same."""
    window = sign_in(demo)
    window.search()
    window.wait_found(3)
    window.press(WAYS[way])
    assert window.client.wait_end() == 0


def test_quits_by_menu(demo, sign_in, words):
    """Quit in the menu."""
    window = sign_in(demo)
    window.choose(words.quit)
    assert window.client.wait_end() == 0


def test_closes_by_its_button(demo, sign_in, words):
    """The button of the title bar."""
    window = sign_in(demo)
    window.click(('button', words.close))
    assert window.client.wait_end() == 0


def test_quits_without_signing_in(demo, start, words):
    """Where the connection is still being asked for: Escape, Ctrl+Q."""
    client = start('--backend', demo.url, '--login', ADMIN)
    dialog = ConnectionDialog(client)
    dialog.wait_focus('entry', words.password)
    dialog.press('Escape')
    dialog.wait_closed()
    client.window(words.mail_servers).press('ctrl+q')
    assert client.wait_end() == 0


def test_closes_while_a_search_is_under_way(many, sign_in):
    """Nobody waits for the answer any more."""
    window = sign_in(many)
    window.press('Return', 'ctrl+w')
    assert window.client.wait_end() == 0
