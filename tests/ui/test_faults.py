# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers that are late or do not come: what shows meanwhile, and how one goes on."""

import pytest

from .conftest import ADMIN, MANY, PASSWORD, once
from .database import rows
from .dialogs import ConnectionDialog
from .proxy import Proxy
from .wait import wait_for

LIST = '/mailservers[?]'


@pytest.fixture
def proxy(many):
    """A proxy before the gateway with very many mail servers."""
    with Proxy(many) as proxy:
        yield proxy


@pytest.fixture
def small(demo):
    """A proxy before the manual's gateway."""
    with Proxy(demo) as proxy:
        yield proxy


def last_rows(proxy, number=10):
    """The end of the list."""
    return rows(proxy.database, limit=number, offset=MANY - number)


def test_rows_show_that_they_load(proxy, sign_in, words, shot):
    """A jump to rows that are not there yet shows them as loading; they come where they stand."""
    window = sign_in(proxy)
    window.search()
    window.wait_found(MANY)
    window.wait_rows(rows(proxy.database, limit=50))
    proxy.rule('hold', LIST)
    window.click(('button', words.last_page))
    window.wait_page(MANY // 10)
    loading = (words.loading, '', False, False, False)
    wait_for(lambda: f'loading rows; there are {window.rows()[:2]}',
             lambda: (seen := window.rows()) and all(row == loading for row in seen))
    shot('rows-loading')
    proxy.heal()
    wait_for(lambda: f'the last rows; there are {window.rows()[-2:]}',
             lambda: window.rows()[-10:] == last_rows(proxy))


def test_page_that_fails_is_retried_where_it_stands(proxy, sign_in, words, shot):
    """Rows that cannot be read say so; Retry brings them, and the place is kept."""
    window = sign_in(proxy)
    window.search()
    window.wait_found(MANY)
    proxy.rule('error', LIST)
    window.click(('button', words.last_page))
    failed = (words.page_failed, '', False, False, False)
    wait_for(lambda: f'failed rows; there are {window.rows()[:2]}',
             lambda: (seen := window.rows()) and all(row == failed for row in seen))
    shot('page-failed')
    proxy.heal()
    row = window.row_widgets()[0]
    window.click(next(widget for widget in row.descendants() if widget.is_a('button') and widget.name == words.retry))
    wait_for(lambda: f'the last rows; there are {window.rows()[-2:]}',
             lambda: window.rows()[-10:] == last_rows(proxy))
    window.wait_page(MANY // 10)
    window.wait_found(MANY)


@once
def test_page_that_fails_is_retried_by_keyboard(proxy, sign_in, words):
    """Enter on a row that could not be read tries again; where rows have names, it says so."""
    window = sign_in(proxy)
    window.press('Return')
    window.wait_found(MANY)
    proxy.rule('cut', LIST)
    window.press('alt+End')
    wait_for(lambda: f'failed rows; there are {window.rows()[:2]}',
             lambda: (window.rows() or [('',)])[-1][0] == words.page_failed)
    proxy.heal()
    window.tab_until('in the list', window.has_focused_row)
    if window.client.gtk_version >= (4, 12):
        assert {row.name for row in window.row_widgets()} == {f'{words.page_failed} {words.enter_retries}'}
    window.press('Return')
    wait_for(lambda: f'the last rows; there are {window.rows()[-2:]}',
             lambda: window.rows()[-10:] == last_rows(proxy))


def test_search_that_fails(small, sign_in, words, shot):
    """A search without an answer says so; Retry repeats it."""
    window = sign_in(small)
    small.rule('cut', LIST)
    window.search(name='hote1')
    window.wait_text(words.search_failed)
    window.wait_text(words.unreachable)
    shot('search-failed')
    small.heal()
    window.click(('button', words.retry))
    window.wait_rows(rows(small.database, where="host_name = 'hote1'"))
    assert window.criteria()[0] == 'hote1'


@once
def test_focus_is_lost_by_retrying(small, sign_in, words):
    """Retry by keyboard: the focus is on Retry again when it failed again, in the list when it did not."""
    window = sign_in(small)
    small.rule('cut', LIST)
    window.press('Return')
    window.wait_text(words.search_failed)
    window.tab_until('on Retry', lambda: window.has_focus('button', words.retry))
    asked = len(small.asked(LIST))
    window.press('Return')
    wait_for('another request', lambda: len(small.asked(LIST)) > asked)
    window.wait_focus('button', words.retry)
    small.heal()
    window.press('Return')
    window.wait_found(3)
    wait_for(lambda: f'the focus in the list; it is on {window.focused()!r}', window.has_focused_row)
    window.press('Down', 'Return')
    window.client.window(words.mail_server)


@once
def test_database_that_is_away(small, sign_in, words):
    """The gateway without its database has a sentence of its own."""
    window = sign_in(small)
    small.rule('error', LIST)
    window.search()
    window.wait_text(words.database_away)
    small.heal()
    window.search()
    window.wait_found(3)


def test_slow_search_shows_that_it_goes_on(small, sign_in, words, shot):
    """A late answer is announced; the form can be used meanwhile, and what was asked last is what shows."""
    window = sign_in(small)
    small.rule('hold', LIST)
    window.search(name='hote1')
    window.find(None, words.searching)
    shot('searching')
    window.search(name='hote2')
    wait_for('the second request', lambda: len(small.asked(LIST)) >= 2)
    small.heal()
    window.wait_found(1)
    window.wait_rows(rows(small.database, where="host_name = 'hote2'"))
    window.wait_gone(None, words.searching)


@once
def test_results_stay_until_the_next_ones_come(small, sign_in, words):
    """During the next search the last result is still there to be read."""
    window = sign_in(small)
    window.search()
    window.wait_rows(rows(small.database))
    small.rule('hold', LIST)
    window.search(name='hote2')
    window.find(None, words.searching)
    assert window.rows() == rows(small.database)
    small.heal()
    window.wait_rows(rows(small.database, where="host_name = 'hote2'"))


@once
def test_slow_sign_in_can_be_cancelled(small, start, words, shot):
    """While signing in takes its time, the dialog says so and can be closed."""
    small.rule('hold', '')
    client = start()
    dialog = ConnectionDialog(client)
    dialog.enter(small.url, ADMIN, PASSWORD)
    dialog.connect()
    dialog.find(None, words.signing_in)
    shot('signing-in')
    dialog.press('Escape')
    dialog.wait_closed()
    client.window(words.mail_servers).wait_text(words.not_connected)


@once
def test_rows_are_read_only_once(proxy, sign_in):
    """Scrolling back does not ask again for what was read just before."""
    window = sign_in(proxy)
    window.search()
    window.wait_rows(rows(proxy.database, limit=50))
    before = len(proxy.asked(LIST))
    window.wheel_list(3)
    wait_for('the list to move', lambda: window.rows() and window.rows()[0] != rows(proxy.database, limit=1)[0])
    window.wheel_list(-3)
    window.wait_rows(rows(proxy.database, limit=50))
    asked = proxy.asked(LIST)[before:]
    assert len(asked) == len(set(asked)) <= 2
