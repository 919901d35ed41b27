# SPDX-License-Identifier: GPL-3.0-or-later
"""Who listens to the screen, or has no mouse, gets everywhere: each window is walked through in both languages.

What can have the focus has a name, which is not that of its class, and Tab reaches it; the members of a group are
reached from one another by arrows.
"""

import pytest

from .bus import ACCESSIBLE
from .conftest import ADMIN, PASSWORD, once, put
from .dialogs import ConnectionDialog
from .editing import CreateDialog, Dialog, ServerDialog, add_server, change_server
from .popover import Popover
from .proxy import Proxy
from .test_export import save, wait_exported
from .wait import Waited, wait_for
from .window import Window

# Arrows go from one to the next, Tab comes to one of them and goes on.
BY_ARROWS = ('row', 'list item', 'tab', 'menu item', 'menu item radio', 'menu item checkbox')
# What can be handled is to be handled by the keyboard.
CONTROLS = ('button', 'toggle button', 'checkbox', 'radio', 'text box', 'search box', 'combo box', 'spin button')
EVER = (99,)


def ancestors(widget):
    """What a widget is in, from the inside out."""
    while widget.parent is not None:
        widget = widget.parent
        yield widget


def is_in(*roles):
    """Whether a widget is in one of such a role."""
    return lambda widget, words: any(parent.role in roles for parent in ancestors(widget))


def is_window_button(widget, words):
    """The buttons of the window manager's, drawn by GTK: the keyboard has Escape, Ctrl+W and Alt+F4."""
    return widget.role == 'button' and widget.name in words.window_buttons and \
        not any(inner.is_a('label') for inner in widget.descendants())


def is_around(widget, words):
    """What scrolls passes the focus on to what it shows, if that takes it, and a list to its rows."""
    return widget.role in AROUND and any(inner.had('focusable') for inner in widget.descendants())


AROUND = ('group', 'scroll area', 'generic', 'list')
# Inner parts of GTK's own widgets, which say that they can have the focus: since and before which version they do.
INNER = (
    ((4, 8), EVER, is_window_button),
    ((4, 8), EVER, is_around),
    # The widget itself is named, and takes the keys.
    ((4, 8), EVER, is_in('combo box', 'spin button')),
    # Their labels are there to be seen, but not told.
    ((4, 10), EVER, lambda widget, words: widget.role.startswith('menu item')),
    # What scrolls by the keyboard, but is of no role that may have a name.
    ((4, 10), EVER, lambda widget, words: widget.role == 'generic'),
    # A link in a label: the label has the focus, and says the link.
    ((4, 20), EVER, lambda widget, words: widget.role == 'link' and widget.parent.is_a('label')),
    # The list within a list with headings.
    ((4, 8), EVER, lambda widget, words: widget.role == 'list' and widget.parent.role == 'tree grid'),
)
# How long the focus may take to move before it is said to stay, in seconds.
STAY = 1


