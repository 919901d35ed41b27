# SPDX-License-Identifier: GPL-3.0-or-later
"""The help, read outside the sandbox by the person's own browser."""

from ui.portal import DONE, portal
from ui.wait import wait_for

from .sandbox import location

HELP = 'share/obm-mail-servers/help/fr/index.html'


def test_help_stays_inside(demo, desktop, sign_in, tmp_path):
    """F1 hands the desktop's portal the open file; of one in /app it knows where it is outside."""
    with portal(desktop, tmp_path / 'portal', DONE) as opened:
        sign_in(demo).press('F1')
        wait_for(lambda: f'the help; opened is {opened()}', lambda: opened() == [f'/app/{HELP}'])
    assert (location() / HELP).is_file()
