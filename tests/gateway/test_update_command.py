# SPDX-License-Identifier: GPL-3.0-or-later
"""The update command as a process: how it is called, how it fails, and what becomes of the lock."""

import os
import re
import shlex
import signal
import unicodedata

import pytest

from .database import EVERYWHERE
from .updating import end, is_alive
from .writing import unavailable, until

SECRET = 'hush-hush-4711'
TAIL = 4096


@pytest.mark.generations('2.1')
def test_no_shell(update_site):
    """Words are split once, as a shell would; what they mean to a shell, they do not mean here."""
    awkward = ['$(touch shell)', '`touch shell`', ';', 'touch shell', '|', '&', '*', '~', '$HOME', '>x', '',
               "a'b", 'été', '--global']
    command = shlex.join([str(update_site.script), *awkward])
    site = update_site.start('pwd >here', command=command)
    assert site.run()['status'] == 'SUCCESS'
    expected = [*awkward, '--global', '--domain', site.path[1:]]
    assert site.calls() == [[word.encode() for word in expected]]
    assert not (site.directory / 'shell').exists() and not (site.directory / 'x').exists()


def test_what_it_inherits(update_site, monkeypatch):
    """An empty stdin, no open file of the gateway, no secret, a session of its own."""
    monkeypatch.setenv('OBM_DATABASE_PASSWORD', SECRET)
    monkeypatch.setenv('PGPASSWORD', SECRET)
    monkeypatch.setenv('DATABASE_URL', f'postgresql://obm:{SECRET}@localhost/obm')
    site = update_site.start('cat >stdin; env -0 >environment; ls -l /proc/$$/fd >files;'
                             ' cut -d " " -f 6 /proc/$$/stat >session')
    assert site.run()['status'] == 'SUCCESS'
    assert site.read('stdin') == b'' and (site.directory / 'stdin').exists()
    environment = site.read('environment')
    assert b'PATH=' in environment and SECRET.encode() not in environment
    assert site.obm.database.path.name.encode() not in environment + site.read('files')
    assert b'socket:' not in site.read('files')
    assert site.read('session').split() == site.read('pids').split()


@pytest.mark.parametrize('body,told', [('exit 1', '1'), ('exit 77', '77'), ('kill -KILL $$', '9'),
                                       ('kill -TERM $$', '15')])
def test_it_fails(update_site, body, told):
    """ERROR with the exit status; the next run is not held back."""
    site = update_site.start(body)
    done = site.run()
    assert (done['status'], done['operationDone']) == ('ERROR', 1)
    assert told in re.findall('[0-9]+', done['error'])
    site.write('exit 0')
    assert site.run()['status'] == 'SUCCESS'


@pytest.mark.parametrize('command', ['/nowhere/at/all', '/', 'no-such-program-of-obm'])
def test_it_cannot_be_started(update_site, command):
    """ERROR, not a crash; the lock is given back."""
    site = update_site.start(command=command)
    done = site.run()
    assert done['status'] == 'ERROR' and done['error']
    assert site.run()['status'] == 'ERROR'


@pytest.mark.parametrize('body,told', [('gate go', 'Exit status 0'), ('gate go; exit 3', 'Exit status 3'),
                                       ('gate go; kill -KILL $$', 'Killed by signal 9')])
def test_its_end_is_logged(update_site, body, told):
    """With the number of the process, by which an administrator finds what else is known of it."""
    site = update_site.start(body)
    number = site.launch()['id']
    until(lambda: site.read('pids').endswith(b'\n'))
    site.open()
    site.ended(number)
    assert f'Update: process {int(site.read("pids"))} is over: {told}\n' in site.gateway.stderr.decode()


def test_what_it_wrote(update_site):
    """The end of it, valid and of one line, is for who may commit and for nobody else."""
    site = update_site.start(r"printf 'beginning'; head -c 20000 /dev/zero | tr '\0' a;"
                             r" printf '\xff\xfe \xc3\xa9\xf0\x9f\xa6\x8a\033[31m\0\r\n\t' >&2;"
                             r" printf '\x7f\xc2\x85bad: \xe2\x82' >&2;"
                             r" echo last line; exit 3")
    done = site.run()
    text = done['error']
    assert text.endswith('last line') and 'é🦊' in text and 'bad:' in text and 'aaaa' in text
    assert '3' in text and 'beginning' not in text
    assert not [character for character in text if unicodedata.category(character) == 'Cc']
    assert len(text.encode()) <= TAIL + 100
    assert site.state()['batch']['error'] == text
    for seen in (site.batch(done['id'], 'delegue1'), site.state('delegue1')['batch']):
        assert seen['status'] == 'ERROR' and seen.get('error') is None
    assert b'last line' not in site.gateway.stderr


def test_the_tail_is_cut_between_characters(update_site):
    """Four KiB of characters of three bytes: none of them is torn."""
    site = update_site.start("for _ in {1..3000}; do printf '€'; done; exit 1")
    text = site.run()['error']
    assert '\ufffd' not in text and text.endswith('€' * 1300)


