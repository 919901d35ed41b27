# SPDX-License-Identifier: GPL-3.0-or-later
"""OBM's two preferences of its lists."""

from .conftest import ADMIN, MANY, PASSWORD, once
from .database import rows
from .results import MainWindow
from .wait import wait_for
from .window import Window


def set_lines(window, lines):
    """Opens the preferences, sets the lines of a page, closes them."""
    words = window.words
    window.press('ctrl+comma')
    preferences = Window(window.client, words.preferences)
    spin = preferences.find('spin button', words.lines)
    preferences.click(spin)
    preferences.wait_focus('spin button', words.lines)
    preferences.desktop.replace(str(lines))
    preferences.press('Tab')
    wait_for(f'{lines} lines', lambda: spin.value() == lines)
    preferences.press('Escape')
    preferences.wait_closed()


@once
def test_lines_of_a_page(many, sign_in, words, shot):
    """Another number of lines changes the pages of the foot at once, and where they lead."""
    window = sign_in(many)
    window.search()
    window.wait_foot(MANY, MANY // 10)
    set_lines(window, 200)
    window.wait_foot(MANY, MANY // 200)
    window.click(('button', '2'))
    window.wait_page(2)
    wanted = rows(many.database, limit=1, offset=200)
    wait_for(lambda: f'{wanted} at the top; there is {window.rows()[:1]}', lambda: window.rows()[:1] == wanted)
    shot('two-hundred-lines')


def test_preferences_are_kept(demo, desktop, start, words, directory, request, shot):
    """Lines and automatic display hold for the next start, which searches by itself."""
    home = {**desktop.make_home(directory / f'home-{request.node.name}'), 'GSETTINGS_BACKEND': 'keyfile'}
    client = start('--backend', demo.url, '--login', ADMIN, password=PASSWORD, environment=home)
    window = MainWindow(client)
    window.find('button', words.search)
    window.choose(words.preferences)
    preferences = Window(client, words.preferences)
    preferences.find('check box', words.display)
    shot('preferences')
    preferences.toggle(words.display)
    preferences.press('Escape')
    preferences.wait_closed()
    set_lines(window, 2)
    window.press('ctrl+q')
    assert client.wait_end() == 0

    client = start('--backend', demo.url, '--login', ADMIN, password=PASSWORD, environment=home)
    window = MainWindow(client)
    window.wait_found(3)
    window.wait_foot(3, 2)
