# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection breaks after a change went through, or before: what became of it is found out, never guessed."""

import pytest

from .conftest import once
from .database import rows
from .editing import CreateDialog, ServerDialog, change_server, server_roles
from .proxy import Proxy
from .wait import wait_for

EVERYTHING = '/'


@pytest.fixture
def proxy(own):
    """A proxy before the test's own gateway."""
    with Proxy(own) as proxy:
        yield proxy


def modify(window):
    """Takes IMAP away from hote3 and sends it; the dialog."""
    form = ServerDialog(window, 'hote3').modify()
    form.toggle(window.words.imap)
    form.click(('button', window.words.save))
    return form


def test_created_although_the_answer_is_lost(proxy, sign_in, words, shot):
    """The answer to a creation is lost: it is found by reading again, and made once."""
    window = sign_in(proxy)
    window.search()
    dialog = CreateDialog(window)
    dialog.choose('relais')
    dialog.toggle(words.imap)
    proxy.rule('lose', EVERYTHING)
    dialog.click(('button', words.create))
    window.client.window(words.mail_server).wait_text(words.found_done)
    shot('outcome-found')
    window.wait_message(words.inserted.format('relais'))
    assert proxy.writes == [('POST', 201)]
    assert server_roles(proxy.database, 'relais') == [(True, False, False)]


@once
def test_modified_although_the_answer_is_lost(proxy, sign_in, words):
    """The answer to a modification is lost: it is found by reading again, and made once."""
    window = sign_in(proxy)
    window.search()
    proxy.rule('lose', EVERYTHING)
    modify(window)
    window.client.window(words.mail_server).wait_text(words.found_done)
    window.wait_message(words.updated.format('hote3'))
    assert proxy.writes == [('PUT', 200)]
    assert server_roles(proxy.database, 'hote3') == [(False, True, True)]


@once
def test_deleted_although_the_answer_is_lost(proxy, sign_in, words):
    """The answer to a deletion is lost: it is found by reading again, and made once."""
    window = sign_in(proxy)
    window.search()
    dialog = ServerDialog(window, 'hote3').delete()
    dialog.wait_may(words.delete)
    proxy.rule('lose', EVERYTHING)
    dialog.click(('button', words.delete))
    window.wait_message(words.deleted_checked.format('hote3'))
    window.wait_rows(rows(proxy.database))
    assert [method for method, _status in proxy.writes] == ['DELETE']
    assert server_roles(proxy.database, 'hote3') == []


def test_backend_away(proxy, sign_in, words, shot):
    """Nobody can tell what became of a change: what was entered is kept, and Check again finds out later."""
    # A box is added: before one is taken away the backend is asked, and would have to be there.
    change_server(proxy.database, 'hote3', imap=False)
    window = sign_in(proxy)
    window.search()
    form = ServerDialog(window, 'hote3').modify()
    form.toggle(words.imap)
    proxy.rule('lose', EVERYTHING)
    proxy.rule('cut', EVERYTHING)
    form.click(('button', words.save))
    form.wait_text(words.unknown)
    form.wait_focus('button', words.check_again)
    shot('outcome-unknown')
    assert not form.may(words.save)
    # It is insensitive now, so that the pointer does not meet it.
    assert next(box for box in form.look() if box.is_a('check box') and box.name == words.imap).had('checked')
    asked = len(proxy.requests)
    form.click(('button', words.check_again))
    wait_for('another question to the backend', lambda: len(proxy.requests) > asked)
    form.wait_text(words.unknown)
    proxy.heal()
    form.click(('button', words.check_again))
    window.client.window(words.mail_server).wait_text(words.found_done)
    assert proxy.writes == [('PUT', 200)]
    assert server_roles(proxy.database, 'hote3') == [(True, True, True)]


@once
def test_request_that_never_arrived(proxy, sign_in, words):
    """The request itself is lost: that is said too, and it can be sent again."""
    window = sign_in(proxy)
    window.search()
    proxy.rule('drop', EVERYTHING)
    form = modify(window)
    form.wait_text(words.not_done)
    form.wait_focus('check box', words.imap)
    assert proxy.writes == []
    assert server_roles(proxy.database, 'hote3') == [(True, True, True)]
    proxy.heal()
    form.click(('button', words.save))
    window.wait_message(words.updated.format('hote3'))
    assert proxy.writes == [('PUT', 200)]
    assert server_roles(proxy.database, 'hote3') == [(False, True, True)]


@once
def test_delete_with_the_backend_away(proxy, sign_in, words):
    """Nobody can tell whether it is deleted: Check again finds out once the backend is back."""
    window = sign_in(proxy)
    window.search()
    dialog = ServerDialog(window, 'hote3').delete()
    dialog.wait_may(words.delete)
    proxy.rule('lose', EVERYTHING)
    proxy.rule('cut', EVERYTHING)
    dialog.click(('button', words.delete))
    dialog.wait_text(words.delete_unknown)
    assert not dialog.may(words.delete)
    dialog.wait_focus('button', words.check_again)
    proxy.heal()
    dialog.click(('button', words.check_again))
    window.wait_message(words.deleted_checked.format('hote3'))
    wait_for('the dialogs to close', lambda: len(window.client.frames()) == 1)
    assert [method for method, _status in proxy.writes] == ['DELETE']
    assert server_roles(proxy.database, 'hote3') == []
