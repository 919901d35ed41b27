# SPDX-License-Identifier: GPL-3.0-or-later
"""Creating a mail server: by pointer and by keyboard, what is refused, and what is asked."""

from .conftest import once
from .database import rows
from .editing import CreateDialog, HostChooser, ServerDialog, add_server, server_roles
from .wait import wait_for


def test_create_by_pointer(own, sign_in, words, shot):
    """New, host, boxes, Create; what is missing is said, and a host that is taken cannot be chosen."""
    window = sign_in(own)
    window.search()
    window.click(window.find_row('hote2'))
    dialog = CreateDialog(window)
    dialog.wait_text(words.need_both)
    assert not dialog.may(words.create)
    shot('create-form')
    chooser = dialog.open_chooser()
    _row, address, note = wait_for('the hosts', lambda: chooser.hosts().get('hote1'))
    assert (address, note) == ('192.162.0.1', words.taken)
    shot('host-chooser')
    chooser.click(chooser.host('relais'))
    chooser.wait_closed()
    dialog.wait_text(words.need_role)
    assert not dialog.may(words.create)
    assert dialog.seen('button', 'relais  (192.162.0.20)')
    dialog.toggle(words.smtp_out)
    dialog.wait_may(words.create)
    dialog.click(('button', words.create))
    consult = window.client.window(words.mail_server)
    wait_for('the new mail server', lambda: consult.text_beside(words.host) == 'relais')
    shot('created')
    window.wait_message(words.inserted.format('relais'))
    window.wait_rows(rows(own.database))
    assert ('relais', '192.162.0.20', False, False, True) in window.rows()
    assert window.selected()[0] == 'hote2'
    window.wait_waiting('relais')
    assert server_roles(own.database, 'relais') == [(False, False, True)]


@once
def test_create_by_keyboard(own, sign_in, words):
    """Nothing is touched but the keys."""
    window = sign_in(own)
    dialog = CreateDialog(window, keyboard=True)
    dialog.wait_focus('button', words.no_host)
    dialog.press(words.host_key)
    chooser = HostChooser(dialog)
    for key, name in ((words.ip_key, words.ip), (words.name_key, words.name)):
        chooser.press(key)
        chooser.wait_focus('entry', name)
    chooser.search('annuaire')
    chooser.wait_text(words.hosts_found_one.format(1))
    chooser.press('Return')
    dialog.wait_focus('button', 'annuaire  (192.162.0.10)')
    for name in (words.imap, words.smtp_in):
        dialog.press('Tab')
        dialog.wait_focus('check box', name)
        dialog.press('space')
    dialog.wait_may(words.create)
    dialog.press(words.create_key)
    wait_for('the new mail server', lambda: server_roles(own.database, 'annuaire') == [(True, True, False)])
    window.client.window(words.mail_server).press('Escape')
    wait_for('the dialog to close', lambda: len(window.client.frames()) == 1)


@once
def test_taken_host_cannot_be_chosen_by_pointer(own, sign_in, words):
    """A click on a host that is a mail server already chooses nothing, and the list stays open."""
    dialog = CreateDialog(sign_in(own))
    chooser = dialog.open_chooser()
    chooser.click(chooser.host('hote1'))
    chooser.click(('entry', words.name))
    chooser.search('hote2')
    chooser.wait_text(words.hosts_found_one.format(1))
    assert dialog.has_text(words.need_both)


@once
def test_taken_host_cannot_be_chosen_by_keyboard(own, sign_in, words):
    """Enter does nothing on a host that is a mail server already."""
    dialog = CreateDialog(sign_in(own), keyboard=True)
    dialog.wait_focus('button', words.no_host)
    dialog.press('space')
    chooser = HostChooser(dialog)
    chooser.search('hote2')
    chooser.wait_text(words.hosts_found_one.format(1))
    chooser.press('Return', 'Down', 'Return', 'Escape')
    wait_for('the list of hosts to close', lambda: not chooser.is_open())
    assert dialog.has_text(words.need_both)


def test_host_taken_meanwhile(own, sign_in, words, shot):
    """The host became a mail server meanwhile: OBM's sentence, and what was entered stays."""
    window = sign_in(own)
    dialog = CreateDialog(window)
    dialog.choose('relais')
    dialog.toggle(words.imap)
    add_server(own.database, 'relais', 'smtp_in')
    dialog.click(('button', words.create))
    dialog.wait_text(words.host_taken)
    dialog.wait_focus('button', 'relais  (192.162.0.20)')
    shot('create-refused')
    assert dialog.find('check box', words.imap).has('checked')
    assert server_roles(own.database, 'relais') == [(False, True, False)]


def test_leaving_the_creation_asks(own, sign_in, words, shot):
    """What was entered is not lost by accident; nothing is written by leaving."""
    window = sign_in(own)
    dialog = CreateDialog(window)
    dialog.choose('fichiers')
    dialog.press('Escape')
    question = window.client.window(words.unsaved)
    question.wait_text(words.leave_question)
    shot('unsaved')
    question.click(('button', words.cancel))
    question.wait_closed()
    assert dialog.has_text(words.need_role)
    dialog.click(('button', words.cancel))
    question = window.client.window(words.unsaved)
    question.click(('button', words.leave))
    dialog.wait_closed()
    assert server_roles(own.database, 'fichiers') == []


@once
def test_empty_form_closes_at_once(own, sign_in):
    """Nothing entered, nothing asked."""
    dialog = CreateDialog(sign_in(own), keyboard=True)
    dialog.press('Escape')
    dialog.wait_closed()
    assert len(dialog.client.frames()) == 1


def test_backend_that_is_read_only(read_only, sign_in, words, shot):
    """New, Modify and Delete cannot be pressed, and the dialog says why."""
    window = sign_in(read_only)
    window.search()
    assert not window.find('button', words.new).has('sensitive')
    dialog = ServerDialog(window, 'hote3')
    dialog.wait_text(words.read_only)
    shot('read-only')
    assert not dialog.may(words.modify)
    assert not dialog.may(words.delete)
