# SPDX-License-Identifier: GPL-3.0-or-later
"""The roles of a mail server are changed."""

import itertools

import pytest

from .client import basic, new_peer
from .obm21 import GLOBAL, ORIGIN, ROLES
from .writing import as_json, etag_of, faults_in_order, is_recent, roles

COMBINATIONS = [names for count in (1, 2, 3) for names in itertools.combinations(ROLES, count)]


class Subject:
    """A mail server of the first domain, applied, and what its administrator knows of it."""

    def __init__(self, scratch):
        self.obm = scratch.obm
        self.host = scratch.obm.add_host('hote1', scratch.one, '192.162.0.1')
        scratch.obm.add_host_server('autre', scratch.one, 'imap')
        self.id = scratch.obm.add_server(self.host, 'imap', 'smtp_in', creator=scratch.root_user)
        scratch.obm.apply()
        self.target = f'{scratch.path}/mailservers/{self.id}'
        self.etag = etag_of(scratch.admin, scratch.path, self.id)

    def row(self, *names, **columns):
        """Its row."""
        return self.obm.server_row(self.id, self.host, names, timecreate=ORIGIN,
                                   usercreate=self.creator, **columns)


@pytest.fixture
def subject(scratch):
    """A fresh Subject."""
    made = Subject(scratch)
    made.creator = scratch.root_user
    return made


def test_the_answer(scratch, subject):
    """200, itself with a new entity tag, as a later GET shows it."""
    answer = scratch.admin.put(subject.target, roles('smtp_out'), subject.etag)
    made = answer.json
    assert answer.status == 200
    assert answer.headers['ETag'] == made['etag'] != subject.etag
    assert {role: made[role] for role in ROLES} == roles('smtp_out')
    assert (made['id'], made['host']['id'], made['userupdate']) == (subject.id, subject.host, 'admin1')
    assert (made['pending'], made['editable']) == ('updated', True)
    seen = scratch.admin.get(subject.target)
    assert (seen.json, seen.headers['ETag']) == (made, made['etag'])
    assert scratch.admin.read(f'{scratch.path}/update')['changes'] == [
        {'action': 'updated', 'host': 'hote1', 'domain': scratch.path[1:],
         'before': roles('imap', 'smtp_in'), 'after': roles('smtp_out')}]


@pytest.mark.parametrize('names', COMBINATIONS)
@pytest.mark.generations('2.1')
def test_the_row(scratch, subject, names):
    """As OBM writes it, and the flag; nothing else, in no table, P_ ones above all."""
    before = scratch.obm.dump()
    answer = scratch.admin.put(subject.target, roles(*names), subject.etag)
    changes = scratch.obm.changes(before)
    written = changes['MailServer'][1][0]['mailserver_timeupdate']
    assert is_recent(written) and answer.json['timeupdate'] == as_json(written)
    assert changes == {
        'MailServer': ([subject.row('imap', 'smtp_in')],
                       [subject.row(*names, timeupdate=written, userupdate=scratch.user)]),
        'DomainPropertyValue': ([scratch.obm.flag_row(scratch.one, 0)],
                                [scratch.obm.flag_row(scratch.one, 1)])}


def test_without_a_change(scratch, subject):
    """The same roles again: 200, and what others saw still holds."""
    answer = scratch.admin.put(subject.target, roles('imap', 'smtp_in'), subject.etag)
    assert (answer.status, answer.headers['ETag'], answer.json['pending']) == (200, subject.etag, None)


def test_again_and_back(scratch, subject):
    """Each answer's entity tag is good for the next change; the old roles have the old one."""
    etag = subject.etag
    for names in COMBINATIONS + [('imap', 'smtp_in')]:
        answer = scratch.admin.put(subject.target, roles(*names), etag)
        assert answer.status == 200
        etag = answer.headers['ETag']
    assert etag == subject.etag and answer.json['pending'] is None


@pytest.mark.parametrize('before', [None, 0, 1])
def test_the_flag(scratch, subject, before):
    """Up afterwards, whatever it was."""
    if before is None:
        scratch.obm.forget_flag(scratch.one)
    else:
        scratch.obm.flag(scratch.one, before)
    assert scratch.admin.put(subject.target, roles('smtp_out'), subject.etag).status == 200
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '1', scratch.two: '0'}


