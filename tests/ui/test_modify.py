# SPDX-License-Identifier: GPL-3.0-or-later
"""Modifying a mail server: the boxes, what is asked before something is taken away, and what is not lost."""

from .conftest import once
from .editing import ServerDialog, server_roles
from .wait import wait_for

ALL = (True, True, True)


def test_a_box_is_taken_away(own, sign_in, words, shot):
    """Nothing depends on hote3: it is saved at once, and the list says that it waits to be applied."""
    window = sign_in(own)
    window.search()
    form = ServerDialog(window, 'hote3').modify()
    form.wait_text(words.need_change)
    assert not form.may(words.save)
    form.toggle(words.imap)
    form.wait_may(words.save)
    shot('modify')
    form.click(('button', words.save))
    dialog = window.client.window(words.mail_server)
    wait_for('the new role in the dialog', lambda: dialog.text_beside(words.imap) == words.no)
    window.wait_message(words.updated.format('hote3'))
    wait_for('the new role in the row', lambda: ('hote3', '192.162.0.3', False, True, True) in window.rows())
    assert server_roles(own.database, 'hote3') == [(False, True, True)]
    dialog.press('Escape')
    dialog.wait_closed()
    window.wait_waiting('hote3')
    shot('waiting')


@once
def test_the_last_box(own, sign_in, words):
    """A mail server does something: with no box ticked it cannot be saved, and the form says why."""
    window = sign_in(own)
    window.search()
    form = ServerDialog(window, 'hote3').modify()
    for name in (words.imap, words.smtp_in, words.smtp_out):
        form.toggle(name)
    form.wait_text(words.need_role)
    assert not form.may(words.save)
    form.press('Return')
    assert server_roles(own.database, 'hote3') == [ALL]


def test_users_depend_on_it(own, sign_in, words, shot):
    """Somebody's mail is on hote1: it is asked first, with who depends on it, and allowed."""
    window = sign_in(own)
    window.search()
    form = ServerDialog(window, 'hote1').modify()
    form.toggle(words.imap)
    form.click(('button', words.save))
    question = window.client.window(words.remove_role)
    question.wait_text(words.remove_question)
    number, = own.database.execute('SELECT COUNT(*) FROM UserObm WHERE userobm_mail_server_id = 1')[0]
    wait_for('how many users depend on it', lambda: any(
        label.startswith(words.users.format(number)) for label in question.labels()))
    shot('modify-asks')
    question.click(('button', words.cancel))
    question.wait_closed()
    form.wait_focus('check box', words.imap)
    assert server_roles(own.database, 'hote1') == [ALL]
    form.click(('button', words.save))
    window.client.window(words.remove_role).click(('button', words.modify_anyway))
    window.wait_message(words.updated.format('hote1'))
    assert server_roles(own.database, 'hote1') == [(False, True, True)]


@once
def test_leaving_the_modification_asks(own, sign_in, words):
    """Changed boxes are not lost by accident; nothing is written by leaving."""
    window = sign_in(own)
    window.search()
    form = ServerDialog(window, 'hote3').modify()
    form.toggle(words.smtp_in)
    form.click(('button', words.cancel))
    window.client.window(words.unsaved).click(('button', words.leave))
    dialog = window.client.window(words.mail_server)
    assert dialog.text_beside(words.smtp_in) == words.yes
    dialog.click(('button', words.modify))
    form = window.client.window(words.modify)
    form.toggle(words.smtp_out)
    form.press('Escape')
    window.client.window(words.unsaved).click(('button', words.leave))
    dialog = window.client.window(words.mail_server)
    assert dialog.text_beside(words.smtp_out) == words.yes
    dialog.press('Escape')
    wait_for('all dialogs to close', lambda: len(window.client.frames()) == 1)
    assert server_roles(own.database, 'hote3') == [ALL]
