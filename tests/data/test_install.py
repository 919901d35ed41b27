# SPDX-License-Identifier: GPL-3.0-or-later
"""meson install: everything goes where it belongs, below DESTDIR, and nothing else."""

import json
import os
import pathlib
import re
import stat
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', ROOT / 'build')).resolve()
ID = 'org.obm.MailServers'
LANGUAGES = [line for line in (ROOT / 'po' / 'LINGUAS').read_text(encoding='utf-8').split() if line[0] != '#']

PROGRAMS = {'bin/obm-mail-servers'}
GATEWAY_PROGRAMS = {'bin/obm-gateway'}
SCRIPTS = {'share/doc/obm-mail-servers/examples/obm-update'}
FILES = {
    f'share/applications/{ID}.desktop',
    f'share/glib-2.0/schemas/{ID}.gschema.xml',
    f'share/icons/hicolor/scalable/apps/{ID}.svg',
    f'share/icons/hicolor/symbolic/apps/{ID}-symbolic.svg',
    f'share/metainfo/{ID}.metainfo.xml',
    'share/man/man1/obm-mail-servers.1',
    *(f'share/man/{language}/man1/obm-mail-servers.1' for language in LANGUAGES),
    *(f'share/obm-mail-servers/help/{language}/index.html' for language in ('C', *LANGUAGES)),
    *(f'share/locale/{language}/LC_MESSAGES/obm-mail-servers.mo' for language in LANGUAGES),
}
GATEWAY_FILES = {
    'lib/systemd/system/obm-gateway.service',
    'lib/sysusers.d/obm-gateway.conf',
    'share/doc/obm-mail-servers/examples/obm-gateway.conf',
    'share/doc/obm-mail-servers/examples/obm-gateway-sudo.conf',
    'share/man/man8/obm-gateway.8',
    *(f'share/man/{language}/man8/obm-gateway.8' for language in LANGUAGES),
}


def run(*command, **variables):
    result = subprocess.run([str(word) for word in command], check=False, text=True, encoding='utf-8',
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            env={**os.environ, **variables})
    assert result.returncode == 0, result.stdout
    return result.stdout


def introspect(build, what):
    return json.loads(run('meson', 'introspect', build, what))


def prefix(build):
    return next(option['value'] for option in introspect(build, '--buildoptions') if option['name'] == 'prefix')


@pytest.fixture(scope='module', name='destination')
def install(tmp_path_factory):
    """What an empty DESTDIR holds after an installation."""
    destination = tmp_path_factory.mktemp('destination')
    run('meson', 'install', '-C', BUILD, '--no-rebuild', DESTDIR=str(destination))
    return destination


def installed(destination):
    """Every file, as it would be in the prefix."""
    inside = destination / prefix(BUILD).lstrip('/')
    return {path.relative_to(inside).as_posix(): path
            for path in destination.rglob('*') if not path.is_dir() and path.is_relative_to(inside)}


def test_file_is_missing_or_not_wanted(destination):
    assert set(installed(destination)) == PROGRAMS | GATEWAY_PROGRAMS | SCRIPTS | FILES | GATEWAY_FILES


def test_file_lands_outside_the_prefix(destination):
    found = {path for path in destination.rglob('*') if not path.is_dir()}
    assert found == set(installed(destination).values())


def test_file_has_the_wrong_mode(destination):
    for name, path in installed(destination).items():
        wanted = 0o755 if name in PROGRAMS | GATEWAY_PROGRAMS | SCRIPTS else 0o644
        assert (name, stat.S_IMODE(path.lstat().st_mode)) == (name, wanted)


def test_file_names_the_place_where_it_was_built(destination):
    for name, path in installed(destination).items():
        if name not in PROGRAMS | GATEWAY_PROGRAMS:
            content = path.read_bytes()
            assert str(ROOT).encode() not in content and str(BUILD).encode() not in content, name


def test_installed_program_does_not_run(destination):
    for name in PROGRAMS | GATEWAY_PROGRAMS:
        path = installed(destination)[name]
        assert run(path, '--version').startswith(path.name + ' ')
        assert not re.search(r'\(R(?:UN)?PATH\)', run('readelf', '--dynamic', path))


def test_installed_settings_are_invalid(destination):
    schemas = installed(destination)[f'share/glib-2.0/schemas/{ID}.gschema.xml'].parent
    run('glib-compile-schemas', '--strict', '--dry-run', schemas)


def test_gateway_is_not_where_systemd_looks(tmp_path):
    """For a prefix of the system's: as its pkg-config file says, unless an option says otherwise."""
    def places(name, *options):
        run('meson', 'setup', tmp_path / name, ROOT, '--prefix=/usr', '-Dhelp=false', '-Dtests=false', *options)
        return introspect(tmp_path / name, '--installed').values()

    known = subprocess.run(['pkg-config', '--variable=systemdsystemunitdir', 'systemd'], check=False,
                           stdout=subprocess.PIPE, encoding='utf-8').stdout.strip()
    assert f'{known or "/usr/lib/systemd/system"}/obm-gateway.service' in places('plain')
    assert {'/srv/units/obm-gateway.service', '/srv/users/obm-gateway.conf'} <= \
        set(places('given', '-Dsystemdunitdir=/srv/units', '-Dsysusersdir=/srv/users'))


def test_client_alone_brings_the_gateway(tmp_path):
    """-Dgateway=false: what would be installed."""
    run('meson', 'setup', tmp_path / 'build', ROOT, '-Dgateway=false', '-Dtests=false')
    start = prefix(tmp_path / 'build') + '/'
    names = {target.removeprefix(start) for target in introspect(tmp_path / 'build', '--installed').values()}
    # Icons are installed as a folder.
    folder = 'share/icons/hicolor'
    assert {name for name in names if not name.startswith('share/icons')} == \
        PROGRAMS | {name for name in FILES if not name.startswith(folder)}
