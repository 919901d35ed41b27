# SPDX-License-Identifier: GPL-3.0-or-later
"""The installations the tests run on, and the gateways in front of them."""

import contextlib
import functools
import itertools
import os

import pytest

from .database import ENGINES, MariadbDatabase, PostgresDatabase, SqliteDatabase
from .gateway import PROGRAM, Gateway
from .obm21 import GLOBAL, Obm21
from .obm22 import Obm22, Obm32
from .servers import MariadbServer, PostgresServer
from .town import Town
from .updating import UpdateSite

# A command that exists; nothing here starts it.
UPDATE_COMMAND = '/bin/true'
GENERATIONS = {'2.1': Obm21, '2.2': Obm22, '3.2': Obm32}
# What depends on the database; the others test what is before it.
ON_EVERY_ENGINE = {'test_concurrency', 'test_consult', 'test_create', 'test_credentials', 'test_delete',
                   'test_dialects', 'test_domains', 'test_generation', 'test_hosts', 'test_kill', 'test_links',
                   'test_modify', 'test_order', 'test_scoping', 'test_search', 'test_store_2_2',
                   'test_untouched', 'test_update_state', 'test_write_races'}
# Under sanitizers everything is slow, and the program is the same for all engines: each server has one generation then.
SANITIZED = 'ASAN_OPTIONS' in os.environ
LEFT_OUT = {('3.2', 'mariadb'), ('2.1', 'postgresql')} if SANITIZED else set()
NUMBERS = itertools.count(1)


@pytest.fixture(scope='session')
def directory(tmp_path_factory):
    """Where databases and logs go."""
    assert PROGRAM.exists(), f'{PROGRAM} is not built; OBM_BUILD names the build directory'
    return tmp_path_factory.mktemp('gateway')


def pytest_configure(config):
    """The markers a test is restricted by."""
    config.addinivalue_line('markers', 'generations(*names): the generations of OBM a test is about')
    config.addinivalue_line('markers', 'engines(*names): the database engines a test is about')


def pytest_generate_tests(metafunc):
    """The contract is one for all: a test runs on each layout of OBM's tables, unless it says otherwise.

    Where it depends on the database, it runs on each engine.
    """
    if 'layout' not in metafunc.fixturenames:
        return
    everywhere = metafunc.module.__name__.rpartition('.')[2] in ON_EVERY_ENGINE

    def choose(marker, otherwise):
        mark = metafunc.definition.get_closest_marker(marker)
        return mark.args if mark else otherwise

    layouts = [(generation, engine)
               for engine in choose('engines', ENGINES if everywhere else ENGINES[:1])
               for generation in choose('generations', ('2.1', '3.2'))
               if engine in GENERATIONS[generation].schemas and (generation, engine) not in LEFT_OUT]
    metafunc.parametrize('layout', layouts, ids='-'.join, indirect=True, scope='session')


@pytest.fixture(scope='session')
def layout(request):
    """Which tables a test runs on: the generation of OBM, and the engine."""
    return request.param


@pytest.fixture(scope='session')
def generation(layout):
    """The class of the installations."""
    return GENERATIONS[layout[0]]


@pytest.fixture(scope='session')
def servers():
    """{engine: server}, each started when it is asked for first."""
    class Servers(dict):
        """Starts what is missing."""

        def __missing__(self, engine):
            self[engine] = {'postgresql': PostgresServer, 'mariadb': MariadbServer}[engine]()
            return self[engine]

    started = Servers()
    yield started
    for server in started.values():
        server.end()


@pytest.fixture(scope='session')
def templates(directory, servers):
    """Gives OBM's tables, empty, of a layout."""
    makers = {'sqlite': lambda name: SqliteDatabase.new(directory / f'{name}.db'),
              'postgresql': lambda name: PostgresDatabase.new(servers['postgresql']),
              'mariadb': lambda name: MariadbDatabase.new(servers['mariadb'])}

    @functools.cache
    def get(layout):
        generation, engine = layout
        made = makers[engine]('-'.join(layout))
        for schema in GENERATIONS[generation].schemas[engine]:
            made.load(schema)
        return made

    return get


@pytest.fixture(scope='session')
def template(templates, layout):
    """OBM's tables, empty."""
    return templates(layout)


@pytest.fixture(scope='session')
def new_installation(generation, template, directory):
    """Makes an empty installation of its own."""
    def make():
        return generation(template.copy(directory / f'obm-{next(NUMBERS)}.db'))

    return make


@contextlib.contextmanager
def running(installation, directory, /, **options):
    """A gateway on an installation; its end is part of the test."""
    gateway = Gateway(installation.database, directory, **options)
    try:
        yield gateway
    except BaseException:
        gateway.kill()
        raise
    gateway.stop()


@pytest.fixture
def start(directory):
    """Starts gateways for one test: start(installation, option=value)."""
    with contextlib.ExitStack() as stack:
        def begin(installation, /, **options):
            return stack.enter_context(running(installation, directory, **options))

        yield begin


@pytest.fixture(scope='session')
def town(new_installation, directory):
    """The installation most tests only read: nobody may change it."""
    town = Town(new_installation())
    with running(town.obm, directory, update_command=UPDATE_COMMAND) as gateway:
        town.gateway = gateway
        yield town


@pytest.fixture(scope='session')
def scratch_gateway(new_installation, directory):
    """One gateway for all tests that change what is behind it."""
    obm = new_installation()
    with running(obm, directory, update_command=UPDATE_COMMAND) as gateway:
        yield obm, gateway


class Scratch:
    """An installation of two domains with an administrator each, for one test to fill and change."""

    def __init__(self, obm, gateway):
        self.obm = obm
        self.gateway = gateway
        obm.clear()
        self.one = obm.add_domain('exemple.fr')
        self.two = obm.add_domain('exemple.org')
        obm.flag(GLOBAL, 0)
        self.user = obm.add_user('admin1', self.one, profile='admin')
        obm.add_user('admin2', self.two, profile='admin')
        self.root_user = obm.add_user('admin0', GLOBAL, profile='admin')
        self.admin = gateway.client('admin1@exemple.fr')
        self.other = gateway.client('admin2@exemple.org')
        self.root = gateway.client('admin0@global.local')
        self.path = f'/{obm.key(self.one)}'
        self.other_path = f'/{obm.key(self.two)}'
        self.root_path = f'/{obm.key(GLOBAL)}'


@pytest.fixture
def scratch(scratch_gateway):
    """A fresh Scratch."""
    return Scratch(*scratch_gateway)


@pytest.fixture(scope='session')
def fresh_installation(new_installation, layout):
    """Gives an empty installation, one at a time: a server takes its time to make a new one."""
    made = []

    def get():
        if layout[1] == 'sqlite' or not made:
            made[:] = [new_installation()]
        else:
            made[0].clear()
        return made[0]

    return get


@pytest.fixture
def update_site(fresh_installation, tmp_path):
    """An UpdateSite whose gateway is still to be started; its end, unless killed, is part of the test."""
    site = UpdateSite(fresh_installation(), tmp_path)
    try:
        yield site
    finally:
        # Whatever waits goes on.
        site.open()
        if site.gateway is not None and not site.gateway.process.stdout.closed:
            site.gateway.stop()
