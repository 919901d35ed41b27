# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of the client: what is in it is found by role and name, and handled with pointer and keyboard."""

from .accessible import ROLES, Widget, gone_as
from .wait import wait_for


class Window:
    """The window of `client` with this title, or the widget tree of one."""

    def __init__(self, client, title):
        self.client = client
        self.desktop = client.desktop
        self.title = title
        self.root = wait_for(f'the window {title!r}', lambda: client.frame(title))

    @property
    def is_open(self):
        """Whether it is (still) there."""
        return self.client.frame(self.title) is not None

    def wait_closed(self):
        """Waits until it is gone."""
        wait_for(f'the end of the window {self.title!r}', lambda: not self.is_open)

    # What is in it

    def all(self, role, name=None):
        """The widgets of a role, and of a name unless it is None, whether anybody sees them or not."""
        roles = ROLES[role]
        return (widget for widget in self.root.descendants()
                if (name is None or widget.name == name) and widget.role in roles)

    def look(self, role, name):
        """The first such widget that is to be seen; None if there is none. `name` may be a function of the name."""
        wanted = name if callable(name) else name.__eq__
        roles = ROLES[role]
        return gone_as(None, lambda: next((widget for widget in self.root.descendants()
                                           if widget.role in roles and wanted(widget.name) and self.shows(widget)),
                                          None))

    def find(self, role, name):
        """The first such widget, waited for until it is to be seen."""
        return wait_for(lambda: f'the {role} {name!r}; there are: {self.labels()}', lambda: self.look(role, name))

    def wait_gone(self, role, name):
        """Waits until no such widget is to be seen any more."""
        wait_for(f'the end of the {role} {name!r}', lambda: not self.look(role, name))

    def shows(self, widget):
        """Whether a person sees a widget: GTK says of hidden pages too that they are visible."""
        box = widget.extents()
        if box is None:
            return False
        middle = box[1] + box[3] // 2
        # The text in an entry belongs to nobody on GTK 4.8; the entry's edge is its own.
        for x in (box[0] + box[2] // 2, box[0] - 3):
            picked = self.root.at(x, middle)
            if picked is not None:
                # What is insensitive is not met by the pointer: what it is in is met instead.
                return widget.contains(picked) or (not widget.has('sensitive') and picked.contains(widget))
        return False

    def labels(self):
        """All texts to be seen, for messages."""
        return gone_as([], lambda: [widget.name for widget in self.all('label') if widget.name and self.shows(widget)])

    def has_text(self, text):
        """Whether a label says just this."""
        return self.look('label', text) is not None

    def wait_text(self, text):
        """Waits for a label that says just this."""
        return self.find('label', text)

    # Pointer and keyboard

    def place(self, widget):
        """Where a widget's middle is on the screen, once it stands still there."""
        previous = None

        def settled():
            nonlocal previous
            last, previous = previous, self.on_screen(widget)
            return last is not None and last == previous and last
        return wait_for(f'a place for {widget!r}', lambda: gone_as(None, settled))

    def on_screen(self, widget):
        """Where a widget's middle is on the screen; None if it is nowhere."""
        center = widget.center()
        origin = self.client.origin(self.title)
        return center and origin and (origin[0] + center[0], origin[1] + center[1])

    def click(self, widget, times=1):
        """Clicks in the middle of a widget, or of the (role, name) that finds it."""
        widget = widget if isinstance(widget, Widget) else self.find(*widget)
        self.desktop.click(*self.place(widget), times=times)
        return widget

    def double_click(self, widget):
        """Clicks twice in the middle of a widget."""
        return self.click(widget, times=2)

    def wheel(self, widget, steps):
        """Turns the wheel over a widget, down for positive steps."""
        self.desktop.click(*self.place(widget), button=5 if steps > 0 else 4, times=abs(steps))

    def press(self, *keys):
        """Presses keys."""
        self.desktop.press(*keys)

    def type(self, text):
        """Types into what has the focus."""
        self.desktop.type(text)

    def fill(self, name, text):
        """Puts `text` into the entry of that name, in the place of what it held, by pointer and keyboard."""
        entry = self.click(('entry', name))
        self.press('ctrl+a', 'BackSpace')
        self.type(text)
        wait_for(f'{text!r} in {name!r}', lambda: entry.text == text)
        return entry

    def focused(self):
        """The widget that has the keyboard's focus; None if there is none."""
        return gone_as(None, lambda: next((widget for widget in self.root.descendants()
                                           if widget.has('focused')), None))

    def has_focus(self, role, name):
        """Whether such a widget has the keyboard's focus."""
        return gone_as(False, lambda: any(widget.has('focused') for widget in self.all(role, name)))

    def wait_focus(self, role, name):
        """Waits until such a widget has the keyboard's focus."""
        wait_for(lambda: f'the focus on the {role} {name!r}; it is on {self.focused()!r}',
                 lambda: self.has_focus(role, name))
