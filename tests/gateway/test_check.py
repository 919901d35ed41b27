# SPDX-License-Identifier: GPL-3.0-or-later
"""obm-gateway --check: one finding a line, what to do about each bad one, and nothing is changed."""

import datetime
import re
import resource
import sqlite3
import subprocess

import pytest

from .gateway import PROGRAM, Gateway, run, write_settings

# What each generation is called, and which of its tables are written.
OBM = {'2.1': 'OBM 2.1', '2.2': 'OBM 2.2 or later', '3.2': 'OBM 2.2 or later'}
WRITTEN = {'2.1': ['MailServer'], '2.2': ['Service', 'Host'], '3.2': ['Service', 'Host']}
FINDING = re.compile(r'(ok|note|wrong) +(\S.*)')


@pytest.fixture(name='obm')
def make_installation(new_installation):
    """An installation with one administrator and two mail servers."""
    obm = new_installation()
    domain = obm.add_domain('exemple.fr')
    obm.add_user('admin1', domain, profile='admin')
    for name in ('hote1', 'hote2'):
        obm.add_host_server(name, domain, 'imap')
    obm.database.execute("INSERT OR REPLACE INTO ObmInfo VALUES ('db_version', '2.1.10')")
    obm.domain = domain
    return obm


def check(*arguments):
    """(exit status, the findings of each kind)."""
    status, stdout, stderr = run('--check', *arguments)
    found = {'ok': [], 'note': [], 'wrong': []}
    for line in stdout.decode().splitlines():
        kind, text = FINDING.fullmatch(line).groups()
        found[kind].append(text)
    assert status == (1 if found['wrong'] else 0), stdout
    assert b'secretword' not in stdout + stderr
    return found


def check_database(obm, *arguments):
    """The same of an installation."""
    return check('--database', obm.database.url, *arguments)


def says(findings, *words):
    """Whether one of them has all these words."""
    return any(all(word in finding for word in words) for finding in findings)


@pytest.mark.generations('2.1', '2.2', '3.2')
def test_what_is_good_is_told(obm, directory, layout):
    """Where, which OBM, how much of it, who may sign in, and what will be run."""
    path = write_settings(directory / 'check.conf', f'database={obm.database.url}\nupdate-command=true --now\n'
                          f'state-directory={directory}\ntrusted-proxy=127.0.0.1\n')
    before = obm.dump()
    found = check('--config', path)
    assert found['wrong'] == []
    for words in ((str(path),), (f'{obm.database.url} ', OBM[layout[0]], '2.1.10'),
                  ('1 domain ', '2 mail servers'), ('can be written',), ('all 1 administrator',),
                  ('/true', '7200'), ('127.0.0.1:8087',)):
        assert says(found['ok'], *words), words
    assert not says(found['note'], 'trusted-proxy')
    assert obm.changes(before) == {}


def test_it_neither_listens_nor_makes_anything(obm, directory):
    """The state directory is made by the gateway's own user, not by who checks."""
    state = directory / 'not' / 'there'
    found = check_database(obm, '--update-command', 'true', '--state-directory', str(state))
    assert found['wrong'] == [] and not state.parent.exists()


def test_every_wrong_setting_is_told_at_once(obm, directory):
    """An administrator mends them all, not one after the other."""
    path = write_settings(directory / 'wrong.conf', f'database={obm.database.url}\nlisten=0.0.0.0:1\n'
                          'read-only=perhaps\nupdate-timeout=soon\ntrusted-proxy=here\nupdate-command=true\n'
                          'state-directory=/etc/hostname/state\n')
    found = check('--config', path)
    for word in ('0.0.0.0:1', 'perhaps', 'soon', 'here', '/etc/hostname/state'):
        assert says(found['wrong'], word), word
    assert len(found['wrong']) == 5


@pytest.mark.parametrize('text, mode', [('database=sqlite:///x\n', 0o644), ('nonsense', 0o600), ('lsten=1\n', 0o600)])
def test_a_file_that_is_refused(directory, text, mode):
    """What would follow from it is not told."""
    path = write_settings(directory / 'refused.conf', text, mode)
    found = check('--config', path)
    assert len(found['wrong']) == 1 and says(found['wrong'], str(path))


