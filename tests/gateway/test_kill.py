# SPDX-License-Identifier: GPL-3.0-or-later
"""The gateway is killed while it writes: what it said is true, and nothing is half done."""

import contextlib
import http.client
import random
import sqlite3
import threading

import pytest

from .gateway import Gateway
from .obm21 import GLOBAL, ROLES
from .writing import UNAVAILABLE, creation, roles, until

ROUNDS = 30
WRITERS = 3
# In seconds: from before the first write until after many.
MOMENTS = (0, 0.25)


class Writer:
    """Writes about one host, over and over: creates it, changes it twice, deletes it.

    `known` are the states the database may be in (None: no mail server): the last one that was acknowledged
    and, while a request is unanswered, what that one asks for.
    """

    def __init__(self, client, path, host):
        self.client = client
        self.path = f'{path}/mailservers'
        self.host = host
        self.known = [None]
        self.acknowledged = 0
        self.fault = None
        self.thread = threading.Thread(target=self.run)

    def write(self, wanted, send, status):
        """One write; its answer."""
        self.known = [self.known[-1], wanted]
        answer = send()
        assert answer.status == status, answer.body
        self.known = [wanted]
        self.acknowledged += 1
        return answer

    def cycle(self):
        """From no mail server to no mail server."""
        made = self.write(('imap',), lambda: self.client.post(self.path, creation(self.host, 'imap')), 201)
        target, etag = f'{self.path}/{made.json["id"]}', made.headers['ETag']
        for names in (('smtp_in', 'smtp_out'), ROLES):
            body = roles(*names)
            answer = self.write(names, lambda body=body, etag=etag: self.client.put(target, body, etag), 200)
            etag = answer.headers['ETag']
        self.write(None, lambda etag=etag: self.client.delete(target, etag), 204)

    def run(self):
        """Until the gateway is no more."""
        try:
            while True:
                self.cycle()
        except (OSError, http.client.HTTPException):
            pass
        except AssertionError as error:
            self.fault = error


class Site:
    """An installation whose gateway does not live long."""

    def __init__(self, obm, directory):
        self.obm = obm
        self.directory = directory
        self.domain = obm.add_domain('exemple.fr')
        self.path = f'/{obm.key(self.domain)}'
        obm.flag(GLOBAL, 0)
        self.user = obm.add_user('admin1', self.domain, profile='admin')
        self.hosts = [obm.add_host(f'hote{number}', self.domain) for number in range(WRITERS)]

    @property
    def transactional(self):
        """Whether what is changed together is changed at once: tables of MyISAM are not."""
        return not (self.obm.roleless and self.obm.database.engine == 'mariadb')

    def settle(self):
        """The database is whole, and nobody works in it any more."""
        if self.obm.database.engine != 'sqlite':
            # A server ends what it was asked for, and finds out then that nobody waits for it.
            until(lambda: not self.obm.database.connections())
            return
        # Looking rolls back what was begun.
        with contextlib.closing(sqlite3.connect(self.obm.database.path)) as connection:
            assert connection.execute('PRAGMA integrity_check').fetchall() == [('ok',)]


class Site21(Site):
    """The rows of OBM 2.1."""

    tables = {'MailServer', 'DomainPropertyValue'}

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.last = 0

    def reset(self):
        """No mail server, nothing waits; what was."""
        self.obm.database.execute('DELETE FROM MailServer')
        self.obm.flag(self.domain, 0)
        self.last = self.last_id()
        return self.obm.dump()

    def last_id(self):
        """The last id a mail server had, be it gone."""
        statement = {'sqlite': "SELECT seq FROM sqlite_sequence WHERE name = 'MailServer'",
                     'postgresql': 'SELECT last_value FROM mailserver_mailserver_id_seq WHERE is_called',
                     'mariadb': 'SELECT auto_increment FROM information_schema.tables WHERE table_schema = DATABASE()'
                                " AND table_name = 'MailServer'"}[self.obm.database.engine]
        return sum(number for number, in self.obm.database.execute(statement))

    def was_written(self):
        """Whether anything was ever created since the reset."""
        return self.last_id() > self.last

    def check_row(self, row):
        """A row is one that OBM would write: no column of it is missing."""
        assert row['mailserver_timecreate'] and row['mailserver_usercreate'] == self.user
        assert bool(row['mailserver_timeupdate']) == (row['mailserver_userupdate'] == self.user)
        assert any(row[f'mailserver_{role}'] for role in ROLES)

    def state_of(self, host):
        """The roles of a host, or None."""
        rows = [row for row in self.obm.dump()['MailServer'] if row['mailserver_host_id'] == host]
        assert len(rows) < 2
        for row in rows:
            self.check_row(row)
            return tuple(role for role in ROLES if row[f'mailserver_{role}'])
        return None


