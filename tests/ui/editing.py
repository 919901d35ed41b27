# SPDX-License-Identifier: GPL-3.0-or-later
"""The dialogs that change mail servers, and what became of it in the database."""

from .database import DOMAIN, ROLES
from .popover import Popover
from .wait import wait_for
from .window import Window

DELEGATE = 3  # a colleague, delegue


class Dialog(Window):
    """A dialog with buttons that may be insensitive."""

    def may(self, name):
        """Whether a button can be pressed."""
        return self.find('button', name).has('sensitive')

    def wait_may(self, name, may=True):
        """Waits until a button can be pressed, or cannot."""
        wait_for(f'{name!r} to be {"" if may else "in"}sensitive', lambda: self.may(name) == may)


class CreateDialog(Dialog):
    """The form of a new mail server, opened from the main window by its button, or by keyboard."""

    def __init__(self, main, keyboard=False):
        if keyboard:
            main.press('ctrl+n')
        else:
            main.click(('button', main.words.new))
        super().__init__(main.client, main.words.new_server)
        self.find('button', self.words.create)

    def open_chooser(self):
        """Opens the list of hosts by pointer."""
        self.click(('button', self.words.no_host))
        return HostChooser(self)

    def choose(self, host):
        """Chooses a host by pointer."""
        chooser = self.open_chooser()
        chooser.click(chooser.host(host))
        chooser.wait_closed()
        wait_for(f'{host!r} to be chosen', lambda: any(
            widget.is_a('button') and widget.name.split(' ')[0] == host for widget in self.look()))


class HostChooser(Popover):
    """The open list of hosts."""

    def __init__(self, dialog):
        super().__init__(dialog, dialog.words.hosts_popover)

    def hosts(self):
        """What the rows say, by host: (address, note), and the row."""
        table = next((widget for widget in self.look() if widget.name == self.words.hosts and widget.is_a('rows')),
                     None)
        rows = {}
        for row in table.list_children() if table else ():
            names = [widget.name for widget in row.look().descendants() if widget.is_a('label')]
            if len(names) >= 3:
                rows[names[0]] = (row, *names[1:3])
        return rows

    def host(self, name):
        """The row of a host, waited for."""
        return wait_for(f'the host {name!r}', lambda: self.hosts().get(name))[0]

    def search(self, text):
        """Types into the entry for the name, which has the focus when it opens."""
        self.wait_focus('entry', self.words.name)
        self.type(text)


class ServerDialog(Dialog):
    """The dialog of a mail server that is there, opened by a double click on its row."""

    def __init__(self, main, host):
        main.double_click(main.find_row(host))
        super().__init__(main.client, main.words.mail_server)
        wait_for(f'{host!r} in the dialog', lambda: self.text_beside(self.words.host) == host)

    def modify(self):
        """Goes over to the form: the dialog under its new title."""
        self.click(('button', self.words.modify))
        return Dialog(self.client, self.words.modify)

    def delete(self):
        """Asks for the deletion: the dialog that says whether it is possible."""
        self.click(('button', self.words.delete))
        return Dialog(self.client, self.words.delete_server)


def server_roles(database, host):
    """The roles of the mail servers on that host, as the database has them: one tuple for each."""
    columns = ', '.join(f'mailserver_{role}' for role in ROLES)
    return [tuple(map(bool, row)) for row in database.execute(
        f'SELECT {columns} FROM MailServer JOIN Host ON host_id = mailserver_host_id WHERE host_name = ?', host)]


def add_server(database, host, *roles):
    """Somebody else makes a host a mail server."""
    number, = database.execute('SELECT host_id FROM Host WHERE host_name = ? AND host_domain_id = ?',
                               host, DOMAIN)[0]
    database.insert('MailServer', mailserver_host_id=number, mailserver_timecreate='2008-12-01 10:00:00',
                    mailserver_usercreate=DELEGATE, **{f'mailserver_{role}': role in roles for role in ROLES})


def change_server(database, host, **roles):
    """A colleague changes roles of a mail server."""
    names = ', '.join(f'mailserver_{role} = {int(value)}' for role, value in roles.items())
    database.execute(f"UPDATE MailServer SET {names}, mailserver_userupdate = {DELEGATE},"
                     f" mailserver_timeupdate = '2008-12-01 10:00:00' WHERE mailserver_host_id ="
                     f" (SELECT host_id FROM Host WHERE host_name = ?)", host)
