# SPDX-License-Identifier: GPL-3.0-or-later
"""Which mail servers a search finds."""

import itertools

import pytest

from .obm21 import GLOBAL, ROLES
from .town import ordered, search

NAMES = ['', 'h', 'hote', 'HOTE', 'hOtE1', 'hote1', 'ote', '*ote', 'h*1', 'hote*0', '*', '**', '*1*', 'h**1',
         'mx', 'mx_', 'mx_1', 'a', 'a%', '%', '_', 'a_b', '%ote', "o'", "'", '*\'', "'; DROP TABLE Host; --",
         "' OR '1'='1", 'back\\', '\\', '*\\', '\\%', '\\_', '*\\*', 'quote"', '"', 'é', 'été', 'étaGE',
         'ete', 'star*', 'star*name', 'star**', '[', '[a', '[a-z]', '[h]ote', '?', 'a?', 'hot?', 'sp ',
         'sp a', 'ace', ' hote1', 'hote1 ', '🦊', 'zz', 'nope', 'x' * 3000, '*' * 40 + '1', '*e' * 1000,
         '*a*b*', '&', '</', '--', ';', '{', '$1', '?1', ':name', '%s%n', '\u2028', '*\u2028']
ADDRESSES = ['', '1', '192', '192.162', '162.0', '0.1', '0.10', '.', '2.168', '1*2', '192*1', '*1', '10.',
             '10.0', '%', '_', '192_162', '0.%', "'", '\\', 'abc', 'ABC', 'b', '300', '255.255.255.255',
             '255.255.255.2550', '9' * 3000, '*.*', ' ']
TRISTATE = [{role: value for role, value in zip(ROLES, values) if value is not None}
            for values in itertools.product((None, True, False), repeat=3)]


def found(town, login, domain, **query):
    """The ids a search finds, and the length it tells."""
    answer = town.client(login).read(town.path(domain, '/mailservers'), rows=1000, **query)
    return [row['id'] for row in answer['datas']], answer['length']


def expected(town, domain, **criteria):
    """The same, by the contract."""
    rows = ordered(search(town.of(domain, town.servers), **criteria))
    return [row.id for row in rows], len(rows)


@pytest.mark.parametrize('name', NAMES, ids=lambda name: repr(name[:20]))
def test_name_criterion(town, name):
    """A prefix without regard to case; `*` any text; `%`, `_`, quotes and backslashes are themselves."""
    assert found(town, 'admin1', town.one, name=name) == expected(town, town.one, name=name)


@pytest.mark.parametrize('name,hosts', [
    ('hote', ['hote1', 'hote10', 'hote2', 'Hote3', 'HOTE4']), ('hote1', ['hote1', 'hote10']),
    ('h*1', ['hote1', 'hote10']), ('*1', ['hote1', 'hote10', 'mx-1', 'mx_1', 'mxa1']), ('mx_', ['mx_1']),
    ('a%', ['a%b']), ("o'", ["o'neil"]), ('\\', []), ('*\\', ['back\\slash']), ('é', ['étage', 'été']),
    ('e', ['ete']), ('%', []), ('ote', [])])
@pytest.mark.generations('2.1')
def test_name_criterion_by_hand(town, name, hosts):
    """The same without the reference in town.py."""
    rows = town.client().rows(town.path(town.one, '/mailservers'), name=name, rows=100)
    assert [row['host']['name'] for row in rows] == hosts


@pytest.mark.parametrize('ip', ADDRESSES, ids=lambda ip: repr(ip[:20]))
def test_ip_criterion(town, ip):
    """Anywhere in the address; a host without one matches only the empty criterion."""
    assert found(town, 'admin1', town.one, ip=ip) == expected(town, town.one, ip=ip)


@pytest.mark.parametrize('ip,hosts', [
    ('162.0.1', ['hote1', 'hote10']), ('0.2', ['a%b', 'ete', 'hote2', 'sp ace', '🦊</script>&\u2028']),
    ('192*10', ['hote10']), ('_', []), ('abc', ['quote"d'])])
def test_ip_criterion_by_hand(town, ip, hosts):
    """The same without the reference in town.py."""
    rows = town.client().rows(town.path(town.one, '/mailservers'), ip=ip, rows=100)
    assert [row['host']['name'] for row in rows] == hosts


@pytest.mark.parametrize('roles', TRISTATE, ids=str)
def test_role_criteria(town, roles):
    """true: has it; false: lacks it; absent: either; AND-ed."""
    query = {role: str(value).lower() for role, value in roles.items()}
    assert found(town, 'admin1', town.one, **query) == expected(town, town.one, **roles)


