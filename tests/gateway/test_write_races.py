# SPDX-License-Identifier: GPL-3.0-or-later
"""Several administrators write at the same moment, or while another program has the database."""

import threading
import time

import pytest

from .obm21 import ROLES
from .writing import creation, etag_of, roles, unavailable

TOGETHER = 12


def at_once(*calls):
    """Makes all calls at the same moment, each in a thread; what they returned."""
    barrier = threading.Barrier(len(calls))
    results = [None] * len(calls)

    def run(number, call):
        barrier.wait(30)
        results[number] = call()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert None not in results
    return results


def statuses(answers):
    """{status: how often}."""
    found = [answer.status for answer in answers]
    return {status: found.count(status) for status in found}


def servers_of(obm, host):
    """The rows of a host."""
    return [row for row in obm.dump()['MailServer'] if row['mailserver_host_id'] == host]


@pytest.fixture
def gateways(scratch, start):
    """Two in front of one database: nobody says that there is only one."""
    return [scratch.gateway, start(scratch.obm)]


@pytest.mark.parametrize('round_', range(4))
@pytest.mark.parametrize('number', [1, 2])
@pytest.mark.generations('2.1')
def test_one_host_made_twice(scratch, gateways, number, round_):
    """One of twelve wins, the others are told; there is one row."""
    host = scratch.obm.add_host(f'hote{round_}', scratch.one)
    clients = [gateways[index % number].client('admin1@exemple.fr') for index in range(TOGETHER)]
    target = f'{scratch.path}/mailservers'
    answers = at_once(*(lambda client=client: client.post(target, creation(host, 'imap'))
                        for client in clients))
    assert statuses(answers) == {201: 1, 409: TOGETHER - 1}
    assert {answer.type for answer in answers if answer.status == 409} == {'host.already_mailserver'}
    made = [answer.json['id'] for answer in answers if answer.status == 201]
    assert [row['mailserver_id'] for row in servers_of(scratch.obm, host)] == made


@pytest.mark.generations('2.1')
def test_different_hosts(scratch):
    """Twelve creations that have nothing to do with each other all succeed, each with its own host."""
    hosts = [scratch.obm.add_host(f'hote{number}', scratch.one) for number in range(TOGETHER)]
    answers = at_once(*(lambda host=host: scratch.admin.post(f'{scratch.path}/mailservers',
                                                             creation(host, 'imap')) for host in hosts))
    assert statuses(answers) == {201: TOGETHER}
    assert [answer.json['host']['id'] for answer in answers] == hosts
    ids = {answer.json['id']: answer.json['host']['id'] for answer in answers}
    assert {row['mailserver_id']: row['mailserver_host_id']
            for row in scratch.obm.dump()['MailServer']} == ids


@pytest.mark.parametrize('round_', range(4))
@pytest.mark.parametrize('number', [1, 2])
def test_first_flag_of_a_domain(scratch, gateways, number, round_):
    """Nobody has raised it before, twelve do now, each for a host of his own: one row, and no one fails."""
    hosts = [scratch.obm.add_host(f'hote{round_}-{number}', scratch.one) for number in range(TOGETHER)]
    scratch.obm.forget_flag(scratch.one)
    clients = [gateways[index % number].client('admin1@exemple.fr') for index in range(TOGETHER)]
    answers = at_once(*(lambda client=client, host=host: client.post(f'{scratch.path}/mailservers',
                                                                     creation(host, 'imap'))
                        for client, host in zip(clients, hosts)))
    assert statuses(answers) == {201: TOGETHER}
    assert scratch.obm.flags()[scratch.one] == '1'


@pytest.mark.parametrize('number', [1, 2])
def test_one_server_changed_twice(scratch, gateways, number):
    """Twelve saw the same roles: one changes them, the others are shown what he made of them."""
    server = scratch.obm.add_host_server('hote1', scratch.one, 'imap')
    target = f'{scratch.path}/mailservers/{server}'
    etag = etag_of(scratch.admin, scratch.path, server)
    wanted = [('smtp_in',), ('smtp_out',), ('smtp_in', 'smtp_out'), ROLES] * 3
    clients = [gateways[index % number].client('admin1@exemple.fr') for index in range(TOGETHER)]
    answers = at_once(*(lambda client=client, names=names: client.put(target, roles(*names), etag)
                        for client, names in zip(clients, wanted)))
    assert statuses(answers) == {200: 1, 412: TOGETHER - 1}
    winner = next(answer.json for answer in answers if answer.status == 200)
    assert {answer.json['current']['etag'] for answer in answers if answer.status == 412} == {winner['etag']}
    assert etag_of(scratch.admin, scratch.path, server) == winner['etag']


