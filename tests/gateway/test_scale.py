# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred thousand mail servers: the pages are right, wherever they are."""

import time

import pytest

# The tables that are filled here are those of OBM 2.1.
pytestmark = pytest.mark.generations('2.1')

COUNT = 100_000
# A page must come while somebody waits for it, even under a sanitizer on a busy machine.
PATIENCE = 15


@pytest.fixture(scope='module')
def big(new_installation, directory):
    """An installation where every tenth address is no address; nothing was ever applied."""
    from .conftest import running
    obm = new_installation()
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    obm.database.execute(
        f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {COUNT})"
        " INSERT INTO Host (host_id, host_domain_id, host_name, host_ip)"
        " SELECT i, ?, CASE i % 2 WHEN 0 THEN 'H' ELSE 'h' END || i,"
        " CASE i % 10 WHEN 0 THEN NULL"
        " ELSE '10.' || (i % 3) || '.' || (i % 251) || '.' || (i % 7) END FROM n", domain)
    obm.database.execute(
        'INSERT INTO MailServer (mailserver_id, mailserver_host_id, mailserver_imap, mailserver_smtp_in,'
        ' mailserver_smtp_out)'
        ' SELECT host_id, host_id, host_id % 2, host_id % 3 = 0, 1 FROM Host')
    with running(obm, directory) as gateway:
        yield gateway.client('admin1@exemple.fr')


def key(sort, number):
    """What a row is ordered by."""
    if sort == 'host':
        return f'h{number}'.encode()
    if sort == 'imap':
        return number % 2
    return (number % 3, number % 251, number % 7)


def whole(sort, order):
    """Every id, in order."""
    numbers = range(1, COUNT + 1)
    last = [number for number in numbers if sort == 'ip' and number % 10 == 0]
    first = sorted((number for number in numbers if sort != 'ip' or number % 10),
                   key=lambda number: key(sort, number), reverse=order == 'desc')
    return first + last


@pytest.mark.parametrize('order', ['asc', 'desc'])
@pytest.mark.parametrize('sort', ['host', 'ip', 'imap'])
def test_pages_wherever_they_are(big, sort, order):
    """First, middle and last page, of each order."""
    wanted = whole(sort, order)
    for rows, pages in ((10, (1, 5000, 10000)), (1000, (100, 101)), (7, (14286,))):
        for page in pages:
            start = time.monotonic()
            answer = big.read('/1/mailservers', sort=sort, order=order, rows=rows, page=page)
            assert time.monotonic() - start < PATIENCE
            assert answer['length'] == COUNT
            assert [row['id'] for row in answer['datas']] == wanted[(page - 1) * rows:page * rows]


def test_a_search_in_many(big):
    """Few found among many."""
    answer = big.read('/1/mailservers', name='H9999', rows=100)
    wanted = sorted((number for number in range(1, COUNT + 1) if str(number).startswith('9999')), key=str)
    assert ([row['id'] for row in answer['datas']], answer['length']) == (wanted, len(wanted))
    assert big.read('/1/mailservers', imap='true', smtp_in='true')['length'] == len(range(3, COUNT + 1, 6))
    assert big.read('/1/mailservers', ip='10.2.250.6')['length'] == sum(
        '10.2.250.6' in f'10.{n % 3}.{n % 251}.{n % 7}' for n in range(1, COUNT + 1) if n % 10)


def test_hosts_of_many(big):
    """The chooser's list."""
    assert big.ids('/1/hosts', rows=1000, page=100) == whole('host', 'asc')[-1000:]
    assert big.read('/1/hosts', available='true')['length'] == 0


def test_everything_waits(big):
    """Counts are complete; a hundred changes are listed."""
    start = time.monotonic()
    seen = big.read('/1/update')
    assert time.monotonic() - start < PATIENCE
    assert (seen['counts'], len(seen['changes'])) == ({'created': COUNT, 'updated': 0, 'deleted': 0}, 100)
