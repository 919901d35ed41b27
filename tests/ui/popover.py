# SPDX-License-Identifier: GPL-3.0-or-later
"""Popovers: parts of a window for accessibility, windows of their own for the X server."""

import re

from .bus import Gone
from .wait import wait_for
from .window import Window

# What a popover may be larger on the screen than its widget, in pixels: a shadow. Tooltips are far smaller.
SHADOW = 60


class Popover(Window):
    """The popover of that accessible name in `window`, waited for until it is open."""

    def __init__(self, window, name):
        self.window = window
        self.name = name
        super().__init__(window.client, window.title)
        wait_for(f'the popover {name!r}', self.corner)

    def widget(self):
        """The popover itself, as it is now; None if it is not there."""
        root = self.root()
        return root and next((widget for widget in root.look().descendants()
                              if widget.name == self.name and widget.children and not widget.is_a('button')), None)

    def look(self):
        """Everything in it, with the rows of its lists, which are few."""
        widget = self.widget()
        return list(widget.look(frozenset()).descendants()) if widget else []

    def corner(self):
        """How far its place on the screen is from where its widgets say they are; None while it is closed."""
        try:
            widget = self.widget()
            box = widget and widget.extents()
        except Gone:
            return None
        frames = self.client.frames()
        for number in self.client.windows() if box else ():
            info = self.desktop.run('xwininfo', '-id', number, check=False)
            title = re.search(r'^xwininfo: Window id: \S+ "(.*)"$', info, re.MULTILINE)
            numbers = [int(number) for number in
                       re.findall(r'(?:Absolute upper-left [XY]|Width|Height):\s+(-?\d+)', info)]
            if len(numbers) == 4 and (title is None or title[1] not in frames):
                x, y, width, height = numbers
                if abs(width - box[2]) <= SHADOW and abs(height - box[3]) <= SHADOW:
                    return x - box[0] + (width - box[2]) // 2, y - box[1] + (height - box[3]) // 2
        return None

    def is_open(self):
        """Whether it is open."""
        return self.corner() is not None

    def shows(self, widget):
        """Whether a widget has a place in it: the pointer meets nothing known in a popover."""
        try:
            return widget.extents() is not None
        except Gone:
            return False

    def place(self, widget):
        """Where a widget's middle is on the screen."""
        x, y = wait_for(f'a place for {widget!r}', widget.center)
        left, top = wait_for(f'a place for {self.name!r}', self.corner)
        return left + x, top + y