def test_no_database():
    """It is the one setting without a default."""
    assert says(check()['wrong'], 'No database', 'database=URL')


def test_an_update_command_that_cannot_run(obm, directory):
    """It is not found out when the first change is applied."""
    script = directory / 'update.pl'
    script.touch(0o644)
    for command in ('/nonexistent/update.pl', script):
        found = check_database(obm, '--update-command', f'{command} --x', '--state-directory', directory)
        assert says(found['wrong'], str(command), 'chmod a+x')


def test_an_update_command_that_is_never_run(obm, directory):
    """Because there is none, or nothing may be changed."""
    assert says(check_database(obm)['note'], 'no update command')
    found = check_database(obm, '--read-only', '--update-command', 'true', '--state-directory', str(directory))
    assert says(found['note'], 'never started') and says(found['note'], 'Nobody can change')
    assert not says(found['ok'], 'can be written')


@pytest.mark.parametrize('url', ['sqlite:///nonexistent/obm.db', 'nonsense', 'sqlite://a:secretword@/nowhere/x.db'])
def test_a_database_that_cannot_be_opened(directory, url):
    """It says what to do, and no password."""
    found = check('--config', write_settings(directory / 'absent.conf', f'database={url}\n'))
    assert len(found['wrong']) == 1 and says(found['wrong'], 'database', 'orrect database=URL')


def test_a_database_of_something_else(directory):
    """An unknown schema is refused with what was expected."""
    path = directory / 'else.db'
    with sqlite3.connect(path) as connection:
        connection.execute('CREATE TABLE something (id INTEGER)')
    connection.close()
    assert says(check('--database', f'sqlite://{path}')['wrong'], 'OBM')


@pytest.mark.generations('2.1', '2.2', '3.2')
def test_a_table_that_may_only_be_read(obm, layout):
    """Found out before the first change; no finding where nothing may be changed anyway."""
    for table in (*WRITTEN[layout[0]], 'DomainPropertyValue', 'ObmInfo'):
        # A view, which SQLite lets nobody write: root may write any file.
        obm.database.execute(f'ALTER TABLE {table} RENAME TO Other')
        obm.database.execute(f'CREATE VIEW {table} AS SELECT * FROM Other')
        assert says(check_database(obm)['wrong'], f'table {table} cannot be written', 'read-only'), table
        assert check_database(obm, '--read-only')['wrong'] == []
        obm.database.execute(f'DROP VIEW {table}')
        obm.database.execute(f'ALTER TABLE Other RENAME TO {table}')
    assert says(check_database(obm)['ok'], 'can be written')


def test_users_who_sign_in_elsewhere(obm):
    """Where LDAP or CAS know the passwords, the database has none: then nobody can sign in here."""
    assert says(check_database(obm)['note'], 'LDAP or CAS')
    obm.add_user('admin2', obm.domain, password='', profile='admin_delegue')
    assert says(check_database(obm)['note'], '1 of 2 administrators')
    obm.database.execute("UPDATE UserObm SET userobm_password_type = 'LDAP' WHERE userobm_login = 'admin1'")
    obm.add_user('user1', obm.domain)
    found = check_database(obm)
    assert says(found['wrong'], 'none of 2 administrators', 'LDAP or CAS')


def test_more_connections_than_files(obm):
    """The limit of connections must be met before the one of the system, which nobody answers for."""
    done = subprocess.run(['prlimit', '--nofile=64:600', PROGRAM, '--check', '--database', obm.database.url], check=False,
                          capture_output=True, encoding='utf-8', timeout=60)
    assert done.returncode == 1 and re.search(r'^wrong .*max-connections 512 .*640 .*600; .*LimitNOFILE', done.stdout,
                                              re.MULTILINE)


