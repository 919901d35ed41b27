# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets as a screen reader sees them. Import only once a Desktop has been started."""

import gi

gi.require_version('Atspi', '2.0')
from gi.repository import Atspi, GLib  # noqa: E402

# What differs between the versions of GTK (4.8 first, then 4.18) stands here and nowhere else.
ROLES = {
    'button': ('push button', 'button', 'toggle button'),
    'check box': ('check box',),
    'dialog': ('frame', 'dialog', 'window'),
    'entry': ('text', 'entry', 'password text'),
    'heading': ('filler', 'column header', 'table column header'),
    'image': ('image', 'icon'),
    'label': ('label', 'static'),
    'menu item': ('menu item', 'check menu item', 'radio menu item'),
    'spin button': ('spin button',),
    'table': ('tree table', 'table', 'tree'),
    'row': ('table row',),
    'cell': ('table cell', 'cell'),
    'rows': ('list', 'list box'),
}
# GTK 4.8 names a widget that has no name after its class.
CLASSES = ('Gtk', 'Obm')
# Nothing that anybody looks for is in these; the many rows of a list are looked at one by one (results.py).
LEAVES = frozenset(('label', 'image', 'text', 'check box', 'scroll bar', 'separator', 'table row'))

Atspi.init()
# A cache would only be right while a main loop runs.
Atspi.get_desktop(0).set_cache_mask(Atspi.Cache.NONE)


class Widget:
    """One accessible object. It may be gone when it is asked something: then GLib.Error, or empty answers."""

    def __init__(self, node):
        self.node = node

    @property
    def role(self):
        """Its role, as this version of GTK calls it."""
        return self.node.get_role_name()

    @property
    def name(self):
        """What it is called; empty if it has no name."""
        name = self.node.get_name() or ''
        return '' if name.startswith(CLASSES) and name.isidentifier() else name

    @property
    def text(self):
        """What an entry holds."""
        return Atspi.Text.get_text(self.node, 0, Atspi.Text.get_character_count(self.node))

    @property
    def value(self):
        """What a spin button holds."""
        return Atspi.Value.get_current_value(self.node)

    def has(self, state):
        """Whether it is in a state: 'focused', 'checked', 'sensitive', 'pressed', 'selected'..."""
        return self.node.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    def extents(self):
        """(x, y, width, height) in its window; None while it has no place there."""
        box = Atspi.Component.get_extents(self.node, Atspi.CoordType.WINDOW)
        return (box.x, box.y, box.width, box.height) if box and box.width > 0 and box.height > 0 else None

    def center(self):
        """The middle of it, in its window; None while it has no place there."""
        box = self.extents()
        return box and (box[0] + box[2] // 2, box[1] + box[3] // 2)

    def at(self, x, y):
        """The widget a pointer would meet at this place of the window."""
        node = Atspi.Component.get_accessible_at_point(self.node, x, y, Atspi.CoordType.WINDOW)
        return Widget(node) if node else None

    def parent(self):
        """What it is in."""
        node = self.node.get_parent()
        return Widget(node) if node else None

    def children(self):
        """What is directly in it."""
        nodes = (self.node.get_child_at_index(index) for index in range(self.node.get_child_count()))
        return [Widget(node) for node in nodes if node]

    def descendants(self, leaves=LEAVES):
        """Everything in it but what is in `leaves`, in reading order."""
        for child in self.children():
            yield child
            if child.role not in leaves:
                yield from child.descendants(leaves)

    def contains(self, other):
        """Whether `other` is this widget, or in it."""
        while other is not None:
            if other == self:
                return True
            other = other.parent()
        return False

    def __eq__(self, other):
        return isinstance(other, Widget) and self.node == other.node

    def __hash__(self):
        return hash(self.node)

    def __repr__(self):
        return f'{self.role} {self.name!r}'


def gone_as(value, condition):
    """condition(), or `value` when a widget went away while it was looked at."""
    try:
        return condition()
    except GLib.Error:
        return value


def application(pid):
    """The accessible application of a process; None if it is not there (yet)."""
    for child in Widget(Atspi.get_desktop(0)).children():
        if child.node.get_process_id() == pid:
            return child
    return None
