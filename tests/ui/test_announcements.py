# SPDX-License-Identifier: GPL-3.0-or-later
"""What changes on the screen is read out to those who listen to it, where GTK can: from 4.14 on."""

import pytest

from .conftest import MANY, once, put
from .database import rows
from .editing import CreateDialog, ServerDialog, change_server
from .proxy import Proxy
from .test_export import save
from .wait import wait_for

pytestmark = once


class Ears:
    """What a client said; `wait` waits for the next thing, and forgets what came before that."""

    def __init__(self, client):
        if client.gtk_version < (4, 14):
            pytest.skip('GTK cannot announce anything yet')
        self.bus = client.bus
        self.owner = client.application()[0]
        self.heard = []
        self.close = client.bus.listen('Announcement', self.hear)

    def hear(self, owner, _detail, _priority, _unused, text, _properties):
        """Takes in an announcement."""
        if owner == self.owner:
            self.heard.append(text)

    def wait(self, text):
        """Waits until just this was said."""
        def said():
            self.bus.hear()
            if text in self.heard:
                del self.heard[:self.heard.index(text) + 1]
                return True
            return False
        wait_for(lambda: f'{text!r} to be said; it was said {self.heard}', said)


@pytest.fixture
def listen():
    """listen(window) gives ears for its client."""
    ears = []

    def make(window):
        ears.append(Ears(window.client))
        return ears[-1]

    yield make
    for ear in ears:
        ear.close()


def test_results(mixed, sign_in, listen, words):
    """How many were found, again for each search; and by what they are sorted now."""
    window = sign_in(mixed)
    ears = listen(window)
    found = words.found(len(rows(mixed.database)))
    window.press('Return')
    ears.wait(found)
    window.press('ctrl+2')
    ears.wait(words.sorted_up.format(words.ip))
    ears.wait(found)
    window.press('ctrl+d')
    ears.wait(words.sorted_down.format(words.ip))
    window.press('ctrl+f')
    window.type('nobody')
    window.press('Return')
    ears.wait(words.none_found)


def test_page(many, sign_in, listen, words):
    """Which page of how many one came to."""
    window = sign_in(many)
    ears = listen(window)
    window.press('Return')
    window.wait_found(MANY)
    window.press('alt+Next')
    ears.wait(words.page_of.format('2', MANY // 10))
    window.press('alt+End')
    ears.wait(words.page_of.format(MANY // 10, MANY // 10))


def test_search_that_fails(demo, sign_in, listen, words):
    """Why there is no result."""
    with Proxy(demo) as proxy:
        window = sign_in(proxy)
        ears = listen(window)
        proxy.rule('cut', '/mailservers[?]')
        window.press('Return')
        ears.wait(words.unreachable)


def test_update(applying, sign_in, listen, words):
    """That the system is being configured, that it failed, and that it is done."""
    put(applying, 'slow', '1')
    failure = put(applying, 'fail')
    change_server(applying.database, 'hote3', smtp_out=False)
    window = sign_in(applying)
    ears = listen(window)
    window.find('button', words.post_it_count.format(1))
    window.press('ctrl+u')
    window.wait_focus('button', words.validate)
    window.press('space')
    ears.wait(words.configuring)
    ears.wait(words.apply_failed)
    failure.unlink()
    window.wait_focus('button', words.try_again)
    window.press('space')
    ears.wait(words.applied)


def test_export(demo, sign_in, listen, words, tmp_path):
    """How many were exported."""
    window = sign_in(demo)
    ears = listen(window)
    window.search()
    window.wait_found(3)
    window.press('ctrl+shift+e')
    save(window, tmp_path / 'all.csv')
    ears.wait(words.exported_many.format(3))


def test_deletion(own, sign_in, listen, words):
    """Whether it is possible; what was copied; and that it is done."""
    window = sign_in(own)
    ears = listen(window)
    window.search()
    window.wait_found(3)
    dialog = ServerDialog(window, 'hote1').delete()
    ears.wait(words.has_users)
    dialog.click(('button', words.copy))
    ears.wait(words.details_copied)
    dialog.press('Escape')
    dialog.wait_closed()
    window.client.window(words.mail_server).click(('button', words.close))
    wait_for('the dialogs to close', lambda: len(window.client.frames()) == 1)
    dialog = ServerDialog(window, 'hote3').delete()
    ears.wait(words.deletable.format('hote3'))
    dialog.click(('button', words.delete))
    wait_for('the dialogs to close', lambda: len(window.client.frames()) == 1)
    ears.wait(' '.join((words.deleted.format('hote3'), words.found(2))))


def test_host_chooser(own, sign_in, listen, words):
    """How many hosts there are, and how many are left after typing."""
    window = sign_in(own)
    ears = listen(window)
    dialog = CreateDialog(window, keyboard=True)
    dialog.wait_focus('button', words.no_host)
    dialog.press('space')
    dialog.wait_focus('entry', words.name)
    number, = own.database.execute('SELECT COUNT(*) FROM Host WHERE host_domain_id = 1')[0]
    ears.wait(words.hosts_found_many.format(number))
    dialog.type('annuaire')
    ears.wait(words.hosts_found_one.format(1))
