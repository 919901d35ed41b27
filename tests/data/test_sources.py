# SPDX-License-Identifier: GPL-3.0-or-later
"""What the sources may not say: newer versions than Debian 12's, and arrows that go the wrong way."""

import pathlib
import re
import xml.etree.ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+(?:<(?P<system>[^>]+)>|"(?P<own>[^"]+)")', re.MULTILINE)

# app -> remote -> model <- gateway
MAY_INCLUDE = {
    'model': {'model'},
    'remote': {'remote', 'model'},
    'app': {'app', 'remote', 'model'},
    'gateway': {'gateway', 'model'},
}
SCREEN = ('gtk/', 'gdk/', 'gsk/')
HTTP = ('libsoup/',)
JSON = ('json-glib/',)
SECRET = ('libsecret/',)
DATABASE = ('zdb', 'sqlite', 'libpq', 'mysql')
INPUT_OUTPUT = ('gio/', 'glib/gstdio', 'stdio', 'fcntl', 'sys/')
MAY_NOT_INCLUDE = {
    'model': SCREEN + HTTP + SECRET + DATABASE + INPUT_OUTPUT,
    'remote': SCREEN + DATABASE,
    'app': HTTP + JSON + SECRET + DATABASE,
    'gateway': SCREEN + SECRET,
}
# What of the model is about JSON and the wire, not about mail servers.
NOT_FOR_APP = ('obm-json', 'obm-query')


def files(room):
    return sorted((ROOT / 'src' / room).glob('*.[ch]'))


def includes(path, kind):
    text = path.read_text(encoding='utf-8')
    return [match[kind] for match in INCLUDE.finditer(text) if match[kind]]


def test_room_has_no_rule():
    assert {path.name for path in (ROOT / 'src').iterdir() if path.is_dir()} == set(MAY_INCLUDE)
    assert all(files(room) for room in MAY_INCLUDE)


@pytest.mark.parametrize('room', sorted(MAY_INCLUDE))
def test_room_includes_a_library_it_may_not(room):
    wrong = [f'{path.name}: <{header}>' for path in files(room) for header in includes(path, 'system')
             if header.startswith(MAY_NOT_INCLUDE[room])]
    assert wrong == []


@pytest.mark.parametrize('room', sorted(MAY_INCLUDE))
def test_room_includes_a_room_it_may_not(room):
    allowed = {path.name for other in MAY_INCLUDE[room] for path in files(other)} | {'config.h'}
    wrong = [f'{path.name}: "{header}"' for path in files(room) for header in includes(path, 'own')
             if header not in allowed]
    assert wrong == []


def test_app_reads_json():
    wrong = [f'{path.name}: "{header}"' for path in files('app') for header in includes(path, 'own')
             if header.startswith(NOT_FOR_APP)]
    assert wrong == []


@pytest.mark.parametrize('path', sorted((ROOT / 'ui').glob('*.ui')), ids=lambda path: path.name)
def test_template_requires_newer_gtk(path):
    required = xml.etree.ElementTree.parse(path).getroot().findall('requires')
    assert [element.get('lib') for element in required] == ['gtk']
    assert tuple(int(part) for part in required[0].get('version').split('.')) <= (4, 8)


def test_template_is_not_shipped():
    """A template that is in no resource is never loaded; a resource without a file does not build."""
    resources = xml.etree.ElementTree.parse(ROOT / 'ui' / 'obm.gresource.xml').getroot()
    shipped = {element.text for element in resources.iter('file')}
    assert {path.name for path in (ROOT / 'ui').glob('*.ui')} - shipped == set()
