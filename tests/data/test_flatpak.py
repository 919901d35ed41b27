# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of flatpak-builder-lint, as far as they can be told from the sources; tests/flatpak has those about what
is built."""

import configparser
import pathlib
import re
import xml.etree.ElementTree

import pytest
import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
MANIFEST = next((ROOT / 'flatpak').glob('*.yaml'))
APP = MANIFEST.stem
SCALABLE = ROOT / 'data' / 'icons' / 'hicolor' / 'scalable' / 'apps'
# Domains that belong to whoever keeps a project there: they ask for a longer name.
HOSTING = ('github', 'gitlab', 'codeberg', 'sourceforge')
# Categories that say which toolkit it is made with, but not what it is for.
TOOLKITS = {'GTK', 'GNOME', 'Qt', 'KDE', 'XFCE', 'Motif', 'Java', 'Application', 'DDE'}


@pytest.fixture(scope='module')
def manifest():
    """The manifest."""
    return yaml.safe_load(MANIFEST.read_text(encoding='utf-8'))


@pytest.fixture(scope='module')
def metainfo():
    """The component of the metainfo."""
    return xml.etree.ElementTree.parse(ROOT / 'data' / f'{APP}.metainfo.xml.in').getroot()


@pytest.fixture(scope='module')
def entry():
    """The menu's entry."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read(ROOT / 'data' / f'{APP}.desktop.in', encoding='utf-8')
    return parser['Desktop Entry']


def sources(manifest):
    """All sources of all modules."""
    return [source for module in manifest['modules'] for source in module['sources']]


def test_id_is_not_the_file_s_name(manifest):
    """A manifest is found by its id."""
    assert manifest['id'] == APP


def test_id_is_refused():
    """At least three parts, each a word, and no name of somebody else's domain."""
    parts = APP.split('.')
    assert len(parts) >= 3 and len(APP) <= 255
    assert all(re.fullmatch(r'[A-Za-z_][A-Za-z0-9_]*', part) for part in parts)
    assert parts[0] == parts[0].lower() and parts[1] == parts[1].lower()
    assert parts[-1] != 'desktop' and parts[1] not in HOSTING


def test_runtime_is_another(manifest):
    """A version is text: 50 alone would be a number."""
    assert (manifest['runtime'], manifest['sdk']) == ('org.gnome.Platform', 'org.gnome.Sdk')
    assert isinstance(manifest['runtime-version'], str) and manifest['runtime-version'].isdigit()


def test_branch_is_fixed(manifest):
    """Who publishes it names the branch."""
    assert not {'branch', 'default-branch'} & set(manifest)


def test_command_is_no_name(manifest, metainfo, entry):
    """The command is a program on the path, the same everywhere."""
    assert '/' not in manifest['command']
    assert entry['Exec'].split()[0] == manifest['command'] == metainfo.findtext('provides/binary')


def test_permissions_are_wider(manifest):
    """The network and the display; secrets and files go through portals, which need none."""
    assert set(manifest['finish-args']) == {'--share=network', '--share=ipc', '--socket=wayland',
                                            '--socket=fallback-x11', '--device=dri'}
    assert len(manifest['finish-args']) == 5


def test_build_needs_the_network(manifest):
    """Everything a build needs is a source."""
    for part in (manifest, *manifest['modules']):
        assert '--share=network' not in part.get('build-options', {}).get('build-args', [])


def test_source_is_not_fixed(manifest):
    """What is fetched is one state of it, checked by a sum that is still trusted, and never a mere branch."""
    assert sources(manifest)
    for source in sources(manifest):
        assert '/' not in source.get('dest-filename', '')
        assert not {'md5', 'sha1'} & set(source)
        if source['type'] == 'git':
            assert source['url'].startswith('https://') and ('tag' in source or 'commit' in source)


def test_debug_information_is_thrown_away(manifest):
    """flatpak-builder puts it into an extension of its own."""
    for part in (manifest, *manifest['modules']):
        assert not any(path.startswith('/lib/debug') for path in part.get('cleanup', []))


def test_metainfo_is_of_another(metainfo):
    """One desktop application, of that id, started by that entry."""
    assert metainfo.tag == 'component' and metainfo.get('type') == 'desktop-application'
    assert metainfo.findtext('id') == APP
    assert [(launchable.get('type'), launchable.text) for launchable in metainfo.findall('launchable')] == \
        [('desktop-id', f'{APP}.desktop')]


@pytest.mark.parametrize('path', ['metadata_license', 'project_license', 'content_rating', 'description/p',
                                  'releases/release', 'url'])
def test_metainfo_does_not_say(path, metainfo):
    """What every software centre shows."""
    assert metainfo.find(path) is not None


def test_metainfo_has_no_room(metainfo):
    """Names and summaries that fit on a tile, and are no sentences."""
    assert len(metainfo.findtext('name')) <= 20
    assert len(metainfo.findtext('summary')) <= 35 and not metainfo.findtext('summary').endswith('.')


def test_screenshot_says_nothing(metainfo):
    """Each picture is a PNG with a caption."""
    for screenshot in metainfo.iter('screenshot'):
        assert screenshot.findtext('caption')
        assert all(image.text.startswith('https://') and image.text.endswith('.png')
                   for image in screenshot.findall('image'))


def test_entry_is_not_exported(entry):
    """Flatpak exports what has the id's name only, and writes "flatpak run" itself."""
    assert entry['Type'] == 'Application' and entry['Icon'] == APP
    assert 'flatpak' not in entry['Exec']
    assert not entry.getboolean('Hidden', False) and not entry.getboolean('NoDisplay', False)


def test_entry_has_no_category(entry):
    """It is found under what it does."""
    assert set(filter(None, entry['Categories'].split(';'))) - TOOLKITS


def test_icon_is_not_exported():
    """The scalable icon is an SVG of the id's name; everything else has it in front."""
    assert (SCALABLE / f'{APP}.svg').exists()
    for path in (ROOT / 'data' / 'icons').rglob('*.*'):
        if path.is_file():
            assert path.stem in (APP, f'{APP}-symbolic')
            assert path.suffix == ('.svg' if path.parts[-3] in ('scalable', 'symbolic') else '.png')


def test_icon_is_not_square():
    """A square, of at least 128 pixels."""
    picture = xml.etree.ElementTree.parse(SCALABLE / f'{APP}.svg').getroot()
    width, height = (float(picture.get(name).removesuffix('px')) for name in ('width', 'height'))
    assert width == height >= 128
    assert [float(number) for number in picture.get('viewBox').split()] == [0, 0, width, height]
