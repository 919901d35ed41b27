# SPDX-License-Identifier: GPL-3.0-or-later
"""What is special to the tables of OBM 2.2 and later: hosts, their entities and services."""

import concurrent.futures

import pytest

from .obm21 import GLOBAL, ROLES
from .writing import creation, etag_of, is_recent, roles, until

pytestmark = pytest.mark.generations('2.2', '3.2')


@pytest.fixture
def host(scratch):
    """A host that does other things than mail, with what hangs on it."""
    host = scratch.obm.add_host('hôte1', scratch.one, '192.162.0.1')
    for service in ('samba', 'ldap', 'imap_frontend'):
        scratch.obm.add_service(host, service)
    scratch.obm.apply()
    return host


def names(rows):
    """What some rows Service are about."""
    return sorted(row['service_service'] for row in rows)


def check_host(changes, author):
    """The host is the same but for who changed it last, and when."""
    (old,), (new,) = changes.pop('Host')
    assert is_recent(new['host_timeupdate']) and new['host_userupdate'] == author
    assert {**new, 'host_timeupdate': None, 'host_userupdate': None} == {**old, 'host_timeupdate': None,
                                                                       'host_userupdate': None}


def test_what_a_creation_writes(scratch, host):
    """The rows of the roles, the host's author and the flag of its domain; nothing else, anywhere."""
    before = scratch.obm.dump()
    answer = scratch.root.post(scratch.root_path + '/mailservers', creation(host, 'imap', 'smtp_out'))
    assert (answer.status, answer.json['id'], answer.json['host']['id']) == (201, host, host)
    changes = scratch.obm.changes(before)
    check_host(changes, scratch.root_user)
    gone, come = changes.pop('Service')
    assert not gone and names(come) == ['imap', 'smtp_out']
    assert {row['service_entity_id'] for row in come} == {scratch.obm.entity(host)}
    assert changes.keys() == {'DomainPropertyValue'}
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '1', scratch.two: '0'}


def test_what_a_modification_writes(scratch, host):
    """Only the rows of roles that come or go: those kept stay the same rows, however many they are."""
    scratch.obm.add_server(host, 'imap', 'imap', 'smtp_in', 'smtp_in')
    before = scratch.obm.dump()
    answer = scratch.admin.put(f'{scratch.path}/mailservers/{host}', roles('imap', 'smtp_out'),
                               etag=etag_of(scratch.admin, scratch.path, host))
    assert answer.status == 200
    changes = scratch.obm.changes(before)
    check_host(changes, scratch.user)
    gone, come = changes.pop('Service')
    assert (names(gone), names(come)) == (['smtp_in', 'smtp_in'], ['smtp_out'])
    assert changes.keys() == {'DomainPropertyValue'}


def test_what_a_deletion_writes(scratch, host):
    """The host stays, with its other services, its entity and all that hangs on it."""
    scratch.obm.add_server(host, *ROLES, 'imap')
    other = scratch.obm.add_host_server('hote2', scratch.one, *ROLES)
    scratch.obm.add_share('partage', scratch.one, other)
    before = scratch.obm.dump()
    answer = scratch.admin.delete(f'{scratch.path}/mailservers/{host}',
                                  etag=etag_of(scratch.admin, scratch.path, host))
    assert answer.status == 204
    changes = scratch.obm.changes(before)
    check_host(changes, scratch.user)
    gone, come = changes.pop('Service')
    assert names(gone) == ['imap', 'imap', 'smtp_in', 'smtp_out'] and not come
    assert changes.keys() == {'DomainPropertyValue'}
    assert scratch.obm.services(host) == ['imap_frontend', 'ldap', 'samba']


def test_other_services_make_no_mail_server(scratch, host):
    assert not scratch.admin.rows(scratch.path + '/mailservers')
    assert scratch.admin.get(f'{scratch.path}/mailservers/{host}').status == 404
    assert scratch.admin.rows(scratch.path + '/hosts')[0]['mailserver_id'] is None
    assert scratch.admin.ids(scratch.path + '/hosts', available='true') == [host]


def test_duplicate_services_are_one_mail_server(scratch, host):
    scratch.obm.add_server(host, 'imap', 'imap', 'smtp_in')
    answer = scratch.admin.read(scratch.path + '/mailservers')
    assert (answer['length'], [row['id'] for row in answer['datas']]) == (1, [host])
    assert scratch.admin.read(scratch.path + '/hosts')['length'] == 1


def test_a_host_without_an_entity(scratch):
    """Services have nothing to be added to; and it must not stop others."""
    bare = scratch.obm.add_bare_host('nu', scratch.one)
    assert scratch.admin.ids(scratch.path + '/hosts') == [bare]
    before = scratch.obm.dump()
    answer = scratch.admin.post(scratch.path + '/mailservers', creation(bare, 'imap'))
    assert answer.fault == (422, 'host.invalid', 'host') and scratch.obm.dump() == before


