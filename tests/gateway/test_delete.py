# SPDX-License-Identifier: GPL-3.0-or-later
"""A host is no mail server any more."""

import pytest

from .client import basic, new_peer, read_answer
from .obm21 import GLOBAL, ORIGIN, ROLES
from .writing import creation, etag_of, faults_in_order, roles


class Subject:
    """A mail server of the first domain nothing points to, applied, beside one in use."""

    def __init__(self, scratch):
        busy = scratch.obm.add_host_server('autre', scratch.one, 'imap')
        scratch.obm.add_user('voisin', scratch.one, server=busy)
        scratch.obm.attach(scratch.one, busy)
        scratch.obm.add_share('voisin', scratch.one, busy)
        self.host = scratch.obm.add_host('hote1', scratch.one, '192.162.0.1')
        self.id = scratch.obm.add_server(self.host, 'imap', 'smtp_in')
        scratch.obm.apply()
        self.target = f'{scratch.path}/mailservers/{self.id}'
        self.etag = etag_of(scratch.admin, scratch.path, self.id)


@pytest.fixture
def subject(scratch):
    """A fresh Subject."""
    return Subject(scratch)


@pytest.mark.generations('2.1')
def test_what_is_left(scratch, subject):
    """204; its row is gone and the flag is up; the host stays, and so does every row of every other table."""
    row = scratch.obm.server_row(subject.id, subject.host, ('imap', 'smtp_in'), timecreate=ORIGIN)
    before = scratch.obm.dump()
    answer = scratch.admin.delete(subject.target, subject.etag)
    assert (answer.status, answer.body) == (204, b'')
    assert scratch.obm.changes(before) == {
        'MailServer': ([row], []),
        'DomainPropertyValue': ([scratch.obm.flag_row(scratch.one, 0)],
                                [scratch.obm.flag_row(scratch.one, 1)])}


def test_the_connection_is_kept(scratch, subject):
    """An answer without a body does not end the connection it came on."""
    client = scratch.admin
    with client.connect() as sock:
        sock.sendall(client.head('DELETE', f'/v1{subject.target}', {'If-Match': subject.etag}, close=False))
        assert read_answer(sock, 'DELETE').status == 204
        sock.sendall(client.head('GET', f'/v1{scratch.path}/session', close=False))
        assert read_answer(sock).status == 200


def test_it_is_nowhere(scratch, subject):
    """404 from then on, with every method; in no list; its host is free; the post-it tells."""
    assert scratch.admin.delete(subject.target, subject.etag).status == 204
    unknown = (404, 'reference.unknown')
    assert scratch.admin.get(subject.target).fault == unknown
    assert scratch.admin.get(subject.target + '/links').fault == unknown
    assert scratch.admin.put(subject.target, roles('imap'), subject.etag).fault == unknown
    for etag in (subject.etag, '*', '"x"', None):
        assert scratch.admin.delete(subject.target, etag).fault == unknown
    assert subject.id not in scratch.admin.ids(f'{scratch.path}/mailservers')
    assert subject.host in scratch.admin.ids(f'{scratch.path}/hosts', available='true')
    state = scratch.admin.read(f'{scratch.path}/update')
    assert (state['pending'], state['other']) == (True, False)
    assert state['changes'] == [{'action': 'deleted', 'host': 'hote1', 'domain': scratch.path[1:],
                                 'before': roles('imap', 'smtp_in'), 'after': None}]


@pytest.mark.generations('2.1')
def test_and_made_again(scratch, subject):
    """The host becomes another mail server, with an id nobody has seen."""
    assert scratch.admin.delete(subject.target, subject.etag).status == 204
    answer = scratch.admin.post(f'{scratch.path}/mailservers', creation(subject.host, 'imap', 'smtp_in'))
    assert answer.status == 201 and answer.json['id'] != subject.id
    assert answer.json['etag'] != subject.etag


@pytest.mark.parametrize('before', [None, 0, 1])
def test_the_flag(scratch, subject, before):
    """Up afterwards, whatever it was."""
    if before is None:
        scratch.obm.forget_flag(scratch.one)
    else:
        scratch.obm.flag(scratch.one, before)
    assert scratch.admin.delete(subject.target, subject.etag).status == 204
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '1', scratch.two: '0'}


