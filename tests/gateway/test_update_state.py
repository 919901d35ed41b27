# SPDX-License-Identifier: GPL-3.0-or-later
"""The post-it: what is saved but not yet applied."""

import pytest

from .obm21 import GLOBAL, ROLES

NONE = {'imap': False, 'smtp_in': False, 'smtp_out': False}


def roles(*names):
    """The three roles as the contract writes them."""
    return {role: role in names for role in ROLES}


def state(scratch, client=None, path=None):
    """The state as the domain's administrator sees it."""
    return (client or scratch.admin).read((path or scratch.path) + '/update')


def counts(seen):
    """(created, updated, deleted)."""
    return tuple(seen['counts'][action] for action in ('created', 'updated', 'deleted'))


@pytest.fixture
def server(scratch):
    """A mail server that is applied."""
    made = scratch.obm.add_host_server('hote1', scratch.one, 'imap', 'smtp_in')
    scratch.obm.apply()
    return made


def pending(scratch, server):
    """The member `pending` of a mail server."""
    return scratch.admin.read(f'{scratch.path}/mailservers/{server}')['pending']


def test_nothing_waits(scratch, server):
    """Production is equal and the flag is down."""
    assert state(scratch) == {'pending': False, 'other': False, 'status': 'IDLE', 'may_commit': True,
                              'counts': {'created': 0, 'updated': 0, 'deleted': 0}, 'changes': [],
                              'batch': None}
    assert pending(scratch, server) is None


def test_an_empty_domain(scratch):
    """No mail server at all."""
    assert state(scratch, scratch.other, scratch.other_path)['pending'] is False


def test_the_flag_alone(scratch, server):
    """Something else of the domain waits: users, groups, hosts."""
    scratch.obm.flag(scratch.one, 1)
    seen = state(scratch)
    assert (seen['pending'], seen['other'], counts(seen), seen['changes']) == (True, True, (0, 0, 0), [])
    assert pending(scratch, server) is None
    assert state(scratch, scratch.other, scratch.other_path)['pending'] is False


def test_the_flag_of_another_domain(scratch, server):
    """A neighbour's flag, or the global domain's, which OBM raises by mistake."""
    scratch.obm.flag(scratch.two, 1)
    scratch.obm.flag(GLOBAL, 1)
    assert state(scratch)['pending'] is False


@pytest.mark.parametrize('flag', [0, 1])
def test_created(scratch, server, flag):
    """A mail server that production does not have, whatever the flag says."""
    made = scratch.obm.add_host_server('hote2', scratch.one, 'smtp_out')
    scratch.obm.flag(scratch.one, flag)
    seen = state(scratch)
    assert (seen['pending'], seen['other'], counts(seen)) == (True, False, (1, 0, 0))
    assert seen['changes'] == [{'action': 'created', 'host': 'hote2', 'domain': scratch.path[1:],
                                'before': None, 'after': roles('smtp_out')}]
    assert (pending(scratch, made), pending(scratch, server)) == ('created', None)


@pytest.mark.parametrize('role', ROLES)
def test_updated(scratch, server, role):
    """One role differs from production."""
    after = {'imap', 'smtp_in'} ^ {role}
    scratch.obm.set_roles(server, *after)
    seen = state(scratch)
    assert (seen['pending'], seen['other'], counts(seen)) == (True, False, (0, 1, 0))
    assert seen['changes'] == [{'action': 'updated', 'host': 'hote1', 'domain': scratch.path[1:],
                                'before': roles('imap', 'smtp_in'), 'after': roles(*after)}]
    assert pending(scratch, server) == 'updated'


@pytest.mark.generations('2.1')
def test_updated_and_back(scratch, server):
    """The roles are those of production again."""
    scratch.obm.set_roles(server)
    assert state(scratch)['changes'][0]['after'] == NONE
    scratch.obm.set_roles(server, 'imap', 'smtp_in')
    assert counts(state(scratch)) == (0, 0, 0)


@pytest.mark.generations('2.1')
def test_a_null_role_is_zero(scratch, server):
    """NULL and 0 are the same role: nothing to apply."""
    scratch.obm.change_server(server, smtp_out=None)
    assert state(scratch)['pending'] is False


