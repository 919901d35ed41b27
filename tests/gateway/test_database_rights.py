# SPDX-License-Identifier: GPL-3.0-or-later
"""What the gateway's user of a database server must be allowed, and what --check says of it."""

import pytest

from .gateway import run
from .writing import creation, etag_of, roles

pytestmark = pytest.mark.engines('postgresql', 'mariadb')

PASSWORD = 'p%40ss'
# As obm-gateway(8) says; on OBM 2.1, only PostgreSQL needs Host, for its lock on a row.
CHANGED = {'2.1': {'MailServer': 'INSERT, UPDATE, DELETE', 'Host': 'UPDATE'},
           '3.2': {'Service': 'INSERT, UPDATE, DELETE', 'Host': 'UPDATE'}}
ALWAYS = {'DomainPropertyValue': 'INSERT, UPDATE', 'ObmInfo': 'INSERT, UPDATE'}
SEQUENCES = {'2.1': 'mailserver_mailserver_id_seq', '3.2': 'service_service_id_seq'}


class User:
    """A user of the server who may read the database of an installation, and what it is granted besides."""

    def __init__(self, obm, name):
        self.database = obm.database
        self.name = f'{name}_{self.database.name}'
        if self.database.engine == 'postgresql':
            self.database.administer(f"CREATE ROLE {self.name} LOGIN PASSWORD 'p@ss'")
            self.database.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA public TO {self.name}')
        else:
            self.database.administer(*(f"CREATE USER {account} IDENTIFIED BY 'p@ss'" for account in self.accounts))
            for account in self.accounts:
                self.database.execute(f'GRANT SELECT ON {self.database.name}.* TO {account}')

    @property
    def accounts(self):
        """Its names in GRANT: MariaDB has one a host."""
        if self.database.engine == 'postgresql':
            return [self.name]
        return [f'{self.name}@localhost', f"{self.name}@'127.0.0.1'"]

    @property
    def url(self):
        """As the gateway is given it."""
        return self.database.url.partition('?')[0].replace('://', f'://{self.name}:{PASSWORD}@')

    def grant(self, rights, sequence=None):
        """Rights on tables: {table: rights}."""
        for table, names in rights.items():
            for account in self.accounts:
                self.database.execute(f'GRANT {names} ON {table} TO {account}')
        if sequence and self.database.engine == 'postgresql':
            self.database.execute(f'GRANT USAGE ON SEQUENCE {sequence} TO {self.name}')


@pytest.fixture(name='obm')
def make_installation(new_installation):
    """An installation with an administrator and a host."""
    obm = new_installation()
    obm.domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', obm.domain, profile='admin')
    obm.host = obm.add_host('hote1', obm.domain)
    return obm


def findings(url):
    """What a check prints."""
    return run('--check', '--database', url)[1].decode()


def test_a_user_who_may_only_read(obm, start):
    """Reads; the check names the table, and a write says that the database cannot be used and changes nothing."""
    user = User(obm, 'reader')
    assert 'cannot be written by this user' in findings(user.url)
    before = obm.dump()
    client, path = start(obm, database=user.url).client('admin1@exemple.fr'), f'/{obm.key(obm.domain)}'
    assert client.read(path + '/mailservers')['length'] == 0
    assert client.post(path + '/mailservers', creation(obm.host, 'imap')).status == 503
    assert obm.changes(before) == {}


def test_a_user_with_no_more_than_is_needed(obm, start, layout):
    """The rights that the manual page lists are enough for everything."""
    user = User(obm, 'writer')
    user.grant({**CHANGED[layout[0]], **ALWAYS}, SEQUENCES[layout[0]])
    assert 'ok     The database can be written' in findings(user.url)
    gateway = start(obm, database=user.url, update_command='/bin/true')
    client, path = gateway.client('admin1@exemple.fr'), f'/{obm.key(obm.domain)}'
    made = client.post(path + '/mailservers', creation(obm.host, 'imap'))
    assert made.status == 201, made.body
    target = f'{path}/mailservers/{made.json["id"]}'
    answer = client.put(target, roles('smtp_in'), made.json['etag'])
    assert answer.status == 200, answer.body
    assert client.delete(target, etag_of(client, path, made.json['id'])).status == 204
    assert client.post(path + '/update', {}).status == 202


def test_a_table_that_may_only_be_read(obm, layout):
    """Each one is found out by the check."""
    user = User(obm, 'poor')
    rights = {**CHANGED[layout[0]], **ALWAYS}
    user.grant(rights, SEQUENCES[layout[0]])
    for table, names in rights.items():
        for account in user.accounts:
            obm.database.execute(f'REVOKE {names} ON {table} FROM {account}')
        found = findings(user.url)
        if table == 'Host' and layout == ('2.1', 'mariadb'):
            assert 'cannot be written' not in found
        else:
            assert 'cannot be written by this user' in found, table
        user.grant({table: names})
