# SPDX-License-Identifier: GPL-3.0-or-later
"""What an administrator finds in the log: each request, each change and who made it, and nothing that is secret."""

import base64
import contextlib
import json
import os
import re
import socket
import subprocess
import time
import urllib.parse

import pytest

from .client import basic, new_peer, read_all
from .gateway import PROGRAM, Gateway, environment, write_settings
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


def test_a_request(town, start):
    """Method, route, status, duration, login and peer; nothing of the path and the query itself."""
    gateway = start(town.obm)
    client = gateway.client('admin1@exemple.fr', peer='127.0.0.5')
    client.get(town.at('/1/mailservers?name=hiddenname'))
    client.get(town.at('/1/mailservers/999'))
    client.get('/nowhere/at/all/hiddenpath')
    client.request('DELETE', town.at('/1/session'))
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
            assert client.get(town.at('/1/session')).status == 200
            process.terminate()
            assert process.wait(30) == 0
    found = path.read_text(encoding='utf-8').splitlines()
    assert any(re.fullmatch(r'<5>obm-gateway \S+ listens on .*', line) for line in found)
    assert any(re.fullmatch(r'<6>GET /v1/\{domain\}/session 200 .*', line) for line in found)
    assert all(re.match('<[3-6]>', line) for line in found)


# A word of each password here; nothing that is printed may have it, in clear or as base64 wraps it.
WORD = 'unspeakable'
PASSWORD = f"an {WORD}:'@/%+ word"


def tells(text):
    """Whether the word stands in bytes, as it is or in base64."""
    raw = WORD.encode()
    wrapped = [base64.b64encode(b' ' * shift + raw + b' ' * (-(shift + len(raw)) % 3)) for shift in range(3)]
    # Without the letters that depend on what stands before and behind.
    return any(part.lower() in text.lower() for part in [raw, *(code[4:-4] for code in wrapped)])


def test_the_word_is_found():
    """Else the tests below would find nothing either."""
    for shift in range(3):
        assert tells(basic('u' * (3 + shift), PASSWORD).encode())
    assert tells(PASSWORD.encode()) and not tells(b'nothing of it')


def requests_with_a_password(client):
    """Bytes in which a password stands wherever a client, or who does not know better, may put one."""
    good, quoted = basic('admin1@exemple.fr', PASSWORD), urllib.parse.quote(PASSWORD, safe='')
    for authorization in (good, good[:-3], good + '!', good.replace('Basic', 'Bearer'), good[6:], 'Basic ' + PASSWORD,
                          PASSWORD, f'Digest username="{PASSWORD}", response="{PASSWORD}"', f'{good}, {good}',
                          basic('admin1@exemple.fr', PASSWORD.encode() + b'\xff\xfe'),
                          basic('admin1@exemple.fr', PASSWORD + '\0'), basic('admin1@exemple.fr', PASSWORD * 100)):
        yield client.head('GET', '/v1/domains', {'Authorization': authorization})
        yield client.head('GET', '/v1/domains', {'Authorization': authorization, 'Bad header': 'x'})
        yield client.head('GET', '/v1/domains', {'Authorization': authorization, 'Long': 'x' * 100000})
    for target in (f'/v1/domains?password={quoted}', f'/v1/{quoted}/mailservers', f'/{quoted}', f'//{quoted}@x/v1/domains',
                   f'http://admin1:{quoted}@127.0.0.1/v1/domains', f'/v1/domains#{quoted}', f'/v1/domains?{quoted}=1',
                   f'/v1/domains?{quoted}%', f'/v1/domains?{PASSWORD}', '/v1/domains?' + quoted * 1000):
        yield client.head('GET', target, {'Authorization': good})
        yield client.head('GET', target, {'Authorization': basic('admin1@exemple.fr', 'secret')})
    for headers in ({'If-Match': PASSWORD}, {'X-Forwarded-For': PASSWORD}, {'Cookie': f'a={PASSWORD}'},
                    {'Content-Type': PASSWORD}, {'Transfer-Encoding': PASSWORD}, {'Content-Length': PASSWORD},
                    {'Expect': PASSWORD}, {'Range': PASSWORD}, {'Host': PASSWORD}, {PASSWORD: PASSWORD}):
        head = {'Content-Length': '2', 'Content-Type': 'application/json', **headers}
        yield client.head('POST', '/v1/domains', {'Authorization': good, **head}) + b'{}'
        yield client.head('POST', '/v1/domains', {'Authorization': basic('admin1@exemple.fr', 'secret'), **head}) + b'{}'
    for body in (json.dumps({'password': PASSWORD}), json.dumps(PASSWORD), f'{{"{PASSWORD}', PASSWORD, PASSWORD * 5000):
        yield client.head('POST', '/v1/1/mailservers', {'Content-Type': 'application/json', 'Content-Length': len(body),
                                                        'Authorization': basic('admin1@exemple.fr', 'secret')}) + body.encode()
    # In clear where TLS is spoken, TLS where it is not, or none of both.
    yield f'Authorization: {good}\r\n\r\n'.encode()
    yield f'{PASSWORD}\r\n\r\n'.encode()
    yield b'\x16\x03\x01\x00\xff' + PASSWORD.encode() + b'\r\n\r\n'


