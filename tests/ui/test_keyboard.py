# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything again by keyboard alone: no test here touches the pointer."""

import pytest

from .conftest import MANY, once
from .database import COLUMNS, rows
from .wait import wait_for
from .window import Window


def test_search_by_typing(demo, sign_in):
    """The window opens on the name: type, Enter."""
    window = sign_in(demo)
    window.wait_focus('entry', window.words.name)
    window.type('hote2')
    window.press('Return')
    window.wait_found(1)
    window.wait_rows(rows(demo.database, where="host_name = 'hote2'"))


def test_tab_goes_through_the_form(demo, sign_in, words):
    """Tab goes the way one reads, Shift+Tab back."""
    window = sign_in(demo)
    way = [('entry', words.name), ('entry', words.ip), ('check box', words.imap), ('check box', words.smtp_in),
           ('check box', words.smtp_out), ('button', words.search)]
    window.wait_focus(*way[0])
    for stop in way[1:]:
        window.press('Tab')
        window.wait_focus(*stop)
    for stop in reversed(way[:-1]):
        window.press('shift+Tab')
        window.wait_focus(*stop)


def test_underlined_letters(mixed, sign_in, words):
    """Alt and the underlined letter: the entries, the boxes, the button."""
    window = sign_in(mixed)
    window.press(words.ip_key)
    window.wait_focus('entry', words.ip)
    window.type('0.')
    window.press(words.name_key)
    window.wait_focus('entry', words.name)
    window.type('al')
    for key, name in ((words.imap_key, words.imap), (words.smtp_in_key, words.smtp_in),
                      (words.smtp_out_key, words.smtp_out)):
        box = window.find('check box', name)
        window.press(key)
        wait_for(f'{name} to be ticked by {key}', lambda box=box: box.has('checked'))
    assert window.criteria() == ('al', '0.', True, True, True)
    for key in (words.imap_key, words.smtp_out_key):
        window.press(key)
    wait_for('one box to stay ticked', lambda: window.criteria()[2:] == (False, True, False))
    window.press(words.search_key)
    window.wait_rows(rows(mixed.database, where="host_name LIKE 'al%' AND mailserver_smtp_in"))


@once
def test_boxes_by_the_space_bar(mixed, sign_in, words):
    """The space bar ticks a box and presses the button."""
    window = sign_in(mixed)
    window.wait_focus('entry', words.name)
    window.press('Tab', 'Tab', 'Tab', 'space')
    wait_for('the box to be ticked', lambda: window.find('check box', words.smtp_in).had('checked'))
    window.press('Tab', 'Tab')
    window.wait_focus('button', words.search)
    window.press('space')
    window.wait_rows(rows(mixed.database, where='mailserver_smtp_in'))


def test_none_found_by_keyboard(demo, sign_in, words):
    """Nothing found, then the criterion is changed where it stands: Ctrl+F selects it."""
    window = sign_in(demo)
    window.type('nobody')
    window.press('Return')
    window.wait_found(0)
    window.press('Tab', 'ctrl+f')
    window.wait_focus('entry', words.name)
    window.type('hote1')
    window.press('Return')
    window.wait_found(1)


def test_consult_by_keyboard(demo, sign_in, words):
    """Tab into the list, arrow to the row, Enter opens it, Escape closes it, and the focus is where it was."""
    window = sign_in(demo)
    window.press('Return')
    window.wait_found(3)
    window.tab_until('in the list', window.has_focused_row)
    window.press('Down')
    wait_for('the second row to be selected', lambda: (window.selected() or '')[0:1] == ('hote2',))
    window.press('Return')
    dialog = window.client.window(words.mail_server)
    wait_for('the host', lambda: dialog.text_beside(words.host) == 'hote2')
    dialog.wait_focus('button', words.close)
    dialog.press('Escape')
    dialog.wait_closed()
    window.press('Down', 'Return')
    dialog = window.client.window(words.mail_server)
    wait_for('the next host', lambda: dialog.text_beside(words.host) == 'hote3')
    dialog.press('space')
    dialog.wait_closed()


@pytest.mark.parametrize('column', COLUMNS)
def test_sort_by_shortcut(column, mixed, sign_in):
    """Ctrl and a digit sorts by that column, Ctrl+D turns the order round and back."""
    window = sign_in(mixed)
    window.press('Return')
    window.wait_rows(rows(mixed.database))
    window.press(f'ctrl+{list(COLUMNS).index(column) + 1}')
    window.wait_rows(rows(mixed.database, column))
    window.press('ctrl+d')
    window.wait_rows(rows(mixed.database, column, True))
    window.press('ctrl+d')
    window.wait_rows(rows(mixed.database, column))


def test_sort_by_menu(mixed, sign_in, words, shot):
    """F10 and the arrows to a column; then the same way to the other direction; and the keyboard goes on working."""
    window = sign_in(mixed)
    window.press('Return')
    window.wait_rows(rows(mixed.database))
    window.open_menu()
    shot('main-menu')
    window.press('Escape')
    window.choose(words.imap)
    window.wait_rows(rows(mixed.database, 'imap'))
    shot('sort-by-menu')
    window.choose(words.descending)
    window.wait_rows(rows(mixed.database, 'imap', True))
    window.press('ctrl+f')
    window.wait_focus('entry', words.name)


def test_pages_by_keyboard(many, sign_in):
    """Alt with End, Home, Page Up and Page Down goes from result page to result page."""
    window = sign_in(many)
    window.press('Return')
    window.wait_found(MANY)
    for key, page in (('Next', 2), ('Next', 3), ('Prior', 2), ('End', MANY // 10), ('Prior', MANY // 10 - 1),
                      ('Home', 1)):
        window.press(f'alt+{key}')
        window.wait_page(page)
    window.wait_rows(rows(many.database, limit=50))


@once
def test_refresh(own, sign_in):
    """F5 reads again what others changed meanwhile."""
    window = sign_in(own)
    window.press('Return')
    window.wait_rows(rows(own.database))
    own.database.execute('UPDATE MailServer SET mailserver_smtp_out = 0 WHERE mailserver_id = 1')
    own.database.execute('DELETE FROM MailServer WHERE mailserver_id = 2')
    window.press('F5')
    window.wait_rows(rows(own.database))
    window.wait_found(2)


def test_shortcuts_window(demo, sign_in, words, shot):
    """Ctrl+? and the menu show every shortcut, with the keys as they are called in the person's language."""
    window = sign_in(demo)
    window.press('ctrl+question')
    shortcuts = Window(window.client, words.shortcuts)
    shortcuts.wait_text(words.sort_by_host)
    shortcuts.wait_text(words.shift)
    shot('shortcuts')
    shortcuts.press('Escape')
    shortcuts.wait_closed()
    window.choose(words.shortcuts)
    Window(window.client, words.shortcuts).press('Escape')
