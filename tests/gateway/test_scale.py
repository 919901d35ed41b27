# SPDX-License-Identifier: GPL-3.0-or-later
"""A hundred thousand mail servers: the pages are right, wherever they are."""

import time

import pytest

COUNT = 100_000
# A page must come while somebody waits for it, even under a sanitizer on a busy machine.
PATIENCE = 15


# What makes each host a mail server. Odd hosts have the role imap, each third smtp_in, all smtp_out.
FILL = {
    '2.1': ['INSERT INTO MailServer (mailserver_id, mailserver_host_id, mailserver_imap, mailserver_smtp_in,'
            ' mailserver_smtp_out) SELECT host_id, host_id, host_id % 2, host_id % 3 = 0, 1 FROM Host'],
    # Entities of their own, far from those there are.
    '3.2': ['INSERT INTO Entity (entity_id, entity_mailing) SELECT host_id + 1000000, 1 FROM Host',
            'INSERT INTO HostEntity (hostentity_entity_id, hostentity_host_id) SELECT host_id + 1000000, host_id'
            ' FROM Host',
            *(f"INSERT INTO Service (service_service, service_entity_id) SELECT '{name}', host_id + 1000000 FROM Host"
              f' WHERE {condition}' for name, condition in (('imap', 'host_id % 2'), ('smtp_in', 'host_id % 3 = 0'),
                                                            ('smtp_out', '1'), ('samba', 'host_id % 5 = 0')))]}


class Big:
    """An administrator of a domain where there is much."""

    def __init__(self, client, path):
        self.client = client
        self.path = path

    def read(self, target, **query):
        """What is under the domain."""
        return self.client.read(self.path + target, **query)

    def ids(self, target, **query):
        """The ids in a list."""
        return self.client.ids(self.path + target, **query)


@pytest.fixture(scope='module')
def big(new_installation, directory, layout):
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
    for statement in FILL[layout[0]]:
        obm.database.execute(statement)
    with running(obm, directory) as gateway:
        yield Big(gateway.client('admin1@exemple.fr'), f'/{obm.key(domain)}')


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
            answer = big.read('/mailservers', sort=sort, order=order, rows=rows, page=page)
            assert time.monotonic() - start < PATIENCE
            assert answer['length'] == COUNT
            assert [row['id'] for row in answer['datas']] == wanted[(page - 1) * rows:page * rows]


def test_a_search_in_many(big):
    """Few found among many."""
    answer = big.read('/mailservers', name='H9999', rows=100)
    wanted = sorted((number for number in range(1, COUNT + 1) if str(number).startswith('9999')), key=str)
    assert ([row['id'] for row in answer['datas']], answer['length']) == (wanted, len(wanted))
    assert big.read('/mailservers', imap='true', smtp_in='true')['length'] == len(range(3, COUNT + 1, 6))
    assert big.read('/mailservers', ip='10.2.250.6')['length'] == sum(
        '10.2.250.6' in f'10.{n % 3}.{n % 251}.{n % 7}' for n in range(1, COUNT + 1) if n % 10)


def test_hosts_of_many(big):
    """The chooser's list."""
    assert big.ids('/hosts', rows=1000, page=100) == whole('host', 'asc')[-1000:]
    assert big.read('/hosts', available='true')['length'] == 0


def test_everything_waits(big):
    """Counts are complete; a hundred changes are listed."""
    start = time.monotonic()
    seen = big.read('/update')
    assert time.monotonic() - start < PATIENCE
    assert (seen['counts'], len(seen['changes'])) == ({'created': COUNT, 'updated': 0, 'deleted': 0}, 100)