class Walk:
    """Looks at one window or popover after the other; `problems` is what was wrong in them."""

    def __init__(self, client):
        self.client = client
        self.problems = []

    def complain(self, place, widget, what):
        """Notes what is wrong with a widget."""
        inside = ', in '.join(map(repr, list(ancestors(widget))[:4]))
        self.problems.append(f'{place}: {widget!r} {what} (in {inside})')

    def is_inner(self, widget):
        """Whether that is an inner part of one of GTK's widgets."""
        return any(since <= self.client.gtk_version < before and applies(widget, self.client.words)
                   for since, before, applies in INNER)

    def focused(self, widgets):
        """The one of the widgets that has the focus; None if none has."""
        for widget in widgets:
            widget.bus.ask(widget.set_states, widget.target, ACCESSIBLE, 'GetState')
        self.client.bus.settle()
        return next((widget for widget in widgets if widget.had('focused')), None)

    def tab_round(self, window, widgets, key):
        """Presses Tab, or Shift and Tab, until the focus is where it was before: the targets of all that had it."""
        reached = []
        while len(reached) <= 2 * len(widgets):
            focused = self.focused(widgets)
            if focused is not None:
                if focused.target in reached:
                    break
                reached.append(focused.target)
            window.press(key)
            try:
                wait_for('the focus to move', lambda: (now := self.focused(widgets)) and
                         (focused is None or now.target != focused.target), STAY)
            except Waited:
                break
        return reached

    def check(self, place, window, tab=True):
        """Walks through a window as it is now."""
        root = window.widget() if isinstance(window, Popover) else window.root()
        root.look(frozenset())
        for widget in root.descendants():
            if widget.role in CONTROLS and not any(part.had('focusable') for part in (widget, *widget.descendants())) \
                    and not self.is_inner(widget) and window.shows(widget):
                self.complain(place, widget, 'cannot have the focus')
        focusable = [widget for widget in root.descendants() if widget.had('focusable')]
        widgets = [widget for widget in focusable if not self.is_inner(widget) and window.shows(widget)]
        for widget in widgets:
            says = widget.name or (widget.role in ('row', 'list item') and
                                   ' '.join(inner.name for inner in widget.descendants()).strip())
            if not says:
                self.complain(place, widget, 'has no name')
        if not tab:
            return
        for key in ('Tab', 'shift+Tab'):
            reached = self.tab_round(window, focusable, key)
            for widget in widgets:
                if widget.target not in reached and widget.had('sensitive') and widget.role not in BY_ARROWS:
                    self.complain(place, widget, f'is not reached by {key}, of {len(reached)} that are')

    def finish(self):
        """Demands that nothing was wrong."""
        assert not self.problems, '\n' + '\n'.join(self.problems)


def test_main_window(demo, sign_in, words):
    """The search, its results, and the windows that the menu opens."""
    window = sign_in(demo)
    walk = Walk(window.client)
    walk.check('prompt', window)
    window.search()
    window.wait_found(3)
    walk.check('results', window)
    window.open_menu()
    walk.check('menu', window, tab=False)
    window.press('Escape')
    window.search(name='nobody')
    window.wait_found(0)
    walk.check('no results', window)
    for title in (words.preferences, words.shortcuts):
        window.choose(title)
        other = Window(window.client, title)
        walk.check(title, other)
        other.press('Escape')
        other.wait_closed()
    window.choose(words.about)
    about = Window(window.client, words.about)
    for tab in (None, words.credits, words.system):
        if tab:
            about.click(('tab', tab))
        walk.check(f'{words.about}: {tab}', about)
    about.press('Escape')
    about.wait_closed()
    walk.finish()


def test_search_that_fails(demo, sign_in, words):
    """What there is to press when there is nothing to list."""
    with Proxy(demo) as proxy:
        window = sign_in(proxy)
        walk = Walk(window.client)
        proxy.rule('cut', '/mailservers[?]')
        window.search()
        window.find('button', words.retry)
        walk.check('search failed', window)
    walk.finish()


def test_signing_in(demo, start, words):
    """The window while the backend is asked to let one in."""
    with Proxy(demo) as proxy:
        proxy.rule('hold', '')
        client = start('--backend', proxy.url, '--login', ADMIN, password=PASSWORD)
        walk = Walk(client)
        window = client.window(words.mail_servers)
        window.wait_text(words.signing_in)
        walk.check('signing in', window)
        proxy.heal()
        window.find('button', words.search)
    walk.finish()


def test_what_depends_on_a_server(demo, sign_in, words):
    """The deletion that is not possible, and the question before a function is taken away."""
    window = sign_in(demo)
    walk = Walk(window.client)
    window.search()
    window.wait_found(3)
    consult = ServerDialog(window, 'hote1')
    delete = consult.delete()
    delete.find('button', words.copy)
    walk.check('deletion refused', delete)
    delete.press('Escape')
    delete.wait_closed()
    modify = consult.modify()
    modify.toggle(words.imap)
    modify.click(('button', words.save))
    question = Dialog(window.client, words.remove_role)
    question.find('button', words.copy)
    walk.check('question', question)
    question.press('Escape')
    question.wait_closed()
    walk.finish()


