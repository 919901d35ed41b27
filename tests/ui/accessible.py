# SPDX-License-Identifier: GPL-3.0-or-later
"""Widgets as a screen reader sees them."""

from .bus import ACCESSIBLE, Gone

COMPONENT = 'org.a11y.atspi.Component'
TEXT = 'org.a11y.atspi.Text'
VALUE = 'org.a11y.atspi.Value'
# Places on the screen are not asked for: GTK 4 does not know them, and warns.
IN_WINDOW = 1
STATES = {'active': 1, 'checked': 4, 'editable': 7, 'expanded': 10, 'focusable': 11, 'focused': 12, 'pressed': 20,
          'selected': 23, 'sensitive': 24}
# Under the wrong number before GTK 4.10 or so.
INVALID = 0, 36
DESCRIBED_BY = 18
NOBODY = '/org/a11y/atspi/null'

# Roles as GTK names them (libatspi's names are others). What differs between its versions stands here and nowhere
# else.
ROLES = {
    'button': ('button', 'toggle button'),
    'check box': ('checkbox',),
    'entry': ('text box', 'search box'),
    'heading': ('column header',),
    'image': ('image',),
    'label': ('label',),
    'menu': ('menu',),
    'menu item': ('menu item', 'menu item checkbox', 'menu item radio'),
    'spin button': ('spin button',),
    'tab': ('tab',),
    'table': ('tree grid',),
    'rows': ('list',),
    'row': ('row', 'list item'),
    'cell': ('grid cell',),
}
# GTK 4.8 names a widget that has no name after its class.
CLASSES = ('Gtk', 'Obm')
# Nothing that anybody looks for is in these; the many rows of a list are looked at by themselves (results.py).
LEAVES = frozenset(('label', 'image', 'text box', 'search box', 'checkbox', 'scroll bar', 'separator', 'list'))


