# SPDX-License-Identifier: GPL-3.0-or-later
"""One mail server: its members, its ETag, and rows OBM should not have."""

import itertools

import pytest

from .obm21 import ROLES


@pytest.fixture
def server(scratch):
    """A mail server with every column filled; production is equal."""
    host = scratch.obm.add_host('hote1', scratch.one, '192.162.0.1')
    made = scratch.obm.add_server(host, 'imap', 'smtp_in', creator=scratch.user,
                                  updated='2009-02-28 23:59:59', updater=scratch.root_user)
    scratch.obm.apply()
    return made


def consult(scratch, server):
    """What the domain's administrator sees of a mail server."""
    return scratch.admin.read(f'{scratch.path}/mailservers/{server}')


def test_every_member(scratch, server):
    """A member that is missing or is another column's."""
    seen = consult(scratch, server)
    etag = seen.pop('etag')
    host = seen['host'].pop('id')
    assert scratch.admin.ids(scratch.path + '/hosts') == [host]
    assert seen == {
        'id': server, 'url': f'{scratch.path}/mailservers/{server}', 'domain': scratch.path[1:],
        'host': {'name': 'hote1', 'ip': '192.162.0.1', 'fqdn': None}, 'imap': True, 'smtp_in': True,
        'smtp_out': False, 'timecreate': '2008-06-13T09:00:00.000+0000', 'usercreate': 'admin1',
        'timeupdate': '2009-02-28T23:59:59.000+0000', 'userupdate': 'admin0', 'editable': True,
        'pending': None}
    assert etag


def test_the_list_shows_the_same(scratch, server):
    """A row of the list and the object itself differ."""
    assert scratch.admin.rows(scratch.path + '/mailservers') == [consult(scratch, server)]


def test_the_header_is_the_member(scratch, server):
    """The client sends back the member; the backend compares it with the header's value."""
    answer = scratch.admin.get(f'{scratch.path}/mailservers/{server}')
    assert answer.headers['ETag'] == answer.json['etag']


def change_dates(obm, server, _host):
    """Authors and dates only."""
    obm.change_server(server, timeupdate='2020-01-01 00:00:00', userupdate=99, timecreate=None, usercreate=99)


def change_host(obm, _server, host):
    """The host's own columns."""
    obm.database.execute("UPDATE Host SET host_name = 'autre', host_ip = NULL WHERE host_id = ?", host)


def change_production(obm, server, _host):
    """The mail server waits, but is the same."""
    obm.database.execute('DELETE FROM P_MailServer WHERE mailserver_id = ?', server)


def change_relay(obm, server, _host):
    """OBM 2.0's leftover column."""
    obm.change_server(server, relayhost_id=5)


@pytest.mark.parametrize('change', [change_dates, change_host, change_production, change_relay])
@pytest.mark.generations('2.1')
def test_etag_ignores(scratch, server, change):
    """If-Match means "the roles are still those I saw", and nothing else."""
    before = consult(scratch, server)
    change(scratch.obm, server, before['host']['id'])
    after = consult(scratch, server)
    assert after['etag'] == before['etag']
    assert change is change_relay or after != before


@pytest.mark.generations('2.1')
def test_etag_follows_roles_host_and_id(scratch):
    """Two states an administrator could mistake for each other have the same tag."""
    hosts = [scratch.obm.add_host(f'h{number}', scratch.one) for number in range(3)]
    servers = [scratch.obm.add_server(host, 'imap') for host in hosts[:2]]
    tags = set()
    for count in range(4):
        for roles in itertools.combinations(ROLES, count):
            for server in servers:
                scratch.obm.set_roles(server, *roles)
                tags.add(consult(scratch, server)['etag'])
    assert len(tags) == 16
    scratch.obm.change_server(servers[0], host_id=hosts[2])
    assert consult(scratch, servers[0])['etag'] not in tags


