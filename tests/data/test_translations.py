# SPDX-License-Identifier: GPL-3.0-or-later
"""The French of the program is whole: everything a person may read is marked, listed, translated and well formed."""

import functools
import gettext
import io
import pathlib
import re
import subprocess

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PO = ROOT / 'po'
LANGUAGES = [line for line in (PO / 'LINGUAS').read_text(encoding='utf-8').split('\n') if line and line[0] != '#']

# As meson's preset "glib" has them: what "meson compile obm-mail-servers-pot" finds is found here.
KEYWORDS = ('_', 'N_', 'C_:1c,2', 'NC_:1c,2', 'g_dcgettext:2', 'g_dngettext:2,3', 'g_dpgettext2:2c,3')
PATTERNS = ('src/**/*.c', 'src/**/*.h', 'ui/*.ui', 'data/*.desktop.in', 'data/*.metainfo.xml.in',
            'data/*.gschema.xml')


def run(*command):
    return subprocess.run(command, cwd=ROOT, check=False, text=True, encoding='utf-8', stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def assert_silent(result):
    if result.returncode != 0 or result.stdout:
        pytest.fail(result.stdout or f'exit status {result.returncode}', pytrace=False)


def extract(files, output='-'):
    """The messages of these files as a template, or nothing if there is none."""
    result = run('xgettext', '--from-code=UTF-8', *(f'--keyword={word}' for word in KEYWORDS),
                 f'--output={output}', *map(str, files))
    assert result.returncode == 0, result.stdout
    return result.stdout


@functools.lru_cache(maxsize=None)
def sources():
    """Every file with something to translate."""
    files = sorted(path.relative_to(ROOT).as_posix() for pattern in PATTERNS for path in ROOT.glob(pattern))
    return [file for file in files if 'msgid ' in extract([file])]


def listed():
    lines = (PO / 'POTFILES.in').read_text(encoding='utf-8').splitlines()
    return [line for line in lines if line and not line.startswith('#')]


def test_file_is_missing_in_potfiles():
    assert [file for file in sources() if file not in listed()] == []


def test_file_in_potfiles_has_nothing_to_translate():
    assert [file for file in listed() if file not in sources()] == []


def test_potfiles_is_not_sorted():
    assert listed() == sorted(set(listed()))


def test_language_is_not_listed():
    assert LANGUAGES == sorted(path.stem for path in PO.glob('*.po'))


@pytest.mark.parametrize('language', LANGUAGES)
def test_translation_is_malformed(language):
    """A format, a mnemonic, a plural or the header that does not match."""
    result = run('msgfmt', '--check', '--check-accelerators=_', '--output-file=/dev/null', f'po/{language}.po')
    assert_silent(result)


@pytest.mark.parametrize('language', LANGUAGES)
@pytest.mark.parametrize('state', ['untranslated', 'only-fuzzy', 'only-obsolete'])
def test_message_is(state, language, tmp_path):
    """The translation, brought up to date with the sources as they are, has no such message."""
    template, merged = tmp_path / 'messages.pot', tmp_path / f'{language}.po'
    extract(sources(), template)
    assert_silent(run('msgmerge', '--quiet', '--no-fuzzy-matching', f'--output-file={merged}',
                      f'po/{language}.po', str(template)))
    assert_silent(run('msgattrib', f'--{state}', '--no-wrap', str(merged)))


def test_french_line_may_break_before_its_punctuation():
    """Before these signs, and inside guillemets, French has a space that does not break."""
    compiled = subprocess.run(['msgfmt', '--output-file=-', PO / 'fr.po'], check=True, capture_output=True).stdout
    french = gettext.GNUTranslations(io.BytesIO(compiled))
    texts = [text for message, text in french._catalog.items() if message]  # pylint: disable=protected-access
    assert texts
    assert re.findall(r'\S+[ \n]+[:;?!»].?|« .?|\w+\'\w*', '\n\n'.join(texts)) == []
