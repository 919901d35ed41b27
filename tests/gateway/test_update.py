# SPDX-License-Identifier: GPL-3.0-or-later
"""What waits is applied: batches, who may start and see them, and one at a time."""

import pytest

from .database import EVERYWHERE
from .gateway import TOP
from .obm21 import GLOBAL
from .writing import creation, etag_of, roles, until

RUNNING = (409, 'update.running')


def refused(site, fault, login='admin1', path=None):
    """An update is not started."""
    calls = len(site.calls())
    assert site.client(login).post((path or site.path) + '/update', {}).fault == fault
    assert len(site.calls()) == calls


@EVERYWHERE
@pytest.mark.generations('2.1')
def test_success(update_site):
    """202 with the batch, which runs, is seen, and ends."""
    site = update_site.start('gate go')
    batch = site.launch()
    assert (batch['status'], batch['operationCount'], batch['operationDone']) == ('RUNNING', 1, 0)
    assert (batch.get('error'), batch.get('timeend')) == (None, None)
    assert site.obm.is_locked()
    assert site.batch(batch['id']) == batch
    for login in ('admin1', 'delegue1'):
        state = site.state(login)
        assert (state['status'], state['batch']) == ('RUNNING', batch)
    site.open()
    done = site.ended(batch['id'])
    assert (done['status'], done['operationDone'], done.get('error')) == ('SUCCESS', 1, None)
    state = site.state()
    assert (state['status'], state['batch']) == ('SUCCESS', done)
    assert site.calls() == [[b'--global', b'--domain', site.path[1:].encode()]]


def test_one_after_the_other(update_site):
    """Numbers rise; each batch can be read as long as the gateway lives; the last one counts."""
    site = update_site.start('[ ! -e fail ]')
    first = site.run()
    site.open('fail')
    second = site.run()
    assert first['id'] < second['id']
    assert (first['status'], second['status']) == ('SUCCESS', 'ERROR')
    assert site.batch(first['id']) == first
    assert (site.state()['status'], site.state()['batch']) == ('ERROR', second)
    (site.directory / 'fail').unlink()
    assert site.run()['status'] == 'SUCCESS'
    assert site.state()['status'] == 'SUCCESS'


def test_no_command(update_site):
    """501, and nobody has the right; who would not have it anyway is told that."""
    site = update_site.start(command='')
    refused(site, (501, 'update.unavailable'))
    refused(site, (501, 'update.unavailable'), 'admin0', site.root_path)
    refused(site, (403, 'rights.insufficient'), 'delegue1')
    assert site.state()['may_commit'] is False
    assert site.admin.read(f'{site.path}/session')['rights']['commit'] is False
    assert not site.obm.is_locked()


def test_the_address_of_a_batch(update_site):
    """It takes no parameter, and may only be read."""
    site = update_site.start()
    batch = f'{site.path}/batches/{site.run()["id"]}'
    assert site.admin.get(batch + '?x=1').fault == (400, 'query.invalid', 'x')
    head = site.admin.request('HEAD', batch)
    assert (head.status, head.body) == (200, b'')
    for method in ('POST', 'PUT', 'DELETE'):
        answer = site.admin.request(method, batch)
        assert answer.fault == (405, 'method.not_allowed')
        assert {name.strip() for name in answer.headers['Allow'].split(',')} - {'OPTIONS'} == {'GET', 'HEAD'}


@pytest.mark.parametrize('login', ['delegue1', 'user1'])
def test_who_may_not(update_site, login):
    """A delegated administrator writes but does not apply."""
    site = update_site.start()
    refused(site, (403, 'rights.insufficient'), login)
    assert not site.obm.is_locked()


def test_read_only(update_site):
    """Nobody may."""
    site = update_site.start(read_only=True)
    refused(site, (403, 'rights.insufficient'))
    refused(site, (403, 'rights.insufficient'), 'admin0', site.root_path)
    assert site.state()['may_commit'] is False


def test_other_domains(update_site):
    """Foreign keys, and batches of foreign domains, whose number is no secret to guess."""
    site = update_site.start('gate go')
    refused(site, (403, 'domain.foreign'), 'admin2')
    refused(site, (403, 'domain.foreign'), 'admin1', site.root_path)
    refused(site, (404, 'reference.unknown'), 'admin0', '/4711')
    number = site.launch()['id']
    unknown = (404, 'reference.unknown')
    foreign = site.client('admin2').get(f'{site.other_path}/batches/{number}')
    never = site.client('admin2').get(f'{site.other_path}/batches/{number + 1}')
    assert foreign.fault == never.fault == unknown and foreign.body == never.body
    assert site.client('admin0').get(f'{site.other_path}/batches/{number}').fault == unknown
    assert site.client('admin0').get(f'{site.path}/batches/{number}').status == 200
    state = site.state('admin2', site.other_path)
    assert (state['status'], state['batch']) == ('RUNNING', None)
    site.open()
    site.ended(number)
    state = site.state('admin2', site.other_path)
    assert (state['status'], state['batch']) == ('IDLE', None)


def test_one_run_over_the_installation(update_site):
    """Another one waits for nobody: it is refused, for the same domain, another one, or all."""
    site = update_site.start('gate go')
    number = site.launch()['id']
    until(site.calls)
    refused(site, RUNNING)
    refused(site, RUNNING, 'admin2', site.other_path)
    refused(site, RUNNING, 'admin0', site.root_path)
    assert site.batch(number)['status'] == 'RUNNING'
    site.open()
    assert site.ended(number)['status'] == 'SUCCESS'
    assert site.run('admin2', site.other_path)['status'] == 'SUCCESS'


