# SPDX-License-Identifier: GPL-3.0-or-later
"""Consulting a mail server: the manual's five lines, who made and changed it, and when."""

import datetime

from .conftest import once
from .wait import wait_for


def fields(window, words):
    """What the dialog says of the mail server, of its creation, of its last update."""
    names = (words.host, words.ip, words.imap, words.smtp_in, words.smtp_out,
             words.creator, words.creation, words.updater, words.update)
    return tuple(window.text_beside(name) for name in names)


def date(words, *numbers):
    """A date as the dialog writes it."""
    return words.date.format(datetime.datetime(*numbers))


def wait_fields(window, words, wanted):
    """Waits until the dialog says what it must."""
    wait_for(lambda: f'{wanted}; there is {fields(window, words)}', lambda: fields(window, words) == wanted)


def test_double_click_consults(demo, sign_in, words, shot):
    """A double click on a row opens its dialog; Close closes it."""
    window = sign_in(demo)
    window.search()
    window.double_click(window.find_row('hote3'))
    dialog = window.client.window(words.mail_server)
    wait_fields(dialog, words, ('hote3', '192.162.0.3', words.yes, words.yes, words.yes,
                                'admin', date(words, 2008, 6, 13, 9, 10), 'delegue', date(words, 2008, 11, 21, 17, 45)))
    shot('consult')
    dialog.click(('button', words.close))
    dialog.wait_closed()
    window.wait_found(3)


def test_never_changed(demo, sign_in, words):
    """Without an update, its lines are there and say nothing."""
    window = sign_in(demo)
    window.search()
    window.double_click(window.find_row('hote1'))
    dialog = window.client.window(words.mail_server)
    wait_fields(dialog, words, ('hote1', '192.162.0.1', words.yes, words.yes, words.yes,
                                'admin', date(words, 2008, 6, 13, 9, 0), '–', '–'))
    dialog.press('Escape')
    dialog.wait_closed()


def test_roles_it_lacks(mixed, sign_in, words, shot):
    """No, where a role is lacking; an address may be missing too."""
    window = sign_in(mixed)
    window.search()
    window.double_click(window.find_row('gamma'))
    dialog = window.client.window(words.mail_server)
    wait_fields(dialog, words, ('gamma', '–', words.yes, words.no, words.yes,
                                'admin', date(words, 2008, 7, 1, 8, 30), '–', '–'))
    shot('consult-no')


@once
def test_changed_meanwhile(own, sign_in, words):
    """Somebody else changed it since the search: the dialog says how it is now, and the row behind it too."""
    window = sign_in(own)
    window.search()
    row = window.find_row('hote2')
    own.database.execute('UPDATE MailServer SET mailserver_imap = 0 WHERE mailserver_id = 2')
    window.double_click(row)
    dialog = window.client.window(words.mail_server)
    wait_for('the new role in the dialog', lambda: dialog.text_beside(words.imap) == words.no)
    dialog.press('Escape')
    dialog.wait_closed()
    wait_for('the new role in the row', lambda: ('hote2', '192.162.0.2', False, True, True) in window.rows())


def test_deleted_meanwhile(own, sign_in, words, shot):
    """Somebody else deleted it since the search: OBM's sentence, and the dialog can be closed."""
    window = sign_in(own)
    window.search()
    row = window.find_row('hote3')
    own.database.execute('DELETE FROM MailServer WHERE mailserver_id = 3')
    window.double_click(row)
    dialog = window.client.window(words.mail_server)
    dialog.wait_text(words.wrong_reference)
    shot('consult-deleted')
    dialog.click(('button', words.close))
    dialog.wait_closed()
