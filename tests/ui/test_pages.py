# SPDX-License-Identifier: GPL-3.0-or-later
"""One continuous list of 100 000 mail servers: result pages jump in it and follow the scrolling."""

import pytest

from .conftest import MANY, once
from .database import rows
from .wait import wait_for

LINES = 10
PAGES = MANY // LINES


@pytest.fixture(scope='module')
def names(many):
    """All host names, in the order of the list."""
    return [name for name, *_rest in rows(many.database)]


@pytest.fixture
def window(many, sign_in):
    """The main window with everything found."""
    window = sign_in(many)
    window.search()
    window.wait_found(MANY)
    window.wait_foot(MANY, PAGES)
    window.wait_rows(rows(many.database, limit=50))
    return window


def wait_top(window, many, position):
    """Waits until the row at `position` is the first in view, with the rows that belong below it."""
    wanted = rows(many.database, limit=30, offset=position)
    wait_for(lambda: f'{wanted[0]} at the top; there are {window.rows()[:2]}...',
             lambda: (seen := window.rows()) and len(seen) > 8 and seen == wanted[:len(seen)])


def wait_end(window, many):
    """Waits until the last rows are in view, right to the last one."""
    wanted = rows(many.database, limit=LINES, offset=MANY - LINES)
    wait_for(lambda: f'{wanted[-1]} at the end; there are {window.rows()[-2:]}',
             lambda: window.rows()[-LINES:] == wanted)


def wait_page_in_view(window, names, than=1):
    """Waits until the current page is further than `than`, and one that is in view. Returns it."""
    def follows():
        seen = window.rows()
        page = window.page()
        if not seen or page is None or page <= than or seen[0][0] not in names:
            return None
        top = names.index(seen[0][0])
        return page if top // LINES + 1 <= page <= (top + len(seen) - 1) // LINES + 1 else None
    return wait_for(lambda: f'a page in view after {than}; it is {window.page()} with {window.rows()[:1]}', follows)


def test_jump_to_the_last_page(window, many, words, shot):
    """The last page of 100 000: its rows are the database's last ones; then back to the first."""
    window.click(('button', words.last_page))
    window.wait_page(PAGES)
    wait_end(window, many)
    assert window.selected() == rows(many.database, limit=1, offset=MANY - LINES)[0]
    shot('last-page-of-100000')
    window.click(('button', words.first_page))
    window.wait_page(1)
    wait_top(window, many, 0)


def test_page_links(window, many, words, shot):
    """A number, next and previous: the page's first row comes to the top."""
    window.click(('button', '7'))
    window.wait_page(7)
    wait_top(window, many, 6 * LINES)
    for name, page in ((words.next_page, 8), (words.next_page, 9), (words.previous_page, 8)):
        window.click(('button', name))
        window.wait_page(page)
        wait_top(window, many, (page - 1) * LINES)
    shot('result-pages')


@once
def test_page_links_come_in_blocks_of_ten(window, words):
    """As in OBM: 1 to 10, then 11 to 20."""
    def links():
        return [widget.name for widget in window.look()
                if widget.is_a('button') and widget.name.isdigit() and window.shows(widget)]
    assert links() == [str(page) for page in range(1, 11)]
    window.click(('button', '10'))
    window.wait_page(10)
    window.click(('button', words.next_page))
    window.wait_page(11)
    assert links() == [str(page) for page in range(11, 21)]


@once
def test_page_follows_the_wheel(window, names, shot):
    """Scrolling shows what comes into view, and the current page goes with it."""
    window.wheel_list(15)
    page = wait_page_in_view(window, names)
    shot('scrolled')
    window.wheel_list(15)
    wait_page_in_view(window, names, than=page)


@once
def test_page_follows_the_keyboard(window, names, many):
    """Page Down goes on row by row; End goes to the very end, Home back."""
    window.click(window.find_row(names[0]))
    page = 1
    for _press in range(2):
        window.press('Page_Down', 'Page_Down')
        page = wait_page_in_view(window, names, than=page)
    window.press('End')
    wait_end(window, many)
    window.wait_page(PAGES)
    window.press('Home')
    wait_top(window, many, 0)
    window.wait_page(1)


@once
def test_sort_of_many(window, many, words):
    """Another order, from its beginning; and its last page is the database's."""
    window.click(('button', words.last_page))
    wait_end(window, many)
    window.sort(words.ip)
    wanted = rows(many.database, 'ip', limit=50)
    window.wait_rows(wanted)
    window.wait_page(1)
    window.click(('button', words.last_page))
    wanted = rows(many.database, 'ip', limit=LINES, offset=MANY - LINES)
    wait_for(lambda: f'{wanted[-1]} at the end; there are {window.rows()[-2:]}',
             lambda: window.rows()[-LINES:] == wanted)
