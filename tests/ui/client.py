# SPDX-License-Identifier: GPL-3.0-or-later
"""The client's process: started as a person starts it, watched until its end."""

import functools
import os
import pathlib
import re
import subprocess

from .bus import ACCESSIBLE, APPLICATION, Gone
from .process import Process
from .wait import wait_for
from .window import Window

TOP = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get('OBM_BUILD', TOP / 'build')).resolve()
PROGRAM = BUILD / 'src' / 'app' / 'obm-mail-servers'
# What it may say; everything else on its output is a fault. GTK 4.24 says something of itself, on X11, which must
# not end the program: there only what is worse than a warning does at once.
EXPECTED = re.compile(r'\s*|.*Message.*: The (keyring cannot be read|password could not be kept in the keyring): .*|'
                      r'.*G[dt]k-WARNING.*(gdk_frame_timings_|gtk_svg_advance: time went backward).*')
GTK = subprocess.run(['pkg-config', '--modversion', 'gtk4'], stdout=subprocess.PIPE, check=True, encoding='utf-8').stdout
FATAL = 'fatal-warnings' if tuple(map(int, GTK.split('.'))) < (4, 20) else 'fatal-criticals'


class Client:
    """A running client. `words` are those of its language; `environment` comes on top of the desktop's."""

    def __init__(self, desktop, words, log, *arguments, password=None, environment=()):
        self.desktop = desktop
        self.bus = desktop.bus
        self.words = words
        self.numbers = {}  # of the X server, by title
        environment = {**desktop.environment, 'LANGUAGE': words.language, 'TZ': 'UTC', **dict(environment)}
        if password is not None:
            environment['OBM_PASSWORD'] = password
        self.process = self.run(arguments, environment, log)

    def run(self, arguments, environment, log):
        """Starts the program; its process."""
        environment = {'G_DEBUG': FATAL, 'GSETTINGS_SCHEMA_DIR': str(BUILD / 'data'),
                       'OBM_LOCALEDIR': str(BUILD / 'po'), 'OBM_HELPDIR': str(BUILD / 'data' / 'help'),
                       'GIO_EXTRA_MODULES': str(BUILD / 'tests' / 'ui'), **environment}
        return Process([PROGRAM, *arguments], environment, log)

    @property
    def pid(self):
        """The process."""
        return self.process.pid

    def application(self):
        """Its accessible object; None if there is none (yet)."""
        return self.bus.application(self.pid)

    def windows(self):
        """The X server's numbers of what it shows on the screen."""
        return self.desktop.windows(self.pid)

    @property
    def places_are_mended(self):
        """Whether what it says of the places of its widgets is so, and hidden ones have none: accessible-bounds.c."""
        return any((BUILD / 'tests' / 'ui').glob('*.so'))

    @functools.cached_property
    def gtk_version(self):
        """The version of GTK it runs with: (4, 8, 3)."""
        version = self.bus.get(self.application(), APPLICATION, 'Version')
        return tuple(map(int, version.split('.')))

    def frames(self):
        """Its accessible windows, by title."""
        try:
            application = self.application()
            targets = self.bus.call(application, ACCESSIBLE, 'GetChildren')[0] if application else []
            return {self.bus.get(target, ACCESSIBLE, 'Name'): target for target in targets}
        except Gone:
            return {}

    def frame(self, title):
        """Its accessible window of that title; None if there is none."""
        return self.frames().get(title)

    def origin(self, title):
        """Where its window of that title begins on the screen; None if there is none (yet)."""
        number = self.numbers.get(title)
        found = self.desktop.title_and_origin(number) if number else None
        if found and found[0] == title:
            return found[1]
        self.numbers.clear()
        for number in self.windows():
            found = self.desktop.title_and_origin(number)
            if found:
                self.numbers[found[0]] = number
                if found[0] == title:
                    return found[1]
        return None

    def window(self, title):
        """Its window of that title, waited for."""
        return Window(self, title)

    def wait_end(self):
        """Waits until the program has ended by itself: its exit status."""
        wait_for('the end of the client', lambda: self.process.status is not None)
        return self.process.status

    def check_alive(self):
        """Demands that it still runs."""
        assert self.process.status is None, f'the client ended with {self.process.status}: {self.process.output}'

    def check(self):
        """Demands that it neither died nor complained."""
        assert self.process.status in (None, 0), f'it ended with {self.process.status}: {self.process.output}'
        self.check_output()

    def check_output(self):
        """Demands that it did not complain."""
        faults = [line for line in self.process.output.splitlines() if not EXPECTED.fullmatch(line)]
        assert not faults, '\n'.join(faults)

    def end(self):
        """Ends it, if it still runs."""
        self.process.end()
