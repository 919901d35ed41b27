# SPDX-License-Identifier: GPL-3.0-or-later
"""An installation of OBM 2.2 or later, in the same words as one of OBM 2.1 (obm21.py).

The global domain is a row there; tests go on calling it GLOBAL.
"""

import uuid

from .obm21 import DEMO, GLOBAL, GLOBAL_NAME, HERE, ORIGIN, ROLES, Obm21, stored

EMPTIED = ('Service', 'P_Service', 'ServiceProperty', 'HostEntity', 'P_HostEntity', 'DomainEntity', 'UserEntity',
           'MailshareEntity', 'Entity', 'Host', 'P_Host', 'MailShare', 'ProfileProperty', 'Profile',
           'DomainPropertyValue', 'UserObm', 'Domain')
OF_ROLES = "('imap', 'smtp_in', 'smtp_out')"


class Obm22(Obm21):
    """The rows of OBM 2.2 in `database`, without domain_uuid."""

    schemas = {'sqlite': [DEMO / 'obm-2.2.sql'], 'postgresql': [HERE / 'obm-2.2.pgsql.sql'],
               'mariadb': [HERE / 'obm-2.2.mysql.sql']}
    uuids = False
    roleless = False
    unused = set()
    signed = [('Host', 'host'), ('P_Host', 'host')]

    def __init__(self, database):
        super().__init__(database)
        self.world = self.add_world()

    def add_world(self):
        """The global domain, and what OBM puts in with it."""
        # OBM calls it global.virt; whoever administers it may rename it.
        world = self.insert_domain(GLOBAL_NAME, 'Global', None, True)
        for profile in ('admin', 'admin_delegue', 'editor', 'user'):
            self.add_profile(profile, world)
        self.add_profile_property('admin_delegue', world, 'admin_realm', 'user, delegation')
        return world

    def number(self, domain):
        """The number of a domain in the tables."""
        return self.world if domain == GLOBAL else domain

    def key(self, domain):
        if not self.uuids:
            return str(self.number(domain))
        return self.database.execute('SELECT domain_uuid FROM Domain WHERE domain_id = ?', self.number(domain))[0][0]

    def clear(self):
        self.database.empty(*EMPTIED)
        self.make_lock()
        self.world = self.add_world()

    def add_entity(self, kind, **columns):
        """An entity for something: its id."""
        entity = self.database.insert('Entity', entity_mailing=True)
        self.database.insert(f'{kind}Entity', **{f'{kind.lower()}entity_{name}': value
                                                 for name, value in {'entity_id': entity, **columns}.items()})
        return entity

    def insert_domain(self, name, label, alias, is_global):
        """A domain and its entity."""
        more = {'domain_uuid': str(uuid.uuid4())} if self.uuids else {}
        domain = self.database.insert('Domain', domain_name=name, domain_label=label, domain_alias=alias,
                                      domain_timecreate=ORIGIN, domain_global=is_global, **more)
        self.add_entity('Domain', domain_id=domain)
        return domain

    def add_domain(self, name, label='', alias=None, flag=0):
        domain = self.insert_domain(name, label or name, alias, False)
        self.flag(domain, flag)
        return domain

    def add_profile(self, name, domain):
        """A profile of a domain; those of the global one are everybody's."""
        return self.database.insert('Profile', profile_domain_id=self.number(domain), profile_name=name)

    def add_profile_property(self, profile, domain, name, value):
        """A property of a profile that is there."""
        (number,), = self.database.execute('SELECT profile_id FROM Profile WHERE profile_name = ?'
                                           ' AND profile_domain_id = ?', profile, self.number(domain))
        self.database.insert('ProfileProperty', profileproperty_profile_id=number, profileproperty_name=name,
                             profileproperty_value=value)

    def add_user(self, login, domain, password='secret', scheme='PLAIN', profile='user', archived=False,
                 server=None):
        user = self.database.insert(
            'UserObm', userobm_login=login, userobm_domain_id=self.number(domain),
            userobm_password=stored(password, scheme), userobm_password_type=scheme, userobm_perms=profile,
            userobm_archive=int(archived), userobm_mail_server_id=server)
        self.add_entity('User', user_id=user)
        return user

    def add_host(self, name, domain, ip=None, description='', **columns):
        host = self.add_bare_host(name, domain, ip, description, **columns)
        self.add_entity('Host', host_id=host)
        return host

    def add_bare_host(self, name, domain, ip=None, description='', **columns):
        """A machine that OBM has lost the entity of."""
        return self.database.insert('Host', host_name=name, host_domain_id=self.number(domain), host_ip=ip,
                                    host_description=description, host_timecreate=ORIGIN, **columns)

    def entity(self, host):
        """The entity of a host."""
        return self.database.execute('SELECT hostentity_entity_id FROM HostEntity WHERE hostentity_host_id = ?',
                                     host)[0][0]

    def add_service(self, host, service):
        """One more row Service of a host."""
        return self.database.insert('Service', service_service=service, service_entity_id=self.entity(host))

    def services(self, host):
        """The names in the rows Service of a host, sorted."""
        return sorted(name for name, in self.database.execute(
            'SELECT service_service FROM Service JOIN HostEntity ON hostentity_entity_id = service_entity_id'
            ' WHERE hostentity_host_id = ?', host))

    def delete_host(self, host):
        """What the foreign keys do then."""
        with self.database.transaction() as cursor:
            cursor.execute('DELETE FROM Service WHERE service_entity_id IN (SELECT hostentity_entity_id'
                           ' FROM HostEntity WHERE hostentity_host_id = ?)', (host,))
            cursor.execute('DELETE FROM HostEntity WHERE hostentity_host_id = ?', (host,))
            cursor.execute('DELETE FROM MailShare WHERE mailshare_mail_server_id = ?', (host,))
            cursor.execute('UPDATE UserObm SET userobm_mail_server_id = NULL WHERE userobm_mail_server_id = ?',
                           (host,))
            cursor.execute('DELETE FROM Host WHERE host_id = ?', (host,))

    def add_server(self, host, *roles, created=ORIGIN, creator=None, updated=None, updater=None):
        self.database.execute('UPDATE Host SET host_timecreate = ?, host_usercreate = ?, host_timeupdate = ?,'
                              ' host_userupdate = ? WHERE host_id = ?', created, creator, updated, updater, host)
        for role in roles:
            self.add_service(host, role)
        return host

    def set_roles(self, server, *roles):
        self.delete_server(server)
        for role in roles:
            self.add_service(server, role)

    def change_server(self, server, **columns):
        changes = ', '.join(f'host_{name} = ?' for name in columns)
        self.database.execute(f'UPDATE Host SET {changes} WHERE host_id = ?', *columns.values(), server)

    def turn_role(self, role, on, servers):
        marks = ', '.join('?' * len(servers))
        entities = f'SELECT hostentity_entity_id FROM HostEntity WHERE hostentity_host_id IN ({marks})'
        with self.database.transaction() as cursor:
            cursor.execute(f'DELETE FROM Service WHERE service_service = ? AND service_entity_id IN ({entities})',
                           (role, *servers))
            if on:
                cursor.execute(f'INSERT INTO Service (service_service, service_entity_id) SELECT ?, entity_id'
                               f' FROM Entity WHERE entity_id IN ({entities})', (role, *servers))

    def delete_server(self, server):
        self.database.execute(f'DELETE FROM Service WHERE service_service IN {OF_ROLES} AND service_entity_id IN'
                              ' (SELECT hostentity_entity_id FROM HostEntity WHERE hostentity_host_id = ?)', server)

    def attach(self, domain, server, role='imap'):
        (entity,), = self.database.execute('SELECT domainentity_entity_id FROM DomainEntity'
                                           ' WHERE domainentity_domain_id = ?', self.number(domain))
        self.database.insert('ServiceProperty', serviceproperty_service='mail', serviceproperty_property=role,
                             serviceproperty_entity_id=entity, serviceproperty_value=str(server))

    def add_share(self, name, domain, server):
        share = super().add_share(name, self.number(domain), server)
        self.add_entity('Mailshare', mailshare_id=share)
        return share

    def apply(self):
        with self.database.transaction() as cursor:
            for table in ('Host', 'HostEntity', 'Service'):
                cursor.execute(f'DELETE FROM P_{table}')
                cursor.execute(f'INSERT INTO P_{table} SELECT * FROM {table}')

    def add_odds(self, domain):
        add = self.database.insert
        host = self.add_host_server('double', domain, 'imap', 'imap', 'smtp_in')
        for service in ('samba', 'ldap', 'imap_frontend', 'imap_archive', 'backup_ftp', ''):
            self.add_service(host, service)
        bare = self.add_bare_host('nu', domain)
        # Entities of nothing, services of nobody, hosts and entities that are not there.
        nobody = add('Entity', entity_mailing=False)
        add('HostEntity', hostentity_entity_id=9999, hostentity_host_id=bare)
        add('HostEntity', hostentity_entity_id=nobody, hostentity_host_id=7777)
        for entity in (nobody, 6666):
            for service in (*ROLES, 'samba'):
                add('Service', service_service=service, service_entity_id=entity)
        for entity in (self.entity(host), nobody, 6666):
            for name, role, value in (('mail', 'imap', 'hote1'), ('mail', 'smtp_in', None), ('mail', 'imap', ''),
                                      ('mail', 'imap', f' {host}'), ('mail', 'imap_autoselect', str(host)),
                                      ('backup', 'imap', str(host)), ('mail', 'smtp_out', '99999999999999999999')):
                add('ServiceProperty', serviceproperty_service=name, serviceproperty_property=role,
                    serviceproperty_entity_id=entity, serviceproperty_value=value)
        add('MailShare', mailshare_name='nulle part', mailshare_domain_id=domain)
        profile = self.add_profile('editor', domain)
        add('ProfileModule', profilemodule_profile_id=profile, profilemodule_module_name='host')
        add('ProfileSection', profilesection_profile_id=profile, profilesection_section_name='ADMINS')
        self.add_more_odds(domain)

    def check_session(self, changes, turned, made, author):
        gone, come = changes.pop('Service')
        entity = self.entity(turned)
        assert [(row['service_service'], row['service_entity_id']) for row in gone] == [('smtp_in', entity)]
        assert [(row['service_service'], row['service_entity_id']) for row in come] == [('smtp_out', entity)]
        old, new = changes.pop('Host')
        assert sorted(row['host_id'] for row in new) == sorted([turned, made])
        assert {row['host_userupdate'] for row in new} == {author}
        assert all(row['host_timeupdate'] for row in new)
        unsigned = {'host_timeupdate': None, 'host_userupdate': None}
        assert [{**row, **unsigned} for row in new] == [{**row, **unsigned} for row in old]

    def flag(self, domain, value):
        super().flag(self.number(domain), value)

    def flags(self):
        return {GLOBAL if domain == self.world else domain: value for domain, value in super().flags().items()}

    def forget_flag(self, domain):
        super().forget_flag(self.number(domain))

    def flag_row(self, domain, value):
        return super().flag_row(self.number(domain), value)


class Obm32(Obm22):
    """The rows of OBM 2.4.1 to 3.2: domains are known by their UUID."""

    schemas = {'sqlite': [DEMO / 'obm-2.2.sql', DEMO / 'obm-3.2.sql'],
               'postgresql': [HERE / 'obm-2.2.pgsql.sql', HERE / 'obm-3.2.pgsql.sql'],
               'mariadb': [HERE / 'obm-2.2.mysql.sql', HERE / 'obm-3.2.mysql.sql']}
    uuids = True
