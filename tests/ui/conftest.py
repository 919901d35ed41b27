# SPDX-License-Identifier: GPL-3.0-or-later
"""One desktop for all tests, gateways on the demonstration's data, and a client of its own for each test."""

import contextlib
import itertools
import os
import pathlib
import re

import pytest

from gateway.gateway import Gateway

from . import database
from .client import BUILD, Client
from .desktop import Desktop
from .results import MainWindow
from .words import LANGUAGES, Words

MANY = 100_000
ADMIN, PASSWORD = 'admin@exemple.fr', 'demo'
# For tests that no other words could change.
once = pytest.mark.parametrize('words', ['fr'], indirect=True)


@pytest.fixture(scope='session')
def directory(tmp_path_factory):
    """Where databases, logs and homes go."""
    return tmp_path_factory.mktemp('ui')


@pytest.fixture(scope='session')
def desktop(directory):
    """The screen all tests share; a test leaves no window on it."""
    with Desktop(directory / 'desktop') as desktop:
        yield desktop


@contextlib.contextmanager
def running(data, directory, **options):
    """A gateway on a database, ended cleanly."""
    gateway = Gateway(data, directory, **options)
    gateway.database = data
    gateway.url = f'http://127.0.0.1:{gateway.port}'
    try:
        yield gateway
    except BaseException:
        gateway.kill()
        raise
    gateway.stop()


@pytest.fixture(scope='session')
def demo(directory):
    """The manual's installation; no test changes it."""
    with running(database.demo(directory / 'demo.db'), directory) as gateway:
        yield gateway


@pytest.fixture(scope='session')
def mixed(directory):
    """Every mix of roles; no test changes it."""
    with running(database.mixed(directory / 'mixed.db'), directory) as gateway:
        yield gateway


@pytest.fixture(scope='session')
def many(directory):
    """A domain with very many mail servers; no test changes it."""
    with running(database.bulk(directory / 'many.db', MANY), directory) as gateway:
        yield gateway


@pytest.fixture
def own(directory, request):
    """A gateway on an installation of the test's own, to change."""
    with running(database.demo(directory / f'{request.node.name}.db'), directory) as gateway:
        yield gateway


@pytest.fixture
def read_only(directory, request):
    """A gateway that lets one look only."""
    with running(database.demo(directory / f'{request.node.name}.db'), directory, read_only=True) as gateway:
        yield gateway


@pytest.fixture
def applying(directory, request):
    """A gateway that can apply, by the demonstration's stand-in for OBM's update program."""
    data = database.demo(directory / f'{request.node.name.replace("[", "-").strip("]")}.db')
    with running(data, directory, update_command=f'{database.DEMO / "update"} {data.path}') as gateway:
        yield gateway


def put(gateway, name, text=''):
    """Leaves a file beside the database, which tells the stand-in what to do."""
    path = pathlib.Path(f'{gateway.database.path}.{name}')
    path.write_text(text, encoding='utf-8')
    return path


@pytest.fixture(params=os.environ.get('OBM_LANGUAGES', ' '.join(LANGUAGES)).split())
def words(request):
    """The program's words; the test runs once in each language."""
    return Words(request.param)


@pytest.fixture
def shot(desktop, words):
    """shot('search-results') leaves a picture of the screen, search-results-fr.png."""
    return lambda name: desktop.screenshot(BUILD / 'screenshots' / f'{name}-{words.language}.png')


@pytest.fixture
def program():
    """How a client is started."""
    return Client


@pytest.fixture
def start(desktop, program, words, directory, request):
    """start(arguments..., password=..., environment=...) starts a client; each must end without a complaint."""
    clients = []
    numbers = itertools.count(1)

    def make(*arguments, **options):
        log = directory / f'{request.node.name}-{next(numbers)}.log'
        clients.append(program(desktop, words, log, *arguments, **options))
        return clients[-1]

    yield make
    try:
        for client in clients:
            client.check()
    finally:
        for client in clients:
            client.end()
    for client in clients:
        client.check_output()


@pytest.fixture
def sign_in(start):
    """sign_in(gateway) gives the main window of a client that is signed in there."""
    def make(gateway, login=ADMIN, password=PASSWORD, **options):
        client = start('--backend', gateway.url, '--login', login, password=password, **options)
        window = MainWindow(client)
        window.find('button', window.words.search)
        return window

    return make


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    """Keeps a picture of the screen when a test fails, while its windows are still there."""
    outcome = yield
    report = outcome.get_result()
    if report.failed and call.when == 'call' and 'desktop' in item.funcargs:
        name = re.sub(r'\W+', '-', item.name).strip('-')
        path = BUILD / 'screenshots' / 'failures' / f'{name}.png'
        item.funcargs['desktop'].screenshot(path, check=False)
        report.sections.append(('picture of the screen', str(path.relative_to(path.parents[3]))))
