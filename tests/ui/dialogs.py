# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection dialog."""

from .window import Window


class ConnectionDialog(Window):
    """The client's connection dialog, waited for."""

    def __init__(self, client):
        super().__init__(client, client.words.connection)

    def enter(self, address=None, login=None, password=None):
        """Fills what is not None."""
        for name, value in ((self.words.address, address), (self.words.login, login), (self.words.password, password)):
            if value is not None:
                self.fill(name, value)

    def connect(self):
        """Clicks the button."""
        self.click(('button', self.words.connect))

    def fields(self):
        """The address, the login, and how long the password is."""
        words = self.words
        return (self.find('entry', words.address).text(), self.find('entry', words.login).text(),
                len(self.find('entry', words.password).text()))