def test_an_entity_that_is_gone(scratch, host):
    """Where there were no foreign keys once, a host may point to one that services cannot be added to."""
    scratch.obm.database.execute('DELETE FROM Entity WHERE entity_id = ?', scratch.obm.entity(host))
    before = scratch.obm.dump()
    answer = scratch.admin.post(scratch.path + '/mailservers', creation(host, 'imap'))
    assert answer.fault == (422, 'host.invalid', 'host') and scratch.obm.dump() == before


def test_a_host_of_no_domain(scratch, host):
    """The global administrator may use it; there is no flag to raise."""
    scratch.obm.database.execute('UPDATE Host SET host_domain_id = 4711 WHERE host_id = ?', host)
    assert scratch.root.post(scratch.root_path + '/mailservers', creation(host, 'imap')).status == 201
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '0', scratch.two: '0'}


def test_the_case_of_a_service(scratch, host):
    """To MariaDB, and to OBM on it, "Imap" is "imap"; elsewhere it is nobody's business."""
    scratch.obm.add_service(host, 'Imap')
    path, others = scratch.path + '/mailservers', ['imap_frontend', 'ldap', 'samba']
    if scratch.obm.database.engine == 'mariadb':
        assert scratch.admin.rows(path)[0]['imap'] is True
        assert scratch.admin.post(path, creation(host, 'imap')).fault == (409, 'host.already_mailserver', 'host')
        assert [change['after'] for change in scratch.admin.read(scratch.path + '/update')['changes']] == [
            roles('imap')]
        kept = []
    else:
        assert not scratch.admin.rows(path)
        assert scratch.admin.post(path, creation(host, 'imap')).status == 201
        kept = ['Imap']
    assert scratch.admin.put(f'{path}/{host}', roles('smtp_in'), '*').status == 200
    assert scratch.obm.services(host) == sorted(kept + others + ['smtp_in'])
    assert scratch.admin.delete(f'{path}/{host}', '*').status == 204
    assert scratch.obm.services(host) == sorted(kept + others)


def test_services_of_nobody(scratch, host):
    """Orphans of both kinds are neither shown nor touched."""
    scratch.obm.add_server(host, 'imap')
    scratch.obm.database.insert('Service', service_service='imap', service_entity_id=9999)
    scratch.obm.database.insert('Entity', entity_id=8888)
    scratch.obm.database.insert('HostEntity', hostentity_entity_id=8888, hostentity_host_id=7777)
    scratch.obm.database.insert('Service', service_service='imap', service_entity_id=8888)
    assert scratch.root.ids(scratch.root_path + '/mailservers') == [host]
    assert scratch.root.get(scratch.root_path + '/mailservers/7777').status == 404
    state = scratch.root.read(scratch.root_path + '/update')
    assert [change['host'] for change in state['changes']] == ['hôte1']


def test_the_full_name_shows(scratch):
    host = scratch.obm.add_host('hote1', scratch.one, host_fqdn='hote1.exemple.fr')
    scratch.obm.add_server(host, 'imap')
    assert scratch.admin.read(f'{scratch.path}/mailservers/{host}')['host']['fqdn'] == 'hote1.exemple.fr'
    assert scratch.admin.rows(scratch.path + '/hosts')[0]['fqdn'] == 'hote1.exemple.fr'


def test_what_waits(scratch):
    """Created, changed, deleted: told by the host, whatever the number of its entity in production."""
    obm = scratch.obm
    same, changed, deleted, gone = (obm.add_host_server(f'hote{number}', scratch.one, 'imap')
                                    for number in range(4))
    obm.add_service(same, 'samba')
    obm.apply()
    obm.database.execute('UPDATE P_HostEntity SET hostentity_entity_id = hostentity_entity_id + 1000')
    obm.database.execute('UPDATE P_Service SET service_entity_id = service_entity_id + 1000')
    obm.add_service(changed, 'smtp_in')
    obm.delete_server(deleted)
    obm.delete_host(gone)
    created = obm.add_host_server('hote9', scratch.one, *ROLES)
    state = scratch.admin.read(scratch.path + '/update')
    assert [(change['action'], change['host']) for change in state['changes']] == [
        ('updated', 'hote1'), ('deleted', 'hote2'), ('deleted', 'hote3'), ('created', 'hote9')]
    assert state['changes'][0]['before'] == roles('imap') and state['changes'][0]['after'] == roles('imap', 'smtp_in')
    assert state['counts'] == {'created': 1, 'updated': 1, 'deleted': 2} and state['pending']
    rows = scratch.admin.rows(scratch.path + '/mailservers')
    assert {row['id']: row['pending'] for row in rows} == {same: None, changed: 'updated', created: 'created'}
    assert not scratch.other.read(scratch.other_path + '/update')['changes']


