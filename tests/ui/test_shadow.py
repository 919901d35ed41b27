# SPDX-License-Identifier: GPL-3.0-or-later
"""A window whose surface is larger than the window itself, as it is where GTK draws its shadow."""

import pathlib

import pytest

from .conftest import once
from .test_next_start import resize


@pytest.fixture
def around(desktop):
    """Room around every window that is opened; Openbox has GTK draw no shadow."""
    style = pathlib.Path(desktop.environment['XDG_CONFIG_HOME']) / 'gtk-4.0' / 'gtk.css'
    style.write_text('window { padding: 30px; }', encoding='utf-8')
    yield 60
    style.unlink()


@once
def test_shadow_is_taken_for_room(around, demo, sign_in, words):
    """The header bar has its words while the window itself has the room for them."""
    window = sign_in(demo)
    resize(window, 570 + around, 600)
    window.find('label', words.new)
    resize(window, 550 + around, 600)
    window.wait_gone('label', words.new)
