# SPDX-License-Identifier: GPL-3.0-or-later
"""The main window as the manual describes it: search form, message line, list, foot."""

import gettext
import xml.etree.ElementTree

from .accessible import Widget, centers, look_at_all, picks, unless_gone
from .client import BUILD, TOP
from .wait import wait_for
from .window import Window


def menu_labels(language):
    """What the items of the main menu say, top down. GTK 4.18 gives them no name for accessibility."""
    translation = gettext.translation('obm-mail-servers', BUILD / 'po', [language], fallback=language == 'en')
    items = xml.etree.ElementTree.parse(TOP / 'ui' / 'obm-window.ui').iterfind('menu//item/attribute[@name="label"]')
    return [translation.gettext(item.text).replace('_', '') for item in items]


class MainWindow(Window):
    """The client's main window, signed in."""

    def __init__(self, client):
        super().__init__(client, client.words.mail_servers)
        self.list = None
        self.aside = 0  # pixels beside the middle of a heading that the last click on one went to

    def open_menu(self):
        """Opens the main menu by keyboard."""
        self.press('F10')
        wait_for(lambda: f'the main menu; the focus is on {self.focused()}',
                 lambda: (focused := self.focused()) and focused.is_a('menu item'))

    def choose(self, name):
        """Chooses an item of the main menu by keyboard."""
        labels = menu_labels(self.words.language)

        def reach():
            items = [widget for widget in self.look() if widget.is_a('menu item')]
            if any(item.had('focused') and label == name for item, label in zip(items, labels)):
                return True
            self.press('Down')
            return False
        self.open_menu()
        wait_for(lambda: f'the menu item {name!r}; the focus is on {self.focused()}', reach)
        self.press('Return')

    # The search form

    def search(self, **criteria):
        """Fills the entries `name` and `ip`, toggles the check boxes that are true, clicks Search."""
        for field, value in criteria.items():
            label = getattr(self.words, field)
            if isinstance(value, str):
                self.fill(label, value)
            else:
                self.toggle(label)
        self.click(('button', self.words.search))

    def criteria(self):
        """What the search form holds: name, address, and the three boxes."""
        words = self.words
        return (*(self.find('entry', name).text() for name in (words.name, words.ip)),
                *(self.find('check box', name).had('checked') for name in (words.imap, words.smtp_in, words.smtp_out)))

    def wait_found(self, number):
        """Waits for the message line to say that so many were found."""
        self.wait_text(self.words.found(number))

    def wait_message(self, text):
        """Waits for the message line to begin with what was done."""
        wait_for(lambda: f'the message {text!r}; to be seen are {self.labels()}',
                 lambda: any(label.startswith(text) for label in self.labels()))

    # The list

    def table(self):
        """The list with its headings; None while there is none."""
        return next((widget for widget in self.look()
                     if widget.is_a('table') and widget.name == self.words.mail_servers), None)

    def view(self):
        """The part of the list that scrolls; None while it has no place."""
        if self.list is None or not unless_gone(self.list.extents):
            table = self.table()
            self.list = table and next((child for child in table.children if child.is_a('rows')), None)
        return self.list

    def row_widgets(self):
        """The rows whose middle is in view, top down."""
        view = self.view()
        frame = view and unless_gone(view.extents)
        if not frame:
            return []
        # GTK keeps more rows than can be seen, and forgets to move some of those.
        places = {row: place for row, place in centers(unless_gone(view.list_children, []))
                  if frame[1] <= place[1] < frame[1] + frame[3]}
        if self.client.places_are_mended:
            return sorted(look_at_all(list(places)), key=lambda row: places[row][1])
        met = picks(Widget(view.bus, self.target), set(places.values()))
        rows = [row for row in look_at_all(list(places))
                if met.get(places[row]) in {row.target, *(widget.target for widget in row.descendants())}]
        return sorted(rows, key=lambda row: places[row][1])

    def read(self, row):
        """What a row says: the name, the address, and whether it has each role; other texts as they are."""
        cells = [next((widget.name for widget in cell.descendants() if widget.name), '')
                 for cell in row.children if cell.is_a('cell')]
        return (*cells[:2], *({self.words.yes: True, '': False}.get(text, text) for text in cells[2:]))

    def waiting(self):
        """The hosts of the rows in view that say that they wait to be applied."""
        return [self.read(row)[0] for row in self.row_widgets()
                if any(widget.name == self.words.waiting for widget in row.descendants())]

    def wait_waiting(self, *hosts):
        """Waits until the rows in view of just these hosts say that they wait."""
        wait_for(lambda: f'{hosts} to wait; there wait {self.waiting()}', lambda: self.waiting() == list(hosts))

    def rows(self):
        """What the rows in view say."""
        return [self.read(row) for row in self.row_widgets()]

    def wait_rows(self, wanted):
        """Waits until the rows in view are the first of the `wanted` ones: all of them, if they fit."""
        def match():
            seen = self.rows()
            return seen and seen == wanted[:len(seen)] and (len(seen) == len(wanted) or len(seen) > 8)
        wait_for(lambda: f'the rows {wanted[:3]}...; there are {self.rows()[:3]}...', match)

    def find_row(self, name):
        """The row in view of that host."""
        return wait_for(lambda: f'the row of {name!r}; there are {self.rows()[:3]}...',
                        lambda: next((row for row in self.row_widgets() if self.read(row)[0] == name), None))

    def selected(self):
        """What the selected row says; None if it is not in view."""
        return next((self.read(row) for row in self.row_widgets() if row.had('selected')), None)

    def has_focused_row(self):
        """Whether the focus is in a row."""
        return any(row.had('focused') for row in self.row_widgets())

    def heading(self, name):
        """The heading of a column; None while there is none."""
        table = self.table()
        return table and next((widget for widget in table.descendants() if widget.is_a('label') and widget.name == name),
                              None)

    def sort(self, name):
        """Clicks a column's heading, beside the last such click: two at one place, one soon after the other, are a double
        click, of which GTK 4.8 gives the heading only the first half."""
        x, y = self.place(wait_for(f'the heading {name!r}', lambda: self.heading(name)))
        self.aside = 8 - self.aside
        self.desktop.click(x + self.aside, y)

    def wheel_list(self, steps):
        """Turns the wheel over the list, down for positive steps."""
        self.wheel(wait_for('the list', self.view), steps)

    # The foot

    def page(self):
        """The current result page: the one link that stands out; None while there is none."""
        pressed = [widget.name for widget in self.look()
                   if widget.is_a('button') and widget.name.isdigit() and widget.had('pressed')]
        return int(pressed[0]) if len(pressed) == 1 else None

    def wait_page(self, number):
        """Waits until a result page is the current one."""
        wait_for(lambda: f'page {number}; it is {self.page()}', lambda: self.page() == number)

    def wait_foot(self, entries, pages):
        """Waits for what the foot says."""
        self.wait_text(self.words.entries.format(entries))
        self.wait_text(self.words.pages.format(pages))
