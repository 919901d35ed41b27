# SPDX-License-Identifier: GPL-3.0-or-later
"""The database server goes away under load, and comes back: no wrong answer, no acknowledged write that is lost."""

import contextlib
import os
import pathlib
import random
import signal
import socket
import statistics
import subprocess
import threading
import time

import pytest

from .client import Client
from .database import MariadbDatabase, PostgresDatabase
from .gateway import READY, Gateway, environment
from .obm21 import ROLES
from .servers import LOCAL, MariadbServer, PostgresServer
from .wire import Wire
from .writing import SLACK, UNAVAILABLE, creation, roles, together, unavailable, until

pytestmark = pytest.mark.engines('postgresql', 'mariadb')

WRITERS = 4
READERS = 2
# Signals: politely, and not; in seconds: how long the server is up; how many requests are refused while it is away.
STOPS = {'postgresql': (2, 9, 3, 9, 2), 'mariadb': (15, 9, 15, 9, 15)}
UP = (0.3, 1)
REFUSED = 30
# In seconds: what a request may wait for (a lock, or an answer, and then to be connected), and for how long there may be
# no service after the server's return. A busy machine is slower.
WAIT = 6
RECOVERY = 5
# In seconds: how long a statement may take, and what the gateway adds to that before it gives a server up.
LIMIT = 3
ALLOWANCE = 5
# Nobody waits: an answer "at once" of most.
AT_ONCE = 0.5


class Worker:
    """Asks over and over; `fault` is what it must not have seen, `waits` how long it was kept before a 503."""

    def __init__(self, client, path):
        self.client = client
        self.path = path
        self.good = 0
        self.waits = []
        self.fault = None
        self.done = False
        self.thread = threading.Thread(target=self.run)

    def ask(self, send, *expected):
        """One request: its answer if that is expected, or None if the database is away."""
        begin = time.monotonic()
        answer = send()
        if answer.status == 503:
            unavailable(answer)
            self.waits.append(time.monotonic() - begin)
            time.sleep(0.01)
            return None
        assert answer.status in expected, (answer.status, answer.body)
        self.good += answer.status < 300
        return answer

    def step(self):
        """One turn."""
        raise NotImplementedError

    def run(self):
        """Until it is done."""
        try:
            while not self.done:
                self.step()
        except Exception as error:
            self.fault = error


class Reader(Worker):
    """Reads the list: it is what it can be."""

    def step(self):
        answer = self.ask(lambda: self.client.get(f'{self.path}/mailservers?rows=100'), 200)
        if answer is not None:
            rows = answer.json['datas']
            names = [row['host']['name'] for row in rows]
            assert answer.json['length'] == len(rows) and names == sorted(names)
            assert all(any(row[role] for role in ROLES) for row in rows)


class Writer(Worker):
    """Writes about one host: makes it a mail server, changes it twice, deletes it. It knows what is in the database."""

    CYCLE = {None: ('imap',), ('imap',): ('smtp_in', 'smtp_out'), ('smtp_in', 'smtp_out'): ROLES, ROLES: None}

    def __init__(self, client, path, host, name):
        super().__init__(client, path)
        self.host = host
        self.name = name
        self.state = None
        self.target = None
        self.etag = None
        self.doubts = 0

    def send(self, wanted):
        """The write that leads to what is wanted."""
        if self.state is None:
            return self.client.post(f'{self.path}/mailservers', creation(self.host, *wanted))
        if wanted is None:
            return self.client.delete(self.target, self.etag)
        return self.client.put(self.target, roles(*wanted), self.etag)

    def note(self, row, etag):
        """What is in the database: a mail server, or none."""
        self.state = tuple(role for role in ROLES if row[role]) if row else None
        self.target = f'{self.path}/mailservers/{row["id"]}' if row else None
        self.etag = etag

    def look(self):
        """Whether it could be seen what is in the database."""
        answer = self.ask(lambda: self.client.get(f'{self.path}/mailservers', name=self.name), 200)
        for row in answer.json['datas'] if answer else ():
            self.note(row, row['etag'])
        if answer and not answer.json['datas']:
            self.note(None, None)
        return answer is not None

    def step(self):
        before, wanted = self.state, self.CYCLE[self.state]
        answer = self.ask(lambda: self.send(wanted), 200, 201, 204, 500)
        if answer is None:
            # Nothing was written: the next turn asks for the same, and would be refused otherwise.
            return
        if answer.status == 500:
            # The server could not say any more whether it was.
            self.doubts += 1
            until(self.look)
            assert self.state in (before, wanted)
            return
        self.note(answer.json if answer.status != 204 else None, answer.headers.get('ETag'))
        assert self.state == wanted


def roles_of(obm, host):
    """The roles in the tables, or None."""
    if hasattr(obm, 'services'):
        found = obm.services(host)
    else:
        found = [role for row in obm.dump()['MailServer'] if row['mailserver_host_id'] == host
                 for role in ROLES if row[f'mailserver_{role}']]
    assert len(found) == len(set(found))
    return tuple(role for role in ROLES if role in found) or None


