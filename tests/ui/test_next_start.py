# SPDX-License-Identifier: GPL-3.0-or-later
"""How the person left the window is how it comes back: its size, and the order of the list."""

import re

import pytest

from .conftest import ADMIN, PASSWORD, once
from .database import rows
from .results import MainWindow
from .wait import wait_for

pytestmark = once


@pytest.fixture
def restart(start, desktop, directory, request, mixed):
    """restart() ends the client, if there is one, and gives the main window of another with the same settings."""
    home = {**desktop.make_home(directory / f'home-{request.node.name}'), 'GSETTINGS_BACKEND': 'keyfile'}
    windows = []

    def make():
        for window in windows[-1:]:
            window.press('ctrl+q')
            assert window.client.wait_end() == 0
        client = start('--backend', mixed.url, '--login', ADMIN, password=PASSWORD, environment=home)
        windows.append(MainWindow(client))
        windows[-1].find('button', windows[-1].words.search)
        return windows[-1]

    return make


def number(window):
    """The X server's number of a window."""
    wait_for('a place for the window', lambda: window.client.origin(window.title))
    return window.client.numbers[window.title]


def size(window):
    """How large a window is, without what the window manager draws around it."""
    info = window.desktop.run('xwininfo', '-id', number(window))
    return tuple(int(re.search(rf'^\s+{name}:\s+(\d+)$', info, re.MULTILINE)[1]) for name in ('Width', 'Height'))


def resize(window, width, height):
    """Makes a window so large."""
    window.desktop.act('windowsize', number(window), width, height)
    wait_size(window, width, height)


def wait_size(window, width, height):
    """Waits until a window is so large."""
    wait_for(lambda: f'{width} x {height}; it is {size(window)}', lambda: size(window) == (width, height))


def toggle_maximized(window):
    """Double-clicks the title bar."""
    before = size(window)
    window.double_click(('label', window.words.mail_servers))
    wait_for(f'another size than {before}', lambda: size(window) != before)


def test_size_is_forgotten(restart):
    """The size the window was given."""
    resize(restart(), 800, 500)
    wait_size(restart(), 800, 500)


def test_size_under_a_maximized_window_is_forgotten(restart):
    """A window that was left maximized comes maximized, and goes back to the size it had before."""
    window = restart()
    resize(window, 800, 500)
    toggle_maximized(window)
    maximized = size(window)
    assert maximized[0] > 1000 and maximized[1] > 600
    window = restart()
    wait_size(window, *maximized)
    toggle_maximized(window)
    wait_size(window, 800, 500)


def test_sort_order_is_forgotten(restart, mixed):
    """Column and direction of the last search are those of the first one after the next start."""
    window = restart()
    window.search()
    window.wait_rows(rows(mixed.database))
    window.sort(window.words.ip)
    window.wait_rows(rows(mixed.database, 'ip'))
    window.press('ctrl+d')
    window.wait_rows(rows(mixed.database, 'ip', True))
    window = restart()
    window.search()
    window.wait_rows(rows(mixed.database, 'ip', True))
    # The headings go on from there.
    window.sort(window.words.ip)
    window.wait_rows(rows(mixed.database, 'ip'))


def test_sort_order_of_the_menu_is_forgotten(restart, mixed):
    """The menu turns the order round that the last start left, and that is kept too."""
    window = restart()
    window.press('ctrl+3')
    window = restart()
    window.press('ctrl+d', 'Return')
    window.wait_rows(rows(mixed.database, 'imap', True))
    window = restart()
    window.press('Return')
    window.wait_rows(rows(mixed.database, 'imap', True))
