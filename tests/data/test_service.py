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
SUDO = ROOT / 'data' / 'examples' / 'obm-gateway-sudo.conf'
SCRIPT = ROOT / 'data' / 'examples' / 'obm-update'
USERS = ROOT / 'data' / 'obm-gateway.sysusers'
# After systemd.exec(5): each makes NoNewPrivileges=no mean nothing.
IMPLYING = {'LockPersonality', 'MemoryDenyWriteExecute', 'PrivateDevices', 'ProtectClock', 'ProtectHostname',
            'ProtectKernelLogs', 'ProtectKernelModules', 'ProtectKernelTunables', 'RestrictAddressFamilies',
            'RestrictNamespaces', 'RestrictRealtime', 'RestrictSUIDSGID', 'SystemCallArchitectures', 'SystemCallFilter',
            'NoNewPrivileges'}
# What root, whom sudo makes of the update command, could not do.
CONFINING = {'CapabilityBoundingSet', 'ProtectControlGroups', 'ProtectHome', 'ProtectProc', 'ProtectSystem', 'UMask'}
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


def test_sudo_does_not_work_with_the_drop_in(unit):
    settled = settings(SUDO.read_text(encoding='utf-8'))
    assert set(settled) == set(SETTINGS) & (IMPLYING | CONFINING)
    assert {values[-1] for key, values in settled.items() if key in IMPLYING} == {'no', ''}
    place = unit.with_name(unit.name + '.d')
    place.mkdir()
    (place / SUDO.name).write_text(SUDO.read_text(encoding='utf-8'), encoding='utf-8')
    result = run('systemd-analyze', 'verify', '--man=false', unit)
    assert (result.returncode, [line for line in result.stdout.splitlines() if 'obm-gateway' in line]) == (0, [])
    # The drop-in is read.
    assert run('systemd-analyze', 'security', '--offline=true', f'--threshold={EXPOSURE}', unit).returncode != 0


@pytest.mark.parametrize('command, wanted', [
    ('obm-update --global --domain 3', '--global --domain 3'),
    ('obm-update --global --domain-id 12', '--global --domain-id 12'),
    ('', None), ('obm-update', None), ('sh', None), ('obm-update --incremental --domain 3', None),
    ('obm-update --global --user 3', None), ('obm-update --global --domain x', None),
    ('obm-update --global --domain 3 --delete', None), ('obm-update --global --domain 3;id', None),
    ('obm-update --global --domain *', None), ('obm-update --global --domain $(id)', None),
])
def test_key_of_the_gateway_may_do_more_than_update(command, wanted, tmp_path):
    """Or less."""
    update = tmp_path / 'update.pl'
    update.write_text('#!/bin/sh\necho "$@"\n', encoding='utf-8')
    update.chmod(0o755)
    text, script = SCRIPT.read_text(encoding='utf-8'), tmp_path / 'obm-update'
    assert text.count('/usr/share/obm/auto/update.pl') == 1
    script.write_text(text.replace('/usr/share/obm/auto/update.pl', str(update)), encoding='utf-8')
    script.chmod(0o755)
    result = subprocess.run([script], check=False, encoding='utf-8', stdout=subprocess.PIPE, cwd=tmp_path,
                            env={**os.environ, 'SSH_ORIGINAL_COMMAND': command}, timeout=60)
    assert (result.returncode, result.stdout.strip()) == ((0, wanted) if wanted else (64, ''))
