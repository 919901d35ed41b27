# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator finds in the log: each request, each change and who made it, and nothing that is secret."""

import os
import re
import subprocess

import pytest

from .client import basic
from .gateway import Gateway, environment
from .writing import creation, etag_of, roles, until

# The time, and the rest.
LINE = re.compile(r'\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d (.*)')


def lines(gateway):
    """What was logged, without the time it was; each line has one."""
    found = [LINE.fullmatch(line) for line in gateway.stderr.decode('utf-8').splitlines()]
    assert all(found), gateway.stderr
    return [match[1] for match in found]


def logged(gateway, pattern):
    """The line that matches a pattern from its beginning to its end, when it is there."""
    return until(lambda: next((line for line in lines(gateway) if re.fullmatch(pattern, line)), None), 15)


@pytest.mark.generations('2.1')
def test_a_request(town, start):
    """Method, route, status, duration, login and peer; nothing of the path and the query itself."""
    gateway = start(town.obm)
    client = gateway.client('admin1@exemple.fr', peer='127.0.0.5')
    client.get('/1/mailservers?name=hiddenname')
    client.get('/1/mailservers/999')
    client.get('/nowhere/at/all/hiddenpath')
    client.request('DELETE', '/1/session')
    end = r' \d+\.\d ms, "admin1@exemple\.fr" from 127\.0\.0\.5'
    logged(gateway, r'GET /v1/\{domain\}/mailservers 200' + end)
    logged(gateway, r'GET /v1/\{domain\}/mailservers/\{mailserver\} 404' + end)
    logged(gateway, 'GET - 404' + end)
    logged(gateway, r'DELETE /v1/\{domain\}/session 405' + end)
    assert b'hidden' not in gateway.stderr


def test_who_was_refused(town, start):
    """The login that was tried, not the password; nobody where nothing was said."""
    gateway = start(town.obm)
    gateway.client('admin1@exemple.fr', 'unusual-wrong-password').get('/domains')
    gateway.client().get('/domains')
    logged(gateway, r'GET /v1/domains 401 .* ms, "admin1@exemple\.fr" from 127\.0\.0\.1')
    logged(gateway, r'GET /v1/domains 401 .* ms, - from 127\.0\.0\.1')
    assert b'unusual-wrong' not in gateway.stderr


@pytest.mark.parametrize('login,shown', [
    ('a\r\nGET /v1/domains 200 1.0 ms', r'a\\u000d\\u000aGET /v1/domains 200 1\.0 ms'), ('a\x1b[2Jb', r'a\\u001b\[2Jb'),
    ('a" from 192.0.2.1', r'a\? from 192\.0\.2\.1'), ('a\\', r'a\?'), ('é\u2028\x85', r'é\\u2028\\u0085'),
    ('x' * 3000, 'x{128}')], ids=['line', 'terminal', 'quote', 'backslash', 'unicode', 'long'])
def test_what_comes_from_outside_is_no_line_of_its_own(town, start, login, shown):
    """Nor does it move a cursor, end the quotes, or fill the disk."""
    gateway = start(town.obm)
    gateway.client().get('/domains', headers={'Authorization': basic(login, 'mauvais')})
    logged(gateway, fr'GET /v1/domains 401 \d+\.\d ms, "{shown}" from 127\.0\.0\.1')


def test_a_method_nobody_knows(town, start):
    """Is what a client sent, too."""
    gateway = start(town.obm)
    client = gateway.client('admin1@exemple.fr')
    client.exchange(client.head('M' * 5000, '/v1/domains'))
    logged(gateway, r'M{120,128} /v1/domains 405 .*')