def test_files_for_all_connections(obm, directory):
    """What a shell allows at first is not what it allows."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (300, before[1]))
    try:
        gateway = Gateway(obm.database, directory)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    allowed = resource.prlimit(gateway.process.pid, resource.RLIMIT_NOFILE)
    gateway.stop()
    assert allowed[0] > 512


AUTHORITY = """[ca]
default_ca = own
[own]
database = {0}/index
new_certs_dir = {0}
serial = {0}/serial
default_md = sha256
policy = any
[any]
commonName = supplied
"""


def make_certificate(directory, begin, end):
    """(certificate, key), valid between two dates."""
    key, request, certificate = (directory / f'own.{suffix}' for suffix in ('key', 'csr', 'pem'))
    (directory / 'index').touch()
    (directory / 'serial').write_text('01\n', encoding='ascii')
    (directory / 'ca.cnf').write_text(AUTHORITY.format(directory), encoding='ascii')
    dates = [f'{date:%Y%m%d%H%M%SZ}' for date in (begin, end)]
    for command in (['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=own',
                     '-keyout', key, '-out', request],
                    ['ca', '-batch', '-selfsign', '-config', directory / 'ca.cnf', '-keyfile', key, '-in', request,
                     '-startdate', dates[0], '-enddate', dates[1], '-out', certificate, '-notext']):
        subprocess.run(['openssl', *command], check=True, capture_output=True)
    key.chmod(0o640)
    return certificate, key


@pytest.mark.parametrize('first, last, kind', [(-3, -1, 'wrong'), (1, 90, 'wrong'), (-3, 7, 'note'), (-3, 90, 'ok')])
def test_a_certificate_that_is_not_valid_for_long(obm, tmp_path, first, last, kind):
    """Clients would refuse it; it is told while there is time to renew it."""
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate, key = make_certificate(tmp_path, *(now + datetime.timedelta(days=days) for days in (first, last)))
    found = check_database(obm, '--tls-certificate', certificate, '--tls-key', key, '--listen', '0.0.0.0:8087')
    assert says(found[kind], str(certificate), f'{now + datetime.timedelta(days=last):%Y-%m-%d}')
    assert len(found['wrong']) == (kind == 'wrong')
    assert says(found['ok'], 'HTTPS', '0.0.0.0:8087')


def test_a_key_that_others_may_read(obm, tmp_path):
    """It is worth what a password is."""
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate, key = make_certificate(tmp_path, now, now + datetime.timedelta(days=90))
    key.chmod(0o644)
    found = check_database(obm, '--tls-certificate', certificate, '--tls-key', key)
    assert says(found['wrong'], f'chmod o= {key}')


def test_tls_files_that_cannot_be_used(obm, tmp_path):
    """Then only that is told, not that passwords cross the network in clear."""
    found = check_database(obm, '--tls-certificate', tmp_path / 'no.pem', '--tls-key', tmp_path / 'no.key',
                           '--listen', '0.0.0.0:8087')
    assert len(found['wrong']) == 1 and says(found['wrong'], str(tmp_path / 'no.pem'))


def test_nobody_is_an_administrator(obm):
    """Who is archived is none either."""
    obm.database.execute('UPDATE UserObm SET userobm_archive = 1')
    assert says(check_database(obm)['wrong'], 'no user has the profile admin')


@pytest.mark.generations('3.2')
def test_who_is_not_valid_yet_is_no_administrator(obm):
    """OBM has him wait, and the gateway does not let him in."""
    user = obm.add_user('admin2', obm.domain, password='', profile='admin')
    assert says(check_database(obm)['note'], '1 of 2 administrators')
    obm.change_user(user, status='INIT')
    assert says(check_database(obm)['ok'], 'all 1 administrator')
    obm.database.execute("UPDATE UserObm SET userobm_status = 'INIT'")
    assert says(check_database(obm)['wrong'], 'no user has the profile admin')


def test_a_lock_that_is_held(obm):
    """An update that was killed blocks all others."""
    assert not says(check_database(obm)['note'], 'update_lock')
    obm.lock(True)
    assert says(check_database(obm)['note'], 'update_lock')


def test_a_password_on_the_command_line(obm):
    """The list of processes shows it."""
    url = obm.database.url.replace('sqlite://', 'sqlite://obm:secretword@')
    assert says(check('--database', url)['wrong'], 'list of processes', '--config')
