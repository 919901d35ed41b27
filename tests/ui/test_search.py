# SPDX-License-Identifier: GPL-3.0-or-later
"""Searching as the manual does: by name, by address, by role; the message line, and criteria that stay put."""

import pytest

from . import database
from .conftest import once
from .database import rows


def test_the_manual_s_search(demo, sign_in, words, shot):
    """Search without criteria: three mail servers, as the manual prints them."""
    window = sign_in(demo)
    window.wait_text(words.prompt)
    shot('search-form')
    window.search()
    window.wait_found(3)
    window.wait_rows([('hote1', '192.162.0.1', True, True, True),
                      ('hote2', '192.162.0.2', True, True, True),
                      ('hote3', '192.162.0.3', True, True, True)])
    window.wait_foot(3, 1)
    window.wait_page(1)
    shot('search-results')


CRITERIA = {
    'name': ({'name': 'al'}, "host_name LIKE 'al%'"),
    'name-with-star': ({'name': '*to'}, "host_name LIKE '%to%'"),
    'one': ({'name': 'HOTE2'}, "host_name = 'hote2'"),
    'address': ({'ip': '162.0.2'}, "host_ip LIKE '%162.0.2%'"),
    'imap': ({'imap': True}, 'mailserver_imap = 1'),
    'smtp-in': ({'smtp_in': True}, 'mailserver_smtp_in = 1'),
    'smtp-out': ({'smtp_out': True}, 'mailserver_smtp_out = 1'),
    'roles-together': ({'imap': True, 'smtp_out': True}, 'mailserver_imap = 1 AND mailserver_smtp_out = 1'),
    'everything': ({'name': 'h', 'ip': '0.3', 'smtp_in': True}, "host_name = 'hote3'"),
}


@pytest.mark.parametrize('what', CRITERIA)
def test_search_by(what, mixed, sign_in, words, shot):
    """Each criterion finds what SQL finds, and stays in the form."""
    criteria, where = CRITERIA[what]
    wanted = rows(mixed.database, where=where)
    assert 0 < len(wanted) < len(rows(mixed.database))
    window = sign_in(mixed)
    window.search(**criteria)
    window.wait_found(len(wanted))
    window.wait_rows(wanted)
    window.wait_foot(len(wanted), 1)
    assert window.criteria() == (criteria.get('name', ''), criteria.get('ip', ''),
                                 *(criteria.get(role, False) for role in database.ROLES))
    shot(f'search-by-{what}')


def test_none_found(demo, sign_in, words, shot):
    """Nothing found: OBM's sentence, no foot, and the criteria are still there to be changed."""
    window = sign_in(demo)
    window.search(name='nobody')
    window.wait_found(0)
    window.wait_text(words.no_results)
    assert not window.has_text(words.entries.format(0))
    assert window.criteria()[0] == 'nobody'
    shot('none-found')
    window.search(name='')
    window.wait_found(3)


@once
def test_enter_searches(demo, sign_in):
    """Enter in an entry searches."""
    window = sign_in(demo)
    window.fill(window.words.ip, '0.2')
    window.press('Return')
    window.wait_found(1)
    window.wait_rows(rows(demo.database, where="host_name = 'hote2'"))
