# SPDX-License-Identifier: GPL-3.0-or-later
"""Deleting a mail server: only what nothing depends on, and what depends on the others is said."""

from .conftest import once
from .database import rows
from .editing import ServerDialog, server_roles
from .wait import wait_for


def test_free_one_is_deleted(own, sign_in, words, shot):
    """Nothing depends on hote3: it is asked once more, and deleted."""
    window = sign_in(own)
    window.search()
    dialog = ServerDialog(window, 'hote3').delete()
    dialog.wait_text(words.deletable.format('hote3'))
    dialog.wait_may(words.delete)
    shot('delete-allowed')
    dialog.click(('button', words.delete))
    window.wait_message(words.deleted.format('hote3'))
    wait_for('both dialogs to close', lambda: len(window.client.frames()) == 1)
    window.wait_rows(rows(own.database))
    assert server_roles(own.database, 'hote3') == []


def test_users_stop_it(own, sign_in, words, shot):
    """OBM's sentence, how many depend on hote1 and the first of them; Copy takes that along."""
    window = sign_in(own)
    window.search()
    dialog = ServerDialog(window, 'hote1').delete()
    dialog.wait_text(words.has_users)
    assert not dialog.may(words.delete)
    names = [name for name, in own.database.execute(
        'SELECT userobm_login FROM UserObm WHERE userobm_mail_server_id = 1 ORDER BY userobm_login')]
    links = next(label for label in dialog.labels() if words.users.format(len(names)) in label)
    shown = next(line for line in links.splitlines() if line.startswith(words.users.format(len(names))))
    listed = [name for name in shown.partition(': ')[2].split(', ') if name != '…']
    assert listed and set(listed) <= set(names)
    shot('delete-refused')
    dialog.click(('button', words.copy))
    dialog.click(('button', words.cancel))
    dialog.wait_closed()
    window.client.window(words.mail_server).press('Escape')
    wait_for('the dialogs to close', lambda: len(window.client.frames()) == 1)
    entry = window.click(('entry', words.name))
    window.press('ctrl+v')
    wait_for(lambda: f'what was copied; there is {entry.text()!r}', lambda: entry.text() == links)
    assert len(server_roles(own.database, 'hote1')) == 1


def test_linked_between_question_and_answer(own, sign_in, words, shot):
    """A mail share moves to hote3 after the check: it is refused the same way, with what was linked."""
    window = sign_in(own)
    window.search()
    dialog = ServerDialog(window, 'hote3').delete()
    dialog.wait_may(words.delete)
    own.database.execute("UPDATE MailShare SET mailshare_mail_server_id = 3 WHERE mailshare_name = 'contact'")
    dialog.click(('button', words.delete))
    dialog.wait_text(words.linked_meanwhile)
    dialog.wait_focus('button', words.cancel)
    dialog.wait_text(words.shares.format(1) + 'contact')
    dialog.wait_text(words.not_deletable)
    shot('delete-linked-meanwhile')
    assert not dialog.may(words.delete)
    assert len(server_roles(own.database, 'hote3')) == 1


@once
def test_deleted_meanwhile_by_others(own, sign_in, words):
    """It is gone already: that is said, and the list is in order."""
    window = sign_in(own)
    window.search()
    dialog = ServerDialog(window, 'hote3').delete()
    dialog.wait_may(words.delete)
    own.database.execute('DELETE FROM MailServer WHERE mailserver_id = 3')
    dialog.click(('button', words.delete))
    window.wait_message(words.deleted_already.format('hote3'))
    window.wait_rows(rows(own.database))
    assert len(window.client.frames()) == 1
