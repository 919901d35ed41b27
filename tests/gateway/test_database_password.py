# SPDX-License-Identifier: GPL-3.0-or-later
"""The password of a database server: any can be used, and none is ever shown, whatever goes wrong."""

import contextlib
import re
import urllib.parse

import pymysql
import pytest

from .gateway import run, write_settings
from .writing import UNAVAILABLE, until

pytestmark = [pytest.mark.generations('2.1'), pytest.mark.engines('postgresql', 'mariadb')]

USER = 'quiet'
# What means something in a URL, between quotes, or to a library.
PASSWORDS = ['plainword-9', "apos'trophe-9", 'back\\slash\\-9', "' host='10.9.8.7-9", 'sp ace&am=p?qu#ha-9', '100%+pl@us:co/lon-9',
             'quo"te;semi,-9', 'é🦊-long-9']
FORMS = ['{0}://{1}:{2}@127.0.0.1:{3}/{4}', '{0}://127.0.0.1:{3}/{4}?user={1}&password={2}',
         '{0}://127.0.0.1:{3}/{4}?password={2}&user={1}&charset=utf8']


def administer(database, *statements):
    """As the server's administrator; the words that come after % are quoted."""
    connection = database.server.connect(database.name)
    try:
        with connection.cursor() as cursor:
            for statement, *values in statements:
                cursor.execute(statement, values)
    finally:
        connection.close()


def set_password(database, password):
    """The user has this one."""
    if database.engine == 'postgresql':
        administer(database, (f'ALTER ROLE {USER} PASSWORD %s', password))
    else:
        administer(database, (f"SET PASSWORD FOR '{USER}'@'127.0.0.1' = PASSWORD(%s)", password))


def add_user(database):
    """A user who needs his password, and may do what a gateway does."""
    if database.engine == 'mariadb':
        administer(database, (f"CREATE OR REPLACE USER '{USER}'@'127.0.0.1'",),
                   (f"GRANT ALL ON {database.name}.* TO '{USER}'@'127.0.0.1'",))
        return
    rules = database.server.directory / 'data' / 'pg_hba.conf'
    text = rules.read_text()
    if USER not in text:
        rules.write_text(f'host all {USER} 127.0.0.1/32 scram-sha-256\n{text}')
        administer(database, (f'CREATE ROLE {USER} LOGIN',), ('SELECT pg_reload_conf()',))
    administer(database, (f'GRANT ALL ON ALL TABLES IN SCHEMA public TO {USER}',),
               (f'GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {USER}',))


@pytest.fixture
def obm(new_installation):
    """An installation with an administrator, for a user with a password."""
    made = new_installation()
    made.add_user('admin1', made.add_domain('exemple.fr'), profile='admin')
    add_user(made.database)
    return made


def url_of(obm, password, form, **parts):
    """As it is written down; `parts` are what is different."""
    values = {'port': obm.database.port, 'name': obm.database.name, **parts}
    scheme = obm.database.url.partition(':')[0]
    return form.format(scheme, USER, urllib.parse.quote(password, safe=''), values['port'], values['name'])


def assert_hidden(password, output):
    """Neither the password, nor a part of it that stands out, as it is or as a URL has it."""
    for word in [password, urllib.parse.quote(password, safe=''), *re.findall(r'\w[\w-]{3,}', password)]:
        assert word.encode() not in output, (word, output)


@pytest.mark.parametrize('form', FORMS)
@pytest.mark.parametrize('password', PASSWORDS)
def test_any_password(obm, start, directory, password, form):
    """It is the one that was given; and when it is not the right one any more, nothing is said of it."""
    set_password(obm.database, password)
    settings = write_settings(directory / 'quiet.conf', f'database={url_of(obm, password, form)}\n')
    obm.database = None
    gateway = start(obm, config=settings)
    gateway.secrets.add(password.encode())
    assert gateway.client('admin1@exemple.fr').read('/1/mailservers')['length'] == 0
    assert_hidden(password, gateway.stderr)


@pytest.mark.parametrize('form', FORMS)
@pytest.mark.parametrize('password', PASSWORDS)
def test_what_goes_wrong_at_the_start(obm, directory, password, form):
    """The password is wrong, the database is missing, or nobody is there."""
    set_password(obm.database, 'another-one')
    for parts in ({}, {'name': 'nowhere'}, {'port': 1}):
        settings = write_settings(directory / 'quiet.conf',
                                  f'database={url_of(obm, password, form, **parts)}\nlisten=127.0.0.1:0\n')
        for more in ((), ('--check',)):
            status, stdout, stderr = run('--config', settings, *more)
            assert status == 1 and stderr + stdout
            assert_hidden(password, stdout + stderr)


def test_changed_under_a_gateway(obm, start, directory):
    """503 until the old one is back, and nothing is said of it."""
    password = PASSWORDS[0]
    set_password(obm.database, password)
    database = obm.database
    settings = write_settings(directory / 'quiet.conf', f'database={url_of(obm, password, FORMS[0])}\n')
    obm.database = None
    gateway = start(obm, config=settings)
    client = gateway.client('admin1@exemple.fr')
    set_password(database, 'another-one')
    for number in database.connections():
        # One may have ended by itself.
        with contextlib.suppress(pymysql.err.OperationalError):
            administer(database, ('SELECT pg_terminate_backend(%s)' if database.engine == 'postgresql'
                                  else 'KILL %s', number))
    until(lambda: client.get('/1/mailservers').fault == UNAVAILABLE)
    assert_hidden(password, gateway.stderr)
    set_password(database, password)
    until(lambda: client.get('/1/mailservers').status == 200, 15)
