# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody knows whether OBM's lock was taken, or it cannot be noted: it does not stay taken for ever."""

import contextlib
import http.client
import resource
import threading

import pytest

from . import gateway
from .wire import Wire
from .writing import until

INTERNAL = (500, 'internal')
# Ignores, as a service manager may have it, what else would end a program that writes too much into a file.
WRAPPER = '''#!/bin/sh
trap '' XFSZ
exec '{program}' "$@"
'''


def serves_again(site):
    """The next look gives the lock back, and updates go on."""
    until(lambda: site.admin.get(f'{site.path}/update').status == 200)
    assert (site.state()['status'], site.state()['batch']) == ('IDLE', None)
    assert not site.obm.is_locked() and site.calls() == []
    assert site.run()['status'] == 'SUCCESS'


@pytest.mark.engines('postgresql', 'mariadb')
def test_the_answer_to_commit_is_lost(update_site):
    """The lock is taken, but the gateway does not hear it."""
    site = update_site
    with Wire(site.obm.database.port) as wire:
        site.start('exit 0', database=wire.in_front_of(site.obm).database.url)
        wire.last = b'COMMIT'
        assert site.admin.post(f'{site.path}/update', {}).fault == INTERNAL
        until(site.obm.is_locked)
        wire.last = None
        serves_again(site)
        site.gateway.stop()


def is_asleep(database):
    """Whether somebody sleeps in a statement."""
    return database.execute('SELECT 1 FROM information_schema.processlist WHERE db = DATABASE()'
                            " AND state = 'User sleep'")


@contextlib.contextmanager
def taken_slowly(database):
    """Who takes the lock has it, and waits to hear it."""
    database.execute('CREATE TRIGGER slowly AFTER UPDATE ON ObmInfo FOR EACH ROW'
                     " SET @slept = IF(NEW.obminfo_value = '1', SLEEP(3), 0)")
    try:
        yield
    finally:
        database.execute('DROP TRIGGER slowly')


@pytest.mark.engines('mariadb')
@pytest.mark.generations('2.1')
@pytest.mark.parametrize('killed', [True, False], ids=['killed', 'cut'])
def test_without_transactions(update_site, killed):
    """The lock is taken at once, and the gateway is killed, or cut off, before it knows."""
    site, answers = update_site, []
    with Wire(site.obm.database.port) as wire:
        database = wire.in_front_of(site.obm).database.url
        client = site.start('exit 0', database=database).admin

        def post():
            with contextlib.suppress(OSError, http.client.HTTPException):
                answers.append(client.post(f'{site.path}/update', {}).fault)

        with taken_slowly(site.obm.database):
            posting = threading.Thread(target=post)
            posting.start()
            until(lambda: is_asleep(site.obm.database))
            if killed:
                site.gateway.kill()
            else:
                wire.cut()
            posting.join(60)
            # The server does not know at once that nobody waits any more.
            until(lambda: not site.obm.database.connections())
        assert site.obm.is_locked() and answers == ([] if killed else [INTERNAL])
        if killed:
            site.start('exit 0', database=database)
        else:
            wire.serve()
        serves_again(site)
        site.gateway.stop()


@pytest.mark.engines('postgresql', 'mariadb')
@pytest.mark.generations('2.1')
def test_a_full_disk(update_site, tmp_path, monkeypatch):
    """What cannot be noted is not taken."""
    site, script = update_site, tmp_path / 'wrapper'
    script.write_text(WRAPPER.format(program=gateway.PROGRAM), encoding='utf-8')
    script.chmod(0o755)
    monkeypatch.setattr(gateway, 'PROGRAM', script)
    site.start('exit 0')
    process = site.gateway.process.pid
    limits = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (0, limits[1]))
    assert site.admin.post(f'{site.path}/update', {}).fault == INTERNAL
    assert not site.obm.is_locked()
    resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
    serves_again(site)
