# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages: well formed, whole, the same in both languages, and about the programs as they are."""

import os
import pathlib
import re
import subprocess
import xml.etree.ElementTree

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', ROOT / 'build')).resolve()
PROGRAMS = {
    'obm-mail-servers': (BUILD / 'src' / 'app' / 'obm-mail-servers', '1', '--help-all'),
    'obm-gateway': (BUILD / 'src' / 'gateway' / 'obm-gateway', '8', '--help'),
}
# The sections that are looked into, as each language calls them.
SECTIONS = {
    'en': {'name': 'NAME', 'options': 'OPTIONS', 'environment': 'ENVIRONMENT', 'files': 'FILES',
           'configuration': 'CONFIGURATION FILE', 'status': 'EXIT STATUS', 'examples': 'EXAMPLES'},
    'fr': {'name': 'NOM', 'options': 'OPTIONS', 'environment': 'ENVIRONNEMENT', 'files': 'FICHIERS',
           'configuration': 'FICHIER DE CONFIGURATION', 'status': 'CODE DE RETOUR', 'examples': 'EXEMPLES'},
}
LANGUAGES = sorted(SECTIONS)
OPTION = re.compile(r'--[a-z][a-z-]*')
# Of the desktop and of every program.
COMMON_VARIABLES = {'XDG_CURRENT_DESKTOP', 'XDG_SESSION_TYPE'}

every_page = pytest.mark.parametrize('program', sorted(PROGRAMS))
both_languages = pytest.mark.parametrize('language', LANGUAGES)


def run(*command):
    return subprocess.run([str(word) for word in command], check=False, text=True, encoding='utf-8',
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          env={**os.environ, 'LC_ALL': 'C.UTF-8', 'MANWIDTH': '80'})


def path(program, language):
    """Where the build has the page."""
    suffix = '' if language == 'en' else f'.{language}'
    return BUILD / 'data' / 'man' / f'{program}{suffix}.{PROGRAMS[program][1]}'


def source(program, language):
    """The page with plain hyphens and spaces and without fonts."""
    text = path(program, language).read_text(encoding='utf-8')
    for escape, plain in ((r'\-', '-'), (r'\~', '\N{NO-BREAK SPACE}'), (r'\%', ''), (r'\fR', ''), (r'\fP', '')):
        text = text.replace(escape, plain)
    return text


def section(program, language, name):
    """What a section says, with its macros."""
    title = SECTIONS[language][name]
    for part in re.split(r'^\.SH ', source(program, language), flags=re.MULTILINE)[1:]:
        heading, _, body = part.partition('\n')
        if heading.strip('"') == title:
            return body
    raise AssertionError(f'{path(program, language).name} has no section {title}')


def options(program):
    """What the program says of itself."""
    binary, _, argument = PROGRAMS[program]
    result = run(binary, argument)
    assert result.returncode == 0, result.stdout
    found = set(OPTION.findall(result.stdout))
    assert '--help' in found
    return found


@every_page
@both_languages
def test_page_is_malformed(program, language):
    # Its warnings come before the page.
    result = run('man', '--warnings', '--encoding=UTF-8', '--local-file', path(program, language))
    assert result.returncode == 0 and not re.search(r'^.*(warning|error): .*$', result.stdout, re.MULTILINE)
    assert SECTIONS[language]['name'] in result.stdout


@every_page
@both_languages
def test_page_has_no_one_line_description(program, language):
    result = run('lexgrog', path(program, language))
    assert re.search(rf': "{program} - \S', result.stdout), result.stdout


@every_page
@both_languages
def test_page_is_not_of_this_version(program, language):
    version = re.search(r"^\s*version: '([^']+)'", (ROOT / 'meson.build').read_text(encoding='utf-8'), re.MULTILINE)
    assert f'"OBM Mail Servers {version[1]}"' in source(program, language).splitlines()[1]


@every_page
@both_languages
def test_page_has_other_options_than_the_program(program, language):
    # Each stands after .TP.
    tags = re.findall(r'^\.TP\n(.*)$', section(program, language, 'options'), re.MULTILINE)
    assert {option for tag in tags for option in OPTION.findall(tag)} == options(program)


@both_languages
def test_gateway_page_has_other_settings_than_the_program(language):
    keys = {option[2:] for option in options('obm-gateway')} - {'config', 'check', 'help', 'version'}
    tags = re.findall(r'^\.TP\n\.BR? (.*)$', section('obm-gateway', language, 'configuration'), re.MULTILINE)
    assert {key for tag in tags for key in re.findall(r'[a-z][a-z-]+', tag)} == keys


@both_languages
def test_gateway_page_has_other_defaults_than_the_program(language):
    result = run(PROGRAMS['obm-gateway'][0], '--help')
    defaults = re.findall(r'\(([\d.:]+)\)$', result.stdout, re.MULTILINE)
    assert defaults
    for default in defaults:
        assert default in section('obm-gateway', language, 'options')


@both_languages
def test_client_page_has_other_settings_than_the_schema(language):
    schema = xml.etree.ElementTree.parse(ROOT / 'data' / 'org.obm.MailServers.gschema.xml').getroot()
    tags = re.findall(r'^\.TP\n\.BR? (.*)$', section('obm-mail-servers', language, 'files'), re.MULTILINE)
    assert ({key for tag in tags for key in re.findall(r'[a-z][a-z-]+', tag)} ==
            {key.get('name') for key in schema.iter('key')})


@both_languages
@pytest.mark.parametrize('program, room', [('obm-mail-servers', 'app'), ('obm-gateway', 'gateway')])
def test_page_lacks_a_variable(program, room, language):
    used = {variable for file in (ROOT / 'src' / room).glob('*.c')
            for variable in re.findall(r'g_getenv \("(\w+)"\)', file.read_text(encoding='utf-8'))}
    assert used
    for variable in used - COMMON_VARIABLES:
        assert variable in section(program, language, 'environment')


@every_page
def test_languages_tell_different_things(program):
    """The same sections in the same order, each with the same literal things."""
    def outline(language):
        text = source(program, language)
        return [(part.count('\n.TP'), len(re.findall(r'^\.(?:PP|nf)', part, re.MULTILINE)))
                for part in re.split(r'^\.SH ', text, flags=re.MULTILINE)[1:]]
    assert outline('en') == outline('fr')
    for language in LANGUAGES:
        assert section(program, language, 'status') and section(program, language, 'examples')