@pytest.fixture(scope='module')
def own_servers():
    """{engine: server} which nobody else uses."""
    started = {}
    yield started
    for server in started.values():
        server.end()


@pytest.fixture
def obm(own_servers, layout, generation):
    """An installation on a server of its own, with one administrator."""
    engine = layout[1]
    server_class, database_class = {'postgresql': (PostgresServer, PostgresDatabase),
                                    'mariadb': (MariadbServer, MariadbDatabase)}[engine]
    if engine not in own_servers:
        own_servers[engine] = server_class()
    made = database_class.new(own_servers[engine])
    for schema in generation.schemas[engine]:
        made.load(schema)
    obm = generation(made)
    obm.one = obm.add_domain('exemple.fr')
    obm.add_user('admin1', obm.one, profile='admin')
    obm.path = f'/{obm.key(obm.one)}'
    return obm


def test_stopped_and_started_under_load(obm, start):
    """What was acknowledged is there, what was refused with 503 is not; nobody is kept waiting."""
    hosts = {f'hote{number}': obm.add_host(f'hote{number}', obm.one) for number in range(WRITERS)}
    gateway, server = start(obm), obm.database.server
    workers = [Writer(gateway.client('admin1@exemple.fr'), obm.path, host, name) for name, host in hosts.items()]
    workers += [Reader(gateway.client('admin1@exemple.fr'), obm.path) for _ in range(READERS)]
    moments = random.Random(2008)
    for worker in workers:
        worker.thread.start()

    def progress():
        before = [worker.good for worker in workers]
        until(lambda: any(worker.fault for worker in workers) or all(
            worker.good > count for worker, count in zip(workers, before)), RECOVERY + SLACK)

    def refusals():
        return sum(len(worker.waits) for worker in workers)

    try:
        for number in STOPS[obm.database.engine]:
            progress()
            time.sleep(moments.uniform(*UP))
            server.stop(number)
            refused = refusals()
            until(lambda count=refused: any(worker.fault for worker in workers) or refusals() > count + REFUSED,
                  WAIT + SLACK)
            server.start()
            # By itself, and soon.
            progress()
    finally:
        if server.process.poll() is not None:
            server.start()
        for worker in workers:
            worker.done = True
        for worker in workers:
            worker.thread.join(60)
    assert [worker.fault for worker in workers] == [None] * len(workers)
    waits = [wait for worker in workers for wait in worker.waits]
    assert statistics.median(waits) < AT_ONCE and max(waits) < WAIT + SLACK
    for worker in workers[:WRITERS]:
        assert roles_of(obm, worker.host) == worker.state
        assert worker.good > 10 * worker.doubts
    assert obm.flags()[obm.one] == '1'


@pytest.mark.generations('2.1')
@pytest.mark.parametrize('way', ['refuse', 'swallow', 'mute', 'freeze'])
def test_an_address_without_a_server(obm, start, way):
    """It refuses connections, lets them wait, never says a word, or no more: few wait, the others are told at once."""
    with Wire(obm.database.server.port) as wire:
        gateway = start(wire.in_front_of(obm))
        client = gateway.client('admin1@exemple.fr')
        assert together(8, lambda _number: client.get(f'{obm.path}/mailservers').status) == [200] * 8
        getattr(wire, way)()

        def ask(_number):
            waits = []
            for _ in range(25):
                begin = time.monotonic()
                assert client.get(f'{obm.path}/mailservers').fault == UNAVAILABLE
                waits.append(time.monotonic() - begin)
                time.sleep(0.02)
            return waits

        waits = sum(together(8, ask), [])
        assert statistics.median(waits) < AT_ONCE and max(waits) < WAIT + SLACK
        wire.serve()
        until(lambda: client.get(f'{obm.path}/mailservers').status == 200, RECOVERY + SLACK)


def stop(process):
    """Comes back when none of its threads runs any more."""
    os.kill(process, signal.SIGSTOP)
    until(lambda: all(stat.read_text(encoding='utf-8').rpartition(') ')[2].startswith('T')
                      for stat in pathlib.Path(f'/proc/{process}/task').glob('*/stat')))


@contextlib.contextmanager
def frozen(server):
    """The server does nothing at all, as on a machine that hangs: who is connected stays so, who connects may too."""
    main = server.process.pid
    children = pathlib.Path(f'/proc/{main}/task/{main}/children')
    stopped = [main]
    try:
        stop(main)
        # There can be no more of them now.
        stopped += map(int, children.read_text(encoding='ascii').split())
        for process in stopped[1:]:
            stop(process)
        yield
    finally:
        for process in stopped:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)


def local_url(database, directory=None):
    """The database by the server's local socket, in a directory or where the library of MariaDB looks for it."""
    url = f'{database.url.partition(":")[0]}://localhost:{database.port}/{database.name}?user=root&password='
    if directory is None:
        return url
    return f'{url}&unix-socket={directory if database.engine == "postgresql" else directory / "socket"}'