def test_it_writes_without_end(update_site):
    """More than any pipe holds: the gateway reads on, and keeps little."""
    site = update_site.start('head -c 5000000 /dev/zero; head -c 5000000 /dev/zero >&2')
    assert site.run()['status'] == 'SUCCESS'


TIMEOUTS = {
    'it waits': 'sleep 600 & echo $! >child; wait',
    'it does not listen': "trap '' TERM; sleep 600 & echo $! >child; while :; do wait; done",
    'its child does not listen': "(trap '' TERM; exec sleep 600) & echo $! >child; wait",
}


@pytest.mark.parametrize('name', TIMEOUTS)
def test_it_takes_too_long(update_site, name):
    """Ended with its whole process group: ERROR, and the lock is free."""
    site = update_site.start(TIMEOUTS[name], update_timeout=1)
    done = site.run()
    assert done['status'] == 'ERROR' and done['error']
    for pid in (site.read('pids'), site.read('child')):
        until(lambda pid=pid: not is_alive(int(pid)))
    site.write('exit 0')
    assert site.run()['status'] == 'SUCCESS'


def test_what_it_leaves_behind(update_site):
    """A run is over when the command is, even if a program it started keeps its output open."""
    site = update_site.start('sleep 600 & echo $! >child')
    try:
        assert site.run()['status'] == 'SUCCESS'
    finally:
        end(int(site.read('child')))


@EVERYWHERE
def test_the_gateway_is_asked_to_end(update_site):
    """The command is ended with it, and the lock is given back."""
    site = update_site.start('sleep 600 & echo $! >child; wait')
    site.launch()
    until(lambda: site.read('child').endswith(b'\n'))
    site.gateway.stop()
    assert not site.obm.is_locked()
    assert f'Update: process {int(site.read("pids"))} is over: Ended together' in site.gateway.stderr.decode()
    for pid in (site.read('pids'), site.read('child')):
        until(lambda pid=pid: not is_alive(int(pid)))


@EVERYWHERE
def test_killed_with_its_command(update_site):
    """The next gateway clears the lock this one left, and does not know its batch."""
    site = update_site.start('gate go')
    number = site.launch()['id']
    until(lambda: site.read('pids').endswith(b'\n'))
    site.gateway.kill()
    end(int(site.read('pids')))
    assert site.obm.is_locked()
    until(lambda: not is_alive(int(site.read('pids'))))
    site.start('exit 0')
    assert site.admin.get(f'{site.path}/batches/{number}').fault == (404, 'reference.unknown')
    assert (site.state()['status'], site.state()['batch']) == ('IDLE', None)
    assert not site.obm.is_locked()
    assert site.run()['id'] > number


@EVERYWHERE
def test_killed_while_its_command_runs(update_site):
    """The command goes on, so the lock stays as long: two runs at once would be worse."""
    site = update_site.start('gate go')
    site.launch()
    until(lambda: site.read('pids').endswith(b'\n'))
    # The gateway has noted it too.
    until(lambda: any(path.read_bytes().split()[:1] == site.read('pids').split()
                      for path in (site.directory / 'state').glob('*.lock')))
    site.gateway.kill()
    site.start('gate go')
    assert site.admin.post(f'{site.path}/update', {}).fault == (409, 'update.running')
    assert (site.state()['status'], site.state()['batch']) == ('RUNNING', None)
    site.open()
    until(lambda: site.state()['status'] == 'IDLE')
    assert not site.obm.is_locked()
    assert site.run()['status'] == 'SUCCESS'


@EVERYWHERE
@pytest.mark.parametrize('number', [signal.SIGTERM, signal.SIGKILL])
def test_a_foreign_lock_outlives_a_restart(update_site, number):
    """Only the own lock is cleared: another program's stays, however the gateway before ended."""
    site = update_site.start('exit 0')
    assert site.run()['status'] == 'SUCCESS'
    site.obm.lock(True)
    if number == signal.SIGKILL:
        site.gateway.kill()
    else:
        site.gateway.stop()
    site.start('exit 0')
    assert site.obm.is_locked() and site.state()['status'] == 'RUNNING'
    assert site.admin.post(f'{site.path}/update', {}).fault == (409, 'update.running')
    assert site.obm.is_locked()


@EVERYWHERE
def test_the_database_is_away_at_the_end(update_site):
    """The lock is given back as soon as it can be, and only then the batch is over."""
    site = update_site.start('gate go; touch done')
    number = site.launch()['id']
    with site.obm.database.locked('ObmInfo', 'read'):
        site.open()
        until((site.directory / 'done').exists)
        assert site.batch(number)['status'] == 'RUNNING'
    assert site.ended(number)['status'] == 'SUCCESS'


@EVERYWHERE
def test_the_database_is_away_at_the_start(update_site):
    """503: nothing was started, no lock is left."""
    site = update_site.start('exit 0')
    with site.obm.database.locked('ObmInfo', 'read'):
        unavailable(site.admin.post(f'{site.path}/update', {}))
    assert not site.obm.is_locked() and site.calls() == []
    assert not os.listdir(site.directory / 'state')
    assert site.run()['status'] == 'SUCCESS'
