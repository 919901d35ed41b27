# SPDX-License-Identifier: GPL-3.0-or-later
"""A whole session on an OBM in use: of all that is there, only what the contract names has changed."""

import pytest

from .gateway import run, write_settings
from .obm21 import GLOBAL, ROLES
from .writing import creation, roles, until

pytestmark = pytest.mark.generations('2.1', '2.2', '3.2')
NAME = "Hôte-Ünïque.d'OBM"
# What makes a server mind the foreign keys, as it does for everybody else.
WITH_KEYS = {'postgresql': 'SET session_replication_role = origin', 'mariadb': 'SET foreign_key_checks = 1'}


class Quarter:
    """An installation with all that OBM has around mail servers, and with what it should not have."""

    def __init__(self, obm):
        self.obm = obm
        self.one = obm.add_domain('exemple.fr', 'Société', 'exemple.com\nexemple.net')
        self.two = obm.add_domain('exemple.org')
        obm.flag(GLOBAL, 0)
        self.admin = obm.add_user('admin1', self.one, profile='admin')
        obm.add_user('admin0', GLOBAL, profile='admin')
        # What the session is about, and what it only reads.
        self.free = obm.add_host(NAME, self.one, None, 'Machine à café')
        self.mine = obm.add_host_server('mine', self.one, 'imap', 'smtp_in', ip='192.162.0.1')
        self.busy = obm.add_host_server('Busy', self.one, *ROLES, ip='192.162.0.2')
        self.foreign = obm.add_host_server('org', self.two, 'imap')
        for domain in (self.one, self.two, GLOBAL):
            obm.add_user(f'user-{domain}', domain, server=self.busy)
            obm.add_share(f'partage-{domain}', domain, self.busy)
            obm.attach(domain, self.busy)
        obm.add_user('rené', self.one, server=self.foreign)
        obm.add_share('comptabilité', self.two, self.foreign)
        obm.add_odds(self.one)
        obm.copy_everything()
        # Something waits already.
        self.waiting = obm.add_host_server('waiting', self.two, 'smtp_out')
        obm.flag(self.two, 1)

    def session(self, gateway):
        """Everything a client does: looks at all there is, makes, changes and deletes, and has it applied."""
        root, admin = gateway.client('admin0@global.local'), gateway.client('admin1@exemple.fr')
        path = f'/{self.obm.key(self.one)}'
        for client, under in ((admin, path), (root, f'/{self.obm.key(GLOBAL)}')):
            client.read('/domains')
            client.read(under + '/session')
            client.read(under + '/update')
            for query in ({}, {'name': 'h*t', 'ip': '1'}, {'sort': 'ip'}, {'rows': '2', 'order': 'desc'}):
                client.read(under + '/hosts', available='true', **query)
                for row in client.rows(under + '/mailservers', **query):
                    client.read(f'{under}/mailservers/{row["id"]}/links')
        made = admin.post(path + '/mailservers', creation(self.free, *ROLES))
        target = f'{path}/mailservers/{made.json["id"]}'
        changed = admin.put(target, roles('smtp_out'), made.json['etag'])
        deleted = admin.delete(target, changed.json['etag'])
        mine = f'{path}/mailservers/{self.mine}'
        turned = admin.put(mine, roles('imap', 'smtp_out'), admin.read(mine)['etag'])
        busy = admin.delete(f'{path}/mailservers/{self.busy}', '*')
        assert [answer.status for answer in (made, changed, deleted, turned, busy)] == [201, 200, 204, 200, 409]
        batch = admin.post(path + '/update', {})
        assert batch.status == 202
        until(lambda: admin.read(f'{path}/batches/{batch.json["id"]}')['status'] == 'SUCCESS')
        return made.json['id']


@pytest.fixture(name='quarter')
def make_quarter(new_installation):
    """A fresh Quarter."""
    return Quarter(new_installation())


def test_a_whole_session(quarter, start, tmp_path):
    """Two mail servers are others, and a flag is up; no other row, and no table, column, index or trigger."""
    obm = quarter.obm
    structure, rows = obm.database.structure(), obm.dump()
    empty = {table for table, found in rows.items() if not found}
    assert structure and empty <= obm.unused, empty
    status, out, _err = run('--check', '--config', write_settings(tmp_path / 'conf', f'database={obm.database.url}\n'))
    assert status == 0 and b'\nok' in out, out
    quarter.session(start(obm, update_command='/bin/true', state_directory=tmp_path))
    assert obm.database.structure() == structure
    changes = obm.changes(rows)
    assert changes.pop('DomainPropertyValue') == ([obm.flag_row(quarter.one, 0)],
                                                  [obm.flag_row(quarter.one, 1)])
    obm.check_session(changes, quarter.mine, quarter.free, quarter.admin)
    assert not changes


@pytest.mark.generations('3.2')
@pytest.mark.engines('postgresql', 'mariadb')
def test_foreign_keys_have_nothing_to_do(quarter, start):
    """With a host, mail shares would go and users would lose their server: the host is never deleted."""
    obm, client = quarter.obm, start(quarter.obm).client('admin1@exemple.fr')
    path = f'/{obm.key(quarter.one)}/mailservers'
    rows = obm.dump()
    assert client.delete(f'{path}/{quarter.mine}', '*').status == 204
    assert client.put(f'{path}/{quarter.busy}', roles('smtp_in'), '*').status == 200
    assert obm.changes(rows).keys() == {'Service', 'Host', 'DomainPropertyValue'}
    with obm.database.held(WITH_KEYS[obm.database.engine], f'DELETE FROM Host WHERE host_id = {quarter.busy}'):
        pass
    gone = {table: len(old) - len(new) for table, (old, new) in obm.changes(rows).items()}
    assert gone == {'Service': 2 + 2, 'Host': 1, 'DomainPropertyValue': 0, 'HostEntity': 1, 'MailShare': 3,
                    'UserObm': 0, 'MailshareEntity': 3}
