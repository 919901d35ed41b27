# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed Flatpak, and the client in it."""

import configparser
import os
import pathlib
import subprocess

from ui.bus import Gone
from ui.client import Client
from ui.process import Process
from ui.wait import wait_for

TOP = pathlib.Path(__file__).resolve().parents[2]
APP = 'org.obm.MailServers'
HOME = pathlib.Path(os.environ['HOME'])
DATA = HOME / '.var' / 'app' / APP  # what is the program's own
EXPORTS = HOME / '.local' / 'share' / 'flatpak' / 'exports' / 'share'
LOCALES = {'en': 'en_US.UTF-8', 'fr': 'fr_FR.UTF-8'}  # flatpak/runtime makes them
# What flatpak needs to know of the person and of the session, as flatpak/check sets it.
PERSON = {name: os.environ[name] for name in ('PATH', 'HOME', 'XDG_RUNTIME_DIR', 'DBUS_SYSTEM_BUS_ADDRESS')}
# Of the tests' desktop, what would name folders that are not there inside, or hide what the sandbox lets through.
LEFT_OUT = ('LOCPATH', 'LC_TIME', 'LANGUAGE', 'GSETTINGS_BACKEND', 'XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_CACHE_HOME')


def flatpak(*words, check=True, environment=()):
    """Runs flatpak to its end; what came of it."""
    done = subprocess.run(['flatpak', *map(str, words)], env={**PERSON, **dict(environment)},
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60,
                          check=False, encoding='utf-8')
    assert not check or done.returncode == 0, f'flatpak {words}: {done.stderr}'
    return done


def inside(*command, options=(), **how):
    """Runs a command in the sandbox, in the place of the program; what came of it."""
    return flatpak('run', '--user', *options, f'--command={command[0]}', APP, *command[1:], **how)


def location(name=APP):
    """The folder of what is installed."""
    return pathlib.Path(flatpak('info', '--user', '--show-location', name).stdout.strip()) / 'files'


def is_there(desktop, name):
    """Whether somebody on the desktop's session bus has a name."""
    return desktop.run('dbus-send', '--session', '--print-reply=literal', '--dest=org.freedesktop.DBus',
                       '/org/freedesktop/DBus', 'org.freedesktop.DBus.NameHasOwner', f'string:{name}',
                       check=False).split() == ['boolean', 'true']


def permissions():
    """What the installed program may: {group: {key: values}}."""
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str
    parser.read_string(flatpak('info', '--user', '--show-permissions', APP).stdout)
    return {group: {key: set(filter(None, value.split(';'))) for key, value in parser[group].items()}
            for group in parser.sections()}


class SandboxedClient(Client):
    """A client in its sandbox."""

    def run(self, arguments, environment, log):
        """Starts it as the desktop's menu does; the process."""
        outside = {name: value for name, value in environment.items() if name not in LEFT_OUT}
        outside.update({**PERSON, 'XDG_RUNTIME_DIR': environment['XDG_RUNTIME_DIR'],
                        'LANG': LOCALES[self.words.language]})
        return Process(['flatpak', 'run', '--user', '--die-with-parent', '--env=G_DEBUG=fatal-warnings', APP,
                        *arguments], outside, log)

    def application(self):
        """Its accessible object: it comes from a proxy of flatpak's, and there is no other application here."""
        try:
            return next(iter(self.bus.applications()), None)
        except Gone:
            return None

    def windows(self):
        """The X server's numbers of its windows: the process has another number inside, and tells none."""
        return self.desktop.run('xdotool', 'search', '--onlyvisible', '--class', 'obm-mail-servers',
                                check=False).split()

    def program(self):
        """The number of the program itself; all before it are flatpak's. None until it is there."""
        number = self.pid
        while True:
            children = pathlib.Path(f'/proc/{number}/task/{number}/children').read_text(encoding='ascii').split()
            if not children:
                return number if pathlib.Path(f'/proc/{number}/comm').read_text().startswith('obm-mail') else None
            number = int(children[0])

    def end(self):
        """Ends it, if it still runs, and waits until its proxies have ended too: the next one would meet them."""
        super().end()
        wait_for('the end of the sandbox', lambda: not is_there(self.desktop, APP) and not self.application())