def test_etag_is_the_same_everywhere(scratch, server, start):
    """In the list, for another administrator, and in another gateway over the same database."""
    etag = consult(scratch, server)['etag']
    assert scratch.root.read(f'{scratch.path}/mailservers/{server}')['etag'] == etag
    assert scratch.root.rows(f'{scratch.root_path}/mailservers')[0]['etag'] == etag
    again = start(scratch.obm).client('admin1@exemple.fr')
    assert again.read(f'{scratch.path}/mailservers/{server}')['etag'] == etag


@pytest.mark.parametrize('written,read', [
    ('2008-06-13 09:00:00', '2008-06-13T09:00:00.000+0000'),
    ('2008-02-29 00:00:00', '2008-02-29T00:00:00.000+0000'),
    ('1970-01-01 00:00:00', '1970-01-01T00:00:00.000+0000'),
    ('1999-12-31 23:59:59', '1999-12-31T23:59:59.000+0000'),
    # An hour that clocks of daylight saving time skip or repeat.
    ('2008-09-28 02:30:00', '2008-09-28T02:30:00.000+0000'),
    ('2038-01-19 03:14:08', '2038-01-19T03:14:08.000+0000'),
    (None, None), ('', None), ('0000-00-00 00:00:00', None), ('hier', None), ('2008-13-45 99:99:99', None)])
def test_dates(scratch, server, written, read):
    """As OBM writes them, in UTC whatever the zone of the machine; what is no date is none."""
    if not scratch.obm.database.keeps_date(written):
        pytest.skip('this engine does not either')
    scratch.obm.change_server(server, timecreate=written, timeupdate=written, userupdate=scratch.user)
    seen = consult(scratch, server)
    assert (seen['timecreate'], seen['timeupdate']) == (read, read)


@pytest.mark.parametrize('author', [None, 0, 999])
def test_author_who_is_unknown(scratch, server, author):
    """A user who is gone leaves no login."""
    scratch.obm.change_server(server, usercreate=author, userupdate=author)
    seen = consult(scratch, server)
    assert (seen['usercreate'], seen['userupdate']) == (None, None)


def test_author_of_another_domain(scratch, server):
    """Authors are logins, wherever their account is."""
    scratch.obm.change_server(server, usercreate=scratch.root_user, userupdate=scratch.user)
    seen = consult(scratch, server)
    assert (seen['usercreate'], seen['userupdate']) == ('admin0', 'admin1')


@pytest.mark.generations('2.1')
def test_orphan_is_shown_to_the_global_administrator_only(scratch, server):
    """OBM 2.1 deletes hosts that are mail servers; such a row has no domain."""
    host = consult(scratch, server)['host']['id']
    scratch.obm.delete_host(host)
    assert scratch.admin.get(f'{scratch.path}/mailservers/{server}').status == 404
    assert scratch.admin.get(f'{scratch.path}/mailservers/{server}/links').status == 404
    assert scratch.admin.read(scratch.path + '/mailservers')['length'] == 0
    assert scratch.root.get(f'{scratch.path}/mailservers/{server}').status == 404
    seen = scratch.root.read(f'{scratch.root_path}/mailservers/{server}')
    assert (seen['host']['name'], seen['host']['ip'], seen['host']['fqdn']) == (None, None, None)
    assert (seen['imap'], seen['smtp_in'], seen['smtp_out']) == (True, True, False)
    assert scratch.root.rows(scratch.root_path + '/mailservers') == [seen]
    assert scratch.root.read(f'{scratch.root_path}/mailservers/{server}/links')['deletable'] is True
    assert scratch.root.read(seen['url']) == seen


@pytest.mark.generations('2.1')
def test_orphan_is_found_by_roles_only(scratch, server):
    """A row without a name matches no name."""
    scratch.obm.delete_host(consult(scratch, server)['host']['id'])
    path = scratch.root_path + '/mailservers'
    assert scratch.root.ids(path, imap='true') == [server]
    assert scratch.root.ids(path, smtp_out='true') == []
    assert scratch.root.ids(path, name='hote') == []
    assert scratch.root.ids(path, ip='192') == []