def test_changes(scratch, start):
    """Who, which server, before and after; also what was refused, and why."""
    gateway = start(scratch.obm)
    client = gateway.client('admin1@exemple.fr', peer='127.0.0.6')
    host = scratch.obm.add_host('hote1', scratch.one)
    path = f'{scratch.path}/mailservers'
    made = client.post(path, creation(host, 'imap')).json['id']
    client.post(path, creation(host, 'imap'))
    etag = etag_of(client, scratch.path, made)
    client.put(f'{path}/{made}', roles('imap', 'smtp_out'), etag)
    client.put(f'{path}/{made}', roles('imap'), etag)
    client.delete(f'{path}/{made}', etag_of(client, scratch.path, made))
    who = fr'by "admin1@exemple\.fr" from 127\.0\.0\.6: mail server {made} on host {host}, '
    logged(gateway, f'Audit: POST {who}from "-" to "hote1: imap": done')
    logged(gateway, f'Audit: POST .* on host {host}, from "-" to "hote1: imap": host.already_mailserver')
    logged(gateway, f'Audit: PUT {who}from "hote1: imap" to "hote1: imap smtp_out": done')
    logged(gateway, f'Audit: PUT {who}from "hote1: imap smtp_out" to "hote1: imap": mailserver.changed')
    logged(gateway, f'Audit: DELETE {who}from "hote1: imap smtp_out" to "-": done')


def test_what_was_wanted_in_vain(scratch, start):
    """A change that is refused shows what it would have made, fit for a line; a deletion, nothing."""
    gateway = start(scratch.obm)
    client = gateway.client('admin1@exemple.fr', peer='127.0.0.7')
    host = scratch.obm.add_host('a" to "b\\\n', scratch.one)
    server = scratch.obm.add_server(host, 'imap')
    foreign = scratch.obm.add_host('ailleurs', scratch.two)
    path = f'{scratch.path}/mailservers'
    assert client.put(f'{path}/{server}', roles('smtp_in', 'smtp_out'), '"old"').status == 412
    assert client.delete(f'{path}/{server}', '"old"').status == 412
    assert client.post(path, creation(foreign, 'imap')).status == 422
    name = re.escape(r'a\" to \"b\\\n')
    logged(gateway, fr'Audit: PUT .*: mail server {server} on host {host}, from "{name}: imap" '
                    fr'to "{name}: smtp_in smtp_out": mailserver\.changed')
    logged(gateway, fr'Audit: DELETE .* from "{name}: imap" to "-": mailserver\.changed')
    # Of a host that is not the caller's, nothing is told, the name neither.
    logged(gateway, fr'Audit: POST .* on host {foreign}, from "-" to "\?: imap": host\.invalid')


def test_what_it_serves(town, directory):
    """At its start: version, database without its password, address, and what nobody may do."""
    url = town.obm.database.url.replace('sqlite://', 'sqlite://obm:hiddenword@')
    gateway = Gateway(None, directory, database=url, read_only=True)
    address = gateway.line.decode().split()[-1]
    logged(gateway, fr'obm-gateway \d+\.\d+\.\d+ listens on {re.escape(address)}, read-only, without an update command')
    logged(gateway, fr'The database is sqlite://.*{re.escape(str(town.obm.database.path))}')
    gateway.secrets.add(b'hiddenword')
    gateway.stop()


@pytest.mark.generations('2.1')
def test_the_journal(town, directory):
    """To systemd each line tells its priority instead of the time."""
    path = directory / 'journal.stderr'
    with open(path, 'wb') as stderr:
        status = os.fstat(stderr.fileno())
        variables = {'JOURNAL_STREAM': f'{status.st_dev}:{status.st_ino}'}
        process = subprocess.Popen(Gateway.command_for(town.obm.database), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=stderr, env={**environment(), **variables})
        with process.stdout:
            port = int(process.stdout.readline().rpartition(b':')[2])
            client = town.gateway.client('admin1@exemple.fr')
            client.port = port
            assert client.get('/1/session').status == 200
            process.terminate()
            assert process.wait(30) == 0
    found = path.read_text(encoding='utf-8').splitlines()
    assert any(re.fullmatch(r'<5>obm-gateway \S+ listens on .*', line) for line in found)
    assert any(re.fullmatch(r'<6>GET /v1/\{domain\}/session 200 .*', line) for line in found)
    assert all(re.match('<[3-6]>', line) for line in found)
