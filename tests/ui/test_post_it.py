# SPDX-License-Identifier: GPL-3.0-or-later
"""The post-it: there while something waits to be applied, and what became of applying it."""

from .conftest import once, put
from .editing import ServerDialog, change_server
from .popover import Popover
from .wait import wait_for

REASON = 'The mail programs refuse the new configuration of domain 1.'


def applied_roles(gateway):
    """What the system is configured with for hote3."""
    return gateway.database.execute('SELECT mailserver_imap, mailserver_smtp_in, mailserver_smtp_out'
                                    ' FROM P_MailServer WHERE mailserver_id = 3')


def open_post_it(window, number):
    """Clicks the post-it; its popover."""
    window.click(('button', window.words.post_it_count.format(number)))
    return Popover(window, window.words.post_it)


def test_from_a_change_to_its_end(applying, sign_in, words, shot):
    """It comes with a change, says what waits, says that it works on it, that it is applied, and goes."""
    put(applying, 'slow', '4')
    window = sign_in(applying)
    window.search()
    window.wait_found(3)
    assert not window.seen('button', words.post_it)
    form = ServerDialog(window, 'hote3').modify()
    form.toggle(words.imap)
    form.click(('button', words.save))
    window.wait_message(words.updated.format('hote3'))
    window.client.window(words.mail_server).press('Escape')
    assert window.find('button', words.post_it_count.format(1)).description() == words.one_waits.format(1)
    post_it = open_post_it(window, 1)
    post_it.wait_text(words.to_apply)
    change = words.change_updated.format('IMAP, SMTP in, SMTP out', 'SMTP in, SMTP out')
    post_it.wait_text(change)
    assert post_it.seen('row', f'hote3, {change}').had('focusable')
    shot('post-it')
    assert applied_roles(applying) == [(1, 1, 1)]
    post_it.click(('button', words.validate))
    post_it.wait_text(words.configuring)
    shot('post-it-running')
    post_it.wait_text(words.applied)
    shot('post-it-applied')
    assert applied_roles(applying) == [(0, 1, 1)]
    post_it.press('Escape')
    post_it.wait_closed()
    wait_for('the post-it to go', lambda: not any(
        widget.is_a('button') and widget.name.startswith(words.post_it) and widget.extents()
        for widget in window.look()))
    window.wait_waiting()


def test_failure_is_said_and_tried_again(applying, sign_in, words, shot):
    """The update program fails: its reason is shown, nothing is applied, and Try again applies it."""
    put(applying, 'slow', '0')
    failure = put(applying, 'fail')
    change_server(applying.database, 'hote3', smtp_out=False)
    window = sign_in(applying)
    post_it = open_post_it(window, 1)
    post_it.click(('button', words.validate))
    post_it.wait_text(words.apply_failed)
    wait_for(lambda: f'the reason; there is {post_it.labels()}',
             lambda: any(REASON in label for label in post_it.labels()))
    shot('post-it-failed')
    assert applied_roles(applying) == [(1, 1, 1)]
    failure.unlink()
    # The button that was pressed has the focus again.
    post_it.wait_focus('button', words.try_again)
    post_it.press('space')
    post_it.wait_text(words.applied)
    assert applied_roles(applying) == [(1, 1, 0)]


@once
def test_who_may_not_apply_sees_none(applying, sign_in, words):
    """The delegate may change, but not apply: no post-it, though something waits."""
    change_server(applying.database, 'hote3', smtp_out=False)
    window = sign_in(applying, login='delegue@exemple.fr')
    window.search()
    window.wait_waiting('hote3')
    assert not window.seen('button', words.post_it_count.format(1))


@once
def test_by_keyboard(applying, sign_in, words):
    """Ctrl+U opens it, Escape closes it; the button in it has the focus, and the space bar presses that."""
    change_server(applying.database, 'hote3', imap=False)
    window = sign_in(applying)
    window.find('button', words.post_it_count.format(1))
    window.press('ctrl+u')
    post_it = Popover(window, words.post_it)
    post_it.press('Escape')
    wait_for('the end of the popover', lambda: not post_it.is_open())
    window.press('ctrl+u')
    post_it = Popover(window, words.post_it)
    post_it.wait_focus('button', words.validate)
    post_it.press('space')
    post_it.wait_text(words.applied)
    assert applied_roles(applying) == [(0, 1, 1)]