def hangs_and_leaves(obm, gateway, server):
    """The server is served, hangs, goes away, and comes back."""
    client = gateway.client('admin1@exemple.fr')

    def serves(_number=0):
        return client.get(f'{obm.path}/mailservers').status == 200

    def refuses(_number=0):
        begin = time.monotonic()
        assert client.get(f'{obm.path}/mailservers').fault == UNAVAILABLE
        return time.monotonic() - begin < WAIT + SLACK

    assert together(8, serves) == [True] * 8
    with frozen(server):
        assert together(16, refuses) == [True] * 16
    until(serves, RECOVERY + SLACK)
    server.stop()
    try:
        assert refuses()
    finally:
        server.start()
    until(serves, RECOVERY + SLACK)


@pytest.mark.generations('2.1')
@pytest.mark.parametrize('way', ['named', 'linked'])
def test_by_a_local_socket(obm, start, way):
    """Whoever names it needs no network; the server may know it by another name, as /var/run is another for /run."""
    database = obm.database
    directory = database.server.directory
    usual, link = directory / '.s.PGSQL.5432', directory / 'link'
    if database.engine == 'postgresql' and not usual.is_symlink():
        # libzdb does not tell libpq the port then.
        usual.symlink_to(f'.s.PGSQL.{database.port}')
    if not link.is_symlink():
        link.symlink_to('.')
    obm.database = None
    gateway = start(obm, database=local_url(database, {'named': directory, 'linked': link}[way]))
    hangs_and_leaves(obm, gateway, database.server)


@pytest.mark.generations('2.1')
@pytest.mark.engines('mariadb')
def test_by_the_usual_local_socket(obm, start):
    """For MariaDB "localhost" is a local socket, which nobody has to name."""
    database = obm.database
    variables = {'MYSQL_UNIX_PORT': str(database.server.directory / 'socket')}
    obm.database = None
    hangs_and_leaves(obm, start(obm, database=local_url(database), variables=variables), database.server)


@pytest.mark.generations('2.1')
@pytest.mark.engines('mariadb')
def test_a_log_that_is_a_local_socket(obm):
    """As the one of systemd is: it is not cut with those to the server."""
    server = obm.database.server
    command = Gateway.command_for(None, database=local_url(obm.database, server.directory))
    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as end:
        listener.bind(str(server.directory / 'journal'))
        listener.listen()
        end.connect(str(server.directory / 'journal'))
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=end,
                              env=environment()) as process:
            end.close()
            try:
                port = int(READY.fullmatch(process.stdout.readline()).group(2))
                client = Client(port, 'admin1@exemple.fr', 'secret')
                assert client.get(f'{obm.path}/mailservers').status == 200
                with frozen(server):
                    assert client.get(f'{obm.path}/mailservers').fault == UNAVAILABLE
                until(lambda: client.get(f'{obm.path}/mailservers').status == 200, RECOVERY + SLACK)
            finally:
                process.terminate()
        with listener.accept()[0] as journal:
            log = journal.makefile(encoding='utf-8').read()
    _before, cut, after = log.partition('the server does not answer')
    assert cut and '/mailservers 200 ' in after


@pytest.mark.generations('2.1')
def test_a_client_whose_port_is_a_servers(obm, start):
    """Its connection looks like one to the server, and is not cut with these."""
    server = obm.database.server
    gateway = start(obm)
    client, other = gateway.client('admin1@exemple.fr'), gateway.client('admin1@exemple.fr')
    other.connect = lambda: socket.create_connection((LOCAL, gateway.port), 60,
                                                     source_address=('127.0.0.2', server.port))
    assert client.get(f'{obm.path}/mailservers').status == 200
    with frozen(server):
        assert other.get(f'{obm.path}/mailservers').fault == UNAVAILABLE
    until(lambda: client.get(f'{obm.path}/mailservers').status == 200, RECOVERY + SLACK)


@pytest.mark.parametrize('way', ['cut', 'frozen'])
def test_interrupted_while_writing(obm, start, way):
    """PostgreSQL has written nothing before COMMIT; MariaDB, with the tables OBM had, may yet: nobody knows."""
    host, database = obm.add_host('hote1', obm.one), obm.database
    before, answers = obm.dump(), []
    with Wire(database.server.port) as wire, contextlib.ExitStack() as freeze:
        client = start(wire.in_front_of(obm), statement_timeout=LIMIT).client('admin1@exemple.fr')
        writing = threading.Thread(target=lambda: answers.append(
            client.post(f'{obm.path}/mailservers', creation(host, 'imap')).fault))
        with database.locked('MailServer' if obm.roleless else 'Service', 'read'):
            writing.start()
            until(database.is_waited_for)
            if way == 'cut':
                wire.cut()
            else:
                freeze.enter_context(frozen(database.server))
            begin = time.monotonic()
            writing.join(60)
            # The library of MariaDB connects again before it lets a connection go.
            assert time.monotonic() - begin < WAIT + SLACK + (LIMIT + ALLOWANCE if way == 'frozen' else 0)
            freeze.close()
        if way == 'cut':
            wire.serve()
        until(lambda: client.get(f'{obm.path}/mailservers').status == 200, RECOVERY + SLACK)
        if database.engine == 'postgresql':
            assert answers == [UNAVAILABLE]
            until(lambda: not database.is_waited_for())
            assert obm.changes(before) == {}
        else:
            assert answers == [(500, 'internal')]
