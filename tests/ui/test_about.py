# SPDX-License-Identifier: GPL-3.0-or-later
"""Which program this is, and what goes into a bug report."""

import re

from .client import TOP
from .conftest import once
from .dialogs import ConnectionDialog
from .wait import wait_for
from .window import Window

VERSION = re.search(r"^\s*version: '([^']+)'", (TOP / 'meson.build').read_text(encoding='utf-8'), re.MULTILINE)[1]
# A line of the details: a name, and something about it.
LINE = re.compile(r'[A-Za-z][\w -]*: \S.*')
NUMBERS = r'\d+\.\d+\.\d+ \(built with \d+\.\d+\.\d+\)'


def open_about(window):
    """Chooses the item of the main menu."""
    window.choose(window.words.about)
    return Window(window.client, window.words.about)


def test_version_is_not_shown(demo, sign_in, words, shot):
    """The menu leads to it; it says which version this is, by whom and under which licence; Escape closes it."""
    window = sign_in(demo)
    about = open_about(window)
    about.wait_text(VERSION)
    shot('about')
    about.click(('tab', words.credits))
    about.wait_text(words.developers)
    assert about.has_text(words.translated_by) == (words.language != 'en')
    shot('about-credits')
    about.press('Escape')
    about.wait_closed()


@once
def test_details_cannot_be_copied(demo, sign_in, words, shot):
    """The button puts on the clipboard what the page shows: versions and desktop, in English, and nobody's name."""
    window = sign_in(demo)
    about = open_about(window)
    about.click(('tab', words.system))
    about.click(('button', words.copy_details))
    about.wait_text(words.details_copied)
    shot('about-system')
    about.press('Escape')
    about.wait_closed()

    # An entry that takes a text of any length.
    window.press('ctrl+o')
    dialog = ConnectionDialog(window.client)
    entry = dialog.click(('entry', words.address))
    wait_for('the focus on the address', lambda: entry.has('focused'))
    dialog.press('ctrl+a', 'ctrl+v')
    text = wait_for('what was copied', lambda: (text := entry.text()) != demo.url and text)
    lines = text.splitlines()
    assert lines[0] == f'OBM Mail Servers: {VERSION}'
    assert all(LINE.fullmatch(line) for line in lines), text
    details = dict(line.split(': ', 1) for line in lines)
    assert all(re.fullmatch(NUMBERS, details[name]) for name in ('GTK', 'GLib', 'libsoup')), text
    assert {'json-glib', 'System', 'Flatpak', 'Desktop', 'Session', 'Locale'} <= set(details)
    assert details['Display'] == 'GdkX11Display' and 'Cairo' in details['Renderer']
    assert details['Languages'].startswith('fr')
    for secret in ('admin', 'exemple', 'demo', '127.0.0.1', demo.url):
        assert secret not in text
