# SPDX-License-Identifier: GPL-3.0-or-later
"""In which order lists come, and that pages neither repeat nor skip a row."""

import pytest

from .obm21 import GLOBAL, ROLES
from .town import address, ordered

SERVER_SORTS = ['host', 'ip', *ROLES]
ORDERS = ['asc', 'desc']
SIZES = [1, 2, 3, 7, 22, 23, 24, 1000]


def server_ids(town, **query):
    """The ids of domain one's mail servers as they come."""
    return town.client().ids(town.path(town.one, '/mailservers'), **query)


def machine_ids(town, **query):
    """The ids of domain one's hosts as they come."""
    return town.client().ids(town.path(town.one, '/hosts'), **query)


@pytest.mark.parametrize('order', ORDERS)
@pytest.mark.parametrize('sort', SERVER_SORTS)
def test_mail_servers_in_order(town, sort, order):
    """By name, address or role, both ways, ties by id."""
    wanted = [row.id for row in ordered(town.of(town.one, town.servers), sort, order)]
    assert server_ids(town, sort=sort, order=order, rows=1000) == wanted


@pytest.mark.parametrize('order', ORDERS)
@pytest.mark.parametrize('sort', ['name', 'ip'])
def test_hosts_in_order(town, sort, order):
    """The same rules for hosts."""
    wanted = [row.id for row in ordered(town.of(town.one, town.machines), sort, order)]
    assert machine_ids(town, sort=sort, order=order, rows=1000) == wanted


def test_default_order(town):
    """Without sort and order: by name, ascending."""
    assert server_ids(town, rows=1000) == server_ids(town, sort='host', order='asc', rows=1000)
    assert server_ids(town, sort='ip', rows=1000) == server_ids(town, sort='ip', order='asc', rows=1000)
    assert server_ids(town, order='desc', rows=1000) == server_ids(town, sort='host', order='desc', rows=1000)
    assert machine_ids(town, rows=1000) == machine_ids(town, sort='name', order='asc', rows=1000)


def test_names_by_hand(scratch):
    """Bytes of the ASCII-lower-cased name: capitals among small letters, accents and others after z."""
    for name in ['zz', 'été', 'B', 'a', 'Éa', 'C', 'b2', 'b10', 'b-', 'b_', '9', 'A1', 'ß', 'ç', '🦊', 'Z']:
        scratch.obm.add_host_server(name, scratch.one, 'imap')
    rows = scratch.admin.rows(scratch.path + '/mailservers', rows=100)
    assert [row['host']['name'] for row in rows] == ['9', 'a', 'A1', 'B', 'b-', 'b10', 'b2', 'b_', 'C', 'Z',
                                                     'zz', 'Éa', 'ß', 'ç', 'été', '🦊']


ADDRESSES = ['10.0.0.10', '10.0.0.2', '9.255.255.255', '100.0.0.0', '10.0.1.0', '0.0.0.0', '255.255.255.255',
             '10.0.0.2', '192.162.0.100', '192.162.0.20', '192.162.0.3', '128.0.0.1', '127.255.255.255']
BAD = [None, '', 'abc', '1.2.3', '1.2.3.4.5', '256.1.1.1', '1.2.3.256', '1.2.3.-4', '1.2.3.4x', 'x1.2.3.4',
       '1..2.3', '.1.2.3', '1.2.3.', '1e1.0.0.1', '1.2.3.4e0', '999999999.1.1', '0x10.0.0.1', '1,2,3,4',
       '4294967296', '....']


@pytest.mark.parametrize('order', ORDERS)
@pytest.mark.parametrize('target', ['/mailservers', '/hosts'])
def test_addresses_by_hand(scratch, target, order):
    """...0.2 before ...0.10, and what is no address comes last whatever the order, by id."""
    mixed = [value for pair in zip(BAD, ADDRESSES) for value in pair] + BAD[len(ADDRESSES):]
    for number, ip in enumerate(mixed):
        scratch.obm.add_host_server(f'h{number}', scratch.one, 'imap', ip=ip)
    rows = scratch.admin.rows(scratch.path + target, sort='ip', order=order, rows=100)
    seen = [(row.get('host', row)['ip'], row['id']) for row in rows]
    good, last = seen[:len(ADDRESSES)], seen[len(ADDRESSES):]
    wanted = sorted(ADDRESSES, key=address, reverse=order == 'desc')
    assert [ip for ip, _id in good] == wanted
    assert last == sorted(last, key=lambda pair: pair[1])
    assert {ip for ip, _id in last} == set(BAD)
    ties = [number for ip, number in good if ip == '10.0.0.2']
    assert ties == sorted(ties)


@pytest.mark.parametrize('order', ORDERS)
@pytest.mark.parametrize('sort', SERVER_SORTS)
@pytest.mark.parametrize('rows', SIZES)
def test_pages_cover_everything_once(town, sort, order, rows):
    """Page after page gives the whole list, even where most rows tie."""
    whole = [row.id for row in ordered(town.of(town.one, town.servers), sort, order)]
    seen = []
    for page in range(1, len(whole) // rows + 2):
        answer = town.client().read(town.path(town.one, '/mailservers'), sort=sort, order=order, rows=rows,
                                    page=page)
        assert (answer['length'], answer['page'], answer['rows']) == (len(whole), page, rows)
        seen.append([row['id'] for row in answer['datas']])
    assert all(len(page) == rows for page in seen[:-1])
    assert sum(seen, []) == whole


@pytest.mark.parametrize('order', ORDERS)
@pytest.mark.parametrize('rows', [1, 4, 1000])
def test_host_pages_cover_everything_once(town, order, rows):
    """The same for hosts."""
    whole = [row.id for row in ordered(town.machines, 'ip', order)]
    client, seen = town.client('admin0'), []
    for page in range(1, len(whole) // rows + 2):
        seen += client.ids(town.path(GLOBAL, '/hosts'), sort='ip', order=order, rows=rows, page=page)
    assert seen == whole


@pytest.mark.parametrize('sort', SERVER_SORTS)
@pytest.mark.parametrize('rows', [1, 5, 17])
@pytest.mark.generations('2.1')
def test_pages_cover_total_ties(scratch, sort, rows):
    """Where every row is equal, only the id tells them apart; orphans have not even a name."""
    hosts = [scratch.obm.add_host(f'h{number:02}', scratch.one, '10.0.0.1') for number in range(17)]
    servers = [scratch.obm.add_server(host, 'imap') for host in hosts]
    for host in hosts:
        scratch.obm.delete_host(host)
    for order in ORDERS:
        seen = []
        for page in range(1, 17 // rows + 2):
            seen += scratch.root.ids(scratch.root_path + '/mailservers', sort=sort, order=order, rows=rows,
                                     page=page)
        assert seen == servers
