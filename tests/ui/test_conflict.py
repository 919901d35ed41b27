# SPDX-License-Identifier: GPL-3.0-or-later
"""Two people change the same mail server: the later one is told, and chooses."""

import pytest

from .editing import ServerDialog, change_server, server_roles
from .wait import wait_for


@pytest.fixture
def conflict(own, sign_in, words):
    """The person took IMAP away, a colleague SMTP out meanwhile: the main window, and the dialog that shows it."""
    window = sign_in(own)
    window.search()
    form = ServerDialog(window, 'hote3').modify()
    form.toggle(words.imap)
    change_server(own.database, 'hote3', smtp_out=False)
    form.click(('button', words.save))
    form.wait_text(words.changed_by.format('delegue'))
    assert server_roles(own.database, 'hote3') == [(True, True, False)]
    return window, form


@pytest.mark.parametrize('way, roles', [('mine', (False, True, True)), ('merge', (False, True, False))])
def test_own_change_is_made(own, conflict, words, shot, way, roles):
    """Keep mine writes what was wanted; Merge what both changed."""
    window, form = conflict
    shot('conflict')
    form.click(('button', getattr(words, way)))
    window.wait_message(words.updated.format('hote3'))
    assert server_roles(own.database, 'hote3') == [roles]
    wait_for('the row', lambda: ('hote3', '192.162.0.3', *roles) in window.rows())


def test_changes_are_told_in_words(conflict, words):
    """Who does not see colours reads which cells differ; who hears the buttons, what comes of each."""
    _window, form = conflict
    assert form.labels().count(words.changed.format(words.no).replace(' ', '\n')) == 2
    assert {name: form.find('button', name).description() for name in (words.theirs, words.merge, words.mine)} == {
        words.theirs: 'IMAP, SMTP in', words.merge: 'SMTP in', words.mine: 'SMTP in, SMTP out'}


def test_their_change_is_left(own, conflict, words):
    """Take theirs writes nothing, and shows what is there."""
    window, form = conflict
    before = own.database.execute('SELECT * FROM MailServer')
    form.click(('button', words.theirs))
    window.wait_message(words.left_alone)
    wait_for('the row', lambda: ('hote3', '192.162.0.3', True, True, False) in window.rows())
    assert own.database.execute('SELECT * FROM MailServer') == before
