# SPDX-License-Identifier: GPL-3.0-or-later
"""The main window as the manual describes it: search form, message line, list, foot."""

from .accessible import ROLES, gone_as
from .wait import wait_for
from .window import Window


class MainWindow(Window):
    """The client's main window, signed in."""

    def __init__(self, client):
        super().__init__(client, client.words.mail_servers)
        self.words = client.words
        self.table = None
        self.view = None

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

    def toggle(self, name):
        """Clicks a check box; waits until it has turned over."""
        box = self.find('check box', name)
        before = box.has('checked')
        self.click(box)
        wait_for(f'{name!r} to turn over', lambda: box.has('checked') != before)

    def criteria(self):
        """What the search form holds: name, address, and the three boxes."""
        words = self.words
        return (*(self.find('entry', name).text for name in (words.name, words.ip)),
                *(self.find('check box', name).has('checked') for name in (words.imap, words.smtp_in, words.smtp_out)))

    def wait_found(self, number):
        """Waits for the message line to say that so many were found."""
        self.wait_text(self.words.found(number))

    # The list

    def list_view(self):
        """The part of the table that scrolls; None while there is none."""
        if self.view is None or gone_as(None, self.view.extents) is None:
            self.view = None
            self.table = next(self.all('table', self.words.mail_servers), None)
            if self.table:
                self.view = next((child for child in self.table.children() if child.role in ROLES['rows']), None)
        return self.view

    def row_widgets(self):
        """The rows whose middle is in view, top down: GTK keeps more than can be seen."""
        view = self.list_view()
        frame = view and view.extents()
        if not frame:
            return []
        top, bottom = frame[1], frame[1] + frame[3]
        found = []
        for row in view.children():
            center = row.center()
            if center and top <= center[1] < bottom:
                found.append((center[1], row))
            elif found and center and center[1] >= bottom:
                break
        return [row for _y, row in sorted(found, key=lambda pair: pair[0])]

    def read(self, row):
        """What a row says: the name, the address, and whether it has each role; one text if it is not loaded."""
        cells = [next((widget.name for widget in cell.descendants() if widget.name), '')
                 for cell in row.children() if cell.role in ROLES['cell']]
        roles = [{self.words.yes: True, '': False}.get(text, text) for text in cells[2:]]
        return (*cells[:2], *roles)

    def rows(self):
        """What the rows in view say; empty while that changes."""
        return gone_as([], lambda: [self.read(row) for row in self.row_widgets()])

    def wait_rows(self, wanted):
        """Waits until the first rows in view, or all if there are fewer, are the `wanted` ones."""
        def match():
            seen = self.rows()
            return seen and seen == wanted[:len(seen)] and (len(seen) == len(wanted) or len(seen) > 5)
        wait_for(lambda: f'the rows {wanted[:5]}...; there are {self.rows()[:5]}...', match)

    def find_row(self, name):
        """The row in view of that host."""
        return wait_for(f'the row of {name!r}', lambda: gone_as(
            None, lambda: next((row for row in self.row_widgets() if self.read(row)[0] == name), None)))

    def selected(self):
        """What the selected row says; None if it is not in view."""
        return gone_as(None, lambda: next((self.read(row) for row in self.row_widgets() if row.has('selected')), None))

    def heading(self, name):
        """The heading of a column."""
        return next(widget for child in self.table.children() if child.role in ROLES['row'] + ROLES['heading']
                    for widget in child.descendants() if widget.role in ROLES['label'] and widget.name == name)

    def sort(self, name):
        """Clicks a column's heading."""
        wait_for('the list', self.list_view)
        self.click(self.heading(name))

    # The foot

    def page_button(self, number):
        """The link to a result page."""
        return self.find('button', str(number))

    def page(self):
        """The current result page: the one link that stands out; None while there is none."""
        pressed = gone_as([], lambda: [button.name for button in self.all('button')
                                       if button.name.isdigit() and button.has('pressed')])
        return int(pressed[0]) if len(pressed) == 1 else None

    def wait_page(self, number):
        """Waits until a result page is the current one."""
        wait_for(lambda: f'page {number}; it is {self.page()}', lambda: self.page() == number)

    def wait_foot(self, entries, pages):
        """Waits for what the foot says."""
        self.wait_text(self.words.entries.format(entries))
        self.wait_text(self.words.pages.format(pages))
