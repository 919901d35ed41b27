# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed client, as a French administrator uses it."""

import configparser
import subprocess

from ui.database import rows

from .sandbox import APP, DATA, EXPORTS, LOCALES, TOP, inside, location


def test_search(demo, sign_in, words, shot):
    """The manual's search, in the real window, against the gateway outside: its rows, and every word French."""
    window = sign_in(demo)
    for role, name in (('button', 'new'), ('entry', 'name'), ('entry', 'ip'), ('check box', 'imap'),
                       ('check box', 'smtp_in'), ('check box', 'smtp_out'), ('button', 'search'), ('label', 'prompt')):
        window.find(role, getattr(words, name))
    window.search(name='hote')
    window.wait_found(3)
    window.wait_rows([('hote1', '192.162.0.1', True, True, True),
                      ('hote2', '192.162.0.2', True, True, True),
                      ('hote3', '192.162.0.3', True, True, True)])
    window.wait_rows(rows(demo.database))
    window.wait_foot(3, 1)
    for name in ('host', 'ip', 'imap', 'smtp_in', 'smtp_out'):
        assert window.heading(getattr(words, name)), name
    window.find('button', words.export)
    shot('flatpak-search')


def test_search_by_keyboard(demo, sign_in, words):
    """The underlined letters are those of the language."""
    window = sign_in(demo)
    window.press(words.ip_key)
    window.type('0.2')
    window.press(words.search_key)
    window.wait_found(1)
    window.wait_rows(rows(demo.database, where="host_name = 'hote2'"))


def test_french_is_not_that_of_the_sources(tmp_path):
    """Flatpak installs only the languages that are wanted: French is one of them, and whole."""
    installed, wanted = tmp_path / 'installed.mo', tmp_path / 'wanted.mo'
    text = inside('base64', '/app/share/locale/fr/LC_MESSAGES/obm-mail-servers.mo').stdout
    subprocess.run(['base64', '--decode'], input=text, stdout=installed.open('wb'), check=True, encoding='ascii')
    subprocess.run(['msgfmt', '-o', wanted, TOP / 'po' / 'fr.po'], check=True)
    texts = [subprocess.run(['msgunfmt', '--sort-output', '--no-wrap', file], stdout=subprocess.PIPE, check=True,
                            encoding='utf-8').stdout for file in (installed, wanted)]
    assert texts[0] == texts[1] and texts[0].count('\nmsgstr') > 100


def test_settings_are_lost(demo, sign_in, words):
    """They are kept in the program's own folder, without anybody's help, and found there again."""
    window = sign_in(demo)
    window.search()
    window.wait_found(3)
    window.sort(words.ip)
    window.wait_rows(rows(demo.database, sort='ip'))
    window.press('ctrl+q')
    window.client.wait_end()
    kept = configparser.ConfigParser()
    kept.read(DATA / 'config' / 'glib-2.0' / 'settings' / 'keyfile')
    assert kept['org/obm/MailServers']['sort-column'] == "'ip'"


def test_files_are_missing_or_too_many():
    """The client and what belongs to it: no gateway, nothing for developers."""
    files = location()
    found = {str(path.relative_to(files)) for path in files.rglob('*') if path.is_file()}
    wanted = {f'share/{path}' for path in (
        f'applications/{APP}.desktop', f'metainfo/{APP}.metainfo.xml', f'glib-2.0/schemas/{APP}.gschema.xml',
        'glib-2.0/schemas/gschemas.compiled', f'icons/hicolor/scalable/apps/{APP}.svg',
        f'icons/hicolor/symbolic/apps/{APP}-symbolic.svg', 'obm-mail-servers/help/C/index.html',
        'obm-mail-servers/help/fr/index.html')} | {'bin/obm-mail-servers'}
    # What flatpak-builder adds, and what it makes for software centres.
    added = ('.ref', 'manifest.json', 'share/app-info/', 'share/appdata/', 'share/icons/hicolor/icon-theme.cache')
    assert {path for path in found if not path.startswith(added)} == wanted


def test_menu_has_no_entry():
    """The person's menu has the program, in French, with its picture."""
    entry = configparser.ConfigParser(interpolation=None, strict=False)
    entry.optionxform = str
    entry.read(EXPORTS / 'applications' / f'{APP}.desktop', encoding='utf-8')
    entry = entry['Desktop Entry']
    assert 'flatpak run' in entry['Exec'] and entry['Exec'].endswith(APP)
    assert entry['Icon'] == APP and entry['Comment[fr]'] != entry['Comment']
    assert (EXPORTS / 'icons' / 'hicolor' / 'scalable' / 'apps' / f'{APP}.svg').exists()


def test_help_option_is_not_french():
    """Without a window too the program speaks the person's language."""
    help_text = inside('obm-mail-servers', '--help', environment={'LANG': LOCALES['fr']}).stdout
    assert 'OBM_PASSWORD' in help_text and 'Adresse du service' in help_text
