# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop's portal for programs in a sandbox, as far as it opens files: notes which, and answers as it is told."""

import contextlib
import os
import pathlib
import sys

from gi.repository import Gio, GLib

from .wait import wait_for

TESTS = pathlib.Path(__file__).resolve().parents[1]
NAME, PATH = 'org.freedesktop.portal.Desktop', '/org/freedesktop/portal/desktop'
INTERFACE = """<node>
  <interface name="org.freedesktop.portal.OpenURI">
    <method name="OpenFile">
      <arg type="s" direction="in"/>
      <arg type="h" direction="in"/>
      <arg type="a{sv}" direction="in"/>
      <arg type="o" direction="out"/>
    </method>
    <property name="version" type="u" access="read"/>
  </interface>
</node>"""
DONE, CANCELLED, FAILED = range(3)
# Makes a program that is in no sandbox do as if it were; GLib has changed the name.
ENVIRONMENT = {'GTK_USE_PORTAL': '1', 'GIO_USE_PORTALS': '1'}


@contextlib.contextmanager
def portal(desktop, log, answer):
    """Runs one on the desktop's session bus, which gives every request this answer: gives what was opened so far."""
    process = desktop.start('portal', sys.executable, '-B', '-m', 'ui.portal', log, str(answer), cwd=TESTS)
    try:
        wait_for(lambda: f'the portal: {process.output}', lambda: is_there(desktop))
        yield lambda: log.read_text(encoding='utf-8').splitlines() if log.exists() else []
    finally:
        process.end()


def is_there(desktop):
    """Whether the bus knows it."""
    reply = desktop.run('dbus-send', '--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/',
                        'org.freedesktop.DBus.NameHasOwner', f'string:{NAME}', check=False)
    return reply.split() == ['boolean', 'true']


def serve(log, answer):
    """The portal itself."""
    def called(connection, sender, _path, _interface, _method, parameters, invocation):
        _parent, handle, options = parameters.unpack()
        file = os.readlink(f'/proc/self/fd/{invocation.get_message().get_unix_fd_list().get(handle)}')
        request = '/'.join((PATH, 'request', sender[1:].replace('.', '_'), options['handle_token']))
        invocation.return_value(GLib.Variant('(o)', (request,)))
        connection.emit_signal(sender, request, 'org.freedesktop.portal.Request', 'Response',
                               GLib.Variant('(ua{sv})', (answer, {})))
        with open(log, 'a', encoding='utf-8') as output:
            output.write(f'{file}\n')

    def get_version(*_question):
        return GLib.Variant('u', 4)

    def acquired(connection, _name):
        interface = Gio.DBusNodeInfo.new_for_xml(INTERFACE).interfaces[0]
        connection.register_object(PATH, interface, called, get_version, None)

    Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, acquired, None, None)
    GLib.MainLoop().run()


if __name__ == '__main__':
    serve(sys.argv[1], int(sys.argv[2]))
