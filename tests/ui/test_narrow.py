# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen of 360 pixels, in both languages: no window is wider, nothing of it is cut off."""

import re

import pytest

from .conftest import ADMIN, once
from .desktop import Desktop
from .dialogs import ConnectionDialog
from .editing import CreateDialog, Dialog, ServerDialog, change_server
from .popover import Popover
from .wait import wait_for
from .window import Window

SIZE = (360, 640)


@pytest.fixture(scope='module')
def desktop(directory):
    """A screen that is just as wide; here it is that of the fixtures that start a client."""
    with Desktop(directory / 'narrow', SIZE) as desktop:
        yield desktop


def extents(desktop, window):
    """Where a window begins and ends, from left to right; None when it is gone."""
    info = desktop.run('xwininfo', '-id', window, check=False)
    numbers = re.findall(r'^  (?:Absolute upper-left X|Width):\s+(-?\d+)$', info, re.MULTILINE)
    return (int(numbers[0]), int(numbers[0]) + int(numbers[1])) if len(numbers) == 2 else None


def wait_fits(client):
    """Waits until all the client shows is on the screen. A popover may overhang it by its shadow's width."""
    def wide():
        found = filter(None, (extents(client.desktop, window) for window in client.windows()))
        return [(left, right) for left, right in found if right - left > SIZE[0] or left < -8 or right > SIZE[0] + 8]
    wait_for(lambda: f'all to be between 0 and {SIZE[0]}; there are windows from {wide()}', lambda: not wide(), 5)


def test_connection_is_cut_off(demo, start, words):
    """Who starts it for the first time, and what is left when the dialog is closed."""
    client = start('--backend', demo.url, '--login', ADMIN)
    dialog = ConnectionDialog(client)
    wait_fits(client)
    dialog.enter(login='admin')
    dialog.press('Return')
    dialog.wait_text(words.login_needs_domain)
    wait_fits(client)
    dialog.press('Escape')
    dialog.wait_closed()
    client.window(words.mail_servers).find('button', words.connect_item)
    wait_fits(client)


def test_results_are_cut_off(many, sign_in, words, shot):
    """Form, list and foot, with as many links as there is room for."""
    window = sign_in(many)
    wait_fits(window.client)
    window.search()
    window.wait_page(1)
    wait_fits(window.client)
    window.click(('button', words.last_page))
    wait_for('the last page', lambda: (window.page() or 1) > 1)
    wait_fits(window.client)
    shot('narrow-results')
    window.search(name='nobody')
    window.wait_found(0)
    wait_fits(window.client)


@once
def test_shortened_name_cannot_be_read(many, sign_in, desktop):
    """The pointer on a name for which there is no room has a tooltip show it."""
    window = sign_in(many)
    window.search()
    window.wait_page(1)
    row = wait_for('a row', lambda: next(iter(window.row_widgets()), None))
    _middle, height = window.place(row)
    before = window.client.windows()
    desktop.move(40, height)
    desktop.move(42, height)
    wait_for('the tooltip', lambda: set(window.client.windows()) - set(before), 5)


def test_windows_of_the_menu_are_cut_off(demo, sign_in, words):
    """The preferences, the shortcuts, and what the program is."""
    window = sign_in(demo)
    for title in (words.preferences, words.shortcuts, words.about):
        window.choose(title)
        other = Window(window.client, title)
        wait_fits(window.client)
        other.press('Escape')
        other.wait_closed()


def test_dialogs_are_cut_off(applying, sign_in, words, shot):
    """All that changes mail servers, with what it asks."""
    window = sign_in(applying)
    client = window.client
    window.search()
    window.wait_found(3)

    create = CreateDialog(window)
    wait_fits(client)
    chooser = create.open_chooser()
    chooser.host('hote1')
    wait_fits(client)
    chooser.press('Escape')
    chooser.wait_closed()
    create.toggle(words.imap)
    create.press('Escape')
    confirm = Dialog(client, words.unsaved)
    wait_fits(client)
    confirm.click(('button', words.leave))
    create.wait_closed()

    consult = ServerDialog(window, 'hote1')
    wait_fits(client)
    shot('narrow-consult')
    delete = consult.delete()
    delete.wait_text(words.has_users)
    wait_fits(client)
    delete.press('Escape')
    delete.wait_closed()
    consult.press('Escape')
    consult.wait_closed()

    modify = ServerDialog(window, 'hote3').modify()
    wait_fits(client)
    modify.toggle(words.imap)
    change_server(applying.database, 'hote3', smtp_out=False)
    modify.click(('button', words.save))
    modify.find('button', words.merge)
    wait_fits(client)
    shot('narrow-conflict')
    modify.click(('button', words.merge))
    window.wait_message(words.updated.format('hote3'))
    client.window(words.mail_server).press('Escape')
    wait_for('the dialog to close', lambda: len(client.frames()) == 1)
    window.click(('button', words.post_it_count.format(1)))
    Popover(window, words.post_it).wait_text(words.to_apply)
    wait_fits(client)


def test_waiting_row_is_cut_off(own, sign_in, words, shot):
    """A mark beside a host's name takes its room from the name, and not from the columns after it."""
    change_server(own.database, 'hote3', imap=False)
    window = sign_in(own)
    window.search()
    window.wait_waiting('hote3')
    shot('narrow-waiting')
    left, _top = window.client.origin(window.title)
    x, _y, width, _height = window.heading(words.smtp_out).extents()
    assert left + x + width <= SIZE[0]
