# SPDX-License-Identifier: GPL-3.0-or-later
"""Domains, and what the caller may do in them."""

import pytest

from .gateway import write_settings
from .obm21 import GLOBAL

EVERYTHING = {'read': True, 'write': True, 'commit': True}


def entry(town, domain, own):
    """A domain as the list shows it."""
    names = {town.one: ('exemple.fr', 'Exemple'), town.two: ('exemple.org', 'Exemple Org'),
             town.empty: ('Vide.Example', 'Vide'), GLOBAL: ('global.local', 'Global')}
    name, label = names[domain]
    key = town.keys[domain]
    return {'id': key, 'url': f'/domains/{key}', 'name': name, 'label': label, 'global': domain == GLOBAL,
            'own': own}


@pytest.mark.parametrize('login,domain',
                         [('admin1', 'one'), ('delegue1', 'one'), ('admin2', 'two'), ('admin3', 'empty')])
def test_a_domain_administrator_has_his_own(town, login, domain):
    """One entry, his."""
    assert town.client(login).read('/domains') == [entry(town, getattr(town, domain), True)]


@pytest.mark.generations('2.1')
def test_the_global_administrator_has_all(town):
    """The global domain, which is no row of OBM 2.1, is his own and comes first."""
    seen = town.client('admin0').read('/domains')
    assert seen[0] == entry(town, GLOBAL, True)
    assert sorted(seen[1:], key=lambda row: row['id']) == [entry(town, domain, False)
                                                           for domain in (town.one, town.two, town.empty)]


@pytest.mark.parametrize('login,domain,own',
                         [('admin1', 'one', True), ('delegue1', 'one', True), ('admin0', 'one', False),
                          ('admin0', 'two', False), ('admin0', None, True)])
def test_one_domain(town, login, domain, own):
    """The entry of the list, and its aliases."""
    number = getattr(town, domain) if domain else GLOBAL
    aliases = ['exemple.com', 'exemple.net'] if number == town.one else []
    wanted = {**entry(town, number, own), 'aliases': aliases}
    assert town.client(login).read(f'/domains/{town.keys[number]}') == wanted


@pytest.mark.parametrize('alias,aliases', [(None, []), ('', []), ('a.example', ['a.example']), ('\r\n', []),
                                           ('a.example\r\nb.example\r\n', ['a.example', 'b.example'])])
def test_aliases(scratch, alias, aliases):
    """OBM keeps them one a line."""
    scratch.obm.database.execute('UPDATE Domain SET domain_alias = ? WHERE domain_id = ?', alias, scratch.one)
    assert scratch.admin.read(f'/domains{scratch.path}')['aliases'] == aliases


def test_label_in_latin1(scratch):
    """OBM 2.1 wrote ISO-8859-1."""
    scratch.obm.raw_text('Domain', 'domain_label', scratch.one, b'Soci\xe9t\xe9')
    assert scratch.admin.read('/domains')[0]['label'] == 'Société'
    assert scratch.admin.read(f'/domains{scratch.path}')['label'] == 'Société'


@pytest.mark.parametrize('login', ['admin1', 'delegue1', 'admin0'])
def test_who_may_write_sees_what_is_editable(town, login):
    """Both profiles write; only applying is kept from the delegated one."""
    rows = town.client(login).rows(town.path(town.one, '/mailservers'), rows=100)
    assert rows and all(row['editable'] for row in rows)


@pytest.mark.parametrize('login,domain,profile,rights', [
    ('admin1', 'one', 'admin', EVERYTHING),
    ('delegue1', 'one', 'admin_delegue', {**EVERYTHING, 'commit': False}),
    ('admin2', 'two', 'admin', EVERYTHING), ('admin0', None, 'admin', EVERYTHING),
    ('admin0', 'two', 'admin', EVERYTHING)])
def test_session(town, login, domain, profile, rights):
    """Who the caller is, and what his profile allows."""
    number = getattr(town, domain) if domain else GLOBAL
    seen = town.client(login).read(town.path(number, '/session'))
    assert (seen['login'], seen['profile'], seen['rights']) == (login, profile, rights)
    if login != 'admin0' or number == GLOBAL:
        assert seen['domain'] == town.keys[number]


ROUTES = ['/domains', '/domains/{d}', '/{d}/session', '/{d}/mailservers', '/{d}/mailservers/1',
          '/{d}/mailservers/1/links', '/{d}/hosts', '/{d}/update', '/{d}/batches/1']


@pytest.mark.parametrize('route', ROUTES)
@pytest.mark.parametrize('login,domain', [('editeur1', 'one'), ('user1', 'one'), ('user0', None)])
def test_other_profiles_see_nothing(town, login, domain, route):
    """Editors and users have no right here, not even in the global domain."""
    key = town.keys[getattr(town, domain) if domain else GLOBAL]
    answer = town.client(login).get(route.format(d=key))
    assert answer.fault == (403, 'rights.insufficient')


@pytest.mark.parametrize('profile',
                         [None, '', 'Admin', 'ADMIN', 'admin ', 'administrator', 'reader', 'admin_delegue2',
                          '%', 'admin\n'])
def test_a_profile_that_is_not_an_administrator_s(scratch, profile):
    """Only OBM's two administrator profiles, to the letter."""
    scratch.obm.change_user(scratch.user, perms=profile)
    assert scratch.admin.get(scratch.path + '/session').fault == (403, 'rights.insufficient')
    assert scratch.admin.get('/domains').fault == (403, 'rights.insufficient')


def test_a_profile_changed_takes_effect_at_once(scratch):
    """Nothing about the caller is remembered but that his password was right."""
    path = scratch.path + '/session'
    assert scratch.admin.read(path)['rights']['commit'] is True
    scratch.obm.change_user(scratch.user, perms='admin_delegue')
    assert scratch.admin.read(path)['rights'] == {**EVERYTHING, 'commit': False}
    scratch.obm.change_user(scratch.user, perms='user')
    assert scratch.admin.get(path).status == 403
    scratch.obm.change_user(scratch.user, perms='admin')
    assert scratch.admin.read(path)['rights'] == EVERYTHING


def test_a_gateway_that_only_reads(town, start, directory):
    """read-only: no write, no commit, nothing is editable; reading goes on."""
    configuration = write_settings(directory / 'read-only.conf', 'read-only=true\nupdate-command=/bin/true\n')
    gateway = start(town.obm, config=configuration)
    for login, number in (('admin1@exemple.fr', town.one), ('delegue1@exemple.fr', town.one),
                          ('admin0@global.local', GLOBAL)):
        client, path = gateway.client(login), town.path(number)
        assert client.read(path + '/session')['rights'] == {'read': True, 'write': False, 'commit': False}
        assert client.read(path + '/update')['may_commit'] is False
        rows = client.rows(path + '/mailservers', rows=100)
        assert rows and not any(row['editable'] for row in rows)
        assert client.read(rows[0]['url'])['editable'] is False


def test_a_domain_made_later(scratch):
    """The list follows the table."""
    before = len(scratch.root.read('/domains'))
    scratch.obm.add_domain('nouveau.example')
    after = scratch.root.read('/domains')
    assert (len(after), after[0]['global']) == (before + 1, True)
    assert 'nouveau.example' in [row['name'] for row in after]


def test_many_domains(scratch):
    """The list of domains has no pages: it is whole."""
    for number in range(120):
        scratch.obm.add_domain(f'd{number}.example')
    seen = scratch.root.read('/domains')
    assert len({row['id'] for row in seen}) == len(seen) == 123
