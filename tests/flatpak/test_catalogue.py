# SPDX-License-Identifier: GPL-3.0-or-later
"""What a software centre is told of the built Flatpak, by the rules of flatpak-builder-lint."""

import gzip
import subprocess
import xml.etree.ElementTree

import pytest

from .sandbox import APP, PERSON, TOP, inside, location

# What AppStream lets pass, and the linter does not.
FAULTS = (
    'all-categories-ignored', 'category-invalid', 'cid-desktopapp-is-not-rdns', 'cid-has-number-prefix',
    'cid-rdns-contains-hyphen', 'content-rating-missing', 'desktop-app-launchable-omitted', 'desktop-file-not-found',
    'developer-id-missing', 'invalid-child-tag-name', 'metainfo-filename-cid-mismatch', 'metainfo-legacy-path',
    'metainfo-multiple-components', 'name-has-dot-suffix', 'releases-info-missing', 'unknown-tag',
)
INFO = 'share/app-info'


@pytest.fixture(scope='module')
def component():
    """What the catalogue says of the program."""
    with gzip.open(location() / INFO / 'xmls' / f'{APP}.xml.gz') as file:
        components = xml.etree.ElementTree.parse(file).getroot().findall('component')
    assert len(components) == 1
    return components[0]


def test_manifest_is_not_understood():
    """A property that flatpak-builder does not know is ignored, with a warning."""
    done = subprocess.run(['flatpak-builder', '--show-manifest', TOP / 'flatpak' / f'{APP}.yaml'], env=PERSON,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False, encoding='utf-8')
    assert done.returncode == 0 and done.stderr == ''


def test_metainfo_is_invalid():
    """The installed metainfo, checked by the runtime's AppStream, more strictly than it does by itself."""
    done = inside('appstreamcli', 'validate', '--no-net', '--override=' + ','.join(f'{name}=error' for name in FAULTS),
                  f'/app/share/metainfo/{APP}.metainfo.xml', options=['--devel'], check=False)
    assert done.returncode == 0, done.stdout


def test_catalogue_has_another_program(component):
    """The program, by its id, with its entry in the menu."""
    assert component.get('type') in ('desktop', 'desktop-application')
    assert component.findtext('id') == APP
    assert component.findtext("launchable[@type='desktop-id']") == f'{APP}.desktop'


@pytest.mark.parametrize('path', ['project_license', 'developer/name', 'categories/category', 'content_rating'])
def test_catalogue_does_not_say(path, component):
    """What comes from metainfo and menu entry together."""
    assert component.find(path) is not None


def test_catalogue_is_not_translated(component):
    """The summary in French too."""
    language = '{http://www.w3.org/XML/1998/namespace}lang'
    assert 'fr' in {summary.get(language) for summary in component.findall('summary')}


def test_catalogue_has_no_icon(component):
    """A picture of the size that software centres show, made of the scalable icon."""
    cached = [icon.text for icon in component.findall("icon[@type='cached']")]
    assert cached and all(icon.get('type') for icon in component.findall('icon'))
    picture = (location() / INFO / 'icons' / 'flatpak' / '128x128' / cached[0]).read_bytes()
    assert picture.startswith(b'\x89PNG') and int.from_bytes(picture[16:20], 'big') == 128