class Widget:
    """One accessible object.

    Its `role`, `name`, `states` and `children` are those of the last look(); what is called asks at once, and
    raises Gone if it is not there any more.
    """

    def __init__(self, bus, target, parent=None):
        self.bus = bus
        self.target = tuple(target)
        self.parent = parent
        self.role = self.name = ''
        self.states = 0
        self.children = []

    def look(self, leaves=LEAVES):
        """Looks at the widget and at everything in it but what is in `leaves`. Returns the widget."""
        self.ask(leaves)
        self.bus.settle()
        return self

    def ask(self, leaves):
        """Asks what look() wants to know; answered when the bus settles."""
        self.bus.ask_property(self.set_name, self.target, ACCESSIBLE, 'Name')
        self.bus.ask(self.set_states, self.target, ACCESSIBLE, 'GetState')

        def set_role(role):
            self.role = role
            if role not in leaves or self.parent is None:
                self.ask_children(leaves)
        self.bus.ask(set_role, self.target, ACCESSIBLE, 'GetRoleName')

    def ask_children(self, leaves):
        """Asks what is in it, and looks at that."""
        def set_children(targets):
            self.set_children(targets)
            for child in self.children:
                child.ask(leaves)
        self.bus.ask(set_children, self.target, ACCESSIBLE, 'GetChildren')

    def set_children(self, targets):
        """Keeps what is in it."""
        self.children = [Widget(self.bus, target, self) for target in targets if target[1] != NOBODY]

    def list_children(self):
        """Asks what is directly in it, without looking at that; the widgets."""
        self.set_children(self.bus.call(self.target, ACCESSIBLE, 'GetChildren')[0])
        return self.children

    def set_name(self, name):
        """Keeps the name, empty if it has none."""
        self.name = '' if name.startswith(CLASSES) and name.isidentifier() else name

    def set_states(self, words):
        """Keeps the states."""
        self.states = sum(word << 32 * index for index, word in enumerate(words))

    def is_a(self, role):
        """Whether it had a role, in whatever words of this version of GTK; everything has the role None."""
        return role is None or self.role in ROLES[role]

    def had(self, state):
        """Whether it was in a state."""
        return bool(self.states >> STATES[state] & 1)

    def descendants(self):
        """Everything that was in it, in reading order."""
        for child in self.children:
            yield child
            yield from child.descendants()

    def contained(self, other):
        """Whether `other` was this widget, or in it."""
        while other is not None and other.target != self.target:
            other = other.parent
        return other is not None

    def has(self, state):
        """Whether it is in a state."""
        self.set_states(self.bus.call(self.target, ACCESSIBLE, 'GetState')[0])
        return self.had(state)

    def is_invalid(self):
        """Whether it says that what was entered is wrong."""
        self.set_states(self.bus.call(self.target, ACCESSIBLE, 'GetState')[0])
        return any(self.states >> number & 1 for number in INVALID)

    def message(self):
        """What the label that it refers to says; None if it refers to none."""
        relations = dict(self.bus.call(self.target, ACCESSIBLE, 'GetRelationSet')[0])
        return next((self.bus.get(target, ACCESSIBLE, 'Name') for target in relations.get(DESCRIBED_BY, ())), None)

    def description(self):
        """What is to be said of it beyond its name."""
        return self.bus.get(self.target, ACCESSIBLE, 'Description')

    def text(self):
        """What an entry holds."""
        count = self.bus.get(self.target, TEXT, 'CharacterCount')
        return self.bus.call(self.target, TEXT, 'GetText', '(ii)', 0, count)[0]

    def value(self):
        """What a spin button holds."""
        return self.bus.get(self.target, VALUE, 'CurrentValue')

    def extents(self):
        """(x, y, width, height) in its window; None while it has no place there."""
        box = self.bus.call(self.target, COMPONENT, 'GetExtents', '(u)', IN_WINDOW)[0]
        return box if box[2] > 0 and box[3] > 0 else None

    def center(self):
        """The middle of it, in its window; None while it has no place there."""
        box = self.extents()
        return box and (box[0] + box[2] // 2, box[1] + box[3] // 2)

    def pick(self, x, y):
        """What the pointer would meet at this place of the window; None if that is nothing known."""
        target = self.bus.call(self.target, COMPONENT, 'GetAccessibleAtPoint', '(iiu)', x, y, IN_WINDOW)[0]
        return tuple(target) if target[1] != NOBODY else None

    def leads_to(self, target):
        """Whether this widget is `target`, or `target` is in it."""
        while target != self.target:
            try:
                target = tuple(self.bus.get(target, ACCESSIBLE, 'Parent'))
            except Gone:
                return False
            if target[1] == NOBODY:
                return False
        return True

    def __repr__(self):
        return f'{self.role} {self.name!r}'


def centers(widgets):
    """The middles of many widgets at once, without those that have no place: [(widget, (x, y))]."""
    found = []

    def ask(widget):
        def set_box(box):
            if box[2] > 0 and box[3] > 0:
                found.append((widget, (box[0] + box[2] // 2, box[1] + box[3] // 2)))
        widget.bus.ask(set_box, widget.target, COMPONENT, 'GetExtents', '(u)', IN_WINDOW)
    for widget in widgets:
        ask(widget)
    if widgets:
        widgets[0].bus.settle()
    return found


def picks(root, places):
    """What the pointer would meet at many places of the window `root` at once: {place: target}."""
    found = {}

    def ask(place):
        root.bus.ask(lambda target: found.update({place: tuple(target)}), root.target, COMPONENT,
                     'GetAccessibleAtPoint', '(iiu)', *place, IN_WINDOW)
    for place in places:
        ask(place)
    root.bus.settle()
    return found


def look_at_all(widgets):
    """look() at many widgets and everything in them at once. Returns them."""
    for widget in widgets:
        widget.ask(frozenset())
    if widgets:
        widgets[0].bus.settle()
    return widgets


def unless_gone(condition, value=None):
    """condition(), or `value` when a widget went away while it was asked."""
    try:
        return condition()
    except Gone:
        return value
