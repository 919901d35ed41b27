# SPDX-License-Identifier: GPL-3.0-or-later
"""Sorting by a click on a heading: the backend's order, on all five columns, up and down."""

import pytest

from .conftest import once
from .database import COLUMNS, rows


@pytest.mark.parametrize('column', COLUMNS)
def test_heading_sorts(column, mixed, sign_in, words, shot):
    """The first click sorts up, the second down; the list starts sorted up by host."""
    window = sign_in(mixed)
    window.search()
    window.wait_rows(rows(mixed.database))
    ways = [False, True] if column != 'host' else [True, False]
    for descending in ways:
        wanted = rows(mixed.database, column, descending)
        assert wanted != rows(mixed.database, column, not descending)
        window.sort(getattr(words, column))
        window.wait_rows(wanted)
        window.wait_found(len(wanted))
        shot(f'sort-by-{column.replace("_", "-")}-{"down" if descending else "up"}')


@once
def test_sort_keeps_the_search(mixed, sign_in, words):
    """Sorting shows the same search again: not what was typed since, which stays typed."""
    window = sign_in(mixed)
    window.search(name='al')
    where = "host_name LIKE 'al%'"
    window.wait_rows(rows(mixed.database, where=where))
    window.fill(words.name, 'zeta')
    window.sort(words.ip)
    window.wait_rows(rows(mixed.database, 'ip', where=where))
    assert window.criteria()[0] == 'zeta'


@once
def test_search_keeps_the_order(mixed, sign_in, words):
    """Another search comes in the order that was chosen."""
    window = sign_in(mixed)
    window.search()
    window.wait_rows(rows(mixed.database))
    window.sort(words.ip)
    window.wait_rows(rows(mixed.database, 'ip'))
    window.search(smtp_in=True)
    window.wait_rows(rows(mixed.database, 'ip', where='mailserver_smtp_in = 1'))
