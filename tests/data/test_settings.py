# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings are documented where an administrator reads about them, hold no nonsense, and are all in use."""

import pathlib
import xml.etree.ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = xml.etree.ElementTree.parse(ROOT / 'data' / 'org.obm.MailServers.gschema.xml').getroot()
KEYS = {key.get('name'): key for key in SCHEMA.iter('key')}
# What a person types: any text is as good as another.
FREE = {'address', 'login'}


def text(key, name):
    return (KEYS[key].findtext(name) or '').strip()


@pytest.mark.parametrize('key', KEYS)
def test_key_is_not_documented(key):
    summary, description = text(key, 'summary'), text(key, 'description')
    assert summary and not summary.endswith('.')
    assert len(description) > len(summary) and description.endswith('.')


@pytest.mark.parametrize('key', KEYS)
def test_key_takes_any_value(key):
    if KEYS[key].get('type') == 'b' or key in FREE:
        return
    assert KEYS[key].find('range') is not None or KEYS[key].find('choices') is not None


@pytest.mark.parametrize('key', KEYS)
def test_key_is_used_nowhere(key):
    assert any(f'"{key}"' in path.read_text(encoding='utf-8') for path in (ROOT / 'src' / 'app').glob('*.c'))