@EVERYWHERE
def test_another_program_holds_the_lock(update_site):
    """OBM's own page: refused until it has given the lock back, which is never taken from it."""
    site = update_site.start()
    site.obm.lock(True)
    refused(site, RUNNING)
    refused(site, RUNNING, 'admin0', site.root_path)
    assert site.state()['status'] == 'RUNNING' and site.obm.is_locked()
    site.obm.lock(False)
    assert site.run()['status'] == 'SUCCESS'


@EVERYWHERE
@pytest.mark.parametrize('row', [None, '', '0', 'no'])
def test_a_lock_nobody_holds(update_site, row):
    """An installation that never ran an update may have no row, or none that says anything."""
    site = update_site.start()
    site.obm.database.execute("DELETE FROM ObmInfo WHERE obminfo_name = 'update_lock'")
    if row is not None:
        site.obm.database.insert('ObmInfo', obminfo_name='update_lock', obminfo_value=row)
    assert site.run()['status'] == 'SUCCESS'


@EVERYWHERE
@pytest.mark.generations('2.1')
def test_every_pending_domain(update_site):
    """On the global key: one batch, one run for each, one at a time."""
    site = update_site.start('gate go-$3')
    site.obm.flag(site.one, 1)
    site.obm.add_host_server('org', site.two, 'imap')
    site.obm.add_domain('calme.example')
    batch = site.launch('admin0', site.root_path)
    assert (batch['operationCount'], batch['operationDone']) == (2, 0)
    assert until(site.calls) == [[b'--global', b'--domain', site.path[1:].encode()]]
    site.open(f'go-{site.one}')
    until(lambda: len(site.calls()) == 2)
    half = site.batch(batch['id'], 'admin0', site.root_path)
    assert (half['status'], half['operationDone']) == ('RUNNING', 1)
    assert site.client().get(f'{site.path}/batches/{batch["id"]}').fault == (404, 'reference.unknown')
    site.open(f'go-{site.two}')
    done = site.ended(batch['id'], 'admin0', site.root_path)
    assert (done['status'], done['operationDone']) == ('SUCCESS', 2)
    assert [call[2].decode() for call in site.calls()] == [site.path[1:], site.other_path[1:]]


def test_one_of_the_domains_fails(update_site):
    """The batch failed, and says which one it was; the other domain has its run."""
    site = update_site.start(f'[ "$3" != {update_site.one} ] || exit 3')
    for domain in (site.one, site.two):
        site.obm.flag(domain, 1)
    done = site.run('admin0', site.root_path)
    assert done['status'] == 'ERROR' and '3' in done['error'] and 'exemple.fr' in done['error']
    assert len(site.calls()) == 2


@EVERYWHERE
def test_nothing_waits(update_site):
    """A domain's administrator may always run it; for all domains there is nothing to do."""
    site = update_site.start()
    assert site.run()['status'] == 'SUCCESS'
    done = site.run('admin0', site.root_path)
    assert (done['status'], done['operationCount']) == ('SUCCESS', 0)
    assert len(site.calls()) == 1


def rows_of(obm, table, domain):
    """The rows of a table that belong to a domain, as the update command sees it."""
    dump = obm.dump()
    hosts = {row['host_id'] for row in dump['Host'] + dump['P_Host'] if row['host_domain_id'] == domain}
    return sorted(tuple(row.values()) for row in dump[table]
                  if row.get('mailserver_host_id', row.get('host_id')) in hosts)


@pytest.mark.generations('2.1')
def test_the_demonstration(update_site):
    """The update command of data/demo: what was saved here is production afterwards, of this domain alone."""
    obm = update_site.obm
    changed, deleted = (obm.add_host_server(name, update_site.one, 'imap') for name in ('hote1', 'hote2'))
    free = obm.add_host('hote3', update_site.one)
    foreign = obm.add_host_server('org', update_site.two, 'imap')
    obm.apply()
    obm.set_roles(foreign, 'smtp_out')
    obm.database.path.with_name(obm.database.path.name + '.slow').write_text('0\n', encoding='ascii')
    site = update_site.start(command=f'{TOP}/data/demo/update {obm.database.path}')
    admin, list_path = site.admin, f'{site.path}/mailservers'
    assert admin.post(list_path, creation(free, 'smtp_out')).status == 201
    for server, send in ((changed, lambda target, etag: admin.put(target, roles('smtp_in'), etag)),
                         (deleted, admin.delete)):
        assert send(f'{list_path}/{server}', etag_of(admin, site.path, server)).status in (200, 204)
    assert site.state()['counts'] == {'created': 1, 'updated': 1, 'deleted': 1}
    production = rows_of(obm, 'P_MailServer', site.two)
    assert site.run()['status'] == 'SUCCESS'
    state = site.state()
    assert (state['pending'], state['changes'], state['status']) == (False, [], 'SUCCESS')
    for table in ('MailServer', 'Host'):
        assert rows_of(obm, table, site.one) == rows_of(obm, f'P_{table}', site.one) != []
    assert {row['pending'] for row in admin.rows(list_path)} == {None}
    assert obm.flags()[site.one] == '0' and obm.flags()[GLOBAL] == '0'
    assert rows_of(obm, 'P_MailServer', site.two) == production
    assert site.state('admin2', site.other_path)['pending'] is True