class Site22(Site):
    """The rows of OBM 2.2 and later: what else runs on the hosts stays."""

    tables = {'Service', 'Host', 'DomainPropertyValue'}

    def __init__(self, *arguments):
        super().__init__(*arguments)
        for host in self.hosts:
            self.obm.add_service(host, 'samba')

    def reset(self):
        """No mail server, nothing waits, and nobody has changed a host; what was."""
        for host in self.hosts:
            self.obm.delete_server(host)
            self.obm.change_server(host, timeupdate=None, userupdate=None)
        self.obm.flag(self.domain, 0)
        return self.obm.dump()

    def was_written(self):
        """Whether anything was ever created since the reset: that signs the host."""
        return self.obm.database.execute('SELECT COUNT(*) FROM Host WHERE host_userupdate = ?', self.user) != [(0,)]

    def state_of(self, host):
        """The roles of a host, or None; who has them was given them by somebody."""
        (signature,) = self.obm.database.execute(
            'SELECT host_userupdate, host_timeupdate IS NULL FROM Host WHERE host_id = ?', host)
        found = self.obm.services(host)
        assert found.count('samba') == 1 and len(found) == len(set(found))
        names = tuple(role for role in ROLES if role in found)
        # MariaDB dates each change by itself, a reset too.
        assert signature == (self.user, 0) or (not names and (signature == (None, 1) or (
            self.obm.database.engine == 'mariadb' and signature == (None, 0))))
        return names or None


@pytest.fixture
def site(new_installation, directory):
    """A fresh Site."""
    obm = new_installation()
    return (Site21 if obm.roleless else Site22)(obm, directory)


def kill_once(site, delay):
    """A gateway's life: it serves, is written to, and killed. How many writes it acknowledged."""
    before = site.reset()
    gateway = Gateway(site.obm.database, site.directory)
    try:
        client = gateway.client('admin1@exemple.fr')
        assert client.read(f'{site.path}/mailservers')['length'] == 0
        writers = [Writer(client, site.path, host) for host in site.hosts]
        for writer in writers:
            writer.thread.start()
        writers[0].thread.join(delay)
    finally:
        gateway.kill()
    for writer in writers:
        writer.thread.join(60)
        assert not writer.thread.is_alive() and writer.fault is None, writer.fault
    site.settle()
    changes = site.obm.changes(before)
    assert changes.keys() <= site.tables
    for writer in writers:
        assert site.state_of(writer.host) in writer.known
    # The flag goes up first. With transactions the two go together, else it may be up in vain.
    acknowledged = sum(writer.acknowledged for writer in writers)
    flag = site.obm.flags()[site.domain] == '1'
    assert flag or not acknowledged and not any(site.state_of(host) for host in site.hosts)
    assert site.was_written() or not flag or not site.transactional
    return acknowledged


def test_killed_at_any_moment(site):
    """Each time the database is whole, what was acknowledged is there, and the next gateway serves it."""
    moments = random.Random(2008)
    acknowledged = [kill_once(site, moments.uniform(*MOMENTS)) for _ in range(ROUNDS)]
    # Otherwise nothing was tested.
    assert sum(acknowledged) > ROUNDS
    gateway = Gateway(site.obm.database, site.directory)
    client = gateway.client('admin1@exemple.fr')
    free = client.rows(f'{site.path}/hosts', available='true')
    assert client.read(f'{site.path}/mailservers')['length'] == WRITERS - len(free)
    gateway.stop()


@pytest.mark.engines('postgresql', 'mariadb')
@pytest.mark.parametrize('killed', [True, False], ids=['killed', 'refused'])
def test_between_the_flag_and_the_row(site, killed):
    """With transactions nothing has happened; without, the flag is up in vain: an update takes it down again."""
    before, database = site.reset(), site.obm.database
    gateway = Gateway(database, site.directory)
    client = gateway.client('admin1@exemple.fr')
    target, answers = f'{site.path}/mailservers', []

    def write():
        with contextlib.suppress(OSError, http.client.HTTPException):
            answers.append(client.post(target, creation(site.hosts[0], 'imap')).fault)

    writing = threading.Thread(target=write)
    with database.locked('MailServer' if site.obm.roleless else 'Service', 'read'):
        writing.start()
        until(database.is_waited_for)
        if killed:
            gateway.kill()
        writing.join(60)
        assert answers == ([] if killed else [UNAVAILABLE])
        # Only who holds the table is left; the server does not know at once that nobody waits any more.
        until(lambda: not database.is_waited_for() and (not killed or len(database.connections()) == 1))
    left = set() if site.transactional else {'DomainPropertyValue'}
    assert set(site.obm.changes(before)) == left
    assert site.obm.flags()[site.domain] == ('0' if site.transactional else '1')
    if killed:
        gateway = Gateway(database, site.directory)
        client = gateway.client('admin1@exemple.fr')
    state = client.read(f'{site.path}/update')
    assert (state['pending'], state['other'], state['changes']) == (bool(left), bool(left), [])
    assert client.post(target, creation(site.hosts[0], 'imap')).status == 201
    gateway.stop()