def test_deleted(scratch, server):
    """Production still has it."""
    scratch.obm.delete_server(server)
    seen = state(scratch)
    assert (seen['pending'], seen['other'], counts(seen)) == (True, False, (0, 0, 1))
    assert seen['changes'] == [{'action': 'deleted', 'host': 'hote1', 'domain': scratch.path[1:],
                                'before': roles('imap', 'smtp_in'), 'after': None}]


def test_deleted_with_its_host(scratch, server):
    """The host is gone too; only production knows its name and whose it was."""
    host = scratch.admin.read(f'{scratch.path}/mailservers/{server}')['host']['id']
    scratch.obm.delete_server(server)
    scratch.obm.delete_host(host)
    for client, path in ((scratch.root, scratch.root_path), (scratch.admin, scratch.path)):
        seen = state(scratch, client, path)
        assert counts(seen) == (0, 0, 1)
        assert seen['changes'] == [{'action': 'deleted', 'host': 'hote1', 'domain': scratch.path[1:],
                                    'before': roles('imap', 'smtp_in'), 'after': None}]
    assert state(scratch, scratch.other, scratch.other_path)['pending'] is False


@pytest.mark.generations('2.1')
def test_on_another_host(scratch, server):
    """The roles are the same, but production has them elsewhere."""
    scratch.obm.change_server(server, host_id=scratch.obm.add_host('hote2', scratch.one))
    seen = state(scratch)
    assert (seen['pending'], seen['other'], counts(seen)) == (True, False, (0, 1, 0))
    assert [change['host'] for change in seen['changes']] == ['hote2']
    assert pending(scratch, server) == 'updated'


@pytest.mark.generations('2.1')
def test_an_orphan_waits(scratch, server):
    """A mail server without a host or a domain: the global administrator sees it."""
    host = scratch.obm.add_host('hote2', scratch.one)
    scratch.obm.add_server(host, 'imap')
    scratch.obm.delete_host(host)
    assert state(scratch)['pending'] is False
    seen = state(scratch, scratch.root, scratch.root_path)
    assert (seen['pending'], counts(seen)) == (True, (1, 0, 0))
    change = seen['changes'][0]
    assert (change['action'], change.get('host'), change['after']) == ('created', None, roles('imap'))


def test_rows_of_the_list_wait_too(scratch, server):
    """Each row of a search says whether it is applied."""
    made = scratch.obm.add_host_server('hote2', scratch.one, 'imap')
    kept = scratch.obm.add_host_server('hote0', scratch.one, 'imap')
    scratch.obm.apply()
    scratch.obm.delete_server(made)
    made = scratch.obm.add_host_server('hote3', scratch.one, 'imap')
    scratch.obm.set_roles(server, 'smtp_out')
    wanted = {kept: None, server: 'updated', made: 'created'}
    for client, path in ((scratch.admin, scratch.path), (scratch.root, scratch.root_path)):
        assert {row['id']: row['pending'] for row in client.rows(path + '/mailservers')} == wanted


@pytest.mark.generations('2.1')
def test_deleted_and_made_again(scratch, server):
    """Two rows of one host: one to take away, one to bring."""
    host = scratch.admin.read(f'{scratch.path}/mailservers/{server}')['host']['id']
    scratch.obm.delete_server(server)
    again = scratch.obm.add_server(host, 'smtp_out')
    assert again != server
    seen = state(scratch)
    assert seen['pending'] and not seen['other'] and seen['changes']


def test_all_three_at_once(scratch, server):
    """Each is counted as what it is."""
    kept = scratch.obm.add_host_server('hote2', scratch.one, 'imap')
    scratch.obm.add_host_server('hote3', scratch.one, 'imap')
    scratch.obm.apply()
    scratch.obm.set_roles(kept, 'smtp_in')
    scratch.obm.delete_server(server)
    for number in range(3):
        scratch.obm.add_host_server(f'neuf{number}', scratch.one, 'imap')
    seen = state(scratch)
    assert counts(seen) == (3, 1, 1)
    assert sorted((change['action'], change['host']) for change in seen['changes']) == [
        ('created', 'neuf0'), ('created', 'neuf1'), ('created', 'neuf2'), ('deleted', 'hote1'),
        ('updated', 'hote2')]


