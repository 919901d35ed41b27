# SPDX-License-Identifier: GPL-3.0-or-later
"""A server that works for too long, or waits for somebody's lock: 503, nothing written, and service again."""

import contextlib
import time

import pytest

from .writing import SLACK, UNAVAILABLE, creation, etag_of, roles, together, unavailable, until

pytestmark = pytest.mark.engines('postgresql', 'mariadb')

# In seconds: what the gateway is told, what it waits for a lock, and what takes too long.
LIMIT = 1
LOCK = 2
LONG = 60


class Site:
    """A mail server and a free host, behind a gateway that lets no statement take long."""

    def __init__(self, obm, start):
        self.obm = obm
        domain = obm.add_domain('exemple.fr')
        obm.add_user('admin1', domain, profile='admin')
        self.free = obm.add_host('libre', domain)
        self.server = obm.add_host_server('hote1', domain, 'imap')
        obm.flag(domain, 1)
        self.client = start(obm, statement_timeout=LIMIT).client('admin1@exemple.fr')
        self.path = f'/{obm.key(domain)}/mailservers'
        self.etag = etag_of(self.client, f'/{obm.key(domain)}', self.server)
        # Where mail servers are.
        self.servers = 'MailServer' if obm.roleless else 'Service'

    def writes(self):
        """What sends one write of each kind."""
        target = f'{self.path}/{self.server}'
        return [lambda: self.client.post(self.path, creation(self.free, 'imap')),
                lambda: self.client.put(target, roles('smtp_out'), self.etag),
                lambda: self.client.delete(target, self.etag)]


@pytest.fixture
def site(new_installation, start):
    """A fresh Site."""
    return Site(new_installation(), start)


@contextlib.contextmanager
def slow(database, table):
    """A table that is read for ever."""
    pause = {'postgresql': f'pg_sleep({LONG}) IS NOT NULL', 'mariadb': f'SLEEP({LONG}) = 0'}[database.engine]
    database.execute(f'ALTER TABLE {table} RENAME TO away')
    database.execute(f'CREATE VIEW {table} AS SELECT * FROM away WHERE {pause}')
    try:
        yield
    finally:
        database.execute(f'DROP VIEW {table}')
        database.execute(f'ALTER TABLE away RENAME TO {table}')


def refused(send, limit):
    """It is refused in time, and the client told when to come back."""
    begin = time.monotonic()
    unavailable(send())
    assert time.monotonic() - begin < limit + SLACK


def test_a_slow_statement(site):
    """It ends after the time that the administrator gave it."""
    with slow(site.obm.database, 'ObmInfo'):
        refused(lambda: site.client.get(f'{site.path.rpartition("/")[0]}/update'), LIMIT)
        # What does not need it is served.
        assert site.client.ids(site.path) == [site.server]
    assert site.client.get(f'{site.path.rpartition("/")[0]}/update').status == 200


@pytest.mark.engines('mariadb')
def test_a_slow_write(site):
    """Without transactions, what took too long may be there: that nothing was written is not said then."""
    before, send = site.obm.dump(), site.writes()[0]
    site.obm.database.execute(f'CREATE TRIGGER slowly AFTER INSERT ON {site.servers} FOR EACH ROW'
                              f' SET @slept = SLEEP({LONG})')
    try:
        fault = send().fault
    finally:
        site.obm.database.execute('DROP TRIGGER slowly')
    if site.obm.myisam:
        assert fault == (500, 'internal') and len(site.client.ids(site.path)) == 2
    else:
        assert fault == UNAVAILABLE and site.obm.changes(before) == {}


@pytest.mark.parametrize('table', ['UserObm', None, 'DomainPropertyValue'], ids=['user', 'server', 'flag'])
def test_a_lock_while_writing(site, table):
    """Nothing is written, not even later; then as ever."""
    before, writes = site.obm.dump(), site.writes()
    with site.obm.database.locked(table or site.servers, 'write'):
        # At once, as each waits.
        together(len(writes), lambda number: refused(writes[number], LOCK))
    assert site.obm.changes(before) == {}
    assert [send().status for send in site.writes()] == [201, 200, 412]


def test_a_lock_while_reading(site):
    """Reading waits no longer than writing."""
    with site.obm.database.locked(site.servers, 'write'):
        refused(lambda: site.client.get(site.path), LOCK)
    assert site.client.ids(site.path) == [site.server]


def test_a_lock_leaves_the_other_connections_alone(site):
    """Others are served meanwhile, and only the one that waited in vain is made anew."""
    def read(_number):
        return site.client.ids(site.path)

    def several():
        together(8, read)
        found = site.obm.database.connections()
        return len(found) > 2 and found

    first = until(several)
    with site.obm.database.locked('ObmInfo', 'write'):
        refused(lambda: site.client.get(f'{site.path.rpartition("/")[0]}/update'), LOCK)
        assert site.client.ids(site.path) == [site.server]
    assert len(first - site.obm.database.connections()) <= 1
