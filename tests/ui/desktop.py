# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own, where there is no screen: an X server in memory with a window manager, a session bus, the
accessibility bus.

    with Desktop(directory) as desktop:
        window = MainWindow(Client(desktop, ...))
"""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess

from .bus import Bus
from .process import Process
from .wait import wait_for

SIZE = (1280, 800)
LAUNCHERS = ('/usr/libexec/at-spi-bus-launcher', '/usr/lib/at-spi2-core/at-spi-bus-launcher')
# No service is started because somebody asks for it: what a test wants on the bus, it starts.
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={directory}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
# No binding of its own: one of the pointer's first button would let keys that were pressed after a click overtake it.
WINDOW_MANAGER = """<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
  <focus><focusNew>yes</focusNew><followMouse>no</followMouse></focus>
  <placement><policy>Smart</policy><center>yes</center></placement>
  <desktops><number>1</number></desktops>
  <keyboard/>
  <mouse/>
</openbox_config>
"""
# Animations would only make every wait longer.
GTK_SETTINGS = '[Settings]\ngtk-enable-animations=false\ngtk-cursor-blink=false\n'
# By their places on the keyboard: of newer layouts xdotool takes the level at which they come with Alt.
FUNCTION_KEYS = {f'F{number}': str(66 + number) for number in range(1, 11)}
KEPT = ('PATH', 'TMPDIR', 'ASAN_OPTIONS', 'UBSAN_OPTIONS', 'LSAN_OPTIONS')


class Desktop:
    """The desktop; a context manager that starts and ends everything. Logs and sockets go to `directory`."""

    def __init__(self, directory, size=SIZE):
        self.directory = pathlib.Path(directory)
        self.size = size
        self.runtime = self.directory / 'run'
        self.stack = contextlib.ExitStack()
        self.bus = None
        self.environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.environment.update(self.make_home(self.directory / 'home'))
        self.environment.update(self.make_locale())
        # Mesa would say that the X server in memory has no graphics card.
        self.environment.update(GDK_BACKEND='x11', GSK_RENDERER='cairo', EGL_LOG_LEVEL='fatal', GTK_A11Y='atspi',
                                GSETTINGS_BACKEND='memory', XDG_RUNTIME_DIR=str(self.runtime))

    def make_home(self, home):
        """Another home folder, with what a test needs in it; the variables that name it."""
        home = pathlib.Path(home)
        settings = home / '.config' / 'gtk-4.0' / 'settings.ini'
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(GTK_SETTINGS, encoding='utf-8')
        return {'HOME': str(home), 'XDG_CONFIG_HOME': str(home / '.config'),
                'XDG_DATA_HOME': str(home / '.local' / 'share'), 'XDG_CACHE_HOME': str(home / '.cache')}

    def make_locale(self):
        """A locale in which LANGUAGE counts, which in C.UTF-8 it does no more on Debian 13; the variables that name it.

        It is C.UTF-8 by another name, so that none has to be installed; dates stay those of no locale at all.
        """
        path = self.directory / 'locale' / 'en_US.UTF-8'
        if not path.exists():
            shutil.copytree('/usr/lib/locale/C.utf8', path)
        return {'LOCPATH': str(path.parent), 'LANG': path.name, 'LC_TIME': 'C.UTF-8'}

    def __enter__(self):
        self.runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.ExitStack() as self.stack:
            # -noreset: else the server begins anew whenever its only client goes, and throws out who comes then.
            self.environment['DISPLAY'] = ':' + self.read_line(
                'Xvfb', '-displayfd', '{fd}', '-screen', '0', '{}x{}x24'.format(*self.size), '-nolisten', 'tcp',
                '-noreset')
            self.environment['DBUS_SESSION_BUS_ADDRESS'] = self.read_line(
                'dbus-daemon', '--nofork', '--nosyslog', '--print-address={fd}', f'--config-file={self.write(BUS.format(directory=self.runtime), "bus.conf")}')
            openbox = self.start('openbox', 'openbox', '--config-file', self.write(WINDOW_MANAGER, 'openbox.xml'))
            wait_for(lambda: f'the window manager: {openbox.output}', self.has_window_manager)
            self.start('at-spi', next(filter(os.path.exists, LAUNCHERS)), '--launch-immediately')
            self.environment['AT_SPI_BUS_ADDRESS'] = wait_for('the accessibility bus', self.accessibility_bus)
            self.bus = Bus(self.environment['AT_SPI_BUS_ADDRESS'])
            self.stack.callback(self.bus.close)
            self.stack = self.stack.pop_all()
        return self

    def __exit__(self, *_exception):
        self.stack.close()

    def write(self, text, name):
        """Makes a file; its path."""
        path = self.directory / name
        path.write_text(text, encoding='utf-8')
        return path

    def start(self, name, *command, environment=(), **options):
        """Starts a program that ends with the desktop, if not before."""
        process = Process(command, {**self.environment, **dict(environment)}, self.directory / f'{name}.log', **options)
        self.stack.callback(process.end)
        return process

    def read_line(self, name, *arguments):
        """Starts a program that writes a line to the descriptor {fd} once it is ready; the line."""
        path = self.directory / f'{name}.ready'
        with open(path, 'wb') as ready:
            process = self.start(name, name, *(word.format(fd=ready.fileno()) for word in arguments),
                                 pass_fds=[ready.fileno()])
        wait_for(lambda: f'{name} to start: {process.output}',
                 lambda: path.read_bytes().endswith(b'\n') or process.status is not None)
        assert process.status is None, f'{name} ended: {process.output}'
        return path.read_text(encoding='utf-8').splitlines()[-1]

    def run(self, *command, check=True):
        """Runs a tool of this desktop to its end: what it wrote."""
        return subprocess.run([str(word) for word in command], env=self.environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60, check=check,
                              encoding='utf-8', errors='replace').stdout

    def has_window_manager(self):
        """Whether windows are managed."""
        return 'window id' in self.run('xprop', '-root', '_NET_SUPPORTING_WM_CHECK', check=False)

    def accessibility_bus(self):
        """The address of the accessibility bus; None until it is there."""
        reply = self.run('dbus-send', '--session', '--print-reply=literal', '--dest=org.a11y.Bus', '/org/a11y/bus',
                         'org.a11y.Bus.GetAddress', check=False)
        return reply.strip() or None

    def windows(self, pid):
        """The numbers of what a process shows on the screen; popovers are windows of their own."""
        return self.run('xdotool', 'search', '--onlyvisible', '--pid', pid, check=False).split()

    def title_and_origin(self, window):
        """The title of a window, and where it begins on the screen, without what the window manager draws around it;
        None when it is gone."""
        info = self.run('xwininfo', '-id', window, check=False)
        title = re.search(r'^xwininfo: Window id: \S+ (?:"(.*)"|\(has no name\))$', info, re.MULTILINE)
        corner = re.findall(r'Absolute upper-left [XY]:\s+(-?\d+)', info)
        return (title[1], tuple(map(int, corner))) if title and len(corner) == 2 else None

    def rectangles(self):
        """Where everything on the screen is, popovers and what the window manager draws around a window too, bottom up,
        as X writes it: 960x640+160+80."""
        tree = self.run('xwininfo', '-root', '-children', check=False)
        # Topmost first. What has less than ten pixels is the window manager's own, and shows nothing.
        found = re.findall(r'^ +(0x[0-9a-f]+) .* (\d{2,}x\d{2,})\+\S+ +(\+\d+\+\d+)$', tree, re.MULTILINE)
        return [size + corner for number, size, corner in reversed(found)
                if 'Map State: IsViewable' in self.run('xwininfo', '-id', number, check=False)]

    def screenshot(self, path, check=True):
        """Leaves a picture of the screen; what is where on it is noted in the file, for data/help/update-figures."""
        pathlib.Path(path).parent.mkdir(parents=True, exist_ok=True)
        self.run('import', '-window', 'root', '-set', 'windows', ' '.join(self.rectangles()), path, check=check)

    def act(self, *words):
        """Gives one command line to xdotool."""
        self.run('xdotool', *words)

    def move(self, x, y):
        """Moves the pointer there."""
        self.act('mousemove', x, y)

    def click(self, x, y, button=1, times=1):
        """Presses and releases a button of the pointer there; 4 and 5 are the wheel."""
        self.act('mousemove', x, y, 'click', '--repeat', times, '--delay', 40, button)

    def replace(self, text):
        """Types `text` in the place of what the entry with the focus held."""
        self.act('key', 'ctrl+a', 'key', 'BackSpace', *(('type', '--delay', 10, '--', text) if text else ()))

    def focused_title(self):
        """The title of the window that keys go to; empty while there is none."""
        return self.run('xdotool', 'getwindowfocus', 'getwindowname', check=False).strip()

    def press(self, *keys):
        """Presses keys one after the other, as xdotool names them: 'ctrl+Page_Down'."""
        self.act('key', '--delay', 15, *(FUNCTION_KEYS.get(key, key) for key in keys))

    def type(self, text):
        """Types text."""
        self.act('type', '--delay', 10, '--', text)
