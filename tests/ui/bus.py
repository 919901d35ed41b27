# SPDX-License-Identifier: GPL-3.0-or-later
"""The accessibility bus, spoken to directly.

A window has hundreds of widgets, and each question about one is a call: libatspi waits for every answer before it
asks on, which on a busy machine takes a second for one look at a window. Here all questions are on their way at
once, and nothing is remembered that could have changed.
"""

import functools

from gi.repository import Gio, GLib

ACCESSIBLE = 'org.a11y.atspi.Accessible'
APPLICATION = 'org.a11y.atspi.Application'
PROPERTIES = 'org.freedesktop.DBus.Properties'
EVENT = 'org.a11y.atspi.Event.Object'
REGISTRY = ('org.a11y.atspi.Registry', '/org/a11y/atspi/accessible/root')
TIMEOUT = 5000  # ms for an answer


@functools.lru_cache(maxsize=100)
def pack(signature, *arguments):
    """A question's arguments. They are mostly the same ones, and slow to make."""
    return GLib.Variant(signature, arguments) if arguments else None


class Gone(Exception):
    """What was asked is not there any more, or does not know the question."""


class Bus:
    """A connection to the accessibility bus at `address`. An object on it is a pair (owner, path)."""

    def __init__(self, address):
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None)
        self.waiting = 0

    def close(self):
        """Ends the connection."""
        if not self.connection.is_closed():
            self.connection.close_sync(None)

    def call(self, target, interface, method, signature='()', *arguments):
        """Asks one question and waits for the answer, a tuple; Gone if there is none."""
        try:
            answer = self.connection.call_sync(*target, interface, method, pack(signature, *arguments), None,
                                               Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT, None)
        except GLib.Error as error:
            raise Gone(error.message) from None
        return answer.unpack()

    def get(self, target, interface, name):
        """The value of a property; Gone if there is none."""
        return self.call(target, PROPERTIES, 'Get', '(ss)', interface, name)[0]

    def ask(self, then, target, interface, method, signature='()', *arguments):
        """Asks without waiting: settle() calls then(*answer), unless there is none. `then` may ask on."""
        def answered(connection, result):
            self.waiting -= 1
            try:
                answer = connection.call_finish(result).unpack()
            except GLib.Error:
                return
            then(*answer)

        self.waiting += 1
        self.connection.call(*target, interface, method, pack(signature, *arguments), None,
                             Gio.DBusCallFlags.NO_AUTO_START, TIMEOUT, None, answered)

    def ask_property(self, then, target, interface, name):
        """ask() for the value of a property."""
        self.ask(then, target, PROPERTIES, 'Get', '(ss)', interface, name)

    def settle(self):
        """Waits until everything that was asked has its answer, or has none in time."""
        context = GLib.MainContext.default()
        while self.waiting:
            context.iteration(True)

    def listen(self, signal, then):
        """Calls then(owner, *arguments) for each such event from now on, while hear() is called; what ends that."""
        number = self.connection.signal_subscribe(
            None, EVENT, signal, None, None, Gio.DBusSignalFlags.NONE,
            lambda _connection, owner, _path, _interface, _signal, arguments: then(owner, *arguments.unpack()))
        # Its answer comes after the bus has been told what is wanted.
        self.applications()
        return lambda: self.connection.signal_unsubscribe(number)

    def hear(self):
        """Lets the events that have come get where they are listened to."""
        context = GLib.MainContext.default()
        while context.pending():
            context.iteration(False)

    def applications(self):
        """The objects of all applications."""
        return self.call(REGISTRY, ACCESSIBLE, 'GetChildren')[0]

    def application(self, pid):
        """The object of a process's application; None if it is not there (yet)."""
        for target in self.applications():
            try:
                owner = self.call(('org.freedesktop.DBus', '/org/freedesktop/DBus'), 'org.freedesktop.DBus',
                                  'GetConnectionUnixProcessID', '(s)', target[0])[0]
            except Gone:
                continue
            if owner == pid:
                return target
        return None
