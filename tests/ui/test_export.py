# SPDX-License-Identifier: GPL-3.0-or-later
"""Export: the file opened again holds what the database does, and nothing a spreadsheet would run."""

import csv

import pytest

from . import database
from .conftest import once, running
from .database import DOMAIN, rows
from .proxy import Proxy
from .wait import wait_for
from .window import Window

# Names that a spreadsheet would take for formulas, and ones a careless writer would break.
NAMES = ('=SUM(A1:A9)', '+33123', '-1', '@host', ' =1+1', 'semi;colon', 'com,ma', 'quo"te', "it's", 'été',
         '\ttab', 'zz')
NUMBER = len(NAMES) + 3  # with the manual's three
LINES = 10  # of a result page


@pytest.fixture
def odd(directory, request):
    """A gateway with mail servers of odd names, on two result pages."""
    data = database.demo(directory / f'{request.node.name}.db')
    for number, name in enumerate(NAMES):
        host = data.insert('Host', host_name=name, host_domain_id=DOMAIN, host_ip=f'10.0.0.{number}')
        data.insert('MailServer', mailserver_host_id=host, mailserver_imap=1, mailserver_smtp_in=number % 2,
                    mailserver_smtp_out=0)
    with running(data, directory) as gateway:
        yield gateway


def save(window, path):
    """Types the path into the file dialog."""
    chooser = Window(window.client, window.words.export)
    wait_for('an entry with the focus', lambda: (focused := chooser.focused()) and focused.is_a('entry'))
    chooser.press('ctrl+a')
    chooser.type(str(path))
    wait_for('the path in the entry', lambda: (focused := chooser.focused()) and focused.text() == str(path))
    chooser.press('Return')


def wait_exported(window, number, path):
    """Waits for the dialog to say that it is done; the dialog."""
    words = window.words
    dialog = Window(window.client, words.export)
    sentence = (words.exported_one if number == 1 else words.exported_many).format(number)
    dialog.wait_text(f'{sentence}\n{path.name}')
    return dialog


def read(path, words, delimiter=','):
    """What a spreadsheet program gets from the file, as database.rows() has it: the apostrophes undone."""
    with open(path, encoding='utf-8-sig', newline='') as file:
        headings, *lines = csv.reader(file, strict=True, delimiter=delimiter)
    assert headings == [words.host, words.ip, words.imap, words.smtp_in, words.smtp_out]
    for line in lines:
        assert not line[0].lstrip().startswith(('=', '+', '-', '@')), f'{line[0]!r} is a formula'
    return [(line[0][1:] if line[0].startswith("'") else line[0], line[1], *(cell == 'X' for cell in line[2:]))
            for line in lines]


def test_export_of_everything(odd, sign_in, words, tmp_path, shot):
    """Every result, whatever page is in view."""
    window = sign_in(odd)
    window.search()
    window.wait_found(NUMBER)
    window.press('ctrl+shift+e')
    path = tmp_path / 'everything.csv'
    save(window, path)
    dialog = wait_exported(window, NUMBER, path)
    shot('export-done')
    assert read(path, words) == rows(odd.database)
    dialog.click(('button', words.close))
    wait_for('the dialog to close', lambda: len(window.client.frames()) == 1)


@once
def test_export_of_the_second_page(odd, sign_in, words, tmp_path):
    """Only the page in view, by its button."""
    window = sign_in(odd)
    window.search()
    window.wait_foot(NUMBER, 2)
    window.click(('button', words.next_page))
    window.wait_page(2)
    window.click(('button', words.export))
    path = tmp_path / 'page.csv'
    save(window, path)
    wait_exported(window, NUMBER - LINES, path)
    assert read(path, words) == rows(odd.database, limit=LINES, offset=LINES)


@once
def test_separator_of_the_preferences(odd, sign_in, words, tmp_path):
    """A semicolon where the person wants one."""
    window = sign_in(odd)
    window.press('ctrl+comma')
    preferences = Window(window.client, words.preferences)
    preferences.wait_focus('spin button', words.lines)
    shown = len(window.client.windows())
    preferences.press(words.separator_key, 'space')
    wait_for('the list of separators', lambda: len(window.client.windows()) > shown)
    preferences.press('Down', 'Return')
    preferences.wait_text(words.semicolon)
    preferences.press('Escape')
    preferences.wait_closed()
    window.search()
    window.wait_found(NUMBER)
    window.press('ctrl+shift+e')
    path = tmp_path / 'semicolon.csv'
    save(window, path)
    wait_exported(window, NUMBER, path)
    assert read(path, words, ';') == rows(odd.database)


def test_failed_export_leaves_the_file(odd, sign_in, words, tmp_path, shot):
    """The backend goes away: that is told, and the file that was there is as it was."""
    path = tmp_path / 'kept.csv'
    path.write_text('kept', encoding='utf-8')
    with Proxy(odd) as proxy:
        window = sign_in(proxy)
        window.search()
        window.wait_found(NUMBER)
        proxy.rule('cut', 'rows=1000')
        window.press('ctrl+shift+e')
        save(window, path)
        Window(window.client, '').press('alt+r')  # GTK's question whether to replace the file
        dialog = Window(window.client, words.export)
        dialog.wait_text(words.unreachable)
        dialog.wait_text(words.nothing_written)
        shot('export-failed')
    assert path.read_text(encoding='utf-8') == 'kept'
    assert list(tmp_path.iterdir()) == [path]
