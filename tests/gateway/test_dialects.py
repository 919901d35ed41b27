# SPDX-License-Identifier: GPL-3.0-or-later
"""The contract is the same where database engines are not: zones, collations, encodings."""

import pytest

from .database import PostgresDatabase
from .obm21 import ROLES
from .writing import creation, is_recent, together, until

SERVERS = pytest.mark.engines('postgresql', 'mariadb')
NAMES = ['zz.fr', 'B.fr', 'été.fr', 'a.fr', 'Éa.fr', 'b2.fr', 'C.fr']
BY_NAME = ['a.fr', 'B.fr', 'b2.fr', 'C.fr', 'zz.fr', 'Éa.fr', 'été.fr']


def populated(obm):
    """The domain of an installation that has an administrator and a mail server, and the number of that."""
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    return domain, obm.add_host_server('hote1', domain, 'imap', ip='192.162.0.1')


def in_zone(database, zone):
    """Has a server keep its dates in another zone than UTC; returns what undoes it."""
    if database.engine == 'postgresql':
        database.administer(f"ALTER DATABASE {database.name} SET timezone = '{zone}'")
        return lambda: None
    database.administer("SET GLOBAL time_zone = '+05:00'")
    return lambda: database.administer("SET GLOBAL time_zone = 'SYSTEM'")


@SERVERS
def test_dates_of_a_server_in_another_zone(new_installation, start):
    """They come in UTC, whatever the server's own zone; what is written is of now."""
    obm = new_installation()
    domain, server = populated(obm)
    back = in_zone(obm.database, 'America/Caracas')
    try:
        obm.change_server(server, timecreate='2008-06-13 09:00:00', timeupdate=None)
        client = start(obm).client('admin1@exemple.fr')
        path = f'/{obm.key(domain)}/mailservers'
        # Four hours and a half then; MariaDB has such dates in UTC itself.
        hour = '13:30' if obm.database.engine == 'postgresql' else '09:00'
        assert client.read(f'{path}/{server}')['timecreate'] == f'2008-06-13T{hour}:00.000+0000'
        host = obm.add_host('hote2', domain)
        made = client.post(path, creation(host, 'imap')).json
        seen = made['timecreate' if obm.roleless else 'timeupdate']
        assert is_recent(seen.replace('T', ' ').removesuffix('+0000'))
    finally:
        back()


def test_logins_are_told_apart(scratch):
    """A login is what it is: a collation may take it for another."""
    for login in ['ADMIN1', 'admin1 ', 'àdmin1', 'Admin1']:
        assert scratch.gateway.client(f'{login}@exemple.fr').get('/domains').status == 401, login
    other = scratch.obm.add_user('ADMIN1', scratch.one, password='other', profile='admin')
    session = scratch.gateway.client('ADMIN1@exemple.fr', 'other').read(scratch.path + '/session')
    assert session['login'] == 'ADMIN1'
    assert scratch.gateway.client('ADMIN1@exemple.fr').get('/domains').status == 401
    assert scratch.admin.read(scratch.path + '/session')['login'] == 'admin1'
    assert other != scratch.user


def test_domains_in_order(scratch):
    """By name as the contract orders names, after the global one."""
    scratch.obm.database.execute('DELETE FROM UserObm WHERE userobm_login = ?', 'admin2')
    for name in NAMES:
        scratch.obm.add_domain(name)
    names = [domain['name'] for domain in scratch.root.read('/domains')]
    assert names[0] == 'global.local'
    assert [name for name in names if name in NAMES] == BY_NAME


def test_links_in_order(scratch):
    """The first names too: users, domains and mail shares."""
    server = scratch.obm.add_host_server('hote1', scratch.one, 'imap')
    for name in NAMES:
        scratch.obm.add_user(name, scratch.one, server=server)
        scratch.obm.add_share(name, scratch.one, server)
        scratch.obm.attach(scratch.obm.add_domain(name), server)
    links = scratch.root.read(f'{scratch.root_path}/mailservers/{server}/links')['links']
    seen = [(link['kind'], link['count'], [name.partition('@')[0] for name in link['first']]) for link in links]
    assert seen == [(kind, len(NAMES), BY_NAME[:5]) for kind in ('user', 'domain', 'mailshare')]