@pytest.mark.parametrize('name,ip,roles', [
    ('hote', '192', {'imap': True}), ('HOTE', '0.1', {}), ('*1', '10.', {'smtp_in': True, 'imap': False}),
    ('m', '10', {'imap': False, 'smtp_in': False, 'smtp_out': False}), ('hote', '172', {}),
    ('', '', {'smtp_out': True})])
def test_criteria_are_anded(town, name, ip, roles):
    """Every criterion narrows the search."""
    query = {role: str(value).lower() for role, value in roles.items()}
    wanted = expected(town, town.one, name=name, ip=ip, **roles)
    assert found(town, 'admin1', town.one, name=name, ip=ip, **query) == wanted


@pytest.mark.parametrize('login,domain',
                         [('admin1', 'one'), ('delegue1', 'one'), ('admin2', 'two'), ('admin3', 'empty'),
                          ('admin0', 'one'), ('admin0', 'two'), ('admin0', 'empty'), ('admin0', None)])
@pytest.mark.parametrize('name', ['', 'hote', '*o'])
def test_only_the_domain_is_searched(town, login, domain, name):
    """A domain's mail servers are those of its hosts; the global key has everybody's."""
    number = getattr(town, domain) if domain else GLOBAL
    assert found(town, login, number, name=name) == expected(town, number, name=name)


def test_rows_say_what_the_database_says(town):
    """A member that is not the column it should be."""
    path = town.path(GLOBAL, '/mailservers')
    rows = {row['id']: row for row in town.client('admin0').rows(path, rows=100)}
    for server in town.servers:
        row = rows[server.id]
        assert row['host'] == {'id': server.host, 'name': server.name, 'ip': server.ip, 'fqdn': None}
        assert [row[role] for role in ROLES] == [getattr(server, role) for role in ROLES]
        assert row['domain'] == server.domain
        assert row['editable'] is True


def test_rows_lead_to_themselves(town):
    """A `url` that does not give the same object."""
    client = town.client('admin0')
    for domain in (GLOBAL, town.one):
        rows = client.rows(town.path(domain, '/mailservers'), rows=100)
        for row in (rows[0], rows[len(rows) // 2], rows[-1]):
            assert client.read(row['url']) == row


def test_encoded_query_is_decoded_once(town):
    """%25 is a percent sign, not the beginning of another escape."""
    client = town.client()
    path = town.path(town.one, '/mailservers')
    by_hand = [row['host']['name'] for row in client.rows(path + '?name=a%25')]
    assert by_hand == ['a%b']
    assert client.read(path + '?name=a%2525')['length'] == 0
    assert client.read(path + '?name=%68ote1&rows=1')['length'] == 2
    assert client.read(path + '?n%61me=hote1')['length'] == 2


@pytest.mark.generations('2.1')
def test_a_host_with_two_rows_is_found_twice(scratch):
    """OBM 2.1 lets it happen: each row is a mail server of its own, with its own roles."""
    host = scratch.obm.add_host('hote1', scratch.one, '192.162.0.1')
    scratch.obm.add_host_server('autre', scratch.one, 'imap')
    one, two = scratch.obm.add_server(host, 'imap'), scratch.obm.add_server(host, 'smtp_in')
    path = scratch.path + '/mailservers'
    answer = scratch.admin.read(path, name='hote1')
    assert (answer['length'], [row['id'] for row in answer['datas']]) == (2, [one, two])
    assert [row['host']['id'] for row in answer['datas']] == [host, host]
    assert len({row['etag'] for row in answer['datas']}) == 2
    assert scratch.admin.ids(path, name='hote1', smtp_in='true') == [two]
    assert [scratch.admin.ids(path, name='hote1', rows=1, page=page) for page in (1, 2, 3)] == [[one], [two], []]


@pytest.mark.parametrize('role', ROLES)
@pytest.mark.generations('2.1')
def test_a_null_role_is_no_role(scratch, role):
    """OBM's role columns may be NULL: `false` must find such a row, and it shows as false."""
    server = scratch.obm.add_host_server('nul', scratch.one, *ROLES)
    scratch.obm.change_server(server, **{role: None})
    path = scratch.path + '/mailservers'
    assert scratch.admin.ids(path, **{role: 'false'}) == [server]
    assert scratch.admin.ids(path, **{role: 'true'}) == []
    assert scratch.admin.rows(path)[0][role] is False
