# SPDX-License-Identifier: GPL-3.0-or-later
"""The installation most tests read, and what the contract says a search in it must find.

The expectations are computed here, in Python, from the list below; they share nothing with the gateway.
"""

import dataclasses
import re

from .obm21 import GLOBAL, ROLES

ALL = ROLES
# Name, address, roles: what is awkward in a pattern, a JSON string or an order is here.
SERVERS = [
    ('hote2', '192.162.0.2', ('imap', 'smtp_in')),
    ('hote1', '192.162.0.1', ALL),
    ('hote10', '192.162.0.10', ('imap',)),
    ('Hote3', '192.162.0.3', ('smtp_out',)),
    ('HOTE4', '10.0.0.4', ('smtp_in',)),
    ('mx_1', '10.0.1.1', ('smtp_in', 'smtp_out')),
    ('mx-1', '10.0.1.10', ()),
    ('mxa1', '10.0.1.2', ('imap', 'smtp_out')),
    ('a%b', '10.0.2.1', ALL),
    ('axb', '9.9.9.9', ('imap',)),
    ('ab', '100.0.0.1', ('imap',)),
    ("o'neil", None, ALL),
    ('back\\slash', '', ('smtp_in',)),
    ('quote"d', 'abc', ALL),
    ('été', '172.16.0.1', ('imap', 'smtp_in')),
    ('ete', '172.16.0.2', ALL),
    ('étage', '172.16.0.300', ('smtp_out',)),
    ('star*name', '172.16.0.4', ALL),
    ('[a-z]', '172.16.0', ('imap', 'smtp_out')),
    ('sp ace', '192.162.0.2', ALL),
    ('a?', '255.255.255.255', ('imap',)),
    ('Zz', '0.0.0.0', ()),
    ('🦊</script>&\u2028', '172.16.0.20', ('imap',)),
]
FREE = [('libre2', None), ('Libre1', '192.162.0.50'), ('hotel', '192.162.0.9')]


@dataclasses.dataclass(frozen=True)
class Server:
    """A mail server as the contract names its parts; `id` is the mail server's."""

    id: int
    host: int
    name: str
    ip: str
    domain: str
    imap: bool
    smtp_in: bool
    smtp_out: bool


def lower(text):
    """A name as it is ordered: its bytes, ASCII letters in lower case."""
    return text.encode().lower()


def matches(criterion, text, anywhere):
    """Whether a criterion finds a text: `*` is any text, the rest itself; ASCII letters have no case."""
    text, at = lower(text), 0
    for number, part in enumerate(criterion.split('*')):
        found = text.find(lower(part), at)
        if found < 0 or (number == 0 and not anywhere and found > 0):
            return False
        # Nothing is said about the end, so the first place that fits is as good as any.
        at = found + len(lower(part))
    return True


def address(text):
    """The number of a dotted quad, or None for anything else."""
    if text and re.fullmatch(r'(0|[1-9][0-9]{0,2})(\.(0|[1-9][0-9]{0,2})){3}', text):
        parts = [int(part) for part in text.split('.')]
        if max(parts) < 256:
            return int.from_bytes(bytes(parts), 'big')
    return None


def ordered(rows, sort='host', order='asc'):
    """Rows (with id, name, ip and perhaps the roles) as the contract orders them: ties by id."""
    rows = sorted(rows, key=lambda row: row.id)
    last = []
    if sort == 'ip':
        last = [row for row in rows if address(row.ip) is None]
        rows = [row for row in rows if address(row.ip) is not None]

    def key(row):
        if sort == 'ip':
            return address(row.ip)
        return lower(row.name) if sort in ('host', 'name') else getattr(row, sort)

    # A stable sort keeps ties by id in both orders.
    return sorted(rows, key=key, reverse=order == 'desc') + last


def search(rows, name='', ip='', **roles):
    """The rows that match every criterion."""
    found = []
    for row in rows:
        if (matches(name, row.name, False) and (not ip or (row.ip is not None and matches(ip, row.ip, True)))
                and all(getattr(row, role) == wanted for role, wanted in roles.items())):
            found.append(row)
    return found


@dataclasses.dataclass(frozen=True)
class Machine:
    """A host; `server` is the id of the mail server it is, or None."""

    id: int
    name: str
    ip: str
    domain: str
    server: int


class Town:
    """Three domains and the global one; `gateway` is set by the fixture."""

    def __init__(self, obm):
        self.obm = obm
        self.gateway = None
        self.one = obm.add_domain('exemple.fr', 'Exemple', 'exemple.com\r\nexemple.net')
        self.two = obm.add_domain('exemple.org', 'Exemple Org')
        self.empty = obm.add_domain('Vide.Example', 'Vide')
        obm.flag(GLOBAL, 0)
        self.keys = {domain: obm.key(domain) for domain in (GLOBAL, self.one, self.two, self.empty)}
        for login, domain, profile in (('admin1', self.one, 'admin'), ('delegue1', self.one, 'admin_delegue'),
                                       ('editeur1', self.one, 'editor'), ('user1', self.one, 'user'),
                                       ('admin2', self.two, 'admin'), ('admin3', self.empty, 'admin'),
                                       ('admin0', GLOBAL, 'admin'), ('user0', GLOBAL, 'user')):
            obm.add_user(login, domain, profile=profile)
        self.servers = []
        self.machines = []
        for name, ip, roles in SERVERS:
            self.add(self.one, name, ip, roles)
        self.add(self.two, 'hote5', '192.162.0.5', ('imap',))
        self.add(self.two, 'org', '10.0.0.99', ALL)
        self.add(GLOBAL, 'global', '172.17.0.1', ALL)
        for name, ip in FREE:
            self.add_free(self.one, name, ip)
        self.add_free(self.two, 'libre-org', '192.162.0.51')
        self.add_free(GLOBAL, 'libre-global', None)
        obm.apply()

    def add(self, domain, name, ip, roles):
        """A host that is a mail server, if there can be one with these roles."""
        if not roles and not self.obm.roleless:
            self.add_free(domain, name, ip)
            return
        host = self.obm.add_host(name, domain, ip)
        server = self.obm.add_server(host, *roles)
        self.servers.append(Server(server, host, name, ip, self.keys[domain],
                                   *(role in roles for role in ROLES)))
        self.machines.append(Machine(host, name, ip, self.keys[domain], server))

    def add_free(self, domain, name, ip):
        """A host that is none."""
        self.machines.append(Machine(self.obm.add_host(name, domain, ip), name, ip, self.keys[domain], None))

    def of(self, domain, rows):
        """The rows of a domain; of the global one: all."""
        return [row for row in rows if domain == GLOBAL or row.domain == self.keys[domain]]

    def path(self, domain, rest=''):
        """A path under the domain's key."""
        return f'/{self.keys[domain]}{rest}'

    def at(self, path):
        """A path in which the domains are 0 (the global one), 1 and 2, as they are here."""
        keys = {'0': self.keys[GLOBAL], '1': self.keys[self.one], '2': self.keys[self.two]}
        return re.sub('^((?:/v1)?(?:/domains)?/)([012])(?![^/?%;])', lambda match: match[1] + keys[match[2]], path)

    def client(self, login='admin1', peer='127.0.0.1'):
        """A client: the number that ends the login tells the domain."""
        name = {'0': 'global.local', '1': 'exemple.fr', '2': 'exemple.org', '3': 'vide.example'}[login[-1]]
        return self.gateway.client(f'{login}@{name}', peer=peer)