@pytest.mark.parametrize('value', ['', 'hote1', ' {}', '{}x', '0{}', '+{}', '9' * 40, 'é'])
def test_values_that_are_no_number(scratch, value):
    """Any text may be there: it points to no mail server, and stops nothing."""
    host = scratch.obm.add_host_server('hote1', scratch.one, *ROLES)
    scratch.obm.attach(scratch.two, value.format(host))
    links = scratch.root.read(f'{scratch.root_path}/mailservers/{host}/links')
    assert links['deletable'] and not any(link['count'] for link in links['links'])


@pytest.mark.parametrize('role', ROLES)
def test_a_domain_that_uses_it(scratch, role):
    """Attached by the number as text; another number that begins alike, or another property, is none."""
    host = scratch.obm.add_host_server('hote1', scratch.one, *ROLES)
    scratch.obm.attach(scratch.two, f'{host}0', role)
    scratch.obm.attach(scratch.two, host, 'imap_autoselect')
    assert scratch.root.read(f'{scratch.root_path}/mailservers/{host}/links')['deletable']
    scratch.obm.attach(scratch.two, host, role)
    scratch.obm.attach(scratch.two, host, 'smtp_in')
    links = scratch.root.read(f'{scratch.root_path}/mailservers/{host}/links')['links']
    assert [(link['kind'], link['count'], link['first']) for link in links if link['count']] == [
        ('domain', 1, ['exemple.org'])]


@pytest.mark.parametrize('where, realms, commits', [
    (None, [], True), ('one', ['user, delegation, domain'], True), ('one', ['user,delegation'], False),
    ('one', ['user', 'domain'], True), ('one', ['subdomain'], False), ('world', ['user'], False),
    ('two', ['user'], True)])
def test_who_may_commit(scratch, where, realms, commits):
    """The realms of the profile in the own domain, or else in the global one; of none: everything."""
    domain = {'one': scratch.one, 'two': scratch.two, 'world': GLOBAL, None: None}[where]
    if where in ('one', 'two'):
        scratch.obm.add_profile('admin', domain)
    for realm in realms:
        scratch.obm.add_profile_property('admin', domain, 'admin_realm', realm)
    rights = scratch.admin.read(scratch.path + '/session')['rights']
    assert rights == {'read': True, 'write': True, 'commit': commits}
    assert scratch.root.read(scratch.root_path + '/session')['rights']['commit']


def test_the_global_domain_under_its_own_name(scratch):
    scratch.obm.database.execute("UPDATE Domain SET domain_name = 'global.virt' WHERE domain_id = ?",
                                 scratch.obm.world)
    client = scratch.gateway.client('admin0@Global.Virt')
    assert client.read(scratch.root_path + '/session')['login'] == 'admin0'
    assert client.read('/domains')[0]['name'] == 'global.virt'


def test_keys(scratch):
    """The UUID where there is one, and then no number is a key; else the number."""
    assert scratch.root.get(f'/{scratch.two}/session').status == (404 if scratch.obm.uuids else 200)
    assert scratch.root.get('/0/session').status == 404
    if scratch.obm.uuids:
        assert len(scratch.obm.key(scratch.two)) == 36
        assert scratch.root.get(f'/{scratch.obm.key(scratch.two).upper()}/session').status == 404


@pytest.mark.generations('3.2')
@pytest.mark.parametrize('status', ['INIT', None, 'valid', ''])
def test_users_who_are_not_valid(scratch, status):
    if scratch.obm.database.engine != 'sqlite' and status not in ('INIT', None):
        pytest.skip('a status is one of a few there')
    scratch.obm.change_user(scratch.user, status=status)
    assert scratch.admin.get('/domains').fault == (401, 'credentials.invalid')


def test_one_host_made_twice(scratch, host):
    """Eight at once: one makes it a mail server, the others are told."""
    clients = [scratch.gateway.client('admin1@exemple.fr') for _ in range(8)]
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda client: client.post(scratch.path + '/mailservers', creation(host, *ROLES)),
                                clients))
    assert sorted(answer.status for answer in answers) == [201] + [409] * 7
    assert scratch.obm.services(host) == sorted([*ROLES, 'samba', 'ldap', 'imap_frontend'])


def test_the_update_command_is_told_the_number(update_site):
    """The number of the domain, whatever its key; on the global key of each domain where something waits."""
    site = update_site.start()
    site.obm.flag(site.two, 1)
    site.run()
    site.run('admin0', site.root_path)
    calls = [[argument.decode() for argument in call] for call in site.calls()]
    assert calls == [['--global', '--domain-id', str(site.one)], ['--global', '--domain-id', str(site.two)]]
    assert until(lambda: not site.obm.is_locked())