@pytest.mark.parametrize('by_global_key', [False, True])
@pytest.mark.generations('2.1')
def test_the_global_administrator(scratch, subject, by_global_key):
    """The flag is that of the host's domain, not his own."""
    path = scratch.root_path if by_global_key else scratch.path
    answer = scratch.root.put(f'{path}/mailservers/{subject.id}', roles('smtp_out'), subject.etag)
    assert (answer.status, answer.json['domain']) == (200, scratch.path[1:])
    assert scratch.obm.flags() == {GLOBAL: '0', scratch.one: '1', scratch.two: '0'}
    assert scratch.obm.dump()['MailServer'][-1]['mailserver_userupdate'] == scratch.root_user


def test_a_delegated_administrator(scratch, subject):
    """He writes, though he does not apply."""
    scratch.obm.add_user('delegue1', scratch.one, profile='admin_delegue')
    client = scratch.gateway.client('delegue1@exemple.fr')
    answer = client.put(subject.target, roles('smtp_out'), subject.etag)
    assert (answer.status, answer.json['userupdate']) == (200, 'delegue1')


def test_the_same_host(scratch, subject):
    """A client may send back what it got."""
    body = {**scratch.admin.read(subject.target), **roles('smtp_out')}
    assert scratch.admin.put(subject.target, body, subject.etag).status == 200


@pytest.mark.generations('2.1')
def test_the_second_row_of_a_host(scratch, subject):
    """OBM 2.1 does not stop two: each is changed by itself."""
    second = scratch.obm.add_server(subject.host, 'imap')
    etag = etag_of(scratch.admin, scratch.path, second)
    assert etag != subject.etag
    target = f'{scratch.path}/mailservers/{second}'
    assert scratch.admin.put(target, roles('smtp_out'), etag).json['id'] == second
    assert etag_of(scratch.admin, scratch.path, subject.id) == subject.etag


@pytest.mark.parametrize('pattern', ['{}', '*', ' * ', '"x", {}', '{},"x"', '"a,b" ,, {} , W/"x"', 'W/"x",{}',
                                     '\t{}\t', ',{}'])
def test_if_match_holds(scratch, subject, pattern):
    """A list with the right one in it, or any."""
    answer = scratch.admin.put(subject.target, roles('smtp_out'), pattern.format(subject.etag))
    assert answer.status == 200


def refused(scratch, fault, target, body, etag, client=None):
    """The change is refused, and nothing was written; the answer."""
    before = scratch.obm.dump()
    answer = (client or scratch.admin).put(target, body, etag)
    assert answer.fault == fault
    assert scratch.obm.changes(before) == {}
    return answer


@pytest.mark.parametrize('pattern', ['"x"', 'W/{}', '"x", W/{}', '""', '"*"', '"a,b"', 'x', '{bare}',
                                     '"x" {}', '"{bare}'])
def test_if_match_does_not_hold(scratch, subject, pattern):
    """Another one, a weak one, or what is none: 412 with what there is now."""
    value = pattern.format(subject.etag, bare=subject.etag.strip('"'))
    answer = refused(scratch, (412, 'mailserver.changed'), subject.target, roles('smtp_out'), value)
    assert answer.json['current'] == scratch.admin.read(subject.target)


@pytest.mark.parametrize('names', [(), ('imap',), ('smtp_out',), ROLES])
@pytest.mark.generations('2.1')
def test_changed_meanwhile(scratch, subject, names):
    """By OBM's own pages, which know nothing of entity tags."""
    scratch.obm.set_roles(subject.id, *names)
    answer = refused(scratch, (412, 'mailserver.changed'), subject.target, roles('smtp_in'), subject.etag)
    current = answer.json['current']
    assert {role: current[role] for role in ROLES} == roles(*names)
    assert scratch.admin.put(subject.target, roles('smtp_in'), current['etag']).status == 200


def test_changed_by_a_colleague(scratch, subject):
    """Both saw the same; the second one is told."""
    scratch.obm.add_user('delegue1', scratch.one, profile='admin_delegue')
    colleague = scratch.gateway.client('delegue1@exemple.fr')
    assert colleague.put(subject.target, roles('smtp_out'), subject.etag).status == 200
    answer = refused(scratch, (412, 'mailserver.changed'), subject.target, roles('imap'), subject.etag)
    assert answer.json['current']['userupdate'] == 'delegue1'


