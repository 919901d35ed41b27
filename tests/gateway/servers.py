# SPDX-License-Identifier: GPL-3.0-or-later
"""Database servers for the tests only: started when first used, in a folder of their own, and ended with them."""

import atexit
import contextlib
import glob
import os
import pathlib
import pwd
import random
import shutil
import socket
import subprocess
import tempfile
import time

import psycopg2
import pymysql

WAIT = 60
LOCAL = '127.0.0.1'
# Connections kept: a test has one or two databases, of which it asks one thing after the other.
KEPT = 8


def free_port():
    """A port nobody uses, and which the system gives to nobody who asks for any: the server may be away for a while."""
    while True:
        with socket.socket() as sock, contextlib.suppress(OSError):
            port = random.randrange(20000, 32000)
            sock.bind((LOCAL, port))
            return port


class Server:
    """A server that keeps its data and its port when it is stopped and started again.

    Servers refuse to run as root: then another account has them, and a folder it can reach.
    """

    account = None

    def __init__(self):
        self.as_account = []
        if os.getuid() == 0:
            self.directory = pathlib.Path(tempfile.mkdtemp(prefix='obm-', dir='/tmp'))
            found = pwd.getpwnam(self.account)
            os.chown(self.directory, found.pw_uid, found.pw_gid)
            self.as_account = [f'--reuid={found.pw_uid}', f'--regid={found.pw_gid}', '--clear-groups']
        else:
            self.directory = pathlib.Path(tempfile.mkdtemp(prefix='obm-'))
        self.log = self.directory / 'log'
        self.port = free_port()
        self.process = None
        # Idle connections, by the name of the database; the last used come last.
        self.idle = []
        atexit.register(self.end)
        try:
            self.make()
            self.start()
        except BaseException:
            self.end()
            raise

    def wrap(self, command):
        """A command as the account; it dies with the tests, however these end."""
        return ['setpriv', *self.as_account, '--pdeathsig=KILL', *map(str, command)]

    def run(self, *command):
        """Runs a command to its end."""
        done = subprocess.run(self.wrap(command), cwd=self.directory, stdin=subprocess.DEVNULL, timeout=WAIT,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        assert done.returncode == 0, done.stdout.decode('utf-8', 'replace')

    def make(self):
        """Makes the data directory."""
        raise NotImplementedError

    def command(self):
        """What runs in the foreground."""
        raise NotImplementedError

    def connect(self, name=None):
        """A connection of the administrator, to whom foreign keys mean nothing: data may be bad."""
        raise NotImplementedError

    @contextlib.contextmanager
    def lend(self, name):
        """A connection for a moment: making one each time would take longer than what is done with it."""
        found = next((pair for pair in self.idle if pair[0] == name), None)
        if found is not None:
            self.idle.remove(found)
        connection = found[1] if found is not None else self.connect(name)
        try:
            yield connection
        except BaseException:
            connection.close()
            raise
        self.idle.append((name, connection))
        while len(self.idle) > KEPT:
            self.idle.pop(0)[1].close()

    def forget(self):
        """No connection is kept."""
        while self.idle:
            self.idle.pop()[1].close()

    def start(self):
        """Comes back when the server can be used."""
        with open(self.log, 'ab') as log:
            self.process = subprocess.Popen(self.wrap(self.command()), cwd=self.directory, stdout=log,
                                            stderr=log, stdin=subprocess.DEVNULL)
        end = time.monotonic() + WAIT
        while True:
            try:
                self.connect().close()
                return
            except (psycopg2.Error, pymysql.Error):
                assert self.process.poll() is None and time.monotonic() < end, self.log.read_text(
                    encoding='utf-8', errors='replace')[-2000:]
                time.sleep(0.05)

    def stop(self, number=15):
        """Ends the server, its connections with it; signal 9 as if the machine had lost its power."""
        self.forget()
        self.process.send_signal(number)
        self.process.wait(WAIT)

    def end(self):
        """Nothing is left of it."""
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(WAIT)
        shutil.rmtree(self.directory, ignore_errors=True)


class PostgresServer(Server):
    """PostgreSQL in UTF-8, with a locale that is not "C"."""

    account = 'postgres'

    def make(self):
        """A cluster."""
        self.bin = pathlib.Path(sorted(glob.glob('/usr/lib/postgresql/*/bin'))[-1])
        self.run(self.bin / 'initdb', '--pgdata=data', '--username=root', '--auth=trust', '--encoding=UTF8',
                 '--locale=C.UTF-8', '--no-sync')

    def command(self):
        """What is written has to survive the server, but not the machine."""
        return [self.bin / 'postgres', '-D', 'data', '-p', self.port, '-c', f'listen_addresses={LOCAL}',
                '-c', f'unix_socket_directories={self.directory}', '-c', 'fsync=off',
                '-c', 'full_page_writes=off', '-c', 'timezone=UTC',
                '-c', 'shared_buffers=16MB', '-c', 'autovacuum=off']

    def connect(self, name=None):
        """Each statement is durable by itself until it is said otherwise."""
        connection = psycopg2.connect(host=str(self.directory), port=self.port, user='root',
                                      dbname=name or 'postgres',
                                      options='-c session_replication_role=replica')
        connection.autocommit = True
        return connection

    def stop(self, number=2):
        """SIGINT is "fast": it does not wait for clients."""
        super().stop(number)


class MariadbServer(Server):
    """MariaDB with the tables it had when OBM was young."""

    account = 'nobody'

    def options(self):
        """No configuration of the machine decides anything."""
        return ['--no-defaults', f'--datadir={self.directory}/data', f'--tmpdir={self.directory}']

    def make(self):
        """A data directory without users of the test kind."""
        self.run('mariadb-install-db', *self.options(), '--auth-root-authentication-method=normal',
                 '--skip-test-db', '--skip-name-resolve')

    def command(self):
        """Small, and in a hurry; what is written has to survive the server, but not the machine."""
        return ['/usr/sbin/mariadbd', *self.options(), f'--port={self.port}', f'--bind-address={LOCAL}',
                f'--socket={self.directory}/socket', f'--pid-file={self.directory}/pid', '--skip-name-resolve',
                '--character-set-server=latin1', '--innodb-flush-log-at-trx-commit=2',
                '--innodb-buffer-pool-size=16M', '--innodb-log-file-size=4M', '--key-buffer-size=4M',
                '--innodb-file-per-table=0', '--debug-no-sync', '--performance-schema=OFF']

    def connect(self, name=None):
        """In UTC, as the tests write dates."""
        return pymysql.connect(unix_socket=f'{self.directory}/socket', user='root', database=name,
                               charset='utf8mb4', autocommit=True,
                               init_command="SET time_zone = '+00:00', sql_mode = '',"
                                            " foreign_key_checks = 0")
