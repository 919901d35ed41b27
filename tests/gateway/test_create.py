# SPDX-License-Identifier: GPL-3.0-or-later
"""A host becomes a mail server."""

import itertools

import pytest

from .client import basic, new_peer
from .obm21 import GLOBAL, ROLES
from .writing import as_json, creation, etag_of, faults_in_order, is_recent, roles

COMBINATIONS = [names for count in (1, 2, 3) for names in itertools.combinations(ROLES, count)]


@pytest.fixture
def host(scratch):
    """A free host, beside a mail server that is applied and in use."""
    busy = scratch.obm.add_host_server('autre', scratch.one, 'imap')
    scratch.obm.add_user('jdoe', scratch.one, server=busy)
    scratch.obm.apply()
    return scratch.obm.add_host('hote1', scratch.one, '192.162.0.1')


def create(scratch, body, client=None, path=None):
    """The answer to a creation."""
    return (client or scratch.admin).post((path or scratch.path) + '/mailservers', body)


@pytest.mark.generations('2.1')
def test_the_answer(scratch, host):
    """201, where it is, its entity tag, and itself as a later GET shows it."""
    answer = create(scratch, creation(host, 'imap', 'smtp_in'))
    made = answer.json
    assert answer.status == 201
    assert answer.headers['ETag'] == made['etag']
    assert answer.headers['Location'] == f'/v1{scratch.path}/mailservers/{made["id"]}'
    assert made['url'] == f'{scratch.path}/mailservers/{made["id"]}'
    assert made['host'] == {'id': host, 'name': 'hote1', 'ip': '192.162.0.1', 'fqdn': None}
    assert {role: made[role] for role in ROLES} == roles('imap', 'smtp_in')
    assert (made['usercreate'], made['userupdate'], made['timeupdate']) == ('admin1', None, None)
    assert (made['domain'], made['editable'], made['pending']) == (scratch.path[1:], True, 'created')
    seen = scratch.admin.request('GET', answer.headers['Location'].removeprefix('/v1'))
    assert (seen.json, seen.headers['ETag']) == (made, made['etag'])


def test_it_is_everywhere(scratch, host):
    """In the list, as a host that is taken, and on the post-it."""
    made = create(scratch, creation(host, 'smtp_out')).json['id']
    assert made in scratch.admin.ids(f'{scratch.path}/mailservers')
    machines = {row['id']: row['mailserver_id'] for row in scratch.admin.rows(f'{scratch.path}/hosts')}
    assert machines[host] == made
    state = scratch.admin.read(f'{scratch.path}/update')
    assert (state['pending'], state['other']) == (True, False)
    assert state['changes'] == [{'action': 'created', 'host': 'hote1', 'domain': scratch.path[1:],
                                 'before': None, 'after': roles('smtp_out')}]


@pytest.mark.parametrize('names', COMBINATIONS)
@pytest.mark.generations('2.1')
def test_the_row(scratch, host, names):
    """As OBM writes it, and the flag; nothing else, in no table, P_ ones above all."""
    before = scratch.obm.dump()
    made = create(scratch, creation(host, *names)).json
    changes = scratch.obm.changes(before)
    written = changes['MailServer'][1][0]['mailserver_timecreate']
    assert is_recent(written) and made['timecreate'] == as_json(written)
    row = scratch.obm.server_row(made['id'], host, names, timecreate=written, usercreate=scratch.user)
    assert changes == {
        'MailServer': ([], [row]),
        'DomainPropertyValue': ([scratch.obm.flag_row(scratch.one, 0)],
                                [scratch.obm.flag_row(scratch.one, 1)])}


@pytest.mark.parametrize('before', [None, 0, 1, 'yes'])
def test_the_flag(scratch, host, before):
    """Up afterwards, whatever it was: missing, down, up, or nonsense."""
    if before is None:
        scratch.obm.forget_flag(scratch.one)
    else:
        scratch.obm.flag(scratch.one, before)
    assert create(scratch, creation(host, 'imap')).status == 201
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '1', scratch.two: '0'}


@pytest.mark.parametrize('by_global_key', [False, True])
@pytest.mark.parametrize('owner', ['one', 'two', 'global'])
@pytest.mark.generations('2.1')
def test_the_global_administrator(scratch, owner, by_global_key):
    """The flag is that of the host's domain: not the author's, not the path's."""
    domain = {'one': scratch.one, 'two': scratch.two, 'global': GLOBAL}[owner]
    host = scratch.obm.add_host('hote1', domain)
    path = scratch.root_path if by_global_key else f'/{scratch.obm.key(domain)}'
    answer = create(scratch, creation(host, 'imap'), scratch.root, path)
    assert (answer.status, answer.json['domain']) == (201, scratch.obm.key(domain))
    assert answer.json['usercreate'].partition('@')[0] == 'admin0'
    assert {key: value for key, value in scratch.obm.flags().items() if value != '0'} == {domain: '1'}
    seen = scratch.root.request('GET', answer.headers['Location'].removeprefix('/v1'))
    assert (seen.status, seen.json['id']) == (200, answer.json['id'])


@pytest.mark.generations('2.1')
def test_a_delegated_administrator(scratch, host):
    """He writes, though he does not apply."""
    user = scratch.obm.add_user('delegue1', scratch.one, profile='admin_delegue')
    client = scratch.gateway.client('delegue1@exemple.fr')
    answer = create(scratch, creation(host, 'imap'), client)
    assert (answer.status, answer.json['usercreate']) == (201, 'delegue1')
    assert scratch.obm.dump()['MailServer'][-1]['mailserver_usercreate'] == user