@pytest.mark.generations('2.1')
def test_row_without_a_host(scratch, server):
    """mailserver_host_id defaults to 0."""
    scratch.obm.change_server(server, host_id=0)
    assert scratch.root.read(f'{scratch.root_path}/mailservers/{server}')['host']['name'] is None
    assert scratch.admin.get(f'{scratch.path}/mailservers/{server}').status == 404


@pytest.mark.generations('2.1')
def test_two_rows_for_one_host(scratch, server):
    """OBM 2.1 forbids it in a form only: both are mail servers, with tags of their own."""
    twin = scratch.obm.add_server(consult(scratch, server)['host']['id'], 'imap', 'smtp_in')
    assert scratch.admin.ids(scratch.path + '/mailservers') == [server, twin]
    one, two = consult(scratch, server), consult(scratch, twin)
    assert one['host'] == two['host'] and one['etag'] != two['etag']


@pytest.mark.generations('2.1')
def test_no_role_at_all_is_still_a_mail_server(scratch, server):
    """In OBM 2.1 a row with three zeros is listed."""
    scratch.obm.set_roles(server)
    seen = consult(scratch, server)
    assert [seen[role] for role in ROLES] == [False, False, False]


@pytest.mark.generations('2.1')
def test_the_largest_id(scratch, server):
    """OBM's ids are 32 bits wide."""
    scratch.obm.database.execute('UPDATE MailServer SET mailserver_id = 2147483647 WHERE mailserver_id = ?',
                                 server)
    assert consult(scratch, 2147483647)['id'] == 2147483647
    for wrapped in (2147483647 + 2**32, 2147483647 - 2**32):
        assert scratch.admin.get(f'{scratch.path}/mailservers/{wrapped}').status == 404


@pytest.mark.parametrize('text',
                         ['0', '-1', '999', 'abc', '1a', '1.0', '1e0', '%201', '1%20', '1%00', '0x1', "1'",
                          '1;1', '%2B1', '%C2%BD', '18446744073709551617', '4294967297', '9' * 300, '..',
                          '%2E%2E', '*', '%C3%A9'])
def test_id_that_is_none(scratch, server, text):
    """What is not exactly a number that exists is unknown, whatever a lax parser would read in it."""
    assert server == 1
    answer = scratch.admin.get(f'{scratch.path}/mailservers/{text}')
    assert answer.fault == (404, 'reference.unknown')


@pytest.mark.parametrize('raw,text', [(b'h\xf4te', 'hôte'), (b'\xe9t\xe9', 'été'), ('déjà'.encode(), 'déjà'),
                                      (b'\xc3\xa9\xe9', 'Ã©é'), (b'a\xff', 'aÿ')])
def test_latin1_text(scratch, server, raw, text):
    """OBM 2.1 wrote ISO-8859-1: it is read as such where it is not UTF-8."""
    if not scratch.obm.database.raw and text.encode() == raw:
        pytest.skip('here the server knows what is UTF-8')
    host = consult(scratch, server)['host']['id']
    scratch.obm.raw_text('Host', 'host_name', host, raw)
    scratch.obm.raw_text('Host', 'host_description', host, raw)
    scratch.obm.raw_text('UserObm', 'userobm_login', scratch.root_user, raw)
    seen = consult(scratch, server)
    assert (seen['host']['name'], seen['userupdate']) == (text, text)
    assert scratch.admin.rows(scratch.path + '/mailservers')[0]['host']['name'] == text
    machine = scratch.admin.rows(scratch.path + '/hosts')[0]
    assert (machine['name'], machine['description']) == (text, text)


@pytest.mark.parametrize('text',
                         ['a"b', 'a\\b', 'a/b', '</script>', 'a\nb', 'a\tb', '\x01\x1f\x7f', '\u2028', '🦊',
                          ' ', '%s%n'])
def test_text_survives_json(scratch, server, text):
    """Quotes, control characters and characters beyond the first plane."""
    host = consult(scratch, server)['host']['id']
    scratch.obm.database.execute('UPDATE Host SET host_name = ? WHERE host_id = ?', text, host)
    assert consult(scratch, server)['host']['name'] == text
