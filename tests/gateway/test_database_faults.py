# SPDX-License-Identifier: GPL-3.0-or-later
"""A database that is locked, away or broken: 503, no word of SQL, and back again without a restart."""

import contextlib
import os
import re
import shutil
import sqlite3
import threading
import time

import pytest

from .database import SqliteDatabase
from .writing import UNAVAILABLE, unavailable

TARGETS = ['/domains', '/1/session', '/1/mailservers', '/1/mailservers/1', '/1/mailservers/1/links',
           '/1/hosts', '/1/update', '/domains/1']
# Tables, and which answers need them: those of who asks and where, of mail servers, of what waits, and of updates.
OF_SERVERS = {'/1/mailservers', '/1/mailservers/1', '/1/mailservers/1/links', '/1/update'}
NEEDED = {**dict.fromkeys(['UserObm', 'Domain', 'Profile'], set(TARGETS)),
          **dict.fromkeys(['MailServer', 'Host', 'Service', 'HostEntity'], OF_SERVERS | {'/1/hosts'}),
          **dict.fromkeys(['P_MailServer', 'P_Service', 'P_HostEntity'], OF_SERVERS),
          **dict.fromkeys(['P_Host', 'DomainPropertyValue', 'ObmInfo'], {'/1/update'})}
# OBM 2.1 has no others; its copies of hosts tell nothing of mail servers.
OLD = {'UserObm', 'Domain', 'MailServer', 'Host', 'P_MailServer', 'DomainPropertyValue', 'ObmInfo'}
NEWER = NEEDED.keys() - {'MailServer', 'P_MailServer'}
RECOVERY = 30


class Caller:
    """An administrator, whose own domain is called 1 in paths."""

    def __init__(self, client, key):
        self.client = client
        self.key = key

    def at(self, target):
        """The path as it is here."""
        return re.sub('^((?:/domains)?/)1(?=/|$)', lambda match: match[1] + self.key, target)

    def get(self, target):
        """GET."""
        return self.client.get(self.at(target))

    def ids(self, target):
        """The ids of the rows of a list."""
        return self.client.ids(self.at(target))


@pytest.fixture
def site(new_installation, start):
    """An installation of its own, with a gateway that has answered already."""
    obm = new_installation()
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    obm.add_host_server('hote1', domain, 'imap')
    gateway = start(obm)
    client = Caller(gateway.client('admin1@exemple.fr'), obm.key(domain))
    assert client.ids('/1/mailservers') == [1]
    return obm.database.path, client


def recovers(client):
    """Good answers come back, soon and by themselves."""
    end = time.monotonic() + RECOVERY
    while True:
        answer = client.get('/1/mailservers')
        if answer.status == 200:
            assert [row['id'] for row in answer.json['datas']] == [1]
            return
        assert answer.fault == UNAVAILABLE
        assert time.monotonic() < end, answer.body


def test_a_lock_that_stays(site):
    """A writer that does not end: 503 after a while, not a request that hangs."""
    path, client = site
    with SqliteDatabase(path).locked('MailServer', 'write'):
        start = time.monotonic()
        unavailable(client.get('/1/mailservers'))
        assert time.monotonic() - start < 15
    recovers(client)


def test_a_lock_that_goes(site):
    """A writer that ends in time is waited for."""
    path, client = site
    ready, answers = threading.Event(), []

    def ask():
        ready.set()
        answers.append(client.get('/1/mailservers'))

    with SqliteDatabase(path).locked('MailServer', 'write'):
        asking = threading.Thread(target=ask)
        asking.start()
        assert ready.wait(10)
        # Long enough to meet the lock on a quick machine; on a slow one the test only tests less.
        asking.join(1)
    asking.join(60)
    assert [answer.status for answer in answers] == [200]


def test_a_broken_file(site):
    """Nonsense where the database was."""
    path, client = site
    kept = path.read_bytes()
    path.write_bytes(b'This is no database. ' * 2000)
    for target in TARGETS:
        assert client.get(target).fault == UNAVAILABLE, target
    path.write_bytes(kept)
    recovers(client)


def test_an_emptied_file(site):
    """A file of no bytes is a database without tables."""
    path, client = site
    kept = path.read_bytes()
    os.truncate(path, 0)
    for target in TARGETS:
        assert client.get(target).fault == UNAVAILABLE, target
    path.write_bytes(kept)
    recovers(client)


def test_a_file_cut_in_half(site):
    """The beginning is right, pages behind it are gone."""
    path, client = site
    kept = path.read_bytes()
    os.truncate(path, 8192)
    for target in TARGETS:
        answer = client.get(target)
        # What still lies in the first pages may be answered.
        assert answer.status == 200 or answer.fault == UNAVAILABLE, target
    path.write_bytes(kept)
    recovers(client)


def test_a_removed_file(site):
    """An open file lives on; what must not happen is an empty database made in its place."""
    path, client = site
    away = path.with_suffix('.away')
    shutil.move(path, away)
    for target in TARGETS:
        answer = client.get(target)
        assert answer.status == 200 or answer.fault == UNAVAILABLE, target
    assert not path.exists()
    shutil.move(away, path)
    recovers(client)


def test_a_missing_table(site, layout):
    """An installation that is no OBM any more: what needs the table is refused, the rest served, until it is back."""
    path, client = site
    for table in OLD if layout[0] == '2.1' else NEWER:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(f'ALTER TABLE {table} RENAME TO away')
            connection.commit()
        for target in TARGETS:
            answer = client.get(target)
            assert answer.fault == UNAVAILABLE if target in NEEDED[table] else answer.status == 200, (table, target)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            connection.execute(f'ALTER TABLE away RENAME TO {table}')
            connection.commit()
        assert client.ids('/1/mailservers') == [1]


def test_nothing_is_added_to_the_database(site):
    """No table, column, index, trigger or row of ours: reading leaves the file as it was."""
    path, client = site
    with contextlib.closing(sqlite3.connect(path)) as connection:
        before = list(connection.iterdump())
    for target in TARGETS:
        client.get(target)
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert list(connection.iterdump()) == before
        assert connection.execute('PRAGMA journal_mode').fetchone() == ('delete',)
    beside = [name for name in os.listdir(path.parent) if name.startswith(path.name + '-')]
    assert not beside


def test_a_file_that_may_only_be_read(new_installation, start):
    """Reading needs no right to write (where the file's owner is not root, who may do everything)."""
    obm = new_installation()
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    obm.database.path.chmod(0o444)
    client = start(obm, read_only=True).client('admin1@exemple.fr')
    assert client.read(f'/{obm.key(domain)}/mailservers')['length'] == 0
