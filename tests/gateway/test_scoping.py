# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody sees another domain's things, nor whether they exist."""

import pytest

from .obm21 import GLOBAL

ROUTES = ['/session', '/mailservers', '/mailservers/1', '/mailservers/1/links', '/hosts', '/update',
          '/batches/1']
STRANGE_KEYS = ['99', '-1', '01', '1x', 'x', '+1', '1.0', '%201', '1%20', '2147483648', '4294967297',
                '18446744073709551617', '9' * 300, "1'", '1%27%20OR%201=1', '*', '%25', '_', 'exemple.fr',
                'Domains', '00', '0x1', '%C3%A9']


@pytest.mark.parametrize('route', ROUTES)
@pytest.mark.parametrize('login', ['admin1', 'delegue1', 'admin2'])
def test_foreign_domains_are_refused(town, login, route):
    """Existing or not, the answer is the same: not even its existence shows."""
    own = town.two if login == 'admin2' else town.one
    client = town.client(login)
    keys = [key for domain, key in town.keys.items() if domain != own] + ['99']
    answers = [client.get(f'/{key}{route}') for key in keys]
    assert {answer.fault for answer in answers} == {(403, 'domain.foreign')}
    assert len({answer.body for answer in answers}) == 1


@pytest.mark.parametrize('key', STRANGE_KEYS, ids=lambda key: key[:20])
@pytest.mark.generations('2.1')
def test_keys_that_are_not_the_own_one(town, key):
    """A key is compared to the letter: what a lax parser reads as the own id is foreign."""
    assert town.keys[town.one] == '1'
    assert town.client().get(f'/{key}/session').fault == (403, 'domain.foreign')
    assert town.client().get(f'/domains/{key}').fault == (403, 'domain.foreign')
    assert town.client('admin0').get(f'/{key}/session').fault == (404, 'reference.unknown')
    assert town.client('admin0').get(f'/domains/{key}').fault == (404, 'reference.unknown')


@pytest.mark.parametrize('route', ROUTES)
def test_unknown_domain_for_the_global_administrator(town, route):
    """He may know what exists."""
    assert town.client('admin0').get(f'/99{route}').fault == (404, 'reference.unknown')


@pytest.mark.parametrize('rest', ['', '/links'])
def test_a_foreign_mail_server_is_like_none(town, rest):
    """The bodies do not differ either."""
    numbers = [row.id for row in town.servers if row.domain != town.keys[town.one]]
    numbers.append(max(row.id for row in town.servers) + 100)
    for login in ('admin1', 'delegue1', 'admin0'):
        client = town.client(login)
        answers = [client.get(town.path(town.one, f'/mailservers/{number}{rest}')) for number in numbers]
        assert {answer.fault for answer in answers} == {(404, 'reference.unknown')}
        bodies = {answer.body.replace(str(number).encode(), b'N') for answer, number in zip(answers, numbers)}
        assert len(bodies) == 1
        heads = [sorted(name for name in answer.headers if name != 'Date') for answer in answers]
        assert all(head == heads[0] for head in heads)


def test_the_global_administrator_on_each_key(town):
    """A mail server is there under its own domain's key and the global one, nowhere else."""
    client = town.client('admin0')
    for server in (town.servers[0], town.servers[-1], town.servers[-2]):
        for domain, key in town.keys.items():
            status = client.get(f'/{key}/mailservers/{server.id}').status
            assert status == (200 if key in (server.domain, town.keys[GLOBAL]) else 404), (server, domain)


def test_the_global_domain_s_own_servers(town):
    """Mail servers of the global domain are not a domain administrator's."""
    server = next(row for row in town.servers if row.domain == town.keys[GLOBAL])
    assert town.client().get(town.path(town.one, f'/mailservers/{server.id}')).status == 404
    assert server.id not in town.client().ids(town.path(town.one, '/mailservers'), rows=1000)
    assert server.id in town.client('admin0').ids(town.path(GLOBAL, '/mailservers'), rows=1000)


def test_a_host_that_moves(scratch):
    """The domain of a mail server is its host's, at every request."""
    server = scratch.obm.add_host_server('hote1', scratch.one, 'imap')
    assert scratch.admin.get(f'{scratch.path}/mailservers/{server}').status == 200
    scratch.obm.database.execute('UPDATE Host SET host_domain_id = ?', scratch.two)
    assert scratch.admin.get(f'{scratch.path}/mailservers/{server}').status == 404
    assert scratch.admin.read(scratch.path + '/mailservers')['length'] == 0
    assert scratch.admin.read(scratch.path + '/hosts')['length'] == 0
    seen = scratch.other.read(f'{scratch.other_path}/mailservers/{server}')
    assert seen['domain'] == scratch.other_path[1:]


def test_a_user_who_moves(scratch):
    """The domain of the caller is read at every request too."""
    scratch.obm.change_user(scratch.user, domain_id=scratch.two)
    assert scratch.admin.get(scratch.path + '/session').status == 401
    moved = scratch.gateway.client('admin1@exemple.org')
    assert moved.read(scratch.other_path + '/session')['login'] == 'admin1'
    assert moved.get(scratch.path + '/session').fault == (403, 'domain.foreign')


def test_a_domain_that_is_gone(scratch):
    """Users of a domain that no longer exists cannot come in; its key is unknown."""
    scratch.obm.database.execute('DELETE FROM Domain WHERE domain_id = ?', scratch.two)
    assert scratch.other.get('/domains').fault == (401, 'credentials.invalid')
    assert scratch.root.get(scratch.other_path + '/session').fault == (404, 'reference.unknown')


def test_two_domains_of_one_name(scratch):
    """OBM does not forbid it: each sees its own things only, or nobody comes in; never the other's."""
    twin = scratch.obm.add_domain('EXEMPLE.FR')
    scratch.obm.add_user('admin9', twin, profile='admin')
    scratch.obm.add_host_server('jumeau', twin, 'imap')
    scratch.obm.add_host_server('hote1', scratch.one, 'imap')
    for login, domain in (('admin1', scratch.one), ('admin9', twin)):
        client = scratch.gateway.client(f'{login}@exemple.fr')
        answer = client.get('/domains')
        if answer.status == 200:
            assert [row['id'] for row in answer.json] == [scratch.obm.key(domain)]
            assert client.read(f'/{scratch.obm.key(domain)}/mailservers')['length'] == 1
        else:
            assert answer.status == 401


@pytest.mark.parametrize('path',
                         ['/1/../2/session', '/2/../1/session', '/1%2F..%2F2/session',
                          '/1/%2E%2E/2/mailservers', '/1/./session', '/1//session',
                          '/1/session/../../2/hosts'])
def test_dots_do_not_climb(town, path):
    """No spelling of a path leads to another domain's things."""
    client = town.client()
    answer = client.exchange(client.head('GET', '/v1' + path))
    if answer.status == 200:
        assert answer.json.get('login', 'admin1') == 'admin1' and answer.json['domain'] == '1'
    else:
        assert answer.status in (403, 404)
