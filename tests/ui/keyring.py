# SPDX-License-Identifier: GPL-3.0-or-later
"""A keyring on the desktop's session bus: the real daemon, unlocked as a login does it."""

import contextlib

from .wait import wait_for


@contextlib.contextmanager
def keyring(desktop, home):
    """Runs the keyring's daemon with its files in `home`."""
    word = home / 'keyring-password'
    home.mkdir(parents=True, exist_ok=True)
    word.write_text('opens the keyring', encoding='utf-8')
    with open(word, 'rb') as stdin:
        daemon = desktop.start('keyring', 'gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets',
                               f'--control-directory={home}', environment=desktop.make_home(home), stdin=stdin)
    try:
        wait_for(lambda: f'the keyring: {daemon.output}', lambda: is_open(desktop))
        yield
    finally:
        daemon.end()


def is_open(desktop):
    """Whether somebody keeps secrets, and would give them out."""
    reply = desktop.run('dbus-send', '--session', '--print-reply=literal', '--dest=org.freedesktop.secrets',
                        '/org/freedesktop/secrets/aliases/default', 'org.freedesktop.DBus.Properties.Get',
                        'string:org.freedesktop.Secret.Collection', 'string:Locked', check=False)
    return reply.split()[-2:] == ['boolean', 'false']