def test_read_only(read_only, sign_in):
    """The dialog of a mail server that cannot be changed."""
    window = sign_in(read_only)
    walk = Walk(window.client)
    window.search()
    window.wait_found(3)
    walk.check('read only', ServerDialog(window, 'hote3'))
    walk.finish()


def test_export(demo, sign_in, words, tmp_path):
    """The dialog of an export that is done, and of one that failed."""
    with Proxy(demo) as proxy:
        window = sign_in(proxy)
        walk = Walk(window.client)
        window.search()
        window.wait_found(3)
        window.press('ctrl+shift+e')
        save(window, tmp_path / 'all.csv')
        dialog = wait_exported(window, 3, tmp_path / 'all.csv')
        walk.check('export', dialog)
        dialog.press('Escape')
        dialog.wait_closed()
        proxy.rule('cut', 'rows=1000')
        window.press('ctrl+shift+e')
        save(window, tmp_path / 'again.csv')
        dialog = Window(window.client, words.export)
        dialog.wait_text(words.nothing_written)
        walk.check('export failed', dialog)
    walk.finish()


def test_post_it(applying, sign_in, words):
    """The post-it with a change that waits, and after an update that failed."""
    put(applying, 'slow', '0')
    put(applying, 'fail')
    change_server(applying.database, 'hote3', smtp_out=False)
    window = sign_in(applying)
    walk = Walk(window.client)
    window.find('button', words.post_it_count.format(1))
    window.press('ctrl+u')
    post_it = Popover(window, words.post_it)
    walk.check('post-it', post_it)
    post_it.click(('button', words.validate))
    post_it.wait_text(words.apply_failed)
    walk.check('post-it, failed', post_it)
    walk.finish()


def test_connection(demo, start, words):
    """The connection dialog, with an error too, and the window that nobody is signed in to."""
    client = start('--backend', demo.url, '--login', ADMIN)
    walk = Walk(client)
    dialog = ConnectionDialog(client)
    walk.check('connection', dialog)
    dialog.enter(login='admin')
    dialog.press('Return')
    dialog.wait_text(words.login_needs_domain)
    walk.check('connection, wrong', dialog)
    dialog.press('Escape')
    dialog.wait_closed()
    window = client.window(words.mail_servers)
    window.find('button', words.connect_item)
    walk.check('not connected', window)
    walk.finish()


def test_changes(own, sign_in, words):
    """The dialogs that change mail servers."""
    window = sign_in(own)
    walk = Walk(window.client)
    window.search()
    window.wait_found(3)

    create = CreateDialog(window)
    walk.check('create', create)
    chooser = create.open_chooser()
    chooser.host('hote1')
    walk.check('hosts', chooser)
    chooser.press('Escape')
    chooser.wait_closed()
    create.toggle(words.imap)
    create.press('Escape')
    confirm = Dialog(window.client, words.unsaved)
    walk.check('confirmation', confirm)
    confirm.click(('button', words.leave))
    create.wait_closed()

    consult = ServerDialog(window, 'hote3')
    walk.check('consultation', consult)
    delete = consult.delete()
    delete.wait_text(words.deletable.format('hote3'))
    walk.check('deletion', delete)
    delete.press('Escape')
    delete.wait_closed()
    modify = consult.modify()
    walk.check('modification', modify)
    change_server(own.database, 'hote3', smtp_in=False)
    modify.toggle(words.imap)
    modify.click(('button', words.save))
    modify.find('button', words.theirs)
    walk.check('conflict', modify)
    walk.finish()


def faults(dialog, *fields):
    """What the fields, pairs (role, name), say of themselves: (whether it is wrong, the sentence) for each."""
    widgets = dialog.look()
    found = [next(widget for widget in widgets if widget.name == name and widget.is_a(role) and widget.had('focusable'))
             for role, name in fields]
    return [(widget.is_invalid(), widget.message()) for widget in found]