def test_changes_in_order(scratch):
    """What the post-it shows: by name, created, modified and deleted ones together or in turn."""
    for name in NAMES:
        scratch.obm.add_host_server(name, scratch.one, 'imap')
    seen = [change['host'] for change in scratch.admin.read(scratch.path + '/update')['changes']]
    assert seen == BY_NAME


@pytest.mark.engines('mariadb')
def test_names_under_a_collation_of_mysql(new_installation, start):
    """OBM's own tables on MySQL are "latin1_swedish_ci": names are still ordered and found by their bytes."""
    obm = new_installation()
    for table in ('Host', 'P_Host'):
        obm.database.execute(f'ALTER TABLE {table} MODIFY host_name varchar(32) CHARACTER SET latin1'
                             ' COLLATE latin1_swedish_ci NOT NULL')
    domain, _server = populated(obm)
    for name in NAMES:
        obm.add_host_server(name, domain, *ROLES)
    client, path = start(obm).client('admin1@exemple.fr'), f'/{obm.key(domain)}/mailservers'
    assert [row['host']['name'] for row in client.rows(path, smtp_in='true')] == BY_NAME
    assert [row['host']['name'] for row in client.rows(path, name='é')] == ['été.fr']
    assert [row['host']['name'] for row in client.rows(path, name='e')] == []
    assert client.rows(path, name='🦊') == []


@pytest.mark.engines('postgresql')
@pytest.mark.parametrize('encoding', ['LATIN1', 'LATIN2', 'LATIN9', 'SQL_ASCII'])
def test_a_database_in_another_encoding(generation, servers, start, encoding):
    """Text comes out as UTF-8, and what the encoding has no characters for is just not there."""
    database = PostgresDatabase.new(servers['postgresql'], f"ENCODING '{encoding}' TEMPLATE template0"
                                                           " LC_COLLATE 'C' LC_CTYPE 'C'")
    for schema in generation.schemas['postgresql']:
        database.load(schema)
    obm = generation(database)
    domain, _server = populated(obm)
    host = obm.add_host_server('x', domain, 'imap')
    value = "E'\\xe9'" if encoding == 'SQL_ASCII' else f"convert_from('\\xe9', '{encoding}')"
    obm.database.execute(f"UPDATE Host SET host_name = {value} WHERE host_name = 'x'")
    gateway = start(obm)
    client, path = gateway.client('admin1@exemple.fr'), f'/{obm.key(domain)}/mailservers'
    assert [row['host']['name'] for row in client.rows(path)] == ['hote1', 'é']
    if encoding != 'SQL_ASCII':
        assert client.ids(path, name='é') == [host]
    for criterion in ['🦊', 'h🦊', '*🦊*', 'hote1🦊']:
        assert client.rows(path, name=criterion) == client.rows(path, ip=criterion) == [], criterion
    assert len(client.rows(path, name='*')) == 2
    assert gateway.client('🦊@exemple.fr').get('/domains').status == 401
    assert gateway.client('admin1@🦊').get('/domains').status == 401


def test_the_update_lock_is_taken_once(new_installation, start, tmp_path):
    """By one gateway of several, and by nobody while OBM's own pages have it."""
    obm = new_installation()
    domain, _server = populated(obm)
    command = f'/bin/sh -c "while [ ! -e {tmp_path}/open ]; do sleep 0.1; done" update'
    gateways = [start(obm, update_command=command, state_directory=tmp_path / f'{number}') for number in range(3)]
    clients = [gateway.client('admin1@exemple.fr') for gateway in gateways]
    path = f'/{obm.key(domain)}/update'
    obm.lock(True)
    assert [client.post(path, {}).status for client in clients] == [409] * 3
    obm.lock(False)
    assert sorted(answer.status for answer in together(3, lambda number: clients[number].post(path, {}))) == [
        202, 409, 409]
    assert obm.is_locked()
    (tmp_path / 'open').touch()
    until(lambda: not obm.is_locked())