def test_only_roles_count(scratch, subject):
    """Dates, authors, the host's name and address are not in the entity tag."""
    scratch.obm.change_server(subject.id, timeupdate='2009-01-01 00:00:00', userupdate=scratch.user)
    scratch.obm.database.execute('UPDATE Host SET host_name = ?, host_ip = ? WHERE host_id = ?', 'neuf',
                                 '10.0.0.1', subject.host)
    assert scratch.admin.put(subject.target, roles('smtp_out'), subject.etag).status == 200


def test_no_precondition(scratch, subject):
    """Nobody overwrites what he did not see."""
    refused(scratch, (428, 'precondition.required'), subject.target, roles('smtp_out'), None)


def test_no_role(scratch, subject):
    """A mail server without a role is none: that is a deletion."""
    refused(scratch, (422, 'roles.empty'), subject.target, roles(), subject.etag)


@pytest.mark.parametrize('number', [0, -1, 4711, 'other', 'foreign'])
def test_another_host(scratch, subject, number):
    """The host stays, whichever the other one would be."""
    if number == 'other':
        number = scratch.obm.add_host('hote2', scratch.one)
    elif number == 'foreign':
        number = scratch.obm.add_host('org', scratch.two)
    body = {'host': {'id': number}, **roles('smtp_out')}
    refused(scratch, (422, 'host.immutable', 'host'), subject.target, body, subject.etag)


@pytest.mark.parametrize('value', [1, 'hote1', [], {'id': '1'}, {'id': 1.5}, {'id': True}])
def test_a_host_that_is_none(scratch, subject, value):
    """If there is a host at all, it is an object with an integer `id`."""
    body = {'host': value, **roles('smtp_out')}
    refused(scratch, (400, 'body.malformed', 'host'), subject.target, body, subject.etag)


def test_a_foreign_one(scratch, subject):
    """By its id under the own domain: answered as one that does not exist, whatever else is wrong."""
    scratch.obm.add_host_server('org', scratch.two, 'imap')
    foreign = scratch.other.ids(f'{scratch.other_path}/mailservers')[0]
    etag = etag_of(scratch.other, scratch.other_path, foreign)
    texts = set()
    for number in (foreign, 4711):
        for given in (etag, None):
            answer = refused(scratch, (404, 'reference.unknown'), f'{scratch.path}/mailservers/{number}',
                             roles('smtp_out'), given)
            texts.add(answer.body)
            refused(scratch, (404, 'reference.unknown'), f'{scratch.path}/mailservers/{number}',
                    roles('smtp_out'), given, scratch.root)
    assert len(texts) == 1
    refused(scratch, (403, 'domain.foreign'), f'{scratch.other_path}/mailservers/{foreign}',
            roles('smtp_out'), etag)


@pytest.mark.parametrize('profile', ['user', 'editor'])
def test_other_profiles(scratch, subject, profile):
    """Not for them."""
    scratch.obm.add_user('autre1', scratch.one, profile=profile)
    refused(scratch, (403, 'rights.insufficient'), subject.target, roles('smtp_out'), subject.etag,
            scratch.gateway.client('autre1@exemple.fr'))


def test_the_order_of_the_checks(scratch, subject):
    """Of several faults the one that comes first in the contract is told."""
    scratch.obm.add_user('user1', scratch.one)
    client = scratch.gateway.client(peer=new_peer())

    def send(request):
        return client.request('PUT', request['path'],
                              {'Content-Type': request['media'], 'Authorization': request['who'],
                               'If-Match': request['etag']}, request['body'])

    answer = faults_in_order(send, [
        ('credentials.invalid', {'who': basic('user1@exemple.fr', 'secret')}),
        ('rights.insufficient', {'who': basic('admin1@exemple.fr', 'secret')}),
        ('domain.foreign', {'path': f'{scratch.path}/mailservers/4711?what=ever'}),
        ('reference.unknown', {'path': f'{subject.target}?what=ever'}),
        ('media.unsupported', {'media': 'application/json'}),
        ('body.too_large', {'body': b'{'}),
        ('body.malformed', {'path': subject.target, 'body': {}}),
        ('body.malformed', {'body': {'host': {'id': 4711}, **roles('smtp_out')}}),
        ('host.immutable', {'body': roles()}),
        ('roles.empty', {'body': roles('smtp_out')}),
        ('precondition.required', {'etag': '"x"'}),
        ('mailserver.changed', {'etag': subject.etag}),
    ], {'who': basic('user1@exemple.fr', 'wrong'), 'path': '/4711/mailservers/4711', 'media': 'text/plain',
        'body': b'x' * 70000, 'etag': None})
    assert answer.status == 200