@pytest.mark.parametrize('number', [1, 2])
def test_one_server_deleted_twice(scratch, gateways, number):
    """One of twelve deletes it, for the others it is gone."""
    server = scratch.obm.add_host_server('hote1', scratch.one, 'imap')
    etag = etag_of(scratch.admin, scratch.path, server)
    clients = [gateways[index % number].client('admin1@exemple.fr') for index in range(TOGETHER)]
    answers = at_once(*(lambda client=client: client.delete(f'{scratch.path}/mailservers/{server}', etag)
                        for client in clients))
    assert statuses(answers) == {204: 1, 404: TOGETHER - 1}


def test_deleted_and_changed(scratch):
    """Either comes first; nothing of the loser's is left."""
    for number in range(6):
        server = scratch.obm.add_host_server(f'hote{number}', scratch.one, 'imap')
        target = f'{scratch.path}/mailservers/{server}'
        etag = etag_of(scratch.admin, scratch.path, server)
        deleted, changed = at_once(
            lambda target=target, etag=etag: scratch.admin.delete(target, etag),
            lambda target=target, etag=etag: scratch.admin.put(target, roles('smtp_in'), etag))
        assert (deleted.status, changed.status) in ((204, 404), (412, 200))
        assert scratch.admin.get(target).status == (404 if deleted.status == 204 else 200)


# What another program does, as far as somebody who writes has to wait for it.
HOLDS = {'sqlite': {'alone': ['BEGIN EXCLUSIVE'], 'writing': ['BEGIN IMMEDIATE'],
                    'reading': ['BEGIN', 'SELECT * FROM Host']},
         'postgresql': {'alone': ['BEGIN', 'LOCK TABLE Host, DomainPropertyValue'],
                        'writing': ['BEGIN', 'UPDATE Host SET host_ip = host_ip']},
         'mariadb': {'alone': ['LOCK TABLES Host WRITE, DomainPropertyValue WRITE'],
                     'writing': ['START TRANSACTION', 'UPDATE Host SET host_ip = NULL'],
                     'reading': ['LOCK TABLES DomainPropertyValue READ']}}


@pytest.mark.parametrize('how', ['alone', 'writing', 'reading'])
def test_locked_for_long(scratch, how):
    """503 after a while, nothing written, not even later; then as ever."""
    engine = scratch.obm.database.engine
    if how not in HOLDS[engine] or (scratch.obm.myisam and how == 'writing'):
        pytest.skip('nobody waits for that there')
    if engine == 'sqlite' and how != 'alone' and not scratch.obm.roleless:
        pytest.skip('takes long, and depends on no table')
    host = scratch.obm.add_host('hote1', scratch.one)
    server = scratch.obm.add_host_server('hote2', scratch.one, 'imap')
    target = f'{scratch.path}/mailservers/{server}'
    etag = etag_of(scratch.admin, scratch.path, server)
    before = scratch.obm.dump()
    writes = (lambda: scratch.admin.post(f'{scratch.path}/mailservers', creation(host, 'imap')),
              lambda: scratch.admin.put(target, roles('smtp_out'), etag),
              lambda: scratch.admin.delete(target, etag))
    with scratch.obm.database.held(*HOLDS[engine][how]):
        begin = time.monotonic()
        for answer in at_once(*writes):
            unavailable(answer)
        assert time.monotonic() - begin < 45
    assert scratch.obm.changes(before) == {}
    assert [write().status for write in writes] == [201, 200, 412]


def test_locked_for_a_moment(scratch):
    """A writer that ends in time is waited for."""
    host = scratch.obm.add_host('hote1', scratch.one)
    answers = []
    writing = threading.Thread(target=lambda: answers.append(
        scratch.admin.post(f'{scratch.path}/mailservers', creation(host, 'imap'))))
    with scratch.obm.database.held(*HOLDS[scratch.obm.database.engine]['alone']):
        writing.start()
        # Long enough to meet the lock on a quick machine; on a slow one the test only tests less.
        writing.join(1)
    writing.join(60)
    assert [answer.status for answer in answers] == [201]