def test_applied(scratch, server):
    """After a run nothing waits."""
    scratch.obm.set_roles(server, 'smtp_out')
    scratch.obm.add_host_server('hote2', scratch.one, 'imap')
    scratch.obm.flag(scratch.one, 1)
    assert state(scratch)['pending'] is True
    scratch.obm.apply()
    scratch.obm.flag(scratch.one, 0)
    assert state(scratch)['pending'] is False


@pytest.mark.generations('2.1')
def test_changes_of_other_domains(scratch, server):
    """A domain sees its own; the global key sees all, each with its domain."""
    scratch.obm.add_host_server('org', scratch.two, 'imap')
    scratch.obm.add_host_server('global', GLOBAL, 'imap')
    scratch.obm.set_roles(server)
    assert counts(state(scratch)) == (0, 1, 0)
    assert counts(state(scratch, scratch.root, scratch.path)) == (0, 1, 0)
    assert counts(state(scratch, scratch.other, scratch.other_path)) == (1, 0, 0)
    everything = state(scratch, scratch.root, scratch.root_path)
    assert counts(everything) == (2, 1, 0)
    assert {(change['host'], change['domain']) for change in everything['changes']} == {
        ('hote1', scratch.path[1:]), ('org', scratch.other_path[1:]), ('global', scratch.root_path[1:])}


def test_deletions_of_other_domains(scratch, server):
    """What another domain took away is its own affair too."""
    foreign = scratch.obm.add_host_server('org', scratch.two, 'imap')
    scratch.obm.apply()
    scratch.obm.delete_server(foreign)
    assert state(scratch)['pending'] is False
    assert counts(state(scratch, scratch.other, scratch.other_path)) == (0, 0, 1)
    assert counts(state(scratch, scratch.root, scratch.root_path)) == (0, 0, 1)


def test_flag_of_any_domain_on_the_global_key(scratch, server):
    """A run on the global key applies every pending domain, so any flag makes it pending."""
    assert state(scratch, scratch.root, scratch.root_path)['pending'] is False
    scratch.obm.flag(scratch.two, 1)
    seen = state(scratch, scratch.root, scratch.root_path)
    assert (seen['pending'], seen['other']) == (True, True)


def test_at_most_a_hundred_changes(scratch):
    """The counts are complete, the list is not."""
    for number in range(103):
        scratch.obm.add_host_server(f'h{number}', scratch.one, 'imap')
    seen = state(scratch)
    assert (len(seen['changes']), counts(seen)) == (100, (103, 0, 0))


def test_another_program_holds_the_lock(scratch, server):
    """RUNNING, though no batch of ours is."""
    scratch.obm.lock(True)
    for client, path in ((scratch.admin, scratch.path), (scratch.root, scratch.root_path)):
        seen = state(scratch, client, path)
        assert (seen['status'], seen.get('batch')) == ('RUNNING', None)
    scratch.obm.lock(False)
    assert state(scratch)['status'] == 'IDLE'


def test_no_lock_row(scratch, server):
    """An installation that never ran an update."""
    scratch.obm.database.execute("DELETE FROM ObmInfo WHERE obminfo_name = 'update_lock'")
    try:
        assert state(scratch)['status'] == 'IDLE'
    finally:
        scratch.obm.database.insert('ObmInfo', obminfo_name='update_lock', obminfo_value='0')


@pytest.mark.parametrize('login,may', [('admin1', True), ('delegue1', False), ('admin0', True)])
def test_who_may_commit(town, login, may):
    """The realm `domain`: administrators, not delegated ones."""
    assert town.client(login).read(town.path(town.one, '/update'))['may_commit'] is may


def test_nobody_may_commit_without_a_command(town, start):
    """There is nothing to start."""
    gateway = start(town.obm)
    for login, path in (('admin1@exemple.fr', town.path(town.one)),
                        ('admin0@global.local', town.path(GLOBAL))):
        client = gateway.client(login)
        assert client.read(path + '/update')['may_commit'] is False
        assert client.read(path + '/session')['rights'] == {'read': True, 'write': True, 'commit': False}


@pytest.mark.parametrize('number', ['1', '0', '-1', 'x', '99999999999999999999', '1%00', '1784000000'])
def test_unknown_batch(town, number):
    """No run was started here."""
    for login, path in (('admin1', town.path(town.one)), ('admin0', town.path(GLOBAL))):
        assert town.client(login).get(f'{path}/batches/{number}').fault == (404, 'reference.unknown')