def test_no_password_of_a_client_in_the_log(town, start):
    """Wherever it puts it, and whatever the debugger asks for."""
    gateway = start(town.obm, variables={'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': 'all'})
    for data in requests_with_a_password(gateway.client()):
        client = gateway.client(peer=new_peer())
        with client.connect() as sock, contextlib.suppress(ConnectionError):
            sock.settimeout(30)
            sock.sendall(data)
            sock.shutdown(socket.SHUT_WR)
            read_all(sock)
    client = gateway.client('admin1@exemple.fr', PASSWORD, new_peer())
    assert [client.get('/domains').status for _ in range(4)] == [401] * 4
    logged(gateway, r'GET /v1/domains 401 .*, "admin1@exemple\.fr" from .*')
    assert not tells(gateway.stderr), gateway.stderr


@pytest.mark.parametrize('form', ['sqlite://obm:{0}@{1}', 'sqlite://:{0}@{1}', 'sqlite://{1}?user=obm&password={0}',
                                  'sqlite://{1}?password={0}&user=obm', 'sqlite://{1}?synchronous=off&password={0}'])
@pytest.mark.parametrize('quoting', ['nothing', 'some', 'all'])
def test_no_password_of_the_database_in_the_log(town, directory, form, quoting):
    """Whether it can be opened or not, nor once it is away; in libzdb's own words neither."""
    word = {'nothing': WORD, 'some': urllib.parse.quote(PASSWORD, " '+:"),
            'all': ''.join(f'%{byte:02X}' for byte in PASSWORD.encode())}[quoting]
    good = town.obm.database.copy(directory / f'hush-{time.monotonic_ns()}.db').path
    bad = directory / 'no-database.db'
    bad.write_bytes(b'nonsense' * 1000)
    for path in (good, bad, '/nonexistent/obm.db', directory):
        settings = write_settings(directory / 'hush.conf', f'database={form.format(word, path)}\n')
        refused_words('--check', '--config', settings)
        refused_words('--check', '--database', form.format(word, path))
    # An address that is nobody's here: it opens the database, and cannot listen.
    refused_words('--database', form.format(word, good), '--listen', '192.0.2.1:1', '--tls-key', '/nonexistent')


def refused_words(*arguments):
    """Runs the program to its end, with all it can say; none of it is the word."""
    done = subprocess.run([PROGRAM, *arguments], check=False, timeout=60, stdin=subprocess.DEVNULL, capture_output=True,
                          env={**environment(), 'G_MESSAGES_DEBUG': 'all'})
    assert not tells(done.stdout + done.stderr), done
    return done.returncode


@pytest.mark.parametrize('form', ['sqlite://obm:{0}@{1}', 'sqlite://{1}?user=obm'])
def test_no_password_in_the_log_when_the_database_breaks(town, directory, form):
    """Under a gateway that has begun."""
    broken = town.obm.database.copy(directory / f'hush-{time.monotonic_ns()}.db').path
    gateway = Gateway(None, directory, database=form.format(WORD, broken), variables={'G_MESSAGES_DEBUG': 'all'})
    broken.write_bytes(b'nonsense' * 1000)
    gateway.client('admin1@exemple.fr', PASSWORD).get('/domains')
    gateway.kill()
    assert not tells(gateway.stderr), gateway.stderr


@pytest.mark.parametrize('text', [
    'databse=postgresql://obm:{0}@db/obm', 'database postgresql://obm:{0}@db/obm', 'postgresql://obm:{0}@db/obm',
    '[{0}]\ndatabase=x', 'database=postgresql//obm:{0}@db/obm', 'database=postgresql://obm:{0}@db:port/obm', '{0}',
    'database={0}://obm@db/obm', 'database[fr]=postgresql://obm:{0}@db/obm', 'database=postgresql:obm:{0}@db', 'postgresql://obm:{0}@db/obm?charset=utf8',
    'database=postgresql://obm:{0}@db/obm\ndatabase=mysql://obm:{0}@db/obm\nlisten=x',
    'database=postgresql://obm:{0}@/', 'database=postgresql://obm:{0}@127.0.0.1:1/obm', 'database=oracle://obm:{0}@db/obm',
    'database=mysql://obm:{0}@127.0.0.1:1/obm', 'database=mysql://127.0.0.1:1/obm?user=obm&password={0}',
    'database=postgresql://obm:{0}', 'database=postgresql://obm:{0}@db/obm\xff'])
def test_no_password_of_the_settings_in_the_log(directory, text):
    """However they are mistyped."""
    path = write_settings(directory / 'hush.conf', '')
    for word in (WORD, PASSWORD):
        path.write_bytes(b'[gateway]\n' + text.format(word).encode('latin-1') + b'\n')
        assert refused_words('--config', path) and refused_words('--check', '--config', path)