@pytest.mark.parametrize('by_global_key', [False, True])
def test_the_global_administrator(scratch, subject, by_global_key):
    """The flag is that of the host's domain, not his own."""
    path = scratch.root_path if by_global_key else scratch.path
    assert scratch.root.delete(f'{path}/mailservers/{subject.id}', subject.etag).status == 204
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '1', scratch.two: '0'}


def test_a_delegated_administrator(scratch, subject):
    """He writes, though he does not apply."""
    scratch.obm.add_user('delegue1', scratch.one, profile='admin_delegue')
    client = scratch.gateway.client('delegue1@exemple.fr')
    assert client.delete(subject.target, subject.etag).status == 204


@pytest.mark.parametrize('pattern', ['*', '"x", {}', '{} , "x"'])
def test_if_match_holds(scratch, subject, pattern):
    """A list with the right one in it, or any."""
    assert scratch.admin.delete(subject.target, pattern.format(subject.etag)).status == 204


@pytest.mark.generations('2.1')
def test_without_a_host(scratch, subject):
    """OBM 2.1 lets a host go: the global administrator clears away what is left, and no flag has a domain."""
    scratch.obm.delete_host(subject.host)
    target = f'{scratch.root_path}/mailservers/{subject.id}'
    before = scratch.obm.dump()
    assert scratch.root.delete(target, etag_of(scratch.root, scratch.root_path, subject.id)).status == 204
    changes = scratch.obm.changes(before)
    assert [row['mailserver_id'] for row in changes.pop('MailServer')[0]] == [subject.id]
    # Whether the flag of the global domain is raised is nobody's business.
    assert changes.keys() <= {'DomainPropertyValue'}


@pytest.mark.generations('2.1')
def test_the_second_row_of_a_host(scratch, subject):
    """OBM 2.1 does not stop two: one goes, the other stays."""
    second = scratch.obm.add_server(subject.host, 'smtp_out')
    assert scratch.admin.delete(subject.target, subject.etag).status == 204
    assert scratch.admin.read(f'{scratch.path}/mailservers/{second}')['smtp_out'] is True


def refused(scratch, fault, target, etag, client=None):
    """The deletion is refused, and nothing was written; the answer."""
    before = scratch.obm.dump()
    answer = (client or scratch.admin).delete(target, etag)
    assert answer.fault == fault
    assert scratch.obm.changes(before) == {}
    return answer


LINKS = {
    'a user': lambda obm, site, server: obm.add_user('jdoe', site.one, server=server),
    'an archived user': lambda obm, site, server: obm.add_user('jdoe', site.one, server=server,
                                                               archived=True),
    'a foreign user': lambda obm, site, server: obm.add_user('jdoe', site.two, server=server),
    'a global user': lambda obm, site, server: obm.add_user('jdoe', GLOBAL, server=server),
    'the own domain': lambda obm, site, server: obm.attach(site.one, server, 'smtp_out'),
    'a foreign domain': lambda obm, site, server: obm.attach(site.two, server),
    'a default server': lambda obm, site, server: obm.set_default(site.one, server),
    'a foreign default server': lambda obm, site, server: obm.set_default(site.two, server),
    'a mail share': lambda obm, site, server: obm.add_share('equipe', site.one, server),
    'a foreign mail share': lambda obm, site, server: obm.add_share('equipe', site.two, server),
}


@pytest.mark.parametrize('name', LINKS)
@pytest.mark.generations('2.1')
def test_somebody_uses_it(scratch, subject, name):
    """409 with what the client shows then: the same as the route of the links tells."""
    LINKS[name](scratch.obm, scratch, subject.id)
    for client, path in ((scratch.admin, scratch.path), (scratch.root, scratch.root_path)):
        target = f'{path}/mailservers/{subject.id}'
        answer = refused(scratch, (409, 'mailserver.linked'), target, subject.etag, client)
        told = client.read(target + '/links')
        assert told['deletable'] is False and answer.json['links'] == told['links']
        assert sum(link['count'] for link in answer.json['links']) == 1


