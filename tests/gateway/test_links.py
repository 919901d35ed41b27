# SPDX-License-Identifier: GPL-3.0-or-later
"""What stops the deletion of a mail server."""

import pytest

from .obm21 import GLOBAL

KINDS = ['user', 'domain', 'mailshare']


@pytest.fixture
def server(scratch):
    """A mail server nothing points to, beside another one that is in use."""
    busy = scratch.obm.add_host_server('autre', scratch.one, 'imap')
    scratch.obm.add_user('voisin', scratch.one, server=busy)
    scratch.obm.attach(scratch.one, busy)
    scratch.obm.add_share('voisin', scratch.one, busy)
    return scratch.obm.add_host_server('hote1', scratch.one, 'imap')


def links(client, path, server):
    """(deletable, {kind: (count, first)})."""
    answer = client.read(f'{path}/mailservers/{server}/links')
    assert [link['kind'] for link in answer['links']] == KINDS
    return answer['deletable'], {link['kind']: (link['count'], link['first']) for link in answer['links']}


def test_nothing_points_to_it(scratch, server):
    """Users, domains and shares of other servers stop nothing."""
    nothing = (True, {'user': (0, []), 'domain': (0, []), 'mailshare': (0, [])})
    assert links(scratch.admin, scratch.path, server) == nothing
    assert links(scratch.root, scratch.root_path, server) == nothing


@pytest.mark.parametrize('archived', [False, True])
def test_a_user_stops_it(scratch, server, archived):
    """An archived one too: OBM could bring him back."""
    scratch.obm.add_user('jdoe', scratch.one, server=server, archived=archived)
    deletable, found = links(scratch.admin, scratch.path, server)
    assert (deletable, found['user']) == (False, (1, ['jdoe']))
    assert (found['domain'][0], found['mailshare'][0]) == (0, 0)


@pytest.mark.parametrize('count', [4, 5, 6, 40])
def test_at_most_five_names(scratch, server, count):
    """`count` is all of them, `first` a handful."""
    logins = {f'user{number:02}' for number in range(count)}
    for login in logins:
        scratch.obm.add_user(login, scratch.one, server=server)
    deletable, found = links(scratch.admin, scratch.path, server)
    assert not deletable and found['user'][0] == count
    first = found['user'][1]
    assert len(first) == len(set(first)) == min(count, 5) and set(first) <= logins


def test_users_of_every_domain_count(scratch, server):
    """A foreign user stops the deletion, but his name is not this administrator's business."""
    scratch.obm.add_user('jdoe', scratch.one, server=server)
    for login in ('asmith', 'jdoe', 'zoe'):
        scratch.obm.add_user(login, scratch.two, server=server)
    scratch.obm.add_user('sys', GLOBAL, server=server)
    assert links(scratch.admin, scratch.path, server)[1]['user'] == (5, ['jdoe'])
    assert links(scratch.root, scratch.path, server)[1]['user'] == (5, ['jdoe'])
    count, first = links(scratch.root, scratch.root_path, server)[1]['user']
    assert count == 5
    assert set(first) == {'jdoe@exemple.fr', 'asmith@exemple.org', 'jdoe@exemple.org', 'zoe@exemple.org',
                          'sys@global.local'}


def test_only_foreign_users(scratch, server):
    """Nothing to name, still not deletable."""
    scratch.obm.add_user('asmith', scratch.two, server=server)
    deletable, found = links(scratch.admin, scratch.path, server)
    assert (deletable, found['user']) == (False, (1, []))


@pytest.mark.parametrize('roles',
                         [['imap'], ['smtp_in'], ['smtp_out'], ['imap', 'smtp_in', 'smtp_out'],
                          ['imap', 'imap']])
def test_a_domain_stops_it(scratch, server, roles):
    """Whatever it uses the server for, once or twice, it is one domain."""
    for role in roles:
        scratch.obm.attach(scratch.one, server, role)
    assert links(scratch.admin, scratch.path, server) == (
        False, {'user': (0, []), 'domain': (1, ['exemple.fr']), 'mailshare': (0, [])})


@pytest.mark.generations('2.1')
def test_a_domain_s_default_server_stops_it(scratch, server):
    """The second place where OBM 2.1 keeps it."""
    scratch.obm.set_default(scratch.one, server)
    assert links(scratch.admin, scratch.path, server)[1]['domain'] == (1, ['exemple.fr'])
    assert links(scratch.admin, scratch.path, server)[0] is False


