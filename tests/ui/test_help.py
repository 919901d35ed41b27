# SPDX-License-Identifier: GPL-3.0-or-later
"""The help: the right file goes to the desktop's own program for web pages, and when it cannot, that is said."""

import os
import pathlib
import shutil

import pytest

from .client import BUILD
from .conftest import once
from .editing import ServerDialog
from .portal import CANCELLED, DONE, ENVIRONMENT, FAILED, portal
from .test_accessibility import Walk
from .wait import wait_for

HELP = BUILD / 'data' / 'help'
FOLDERS = {'en': 'C', 'fr': 'fr'}
# Leaves a line for each file that it is asked to open.
BROWSER = '#!/bin/sh\nprintf "%s\\n" "$1" >>"$0.opened"\n'
DESKTOP_FILE = '[Desktop Entry]\nType=Application\nName=Browser\nExec={} %f\nMimeType=text/html;\n'
DEFAULTS = '[Default Applications]\ntext/html=browser.desktop\n'


@pytest.fixture
def home(desktop, tmp_path):
    """The variables of a home folder where nothing opens web pages, whatever programs this machine has."""
    data = tmp_path / 'share'
    data.mkdir()
    for path in pathlib.Path('/usr/share').iterdir():
        if path.name != 'applications':
            (data / path.name).symlink_to(path)
    return {**desktop.make_home(tmp_path / 'home'), 'XDG_DATA_DIRS': str(data)}


@pytest.fixture
def browser(home, tmp_path):
    """A program for web pages in that home: browser() is what it was asked to open."""
    program = tmp_path / 'browser'
    program.write_text(BROWSER, encoding='utf-8')
    program.chmod(0o755)
    applications = pathlib.Path(home['XDG_DATA_HOME']) / 'applications'
    applications.mkdir(parents=True)
    (applications / 'browser.desktop').write_text(DESKTOP_FILE.format(program), encoding='utf-8')
    (pathlib.Path(home['XDG_CONFIG_HOME']) / 'mimeapps.list').write_text(DEFAULTS, encoding='utf-8')
    opened = tmp_path / 'browser.opened'
    return lambda: os.fsdecode(opened.read_bytes()).splitlines() if opened.exists() else []


def wait_opened(browser, *pages):
    """Waits until just these pages were opened."""
    wait_for(lambda: f'{pages} to be opened; there are {browser()}', lambda: browser() == list(pages))


def page(words, folder=HELP):
    """The help in a language."""
    return f'{folder}/{FOLDERS[words.language]}/index.html'


def test_help_opens(demo, sign_in, words, home, browser):
    """F1 and the menu open the help in the person's language, and F1 does so in a dialog too."""
    window = sign_in(demo, environment=home)
    window.press('F1')
    wait_opened(browser, page(words))
    window.choose(words.help)
    wait_opened(browser, page(words), page(words))
    window.search()
    dialog = ServerDialog(window, 'hote1')
    dialog.press('F1')
    wait_opened(browser, page(words), page(words), page(words))


@pytest.mark.parametrize('words', ['en'], indirect=True)
def test_help_in_a_language_without_one(demo, sign_in, words, home, browser):
    """In German there is neither program nor help: both are in English."""
    sign_in(demo, environment={**home, 'LANGUAGE': 'de'}).press('F1')
    wait_opened(browser, page(words))


@once
def test_help_in_a_folder_of_any_name(demo, sign_in, words, home, browser, tmp_path):
    """A folder may have any bytes in its name: what is opened is that file all the same."""
    folder = os.fsdecode(os.fsencode(tmp_path) + b'/100%25 #1 caf\xe9')
    shutil.copytree(HELP, folder)
    sign_in(demo, environment={**home, 'OBM_HELPDIR': folder}).press('F1')
    wait_opened(browser, page(words, folder))


def test_no_program_for_web_pages(demo, sign_in, words, home, shot):
    """It is said that there is none, and which file the help is; the window goes on."""
    window = sign_in(demo, environment=home)
    window.press('F1')
    dialog = window.client.window(words.help)
    dialog.wait_text(words.no_browser)
    dialog.wait_text(page(words))
    dialog.wait_focus('button', words.close)
    shot('help-no-program')
    walk = Walk(window.client)
    walk.check('help', dialog)
    walk.finish()
    dialog.press('F1', 'Escape')
    wait_for('the dialog to close', lambda: len(window.client.frames()) == 1)
    window.search()
    window.wait_found(3)


@pytest.mark.parametrize('sandbox', [{}, ENVIRONMENT], ids=['outside', 'sandbox'])
def test_no_help(demo, sign_in, words, home, browser, tmp_path, sandbox):
    """Built without its help, the program says that, and which file is missing."""
    window = sign_in(demo, environment={**home, **sandbox, 'OBM_HELPDIR': str(tmp_path)})
    window.choose(words.help)
    dialog = window.client.window(words.help)
    dialog.wait_text(words.help_missing)
    dialog.wait_text(str(tmp_path / 'C' / 'index.html'))
    assert browser() == []


@once
@pytest.mark.parametrize('answer', [DONE, CANCELLED])
def test_help_from_a_sandbox(demo, desktop, sign_in, words, home, tmp_path, answer):
    """The portal gets the file itself, for its path in a sandbox means nothing outside. Who then is asked for a program
    and takes none knows it."""
    with portal(desktop, tmp_path / 'portal', answer) as opened:
        window = sign_in(demo, environment={**home, **ENVIRONMENT})
        window.press('F1')
        wait_opened(opened, page(words))
        window.search()
        window.wait_found(3)
        assert list(window.client.frames()) == [words.mail_servers]


def test_portal_fails(demo, desktop, sign_in, words, home, tmp_path):
    """It is said, and which file the help is."""
    with portal(desktop, tmp_path / 'portal', FAILED):
        window = sign_in(demo, environment={**home, **ENVIRONMENT})
        window.press('F1')
        dialog = window.client.window(words.help)
        dialog.wait_text(words.help_failed)
        dialog.wait_text(page(words))