def groups(window, role, name):
    """The names of the groups that a widget is in."""
    widget = window.find(role, name)
    return [parent.name for parent in ancestors(widget) if parent.role == 'group' and parent.name]


def test_groups(demo, sign_in, words):
    """What says too little by itself is in a group that has a name: the host that is chosen, a page's number."""
    window = sign_in(demo)
    window.search()
    window.wait_found(3)
    assert groups(window, 'button', '1') == [words.result_pages]
    assert groups(CreateDialog(window), 'button', words.no_host) == [words.host]


@once
def test_errors_of_the_connection(demo, start, words):
    """The field that is wrong says so, with the sentence, until it is put right."""
    dialog = ConnectionDialog(start())
    entries = [('entry', name) for name in (words.address, words.login, words.password)]
    fine = (False, None)
    dialog.connect()
    dialog.wait_text(words.both_needed)
    assert faults(dialog, *entries) == [(True, words.both_needed)] * 2 + [fine]
    dialog.enter(demo.url, 'admin')
    assert faults(dialog, *entries) == [fine] * 3
    dialog.connect()
    dialog.wait_text(words.login_needs_domain)
    assert faults(dialog, *entries) == [fine, (True, words.login_needs_domain), fine]
    dialog.enter(login=ADMIN, password='wrong')
    dialog.connect()
    dialog.wait_text(words.wrong_password)
    assert faults(dialog, *entries) == [fine] + [(True, words.wrong_password)] * 2
    dialog.enter(password=PASSWORD)
    assert faults(dialog, *entries) == [fine] * 3


@once
def test_errors_of_the_form(own, sign_in, words):
    """Each field says what it lacks; a box that was unticked, or a host that is refused, that it is wrong."""
    dialog = CreateDialog(sign_in(own))
    boxes = [('check box', name) for name in (words.imap, words.smtp_in, words.smtp_out)]
    fine, missing = (False, None), (False, words.need_both)
    assert faults(dialog, ('button', words.no_host), *boxes) == [missing] * 4
    dialog.choose('relais')
    host = ('button', 'relais  (192.162.0.20)')
    assert faults(dialog, host, *boxes) == [fine] + [(False, words.need_role)] * 3
    dialog.toggle(words.imap)
    assert faults(dialog, host, *boxes) == [fine] * 4
    dialog.toggle(words.imap)
    dialog.wait_text(words.need_role)
    assert faults(dialog, host, *boxes) == [fine] + [(True, words.need_role)] * 3
    dialog.toggle(words.smtp_in)
    add_server(own.database, 'relais', 'smtp_in')
    dialog.click(('button', words.create))
    dialog.wait_text(words.host_taken)
    assert faults(dialog, host, *boxes) == [(True, words.host_taken)] + [fine] * 3


def test_rows_say_what_is_in_them(own, sign_in, words):
    """Host, address, what it does, and that it waits; in the chooser, why a host cannot be chosen."""
    window = sign_in(own)
    if window.client.gtk_version < (4, 12):
        pytest.skip('GTK cannot name rows yet')
    window.search()
    window.wait_found(3)
    name = 'hote3, 192.162.0.3, IMAP, SMTP in, SMTP out'
    assert window.find_row('hote3').name == name
    modify = ServerDialog(window, 'hote3').modify()
    modify.toggle(words.smtp_in)
    modify.click(('button', words.save))
    window.wait_waiting('hote3')
    assert window.find_row('hote3').name == f'hote3, 192.162.0.3, IMAP, SMTP out, {words.waiting}'
    window.client.window(words.mail_server).press('Escape')
    wait_for('the dialog to close', lambda: len(window.client.frames()) == 1)
    dialog = CreateDialog(window, keyboard=True)
    dialog.wait_focus('button', words.no_host)
    dialog.press('space')

    def rows():
        lists = (widget for widget in dialog.look() if widget.name == words.hosts and widget.is_a('rows'))
        return [row.look().name for row in next(lists).list_children()]
    wait_for(lambda: f'the name of the row of hote1; there are {rows()}',
             lambda: f'hote1, 192.162.0.1, {words.taken}' in rows())
