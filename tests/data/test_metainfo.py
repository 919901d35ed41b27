# SPDX-License-Identifier: GPL-3.0-or-later
"""What software centres and menus show of the program: valid without a remark, whole, and in French too."""

import os
import pathlib
import re
import struct
import subprocess
import xml.etree.ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', ROOT / 'build')).resolve()
ID = 'org.obm.MailServers'
METAINFO = BUILD / 'data' / f'{ID}.metainfo.xml'
DESKTOP = BUILD / 'data' / f'{ID}.desktop'
PICTURES = ROOT / 'data' / 'screenshots'
LANGUAGE = '{http://www.w3.org/XML/1998/namespace}lang'

# A hint for the pedantic that cannot be heeded: applications are called so.
ALLOWED = {('P', 'cid-contains-uppercase-letter', ID)}


def run(*command):
    return subprocess.run(command, check=False, text=True, encoding='utf-8', stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def tree():
    return xml.etree.ElementTree.parse(METAINFO).getroot()


def texts(element, language=None):
    """The texts of the elements of a kind in one language, without line ends."""
    return [' '.join((found.text or '').split()) for found in tree().iter(element) if found.get(LANGUAGE) == language]


def desktop():
    """The keys of the desktop file."""
    lines = DESKTOP.read_text(encoding='utf-8').splitlines()
    return dict(line.split('=', 1) for line in lines if '=' in line and not line.startswith('#'))


def test_appstreamcli_remarks_on_the_metainfo():
    result = run('appstreamcli', 'validate', '--pedantic', '--no-net', '--no-color', str(METAINFO))
    remarks = set(re.findall(rf'^([EWIP]): {re.escape(ID)}\S* (\S+) ?(.*?)\s*$', result.stdout, re.MULTILINE))
    assert remarks - ALLOWED == set(), result.stdout
    assert result.returncode == 0, result.stdout


def test_desktop_file_validate_remarks():
    result = run('desktop-file-validate', '--warn-kde', str(DESKTOP))
    assert (result.returncode, result.stdout) == (0, '')


def test_summary_is_too_long_for_a_software_centre():
    summary, = texts('summary')
    assert len(summary) <= 35 and not summary.endswith('.')


@pytest.mark.parametrize('element', ['name', 'summary', 'p', 'li', 'caption', 'keyword'])
def test_metainfo_lacks_french(element):
    translatable = [found for found in tree().iter(element)
                    if found.get(LANGUAGE) is None and found.get('translate') != 'no']
    assert translatable and len(texts(element, 'fr')) == len(translatable)


def test_metainfo_names_no_developer():
    """In the words of AppStream 1.0, or of those before where it is built with one."""
    assert tree().findtext('developer/name') or tree().findtext('developer_name')


def test_caption_is_a_sentence():
    captions = texts('caption') + texts('caption', 'fr')
    assert captions and not [caption for caption in captions if caption.endswith('.') or len(caption) > 100]


def test_picture_is_not_what_the_metainfo_says():
    """Each is in the folder, in both languages, of that size, and about 16:9."""
    images = list(tree().iter('image'))
    assert len(images) >= 6
    for image in images:
        assert image.text.startswith('https://')
        data = (PICTURES / image.text.rsplit('/', 1)[1]).read_bytes()
        size = struct.unpack('>II', data[16:24])
        assert data[1:4] == b'PNG' and size == (int(image.get('width')), int(image.get('height')))
        assert 1.6 <= size[0] / size[1] <= 1.9
    for screenshot in tree().iter('screenshot'):
        assert [image.get(LANGUAGE) for image in screenshot.iter('image')] == [None, 'fr']


def test_picture_is_shown_nowhere():
    shown = {image.text.rsplit('/', 1)[1] for image in tree().iter('image')}
    assert {path.name for path in PICTURES.glob('*.png')} == shown


def test_release_is_not_the_version():
    version = re.search(r"^\s*version: '([^']+)'", (ROOT / 'meson.build').read_text(encoding='utf-8'), re.MULTILINE)
    assert next(tree().iter('release')).get('version') == version[1]


def test_names_do_not_agree():
    """The metainfo, the desktop file and the icon are of one application."""
    assert texts('id') == [ID] and texts('launchable') == [DESKTOP.name]
    assert desktop()['Name'] == texts('name')[0] and desktop()['Name[fr]'] == texts('name', 'fr')[0]
    assert desktop()['Exec'] == texts('binary')[0]
    assert desktop()['Icon'] == ID and (ROOT / f'data/icons/hicolor/scalable/apps/{ID}.svg').exists()


@pytest.mark.parametrize('key', ['Name', 'GenericName', 'Comment', 'Keywords'])
def test_desktop_file_lacks_french(key):
    assert desktop()[key] and desktop()[f'{key}[fr]'] not in ('', desktop()[key])


def test_keywords_lack_a_language():
    """Who uses the desktop in French may type either."""
    english, french = (set(desktop()[key].strip(';').split(';')) for key in ('Keywords', 'Keywords[fr]'))
    assert {'OBM', 'IMAP', 'SMTP', 'mail', 'server'} <= english <= french
    assert {'courriel', 'messagerie', 'serveur', 'hôte', 'domaine'} <= french
