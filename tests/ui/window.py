# SPDX-License-Identifier: GPL-3.0-or-later
"""A window of the client: what is in it is found by role and name, and handled with pointer and keyboard."""

from .accessible import Widget, unless_gone
from .bus import Gone
from .wait import wait_for


class Window:
    """The window of `client` with this title."""

    def __init__(self, client, title):
        self.client = client
        self.desktop = client.desktop
        self.words = client.words
        self.title = title
        self.target = None
        wait_for(lambda: f'the window {title!r}; there are {list(client.frames())}', self.root)

    def root(self):
        """The widget that is the window; None while there is none."""
        self.client.check_alive()
        self.target = self.client.frame(self.title)
        return self.target and Widget(self.client.bus, self.target)

    def is_open(self):
        """Whether it is (still) there."""
        return self.client.frame(self.title) is not None

    def wait_closed(self):
        """Waits until it is gone."""
        wait_for(f'the end of the window {self.title!r}', lambda: not self.is_open())

    # What is in it

    def look(self):
        """Everything in it, whether anybody sees it or not, in reading order."""
        root = self.root()
        return list(root.look().descendants()) if root else []

    def seen(self, role, name):
        """The first widget of that role and name that is to be seen; None if there is none."""
        return next((widget for widget in self.look()
                     if widget.name == name and widget.is_a(role) and self.shows(widget)), None)

    def find(self, role, name):
        """The first such widget, waited for until it is to be seen."""
        return wait_for(lambda: f'the {role} {name!r}; to be seen are {self.labels()}', lambda: self.seen(role, name))

    def wait_gone(self, role, name):
        """Waits until no such widget is to be seen any more."""
        wait_for(f'the end of the {role} {name!r}', lambda: not self.seen(role, name))

    def shows(self, widget):
        """Whether a person sees a widget: GTK says of hidden pages too that they are visible."""
        try:
            x, y, width, height = widget.extents() or (0, 0, 0, 0)
            if not width:
                return False
            # Newer GTK does not look what is on top; nor does it keep what is hidden in the tree.
            if self.client.gtk_version >= (4, 10):
                return True
            root = Widget(widget.bus, self.target)
            # The text in an entry belongs to nobody on GTK 4.8; the entry's edge is its own.
            picked = filter(None, (root.pick(place, y + height // 2) for place in (x + width // 2, x - 1)))
            # What is insensitive is not met by the pointer: what it is in is met instead.
            return any(widget.leads_to(target) or (not widget.has('sensitive') and
                                                   Widget(widget.bus, target).contained(widget)) for target in picked)
        except Gone:
            return False

    def labels(self):
        """All texts to be seen, for messages."""
        return [widget.name for widget in self.look() if widget.is_a('label') and widget.name and self.shows(widget)]

    def has_text(self, text):
        """Whether a label says just this."""
        return self.seen('label', text) is not None

    def wait_text(self, text):
        """Waits for a label that says just this."""
        return self.find('label', text)

    def text_beside(self, name):
        """What the label after the label `name` says: a field that is read only."""
        labels = [widget for widget in self.look() if widget.is_a('label')]
        position = next((index for index, widget in enumerate(labels) if widget.name == name), None)
        return None if position is None or position + 1 == len(labels) else labels[position + 1].name

    # Pointer and keyboard

    def place(self, widget):
        """Where a widget's middle is on the screen, once it and its window stand still."""
        previous = None

        def settled():
            nonlocal previous
            last, previous = previous, (unless_gone(widget.center), self.client.origin(self.title))
            return last == previous and all(last) and last
        (x, y), (left, top) = wait_for(f'a place for {widget!r} in {self.title!r}', settled)
        return left + x, top + y

    def click(self, widget, times=1):
        """Clicks in the middle of a widget, or of the one that a pair (role, name) finds."""
        widget = widget if isinstance(widget, Widget) else self.find(*widget)
        # The pointer comes before it presses. GTK 4.8 may tell a popover that has just closed of the first movement
        # after: what is pressed then, before the next one, would go to the popover.
        x, y = self.place(widget)
        self.desktop.move(x - 1, y)
        self.desktop.click(*self.place(widget), times=times)
        return widget

    def double_click(self, widget):
        """Clicks twice in the middle of a widget."""
        return self.click(widget, times=2)

    def wheel(self, widget, steps):
        """Turns the wheel over a widget, down for positive steps."""
        self.desktop.click(*self.place(widget), button=5 if steps > 0 else 4, times=abs(steps))

    def wait_keyboard(self):
        """Waits until keys go to it: when another window closes or it has just come, they go to nobody, or elsewhere."""
        wait_for(lambda: f'the keyboard in {self.title!r}; it is in {self.desktop.focused_title()!r}',
                 lambda: self.desktop.focused_title() == self.title)

    def press(self, *keys):
        """Presses keys, as xdotool names them."""
        self.wait_keyboard()
        self.desktop.press(*keys)

    def type(self, text):
        """Types into what has the focus."""
        self.wait_keyboard()
        self.desktop.type(text)

    def fill(self, name, text):
        """Puts `text` into the entry of that name, in the place of what it held, by pointer and keyboard."""
        entry = self.find('entry', name)
        self.click(entry)
        wait_for(f'the focus in {name!r}', lambda: entry.has('focused'))
        self.desktop.replace(text)
        # A password may come as dots.
        shown = (text, '●' * len(text))
        wait_for(lambda: f'{text!r} in {name!r}: it holds {entry.text()!r}', lambda: entry.text() in shown)
        return entry

    def toggle(self, name):
        """Clicks a check box; waits until it has turned over."""
        box = self.find('check box', name)
        before = box.has('checked')
        self.click(box)
        wait_for(f'{name!r} to turn over', lambda: box.has('checked') != before)

    def focused(self):
        """The widget that has the keyboard's focus; None if there is none."""
        return next((widget for widget in self.look() if widget.had('focused')), None)

    def has_focus(self, role, name):
        """Whether such a widget has the keyboard's focus."""
        focused = self.focused()
        return focused is not None and focused.is_a(role) and focused.name == name

    def tab_until(self, what, arrived):
        """Goes on by Tab until arrived() is true."""
        def step():
            if arrived():
                return True
            self.press('Tab')
            return False
        wait_for(f'the focus {what}', step)

    def wait_focus(self, role, name):
        """Waits until such a widget has the keyboard's focus."""
        wait_for(lambda: f'the focus on the {role} {name!r}; it is on {self.focused()!r}',
                 lambda: self.has_focus(role, name))
