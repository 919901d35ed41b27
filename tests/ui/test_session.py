# SPDX-License-Identifier: GPL-3.0-or-later
"""Who is signed in sees what is theirs, and hears when that ends."""

from .conftest import PASSWORD, once
from .database import rows
from .dialogs import ConnectionDialog


@once
def test_other_domain_stays_invisible(demo, sign_in):
    """An administrator sees the mail servers of their own domain only, whatever the criteria."""
    window = sign_in(demo)
    window.search()
    window.wait_rows(rows(demo.database))
    assert len(rows(demo.database)) < len(rows(demo.database, domain=None))
    window.search(name='*org')
    window.wait_found(0)


def test_global_administrator_sees_all(demo, sign_in, shot):
    """The global administrator sees those of every domain."""
    window = sign_in(demo, login='admin0@global.local')
    window.search()
    window.wait_found(5)
    window.wait_rows(rows(demo.database, domain=None))
    shot('global-administrator')


def test_password_changed_meanwhile(own, sign_in, words, shot):
    """The session ends: the dialog comes by itself and says why; then the work goes on where it was."""
    window = sign_in(own)
    window.search(name='hote')
    window.wait_found(3)
    own.database.execute("UPDATE UserObm SET userobm_password = 'new', userobm_password_type = 'PLAIN'"
                         " WHERE userobm_id = 2")
    window.search(ip='0.2')
    dialog = ConnectionDialog(window.client)
    dialog.wait_text(words.wrong_password)
    shot('session-lost')
    dialog.enter(password='new')
    dialog.connect()
    dialog.wait_closed()
    assert window.criteria()[:2] == ('hote', '0.2')
    window.search()
    window.wait_rows(rows(own.database, where="host_name = 'hote2'"))


@once
def test_rights_withdrawn_meanwhile(own, sign_in, words):
    """The account is no administrator's any more: a sentence says so."""
    window = sign_in(own)
    window.search()
    window.wait_found(3)
    own.database.execute("UPDATE UserObm SET userobm_perms = 'user' WHERE userobm_id = 2")
    window.search(name='hote1')
    window.wait_text(words.no_rights)
    own.database.execute("UPDATE UserObm SET userobm_perms = 'admin' WHERE userobm_id = 2")
    window.search()
    window.wait_found(1)


@once
def test_delegated_administrator_reads(demo, sign_in):
    """A delegated administrator consults as an administrator does."""
    window = sign_in(demo, login='delegue@exemple.fr', password=PASSWORD)
    window.search()
    window.wait_found(3)