def test_all_kinds_at_once(scratch, subject):
    """Each is counted; the names are those of the domain in the path."""
    for login in ('jdoe', 'asmith'):
        scratch.obm.add_user(login, scratch.one, server=subject.id)
    scratch.obm.add_user('secret-name', scratch.two, server=subject.id)
    scratch.obm.attach(scratch.one, subject.id)
    scratch.obm.add_share('equipe', scratch.one, subject.id)
    answer = refused(scratch, (409, 'mailserver.linked'), subject.target, subject.etag)
    counts = {link['kind']: link['count'] for link in answer.json['links']}
    assert counts == {'user': 3, 'domain': 1, 'mailshare': 1}
    assert b'secret-name' not in answer.body


def test_no_longer_used(scratch, subject):
    """When the last link has gone, it goes too."""
    user = scratch.obm.add_user('jdoe', scratch.one, server=subject.id)
    refused(scratch, (409, 'mailserver.linked'), subject.target, subject.etag)
    scratch.obm.change_user(user, mail_server_id=None)
    assert scratch.admin.delete(subject.target, subject.etag).status == 204


@pytest.mark.parametrize('pattern', ['"x"', 'W/{}', 'x', '"x", W/{}'])
def test_if_match_does_not_hold(scratch, subject, pattern):
    """Another one, a weak one, or what is none: 412 with what there is now."""
    answer = refused(scratch, (412, 'mailserver.changed'), subject.target, pattern.format(subject.etag))
    assert answer.json['current'] == scratch.admin.read(subject.target)


def test_changed_meanwhile(scratch, subject):
    """Who wanted to delete a server of mail boxes may not want to delete one that sends."""
    scratch.obm.set_roles(subject.id, 'smtp_out')
    answer = refused(scratch, (412, 'mailserver.changed'), subject.target, subject.etag)
    assert {role: answer.json['current'][role] for role in ROLES} == roles('smtp_out')


def test_no_precondition(scratch, subject):
    """Nobody deletes what he did not see."""
    refused(scratch, (428, 'precondition.required'), subject.target, None)


def test_a_foreign_one(scratch, subject):
    """By its id under the own domain: answered as one that does not exist."""
    foreign = scratch.obm.add_host_server('org', scratch.two, 'imap')
    etag = etag_of(scratch.other, scratch.other_path, foreign)
    texts = {refused(scratch, (404, 'reference.unknown'), f'{scratch.path}/mailservers/{number}', etag).body
             for number in (foreign, 4711)}
    assert len(texts) == 1
    target = f'{scratch.path}/mailservers/{foreign}'
    refused(scratch, (404, 'reference.unknown'), target, etag, scratch.root)
    refused(scratch, (403, 'domain.foreign'), f'{scratch.other_path}/mailservers/{foreign}', etag)


@pytest.mark.parametrize('profile', ['user', 'editor'])
def test_other_profiles(scratch, subject, profile):
    """Not for them."""
    scratch.obm.add_user('autre1', scratch.one, profile=profile)
    refused(scratch, (403, 'rights.insufficient'), subject.target, subject.etag,
            scratch.gateway.client('autre1@exemple.fr'))


def test_the_order_of_the_checks(scratch, subject):
    """Of several faults the one that comes first in the contract is told."""
    scratch.obm.add_user('user1', scratch.one)
    user = scratch.obm.add_user('jdoe', scratch.one, server=subject.id)
    client = scratch.gateway.client(peer=new_peer())

    def send(request):
        return client.request('DELETE', request['path'],
                              {'Authorization': request['who'], 'If-Match': request['etag']})

    request = {'who': basic('user1@exemple.fr', 'wrong'), 'path': '/4711/mailservers/4711', 'etag': None}
    answer = faults_in_order(send, [
        ('credentials.invalid', {'who': basic('user1@exemple.fr', 'secret')}),
        ('rights.insufficient', {'who': basic('admin1@exemple.fr', 'secret')}),
        ('domain.foreign', {'path': f'{scratch.path}/mailservers/4711?what=ever'}),
        ('reference.unknown', {'path': f'{subject.target}?what=ever'}),
        ('query.invalid', {'path': subject.target}),
        ('precondition.required', {'etag': '"x"'}),
        ('mailserver.changed', {'etag': subject.etag}),
    ], request)
    assert answer.type == 'mailserver.linked'
    scratch.obm.change_user(user, mail_server_id=None)
    assert client.request('DELETE', subject.target, {
        'Authorization': basic('admin1@exemple.fr', 'secret'), 'If-Match': subject.etag}).status == 204
