# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop, the gateway and the fixtures of tests/ui, for a client that runs in its sandbox."""

# pylint: disable=unused-import, redefined-outer-name

import pytest

from ui.conftest import demo, directory, pytest_runtest_makereport, shot, sign_in, start
from ui.desktop import Desktop
from ui.wait import wait_for
from ui.words import Words

from .sandbox import SandboxedClient, is_there

PORTAL = 'org.freedesktop.portal.Flatpak'


@pytest.fixture(scope='session')
def desktop(directory):
    """The screen all tests share, with the service that every session has where Flatpaks run."""
    with Desktop(directory / 'desktop') as desktop:
        desktop.start('flatpak-portal', '/usr/libexec/flatpak-portal')
        wait_for(PORTAL, lambda: is_there(desktop, PORTAL))
        yield desktop


@pytest.fixture
def program():
    """The client is started in its sandbox."""
    return SandboxedClient


@pytest.fixture
def words():
    """The program's words, French: a sandbox has to bring its languages itself."""
    return Words('fr')