@pytest.mark.generations('2.1')
def test_a_domain_counts_once(scratch, server):
    """In both places, with several roles: one domain."""
    scratch.obm.attach(scratch.one, server, 'imap')
    scratch.obm.attach(scratch.one, server, 'smtp_in')
    scratch.obm.set_default(scratch.one, server)
    assert links(scratch.admin, scratch.path, server)[1]['domain'] == (1, ['exemple.fr'])


@pytest.mark.generations('2.1')
def test_domains_of_everybody_count(scratch, server):
    """Foreign domains count, and are named on the global key only."""
    scratch.obm.attach(scratch.one, server)
    scratch.obm.attach(scratch.two, server)
    scratch.obm.set_default(scratch.two, server)
    assert links(scratch.admin, scratch.path, server)[1]['domain'] == (2, ['exemple.fr'])
    count, first = links(scratch.root, scratch.root_path, server)[1]['domain']
    assert (count, set(first)) == (2, {'exemple.fr', 'exemple.org'})


def test_only_a_foreign_domain(scratch, server):
    """As for users."""
    scratch.obm.attach(scratch.two, server)
    deletable, found = links(scratch.admin, scratch.path, server)
    assert (deletable, found['domain']) == (False, (1, []))


def test_mail_shares_stop_it(scratch, server):
    """OBM 2.1 forgot to look at them."""
    scratch.obm.add_share('contact', scratch.one, server)
    scratch.obm.add_share('bureau', scratch.two, server)
    deletable, found = links(scratch.admin, scratch.path, server)
    assert (deletable, found['mailshare']) == (False, (2, ['contact']))
    count, first = links(scratch.root, scratch.root_path, server)[1]['mailshare']
    assert count == 2 and len(first) == 2


def test_many_shares_and_domains(scratch, server):
    """Five names at most of each kind."""
    for number in range(7):
        scratch.obm.add_share(f'partage{number}', scratch.one, server)
        scratch.obm.attach(scratch.obm.add_domain(f'd{number}.example'), server)
    _deletable, found = links(scratch.root, scratch.root_path, server)
    assert [(found[kind][0], len(found[kind][1])) for kind in ('domain', 'mailshare')] == [(7, 5), (7, 5)]
    assert links(scratch.admin, scratch.path, server)[1]['domain'] == (7, [])


def test_the_host_of_a_user_is_no_link(scratch, server):
    """userobm_host_id is the user's workstation; ids of other tables are not the mail server's."""
    host = scratch.admin.read(f'{scratch.path}/mailservers/{server}')['host']['id']
    user = scratch.obm.add_user('jdoe', scratch.one)
    scratch.obm.change_user(user, host_id=server)
    other = scratch.obm.add_server(scratch.obm.add_host('hote9', scratch.one), 'imap')
    scratch.obm.change_user(user, mail_server_id=other)
    assert host != other
    assert links(scratch.admin, scratch.path, server)[0] is True


def test_links_that_are_none(scratch, server):
    """NULL and 0 point to nothing."""
    scratch.obm.add_user('nul', scratch.one, server=None)
    scratch.obm.add_user('zero', scratch.one, server=0)
    scratch.obm.add_share('zero', scratch.one, 0)
    assert links(scratch.admin, scratch.path, server)[0] is True


def test_links_of_what_does_not_exist(scratch, server):
    """404, for a mail server of another domain too."""
    for client, path, number in ((scratch.admin, scratch.path, 99),
                                 (scratch.other, scratch.other_path, server),
                                 (scratch.root, scratch.other_path, server),
                                 (scratch.root, scratch.root_path, 99)):
        assert client.get(f'{path}/mailservers/{number}/links').fault == (404, 'reference.unknown')


def test_names_are_utf8(scratch, server):
    """Names written by OBM 2.1 in ISO-8859-1."""
    user = scratch.obm.add_user('x', scratch.one, server=server)
    share = scratch.obm.add_share('x', scratch.one, server)
    scratch.obm.raw_text('UserObm', 'userobm_login', user, b'ren\xe9')
    scratch.obm.raw_text('MailShare', 'mailshare_name', share, b'comptabilit\xe9')
    found = links(scratch.admin, scratch.path, server)[1]
    assert (found['user'][1], found['mailshare'][1]) == (['rené'], ['comptabilité'])
