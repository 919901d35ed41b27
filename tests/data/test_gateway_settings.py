# SPDX-License-Identifier: GPL-3.0-or-later
"""data/obm-gateway.conf: every setting of the gateway, what it means, and the default the program has."""

import os
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', ROOT / 'build')).resolve()
PROGRAM = BUILD / 'src' / 'gateway' / 'obm-gateway'
LINES = (ROOT / 'data' / 'obm-gateway.conf').read_text(encoding='utf-8').splitlines()
SETTING = re.compile(r'#([a-z][a-z-]*)=(.*)')
SETTINGS = {match[1]: match[2] for line in LINES if (match := SETTING.fullmatch(line))}
# Of the command line only.
NOT_SETTINGS = {'config', 'check', 'help', 'version'}
# What has to be given.
WITHOUT_DEFAULT = {'database'}


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], check=False, encoding='utf-8', stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8'})


HELP = run('--help').stdout


def test_file_has_other_settings_than_the_program():
    assert set(SETTINGS) == set(re.findall(r'--([a-z][a-z-]*)', HELP)) - NOT_SETTINGS
    assert len([line for line in LINES if SETTING.fullmatch(line)]) == len(SETTINGS)


def test_file_has_other_defaults_than_the_program():
    defaults = dict(re.findall(r'--([a-z-]+)\S* .*\(([\w.:]+)\)$', HELP, re.MULTILINE))
    assert defaults
    assert {key: SETTINGS[key] for key in defaults} == defaults


def test_file_sets_something():
    """Whoever copies it has the defaults."""
    assert [line for line in LINES if line and line[0] != '#'] == ['[gateway]']


@pytest.mark.parametrize('key', SETTINGS)
def test_setting_is_not_explained(key):
    place = next(number for number, line in enumerate(LINES) if line.startswith(f'#{key}='))
    assert re.fullmatch(r'# [^=]*\.', LINES[place - 1])


@pytest.mark.parametrize('key', sorted(set(SETTINGS) - WITHOUT_DEFAULT))
def test_example_is_refused(key, tmp_path):
    """As far as it does not depend on what is installed here: then it is the database that is missing."""
    value = tmp_path if key == 'state-directory' else SETTINGS[key]
    path = tmp_path / 'obm-gateway.conf'
    path.touch(0o600)
    path.write_text('\n'.join(LINES).replace(f'#{key}={SETTINGS[key]}', f'{key}={value}'), encoding='utf-8')
    result = run('--config', path)
    assert result.returncode != 0 and 'No database is given' in result.stdout
