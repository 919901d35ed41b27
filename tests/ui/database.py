# SPDX-License-Identifier: GPL-3.0-or-later
"""The databases behind the windows: the demonstration's, and what SQL says must be seen of them."""

import pathlib
import sqlite3

from gateway.database import SqliteDatabase

DEMO = pathlib.Path(__file__).resolve().parents[2] / 'data' / 'demo'
DOMAIN = 1  # exemple.fr
ROLES = ('imap', 'smtp_in', 'smtp_out')
# Hosts of exemple.fr that are mail servers too in the mixed installation: every mix of roles, names and addresses
# whose order as text is not their order.
MIXED = (
    ('alpha', '192.162.0.21', (1, 0, 0)),
    ('Alto', '192.162.0.9', (0, 1, 0)),
    ('alto-2', '192.162.0.30', (0, 0, 1)),
    ('beta', '10.0.0.1', (1, 1, 0)),
    ('gamma', None, (1, 0, 1)),
    ('zeta', '172.16.5.4', (0, 1, 1)),
)


def demo(path):
    """The manual's three mail servers in exemple.fr, and two of another domain."""
    database = SqliteDatabase(path)
    database.load(DEMO / 'obm-2.1.sql')
    database.load(DEMO / 'sample.sql')
    return database


def mixed(path):
    """The demonstration with MIXED on top."""
    database = demo(path)
    for name, ip, roles in MIXED:
        host = database.insert('Host', host_name=name, host_domain_id=DOMAIN, host_ip=ip,
                               host_timecreate='2008-07-01 08:00:00', host_usercreate=2)
        database.insert('MailServer', mailserver_host_id=host, mailserver_timecreate='2008-07-01 08:30:00',
                        mailserver_usercreate=2, **{f'mailserver_{role}': has for role, has in zip(ROLES, roles)})
    return database


def bulk(path, servers):
    """The demonstration with so many mail servers in exemple.fr."""
    database = demo(path)
    connection = sqlite3.connect(database.path, isolation_level=None)
    try:
        connection.execute('PRAGMA synchronous = OFF')
        connection.execute('CREATE TEMP TABLE bulk (servers INTEGER)')
        connection.execute('INSERT INTO bulk VALUES (?)', (servers,))
        connection.executescript((DEMO / 'bulk.sql').read_text(encoding='utf-8'))
    finally:
        connection.close()
    return database


def as_number(ip):
    """An address as a number; None if it is none."""
    parts = (ip or '').split('.')
    if len(parts) != 4 or not all(part.isdigit() and int(part) < 256 for part in parts):
        return None
    return int.from_bytes(bytes(map(int, parts)), 'big')


COLUMNS = {
    'host': 'lower(host_name)',
    'ip': 'as_number(host_ip)',
    'imap': 'mailserver_imap',
    'smtp_in': 'mailserver_smtp_in',
    'smtp_out': 'mailserver_smtp_out',
}


def rows(database, sort='host', descending=False, where='1', domain=DOMAIN, limit=-1, offset=0):
    """What the list must show, as ResultList.rows() has it, but for the language: roles are true or false."""
    column = COLUMNS[sort]
    connection = sqlite3.connect(database.path)
    try:
        connection.create_function('as_number', 1, as_number)
        return [(name, ip or '', *map(bool, roles)) for name, ip, *roles in connection.execute(
            f'SELECT host_name, host_ip, mailserver_imap, mailserver_smtp_in, mailserver_smtp_out'
            f' FROM MailServer JOIN Host ON host_id = mailserver_host_id'
            f' WHERE ({where}) AND (host_domain_id = :domain OR :domain IS NULL)'
            f' ORDER BY {column} IS NULL, {column} {"DESC" if descending else "ASC"}, mailserver_id'
            f' LIMIT :limit OFFSET :offset', {'domain': domain, 'limit': limit, 'offset': offset})]
    finally:
        connection.close()