def refused(scratch, fault, *arguments, **keywords):
    """The creation is refused, and nothing was written."""
    before = scratch.obm.dump()
    assert create(scratch, *arguments, **keywords).fault == fault
    assert scratch.obm.changes(before) == {}


@pytest.mark.parametrize('profile', ['user', 'editor', 'unheard-of'])
def test_other_profiles(scratch, host, profile):
    """Not for them."""
    scratch.obm.add_user('autre1', scratch.one, profile=profile)
    client = scratch.gateway.client('autre1@exemple.fr')
    refused(scratch, (403, 'rights.insufficient'), creation(host, 'imap'), client)


def test_another_domain(scratch, host):
    """By the path, existing or not."""
    foreign = scratch.obm.add_host('org', scratch.two)
    for path in (scratch.other_path, scratch.root_path, '/4711'):
        refused(scratch, (403, 'domain.foreign'), creation(foreign, 'imap'), path=path)
    refused(scratch, (404, 'reference.unknown'), creation(host, 'imap'), scratch.root, '/4711')


@pytest.mark.parametrize('owner', ['two', 'global'])
def test_a_foreign_host(scratch, owner):
    """By its id: a host of another domain is no host, for the global administrator on a domain's key too."""
    foreign = scratch.obm.add_host('org', {'two': scratch.two, 'global': GLOBAL}[owner])
    for client in (scratch.admin, scratch.root):
        refused(scratch, (422, 'host.invalid', 'host'), creation(foreign, 'imap'), client)


def test_a_foreign_mail_server(scratch):
    """That a foreign host is a mail server is not told."""
    server = scratch.obm.add_host_server('org', scratch.two, 'imap')
    host = scratch.other.read(f'{scratch.other_path}/mailservers/{server}')['host']['id']
    refused(scratch, (422, 'host.invalid', 'host'), creation(host, 'imap'))


@pytest.mark.parametrize('host_id', [0, -1, 4711, 2 ** 31, 2 ** 63 - 1, -2 ** 63])
def test_an_unknown_host(scratch, host, host_id):
    """Numbers no host has."""
    refused(scratch, (422, 'host.invalid', 'host'), creation(host_id, 'imap'))
    refused(scratch, (422, 'host.invalid', 'host'), creation(host_id, 'imap'), scratch.root,
            scratch.root_path)


def test_no_role(scratch, host):
    """A mail server without a role is none."""
    refused(scratch, (422, 'roles.empty'), creation(host))


@pytest.mark.generations('2.1')
def test_a_mail_server_already(scratch, host):
    """Whatever roles it has, and even if somebody has made it one twice."""
    scratch.obm.add_server(host)
    refused(scratch, (409, 'host.already_mailserver', 'host'), creation(host, 'imap'))
    scratch.obm.add_server(host, 'imap')
    refused(scratch, (409, 'host.already_mailserver', 'host'), creation(host, 'imap'))


def test_read_only(scratch, host, start):
    """A gateway that lets nobody write."""
    gateway = start(scratch.obm, read_only=True)
    before = scratch.obm.dump()
    server = scratch.admin.ids(f'{scratch.path}/mailservers')[0]
    target = f'{scratch.path}/mailservers/{server}'
    for login, path in (('admin1@exemple.fr', scratch.path), ('admin0@global.local', scratch.root_path)):
        client = gateway.client(login)
        assert client.read(path + '/session')['rights']['write'] is False
        assert client.rows(path + '/mailservers')[0]['editable'] is False
        refused(scratch, (403, 'rights.insufficient'), creation(host, 'imap'), client, path)
    client = gateway.client('admin1@exemple.fr')
    etag = etag_of(client, scratch.path, server)
    assert client.put(target, roles('smtp_in'), etag).fault == (403, 'rights.insufficient')
    assert client.delete(target, etag).fault == (403, 'rights.insufficient')
    assert scratch.obm.changes(before) == {}


def test_the_order_of_the_checks(scratch, host):
    """Of several faults the one that comes first in the contract is told."""
    scratch.obm.add_user('user1', scratch.one)
    taken = scratch.obm.add_host('pris', scratch.one)
    scratch.obm.add_server(taken, 'imap')

    client = scratch.gateway.client(peer=new_peer())

    def send(request):
        return client.request(
            'POST', request['path'], {'Content-Type': request['media'], 'Authorization': request['who']},
            request['body'])

    answer = faults_in_order(send, [
        ('credentials.invalid', {'who': basic('user1@exemple.fr', 'secret')}),
        ('rights.insufficient', {'who': basic('admin0@global.local', 'secret')}),
        ('reference.unknown', {'path': f'{scratch.path}/mailservers?what=ever'}),
        ('media.unsupported', {'media': 'application/json'}),
        ('body.too_large', {'body': b'{'}),
        ('body.malformed', {'path': f'{scratch.path}/mailservers', 'body': {'host': {'id': 4711}}}),
        ('body.malformed', {'body': creation(4711, 'imap')}),
        ('host.invalid', {'body': creation(taken)}),
        ('roles.empty', {'body': creation(taken, 'imap')}),
        ('host.already_mailserver', {'body': creation(host, 'imap')}),
    ], {'who': None, 'path': '/4711/mailservers', 'media': 'text/plain', 'body': b'x' * 70000})
    assert answer.status == 201
