# SPDX-License-Identifier: GPL-3.0-or-later
"""The databases a gateway can be put on.

A database class offers `url` (what the gateway is given), `execute`, `insert` and `transaction`; which tables
there are is the affair of the installation classes (obm21.py).  Statements use `?`.
"""

import contextlib
import pathlib
import shutil
import sqlite3

WAIT = 30


class SqliteDatabase:
    """One SQLite file."""

    def __init__(self, path):
        self.path = pathlib.Path(path)

    @property
    def url(self):
        """As the option --database takes it."""
        return f'sqlite://{self.path}'

    @contextlib.contextmanager
    def transaction(self):
        """A cursor; what is done with it is seen by others all at once."""
        # No connection is kept: an open one could hold a lock, or keep a removed file alive.
        connection = sqlite3.connect(self.path, timeout=WAIT, isolation_level=None)
        try:
            connection.execute('PRAGMA synchronous = OFF')
            cursor = connection.cursor()
            cursor.execute('BEGIN IMMEDIATE')
            try:
                yield cursor
            except BaseException:
                cursor.execute('ROLLBACK')
                raise
            cursor.execute('COMMIT')
        finally:
            connection.close()

    def execute(self, statement, *parameters):
        """Runs one statement; the rows it gave."""
        with self.transaction() as cursor:
            return cursor.execute(statement, parameters).fetchall()

    def insert(self, table, **columns):
        """Inserts one row; its id."""
        with self.transaction() as cursor:
            names, marks = ', '.join(columns), ', '.join('?' * len(columns))
            cursor.execute(f'INSERT INTO {table} ({names}) VALUES ({marks})', tuple(columns.values()))
            return cursor.lastrowid

    def load(self, script):
        """Runs a file of statements."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            connection.execute('PRAGMA synchronous = OFF')
            connection.executescript(pathlib.Path(script).read_text(encoding='utf-8'))
        finally:
            connection.close()

    def copy(self, path):
        """Another database with the same content."""
        shutil.copyfile(self.path, path)
        return SqliteDatabase(path)
