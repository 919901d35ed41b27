# SPDX-License-Identifier: GPL-3.0-or-later
"""The unit and the user of the gateway's service, in the eyes of systemd's own tools."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', ROOT / 'build')).resolve()
UNIT = BUILD / 'data' / 'obm-gateway.service'
PROGRAM = BUILD / 'src' / 'gateway' / 'obm-gateway'
USERS = ROOT / 'data' / 'obm-gateway.sysusers'
# Of 100; a unit that says nothing has 96.
EXPOSURE = 20


def run(*command):
    return subprocess.run([str(word) for word in command], check=False, encoding='utf-8', stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                          env={**os.environ, 'SYSTEMD_COLORS': '0', 'SYSTEMD_PAGER': ''})


def settings(text):
    """{key: values} of a unit."""
    found = {}
    for key, value in re.findall(r'^(\w+)=(.*)$', text, re.MULTILINE):
        found.setdefault(key, []).append(value)
    return found


SETTINGS = settings(UNIT.read_text(encoding='utf-8'))


@pytest.fixture(name='unit')
def put_unit_beside_the_program(tmp_path):
    """The unit with the program as it is built, which need not be installed."""
    text = UNIT.read_text(encoding='utf-8')
    changed = re.sub(r'^ExecStart=\S+', f'ExecStart={PROGRAM}', text, count=1, flags=re.MULTILINE)
    assert changed != text
    path = tmp_path / UNIT.name
    path.write_text(changed, encoding='utf-8')
    return path


def test_unit_is_malformed(unit):
    result = run('systemd-analyze', 'verify', '--man=false', unit)
    # Of other units of this machine it may complain.
    assert [line for line in result.stdout.splitlines() if UNIT.name in line] == []
    assert result.returncode == 0, result.stdout


def test_unit_leaves_too_much_open(unit):
    result = run('systemd-analyze', 'security', '--offline=true', f'--threshold={EXPOSURE}', unit)
    assert result.returncode == 0, result.stdout


def test_service_starts_something_else_than_the_program():
    program, *arguments = SETTINGS['ExecStart'][0].split()
    assert pathlib.PurePath(program).is_absolute() and pathlib.PurePath(program).name == PROGRAM.name
    result = run(PROGRAM, *arguments[:1], '/nonexistent/obm-gateway.conf')
    assert 'No such file' in result.stdout
    # It does not help to start again with these.
    assert [str(result.returncode)] == SETTINGS['RestartPreventExitStatus']


def test_service_has_no_user(tmp_path):
    (tmp_path / 'etc').mkdir()
    result = run('systemd-sysusers', f'--root={tmp_path}', USERS)
    assert result.returncode == 0, result.stdout
    users = [line.split(':') for line in (tmp_path / 'etc' / 'passwd').read_text(encoding='utf-8').splitlines()]
    assert [[user[0], user[5]] for user in users] == [[*SETTINGS['User'], f'/var/lib/{SETTINGS["StateDirectory"][0]}']]
