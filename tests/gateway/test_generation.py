# SPDX-License-Identifier: GPL-3.0-or-later
"""Which OBM a database is of is found out at the start; what is none is refused with a sentence."""

import pytest

from .gateway import run

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
