# SPDX-License-Identifier: GPL-3.0-or-later
"""An OBM 2.1 installation, in an administrator's words.

Tests say "add a host", not "insert into Host": a class with the same methods over the tables of OBM 2.2 and
later makes them say the same about those.
"""

import hashlib
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
DEMO = HERE.parents[1] / 'data' / 'demo'
ROLES = ('imap', 'smtp_in', 'smtp_out')
GLOBAL = 0
GLOBAL_NAME = 'global.local'
ORIGIN = '2008-06-13 09:00:00'
EMPTIED = ('Host', 'MailServer', 'P_MailServer', 'P_Host', 'DomainMailServer', 'MailShare',
           'DomainPropertyValue', 'UserObm', 'Domain')


def stored(password, scheme):
    """A password as OBM's table has it; CRYPT ones are given as hashes already."""
    if scheme == 'MD5SUM':
        return hashlib.md5(password if isinstance(password, bytes) else password.encode()).hexdigest()
    return password


class Obm21:
    """The rows of OBM 2.1 in `database`. Ids are the database's own."""

    # {engine: the files that make the tables}
    schemas = {'sqlite': [DEMO / 'obm-2.1.sql'], 'postgresql': [HERE / 'obm-2.1.pgsql.sql'],
               'mariadb': [HERE / 'obm-2.1.mysql.sql']}
    # A mail server may have no role at all.
    roleless = True
    # Tables that no test fills.
    unused = {'of_usergroup', 'P_of_usergroup'}
    # Where the gateway says when something was changed.
    signed = [('MailServer', 'mailserver'), ('P_MailServer', 'mailserver')]

    def __init__(self, database):
        self.database = database

    @property
    def myisam(self):
        """Whether the tables know no transactions."""
        return self.database.engine == 'mariadb' and self.roleless

    def key(self, domain):
        """The key of a domain in a path."""
        return str(domain)

    def clear(self):
        """No domain, user, host or mail server is left, and nothing is locked."""
        self.database.empty(*EMPTIED)
        self.make_lock()

    def add_domain(self, name, label='', alias=None, flag=0):
        """A domain whose update flag is `flag`."""
        domain = self.database.insert('Domain', domain_name=name, domain_label=label or name,
                                      domain_alias=alias, domain_timecreate=ORIGIN)
        self.flag(domain, flag)
        return domain

    def add_user(self, login, domain, password='secret', scheme='PLAIN', profile='user', archived=False,
                 server=None):
        """A person, or an administrator."""
        return self.database.insert(
            'UserObm', userobm_login=login, userobm_domain_id=domain,
            userobm_password=stored(password, scheme), userobm_password_type=scheme, userobm_perms=profile,
            userobm_archive=int(archived), userobm_mail_server_id=server)

    def change_user(self, user, **columns):
        """Changes columns of a user, named without their prefix."""
        for name, value in columns.items():
            self.database.execute(f'UPDATE UserObm SET userobm_{name} = ? WHERE userobm_id = ?', value, user)

    def add_host(self, name, domain, ip=None, description=''):
        """A machine."""
        return self.database.insert('Host', host_name=name, host_domain_id=domain, host_ip=ip,
                                    host_description=description, host_timecreate=ORIGIN)

    def delete_host(self, host):
        """OBM 2.1 lets a host go that is a mail server still."""
        self.database.execute('DELETE FROM Host WHERE host_id = ?', host)

    def add_server(self, host, *roles, created=ORIGIN, creator=None, updated=None, updater=None, **columns):
        """Makes a host a mail server with some of ROLES."""
        values = {f'mailserver_{role}': int(role in roles) for role in ROLES}
        return self.database.insert(
            'MailServer', **{**values, 'mailserver_host_id': host, 'mailserver_timecreate': created,
                             'mailserver_usercreate': creator, 'mailserver_timeupdate': updated,
                             'mailserver_userupdate': updater, **columns})

    def add_host_server(self, name, domain, *roles, ip=None):
        """A machine that is a mail server: the mail server's id."""
        return self.add_server(self.add_host(name, domain, ip), *roles)

    def set_roles(self, server, *roles):
        """Gives a mail server just these roles."""
        self.database.execute(
            'UPDATE MailServer SET mailserver_imap = ?, mailserver_smtp_in = ?, mailserver_smtp_out = ?'
            ' WHERE mailserver_id = ?', *(int(role in roles) for role in ROLES), server)

    def change_server(self, server, **columns):
        """Changes columns of a mail server, named without their prefix."""
        changes = ', '.join(f'mailserver_{name} = ?' for name in columns)
        self.database.execute(f'UPDATE MailServer SET {changes} WHERE mailserver_id = ?', *columns.values(), server)

    def turn_role(self, role, on, servers):
        """Gives several mail servers a role, or takes it from them, all at once."""
        marks = ', '.join('?' * len(servers))
        self.database.execute(f'UPDATE MailServer SET mailserver_{role} = ? WHERE mailserver_id IN ({marks})',
                              int(on), *servers)

    def delete_server(self, server):
        """The mail server is no more; its host stays."""
        self.database.execute('DELETE FROM MailServer WHERE mailserver_id = ?', server)

    def attach(self, domain, server, role='imap'):
        """The domain uses the mail server for a role."""
        self.database.insert('DomainMailServer', domainmailserver_domain_id=domain,
                             domainmailserver_mailserver_id=server, domainmailserver_role=role)

    def set_default(self, domain, server):
        """The mail server is the domain's default one."""
        self.database.execute('UPDATE Domain SET domain_mail_server_id = ? WHERE domain_id = ?', server,
                              domain)

    def add_share(self, name, domain, server):
        """A mail share on the mail server."""
        return self.database.insert('MailShare', mailshare_name=name, mailshare_domain_id=domain,
                                    mailshare_mail_server_id=server)

    def apply(self):
        """What the update command does to mail servers and hosts: production becomes equal to the tables."""
        with self.database.transaction() as cursor:
            for table in ('Host', 'MailServer'):
                cursor.execute(f'DELETE FROM P_{table}')
                cursor.execute(f'INSERT INTO P_{table} SELECT * FROM {table}')

    def copy_everything(self):
        """Production becomes equal to the tables."""
        with self.database.transaction() as cursor:
            for table in self.tables():
                if table.startswith('P_'):
                    cursor.execute(f'DELETE FROM {table}')
                    cursor.execute(f'INSERT INTO {table} SELECT * FROM {table[2:]}')

    def add_odds(self, domain):
        """What else OBM has around mail servers, and rows nobody knows what to make of."""
        add = self.database.insert
        host = self.add_host_server('double', domain, 'imap')
        add('MailServer', mailserver_host_id=host, mailserver_relayhost_id=host, mailserver_imap=3)
        add('MailServer', mailserver_host_id=7777, mailserver_smtp_in=1)
        add('MailServerNetwork', mailservernetwork_host_id=host, mailservernetwork_ip='192.162.0.0')
        for role in ('imap', 'relais', ''):
            self.attach(domain, 7777, role)
        self.attach(8888, 7777)
        add('MailShare', mailshare_name='partout', mailshare_domain_id=8888, mailshare_mail_server_id=0)
        add('Samba', samba_domain_id=domain, samba_name='workgroup', samba_value='EXEMPLE')
        self.add_more_odds(domain)

    def add_more_odds(self, domain):
        """Those that all generations have."""
        add = self.database.insert
        add('UGroup', group_domain_id=domain, group_name='équipe')
        add('Deleted', deleted_domain_id=domain, deleted_table='Host', deleted_entity_id=7777)
        add('Updated', updated_domain_id=domain, updated_table='Host', updated_entity_id=7777, updated_type='U')
        add('Updatedlinks', updatedlinks_domain_id=domain, updatedlinks_table='Host', updatedlinks_entity_id=7777)
        add('DomainProperty', domainproperty_key='max_users', domainproperty_type='integer')
        for number in (domain, 8888):
            add('DomainPropertyValue', domainpropertyvalue_domain_id=number,
                domainpropertyvalue_property_key='max_users', domainpropertyvalue_value='10')
        add('ObmInfo', obminfo_name='scope-progress', obminfo_value='')

    def check_session(self, changes, turned, _made, author):
        """Takes out of changes() what the session of test_untouched.py may do to mail servers."""
        (old,), (new,) = changes.pop('MailServer')
        assert new.pop('mailserver_timeupdate') and new.pop('mailserver_userupdate') == author
        assert new == {**{name: old[name] for name in new}, 'mailserver_id': turned, 'mailserver_smtp_in': 0,
                       'mailserver_smtp_out': 1}

    def flag(self, domain, value):
        """OBM's flag update_state of a domain."""
        with self.database.transaction() as cursor:
            cursor.execute("DELETE FROM DomainPropertyValue WHERE domainpropertyvalue_domain_id = ?"
                           " AND domainpropertyvalue_property_key = 'update_state'", (domain,))
            cursor.execute("INSERT INTO DomainPropertyValue VALUES (?, 'update_state', ?)",
                           (domain, str(value)))

    def flags(self):
        """{domain: value} of the flags update_state there are."""
        return dict(self.database.execute(
            'SELECT domainpropertyvalue_domain_id, domainpropertyvalue_value FROM DomainPropertyValue'
            " WHERE domainpropertyvalue_property_key = 'update_state'"))

    def forget_flag(self, domain):
        """The domain has no flag update_state, up or down."""
        self.database.execute('DELETE FROM DomainPropertyValue WHERE domainpropertyvalue_domain_id = ?',
                              domain)

    def flag_row(self, domain, value):
        """The row of a flag, as OBM has it."""
        return {'domainpropertyvalue_domain_id': domain, 'domainpropertyvalue_property_key': 'update_state',
                'domainpropertyvalue_value': str(value)}

    def server_row(self, server, host, roles, **columns):
        """The row of a mail server; what is not named in `columns` (without their prefix) is NULL."""
        names = ('id', 'timeupdate', 'timecreate', 'userupdate', 'usercreate', 'host_id', 'relayhost_id')
        values = {**dict.fromkeys(names), 'id': server, 'host_id': host, **columns,
                  **{role: int(role in roles) for role in ROLES}}
        return {f'mailserver_{name}': value for name, value in values.items()}

    def tables(self):
        """The names of all tables."""
        return [name for schema in self.schemas['sqlite']
                for name in re.findall(r'CREATE TABLE (\w+)', schema.read_text(encoding='utf-8'))]

    def dump(self):
        """{table: rows} of everything, each row as {column: value}."""
        dump = self.database.rows(*self.tables())
        if self.database.engine == 'mariadb':
            # The server fills the first date of a table by itself; without an author it says nothing.
            for table, prefix in self.signed:
                for row in dump[table]:
                    if row[prefix + '_userupdate'] is None:
                        row[prefix + '_timeupdate'] = None
        return dump

    def changes(self, before):
        """{table: (rows gone, rows come)} since dump(), of the tables that are not the same."""
        after = self.dump()
        assert after.keys() == before.keys()
        changes = {}
        for table, old in before.items():
            new = after[table]
            gone, come = [row for row in old if row not in new], [row for row in new if row not in old]
            if gone or come or len(old) != len(new):
                changes[table] = (gone, come)
        return changes

    def is_locked(self):
        """Whether OBM's update_lock is held."""
        return self.database.execute(
            "SELECT obminfo_value FROM ObmInfo WHERE obminfo_name = 'update_lock'") == [('1',)]

    def make_lock(self):
        """OBM's update_lock, which nobody holds."""
        self.database.execute("DELETE FROM ObmInfo WHERE obminfo_name = 'update_lock'")
        self.database.insert('ObmInfo', obminfo_name='update_lock', obminfo_value='0')

    def lock(self, held):
        """OBM's update_lock."""
        self.database.execute("UPDATE ObmInfo SET obminfo_value = ? WHERE obminfo_name = 'update_lock'",
                              str(int(held)))

    def raw_text(self, table, column, identifier, data):
        """Stores bytes as they are in a text column: OBM 2.1 wrote ISO-8859-1."""
        key = {'Host': 'host_id', 'Domain': 'domain_id', 'UserObm': 'userobm_id',
               'MailShare': 'mailshare_id'}[table]
        value = 'CAST(? AS TEXT)' if self.database.raw else '?'
        self.database.execute(f'UPDATE {table} SET {column} = {value} WHERE {key} = ?',
                              data if self.database.raw else data.decode('latin-1'), identifier)
