# SPDX-License-Identifier: GPL-3.0-or-later
"""The hosts an administrator chooses from."""

import pytest

from .obm21 import GLOBAL
from .town import ordered, search


def expected(town, domain, name='', ip='', available=False, sort='name', order='asc'):
    """The ids the contract wants."""
    rows = search(town.of(domain, town.machines), name, ip)
    if available:
        rows = [row for row in rows if not row.server]
    return [row.id for row in ordered(rows, sort, order)]


@pytest.mark.parametrize('login,domain',
                         [('admin1', 'one'), ('delegue1', 'one'), ('admin2', 'two'), ('admin0', 'one'),
                          ('admin0', 'two'), ('admin0', None)])
@pytest.mark.parametrize('available', [False, True])
def test_hosts_of_the_domain(town, login, domain, available):
    """Only the domain's, all on the global key; `available=true` leaves out mail servers."""
    number = getattr(town, domain) if domain else GLOBAL
    query = {'available': 'true'} if available else {}
    answer = town.client(login).read(town.path(number, '/hosts'), rows=100, **query)
    wanted = expected(town, number, available=available)
    assert ([row['id'] for row in answer['datas']], answer['length']) == (wanted, len(wanted))


def test_hosts_of_the_global_domain_are_not_a_domain_s(town):
    """The manual: hosts of another domain are not in the list, the global one's neither."""
    names = [row['name'] for row in town.client().rows(town.path(town.one, '/hosts'), rows=100)]
    assert 'libre2' in names and 'libre-global' not in names and 'global' not in names


@pytest.mark.parametrize('name',
                         ['lib', 'LIBRE1', '*e*2', 'hote', '%', '_', "o'", 'back\\', '[', 'nope', '*', 'é'])
def test_name_criterion(town, name):
    """The same rule as for mail servers."""
    ids = town.client().ids(town.path(town.one, '/hosts'), rows=100, name=name)
    assert ids == expected(town, town.one, name=name)


@pytest.mark.parametrize('ip', ['192', '0.5', '0.50', '162*5', '.', '%', '_', 'abc'])
def test_ip_criterion(town, ip):
    """The same rule as for mail servers."""
    ids = town.client().ids(town.path(town.one, '/hosts'), rows=100, ip=ip)
    assert ids == expected(town, town.one, ip=ip)


@pytest.mark.parametrize('sort', ['name', 'ip'])
@pytest.mark.parametrize('order', ['asc', 'desc'])
@pytest.mark.parametrize('available', [False, True])
def test_criteria_and_order_together(town, sort, order, available):
    """Name, availability and order in one request."""
    query = {'available': 'true'} if available else {}
    ids = town.client('admin0').ids(town.path(GLOBAL, '/hosts'), rows=100, name='*o', sort=sort, order=order,
                                    **query)
    assert ids == expected(town, GLOBAL, name='*o', sort=sort, order=order, available=available)


def test_pages_of_what_is_available(town):
    """A page counts just the rows that are left, and the length is theirs."""
    client, path = town.client('admin0'), town.path(GLOBAL, '/hosts')
    wanted, seen = expected(town, GLOBAL, available=True), []
    assert len(wanted) > 2
    for page in range(1, len(wanted) // 2 + 2):
        answer = client.read(path, available='true', rows=2, page=page)
        assert answer['length'] == len(wanted)
        seen += [row['id'] for row in answer['datas']]
    assert seen == wanted


def test_every_member(town):
    """Each host says which mail server it is, if any."""
    rows = {row['id']: row for row in town.client('admin0').rows(town.path(GLOBAL, '/hosts'), rows=100)}
    assert set(rows) == {machine.id for machine in town.machines}
    for machine in town.machines:
        assert rows[machine.id] == {'id': machine.id, 'name': machine.name, 'ip': machine.ip, 'fqdn': None,
                                    'description': '', 'domain': machine.domain,
                                    'mailserver_id': machine.server}


def test_available_false_hides_nothing(town):
    """Saying "no" to the filter is the same as not asking for it."""
    path = town.path(town.one, '/hosts')
    assert town.client().ids(path, rows=100, available='false') == town.client().ids(path, rows=100)


@pytest.mark.generations('2.1')
def test_a_host_with_two_rows_is_listed_once(scratch):
    """Both rows are mail servers; the host tells the lowest id, whatever their order in the table."""
    host = scratch.obm.add_host('hote1', scratch.one, '192.162.0.1')
    scratch.obm.add_host('libre', scratch.one)
    scratch.obm.add_server(host, 'imap', mailserver_id=20)
    scratch.obm.add_server(host, 'smtp_in', mailserver_id=10)
    scratch.obm.add_server(host, 'smtp_out', mailserver_id=30)
    answer = scratch.admin.read(scratch.path + '/hosts')
    assert (answer['length'], [row['mailserver_id'] for row in answer['datas']]) == (2, [10, None])
    available = scratch.admin.read(scratch.path + '/hosts', available='true')
    assert (available['length'], [row['name'] for row in available['datas']]) == (1, ['libre'])
    pages = [scratch.admin.ids(scratch.path + '/hosts', rows=1, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [1, 1, 0]


@pytest.mark.generations('2.1')
def test_a_mail_server_without_roles_is_not_available(scratch):
    """In OBM 2.1 a row with three zeros still takes its host."""
    server = scratch.obm.add_host_server('hote1', scratch.one)
    assert scratch.admin.rows(scratch.path + '/hosts')[0]['mailserver_id'] == server
    assert scratch.admin.read(scratch.path + '/hosts', available='true')['length'] == 0


def test_availability_follows_the_table(scratch):
    """A host becomes free when its mail server goes, and is taken when one comes."""
    path = scratch.path + '/hosts'
    host = scratch.obm.add_host('hote1', scratch.one)
    assert scratch.admin.ids(path, available='true') == [host]
    server = scratch.obm.add_server(host, 'imap')
    assert scratch.admin.ids(path, available='true') == []
    scratch.obm.delete_server(server)
    assert scratch.admin.ids(path, available='true') == [host]


def test_a_description(scratch):
    """As OBM has it; NULL is null or nothing."""
    scratch.obm.add_host('a', scratch.one, description='Boîtes "aux" lettres\n2e étage')
    host = scratch.obm.add_host('b', scratch.one)
    scratch.obm.database.execute('UPDATE Host SET host_description = NULL WHERE host_id = ?', host)
    one, two = scratch.admin.rows(scratch.path + '/hosts')
    assert one['description'] == 'Boîtes "aux" lettres\n2e étage'
    assert two.get('description') in (None, '')


def test_an_orphan_row_takes_no_host(scratch):
    """A MailServer row whose host is gone must not show as a host."""
    host = scratch.obm.add_host('hote1', scratch.one)
    scratch.obm.add_server(host, 'imap')
    scratch.obm.delete_host(host)
    assert scratch.root.read(scratch.root_path + '/hosts')['length'] == 0
