# SPDX-License-Identifier: GPL-3.0-or-later
"""Which OBM a database is of is found out at the start; what is none is refused with a sentence."""

import pytest

from .database import MariadbDatabase
from .gateway import run
from .obm21 import ROLES, Obm21
from .servers import MariadbServer
from .writing import creation

VERSIONS = {'Obm21': b'OBM 2.1 (db_version 2.1)', 'Obm22': b'OBM 2.2 or later (db_version 2.2.0)',
            'Obm32': b'OBM 2.2 or later (db_version 3.2.0)'}


def refused(database):
    """What the gateway says when it does not start."""
    status, out, err = run('--database', database.url, '--listen', '127.0.0.1:0')
    assert status not in (0, None) and not out
    return err.decode()


@pytest.mark.generations('2.1', '2.2', '3.2')
def test_the_log_tells_the_generation(new_installation, start):
    obm = new_installation()
    assert VERSIONS[type(obm).__name__] in start(obm).stderr


@pytest.mark.generations('3.2')
def test_a_database_of_something_else(new_installation):
    database = new_installation().database
    for table in ('Service', 'HostEntity'):
        database.execute(f'ALTER TABLE {table} RENAME TO Other{table}')
    message = refused(database)
    for word in ('MailServer', 'OBM 2.1', 'Service', 'HostEntity', 'OBM 2.2'):
        assert word in message


@pytest.mark.generations('2.1', '2.2')
def test_a_table_that_is_missing(new_installation):
    database = new_installation().database
    database.execute('ALTER TABLE MailShare RENAME TO Other')
    assert 'has no table MailShare' in refused(database)


@pytest.mark.generations('2.1', '2.2')
def test_a_column_that_is_missing(new_installation):
    database = new_installation().database
    database.execute('ALTER TABLE P_Host RENAME COLUMN host_name TO other')
    assert 'its table P_Host has no column host_name' in refused(database)


@pytest.mark.generations('2.2')
def test_what_2_2_may_lack(new_installation, start):
    """The full name of a host came with a later 2.2."""
    obm = new_installation()
    obm.database.execute('ALTER TABLE Host RENAME COLUMN host_fqdn TO other')
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    obm.add_host_server('hote1', domain, 'imap')
    client = start(obm).client('admin1@exemple.fr')
    assert client.rows(f'/{obm.key(domain)}/mailservers')[0]['host']['fqdn'] is None


def check_serves(obm, start):
    """The gateway lists a mail server, and makes another."""
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    obm.add_host_server('hote1', domain, 'imap')
    gateway = start(obm)
    assert VERSIONS[type(obm).__name__] in gateway.stderr
    client, path = gateway.client('admin1@exemple.fr'), f'/{obm.key(domain)}/mailservers'
    assert client.post(path, creation(obm.add_host('hote2', domain), *ROLES)).status == 201
    assert [row['host']['name'] for row in client.rows(path)] == ['hote1', 'hote2']


@pytest.mark.generations('3.2')
@pytest.mark.engines('postgresql')
@pytest.mark.parametrize('path', ['"$user", old, public', 'public, old', 'nowhere, public', 'old'])
def test_schemas_of_one_database(new_installation, start, path):
    """Where tables of two generations can be seen, those that come first are meant."""
    obm = new_installation()
    database = obm.database
    script = Obm21.schemas['postgresql'][0].read_text(encoding='utf-8')
    database.execute(f'CREATE SCHEMA old; SET LOCAL search_path TO old; {script}')
    database.execute(f'ALTER DATABASE {database.name} SET search_path TO {path}')
    database.server.forget()
    check_serves(Obm21(database) if 'old, public' in path or path == 'old' else obm, start)


@pytest.mark.generations('3.2')
@pytest.mark.engines('postgresql')
def test_a_schema_nobody_looks_into(new_installation):
    obm = new_installation()
    obm.database.execute(f'ALTER DATABASE {obm.database.name} SET search_path TO nowhere')
    assert 'no known OBM' in refused(obm.database)


# A name for MailShare, and whether statements find it by that.
CASES = {'sqlite': ('mailshare', True), 'postgresql': ('"MailShare"', False), 'mariadb': ('mailshare', False)}


@pytest.mark.generations('2.1', '3.2')
def test_the_case_of_tables(new_installation, start):
    """A dump from a machine where case does not matter may be put where it does."""
    obm = new_installation()
    name, is_found = CASES[obm.database.engine]
    obm.database.execute('ALTER TABLE MailShare RENAME TO Other')
    obm.database.execute(f'ALTER TABLE Other RENAME TO {name}')
    if is_found:
        check_serves(obm, start)
    else:
        assert 'has no table MailShare' in refused(obm.database)


class FoldingServer(MariadbServer):
    """A MariaDB as it is set up where file names have no case."""

    def command(self):
        return [*super().command(), '--lower-case-table-names=1']


@pytest.fixture(scope='module', name='folding')
def start_folding():
    """A FoldingServer."""
    server = FoldingServer()
    yield server
    server.end()


@pytest.mark.generations('2.1', '3.2')
@pytest.mark.engines('mariadb')
def test_a_mariadb_that_folds_names(generation, folding, start):
    """There all tables are lower case, as on PostgreSQL."""
    database = MariadbDatabase.new(folding)
    for schema in generation.schemas['mariadb']:
        database.load(schema)
    assert ('host',) in database.execute('SHOW TABLES')
    check_serves(generation(database), start)
