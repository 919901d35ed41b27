# SPDX-License-Identifier: GPL-3.0-or-later
"""An installation whose update command is a script of the test's."""

import os
import pathlib
import re
import shlex

from .gateway import Gateway
from .obm21 import GLOBAL
from .writing import until

# Notes how it was called, then does what the test wants. A gate that is never opened ends it, at last.
SCRIPT = r'''#!/bin/bash
cd {directory}
printf '%s\0' "$@" >>arguments
echo >>arguments
echo $$ >>pids
gate() {{
  for _ in {{1..3000}}; do
    [ ! -e "$1" ] || return 0
    sleep 0.02
  done
  exit 99
}}
{body}
'''


class UpdateSite:
    """Two domains with an administrator each, a delegated one, and a gateway with an update command."""

    def __init__(self, obm, directory):
        self.obm = obm
        self.directory = pathlib.Path(directory)
        self.script = self.directory / 'update'
        self.gateway = None
        self.one = obm.add_domain('exemple.fr')
        self.two = obm.add_domain('exemple.org')
        obm.flag(GLOBAL, 0)
        for login, domain, profile in (('admin1', self.one, 'admin'), ('delegue1', self.one, 'admin_delegue'),
                                       ('user1', self.one, 'user'), ('admin2', self.two, 'admin'),
                                       ('admin0', GLOBAL, 'admin')):
            obm.add_user(login, domain, profile=profile)
        self.path, self.other_path, self.root_path = (f'/{obm.key(domain)}'
                                                      for domain in (self.one, self.two, GLOBAL))

    def start(self, body='', command=None, **options):
        """Starts a gateway; `body` is what the script does, `command` how it is called instead."""
        self.write(body)
        if command is None:
            command = shlex.quote(str(self.script))
        self.gateway = Gateway(self.obm.database, self.directory, update_command=command,
                               state_directory=self.directory / 'state', **options)
        return self

    def write(self, body):
        """The script from now on."""
        text = SCRIPT.format(directory=shlex.quote(str(self.directory)), body=body)
        new = self.script.with_suffix('.new')
        new.write_text(text, encoding='utf-8')
        new.chmod(0o755)
        new.replace(self.script)

    def client(self, login='admin1'):
        """A client; the number that ends the login tells the domain."""
        domain = {'0': 'global.local', '1': 'exemple.fr', '2': 'exemple.org'}[login[-1]]
        return self.gateway.client(f'{login}@{domain}')

    @property
    def admin(self):
        """The administrator of the first domain."""
        return self.client()

    def read(self, name):
        """A file the script made, or nothing."""
        path = self.directory / name
        return path.read_bytes() if path.exists() else b''

    def open(self, name='go'):
        """Opens a gate."""
        (self.directory / name).touch()

    def calls(self):
        """The arguments of each call of the script."""
        return [line.split(b'\0')[:-1] for line in self.read('arguments').split(b'\n')[:-1]]

    def launch(self, login='admin1', path=None):
        """Starts an update; its batch."""
        answer = self.client(login).post((path or self.path) + '/update', {})
        assert answer.status == 202, answer.body
        assert answer.headers['Location'] == f'/v1{path or self.path}/batches/{answer.json["id"]}'
        return answer.json

    def batch(self, number, login='admin1', path=None):
        """A batch as it is now."""
        return self.client(login).read(f'{path or self.path}/batches/{number}')

    def ended(self, number, login='admin1', path=None):
        """A batch, when it is over; then the lock has been given back."""
        def look():
            found = self.batch(number, login, path)
            return found if found['status'] != 'RUNNING' else None

        found = until(look)
        assert not self.obm.is_locked()
        assert found['timeend'] >= found['timestart']
        return found

    def run(self, login='admin1', path=None):
        """An update from its start to its end."""
        return self.ended(self.launch(login, path)['id'], login, path)

    def state(self, login='admin1', path=None):
        """The state of the updates."""
        return self.client(login).read((path or self.path) + '/update')


def is_alive(pid):
    """Whether a process runs; one that only waits to be buried does not."""
    try:
        stat = pathlib.Path(f'/proc/{pid}/stat').read_text(encoding='latin-1')
    except OSError:
        return False
    return re.sub(r'.*\)', '', stat).split()[0] != 'Z'


def end(pid):
    """Ends a process a test has left."""
    try:
        os.kill(pid, 9)
    except ProcessLookupError:
        pass
