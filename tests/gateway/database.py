# SPDX-License-Identifier: GPL-3.0-or-later
"""The databases a gateway can be put on.

A database class offers `url` (what the gateway is given), `execute`, `insert`, `transaction`, `empty`, `rows`,
`locked` and `copy`; which tables there are is the affair of the installation classes (obm21.py).  Statements use `?`.
"""

import contextlib
import datetime
import itertools
import pathlib
import shutil
import sqlite3

import pytest

ENGINES = ('sqlite', 'postgresql', 'mariadb')
# A test that depends on the database, among others.
EVERYWHERE = pytest.mark.engines(*ENGINES)
WAIT = 30


def plain(value):
    """A value as SQLite would have it: dates are texts."""
    return str(value) if isinstance(value, datetime.datetime) else value


def is_date(text):
    """Whether a text is a date."""
    try:
        return bool(datetime.datetime.strptime(text or '', '%Y-%m-%d %H:%M:%S'))
    except ValueError:
        return False


def rows_of(database, tables):
    """{table: rows}, each row as {column: value}, of one moment."""
    found = {}
    with database.transaction() as cursor:
        for table in tables:
            cursor.execute(f'SELECT * FROM {table}')
            names = [column[0] for column in cursor.description]
            found[table] = [dict(zip(names, map(plain, row))) for row in cursor.fetchall()]
    return found


def insertion(table, columns):
    """The statement that inserts a row."""
    return f'INSERT INTO {table} ({", ".join(columns)}) VALUES ({", ".join("?" * len(columns))})'


class SqliteDatabase:
    """One SQLite file."""

    engine = 'sqlite'
    # Bytes are a text as they are; a server knows the encoding of its texts.
    raw = True

    def __init__(self, path):
        self.path = pathlib.Path(path)

    @classmethod
    def new(cls, path):
        """An empty one."""
        path.unlink(missing_ok=True)
        return cls(path)

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

    @contextlib.contextmanager
    def held(self, *statements):
        """The database as another program holds it."""
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            for statement in statements:
                connection.execute(statement).fetchall()
            yield
        finally:
            connection.close()

    def locked(self, _table, mode):
        """The table, and here all of them, as another program holds it: see ServerDatabase."""
        return self.held({'read': 'BEGIN IMMEDIATE', 'write': 'BEGIN EXCLUSIVE'}[mode])

    def execute(self, statement, *parameters):
        """Runs one statement; the rows it gave."""
        with self.transaction() as cursor:
            return cursor.execute(statement, parameters).fetchall()

    def insert(self, table, **columns):
        """Inserts one row; its id."""
        with self.transaction() as cursor:
            cursor.execute(insertion(table, columns), tuple(columns.values()))
            return cursor.lastrowid

    def structure(self):
        """What there is beside rows."""
        return sorted(map(str, self.execute('SELECT type, name, tbl_name, sql FROM sqlite_master')))

    def keeps_date(self, text):
        """Whether a column of dates can have it."""
        return True

    def empty(self, *tables):
        """Nothing is left in those tables, and their ids begin again."""
        with self.transaction() as cursor:
            for table in tables:
                cursor.execute(f'DELETE FROM {table}')
                cursor.execute('DELETE FROM sqlite_sequence WHERE name = ?', (table,))

    def rows(self, *tables):
        """{table: rows}, each row as {column: value}, of one moment."""
        return rows_of(self, tables)

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


class Cursor:
    """A cursor of a server's driver that takes `?`, as SQLite's does."""

    def __init__(self, cursor):
        self.cursor = cursor

    def __getattr__(self, name):
        return getattr(self.cursor, name)

    def execute(self, statement, parameters=()):
        """Runs a statement; the cursor itself."""
        self.cursor.execute(statement.replace('%', '%%').replace('?', '%s'), tuple(parameters))
        return self

    def executemany(self, statement, rows):
        """Runs a statement for each row of parameters."""
        for row in rows:
            self.execute(statement, row)


class ServerDatabase:
    """A database of a server (servers.py)."""

    engine = None
    raw = False
    # Queries that tell its structure.
    catalogue = ()
    # {mode: statements} that lock a table, and a query whether somebody waits for a lock.
    locks = {}
    waits = None
    numbers = itertools.count(1)

    def __init__(self, server, name):
        self.server = server
        self.port = server.port
        self.name = name

    @classmethod
    def new(cls, server, options=''):
        """An empty one."""
        made = cls(server, f'obm_{next(cls.numbers)}')
        made.administer(f'CREATE DATABASE {made.name} {options}')
        return made

    @contextlib.contextmanager
    def cursor(self):
        """A cursor; each statement is seen by others at once."""
        with self.server.lend(self.name) as connection, contextlib.closing(connection.cursor()) as cursor:
            yield Cursor(cursor)

    @contextlib.contextmanager
    def transaction(self):
        """A cursor; what is done with it is seen by others all at once, where tables have transactions."""
        with self.cursor() as cursor:
            cursor.execute('BEGIN')
            yield cursor
            cursor.execute('COMMIT')

    def execute(self, statement, *parameters):
        """Runs one statement; the rows it gave."""
        with self.cursor() as cursor:
            cursor.execute(statement, parameters)
            return [tuple(map(plain, row)) for row in cursor.fetchall()] if cursor.description else []

    def rows(self, *tables):
        """{table: rows}, each row as {column: value}, of one moment."""
        return rows_of(self, tables)

    @contextlib.contextmanager
    def held(self, *statements):
        """The database as another program holds it."""
        connection = self.server.connect(self.name)
        try:
            with contextlib.closing(connection.cursor()) as cursor:
                for statement in statements:
                    cursor.execute(statement)
                yield
        finally:
            connection.close()

    def locked(self, table, mode):
        """The table as another program holds it, for a block.

        By the mode: while that one reads ('read'), nobody can write there; while it writes ('write'), nobody can read.
        """
        return self.held(*(statement.format(table) for statement in self.locks[mode]))

    def is_waited_for(self):
        """Whether somebody waits for a lock."""
        return bool(self.execute(self.waits))

    def structure(self):
        """What there is beside rows: tables, columns, keys, indexes, triggers and functions."""
        return sorted(str(row) for query in self.catalogue for row in self.execute(query))

    def connections(self):
        """The numbers of the connections that others have to it."""
        statement = {'postgresql': 'SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = ?',
                     'mariadb': 'SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID()'
                                ' AND db = ?'}[self.engine]
        return {number for number, in self.execute(statement, self.name)}

    def administer(self, *statements):
        """Runs statements for which there are no transactions."""
        connection = self.server.connect()
        try:
            with contextlib.closing(connection.cursor()) as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            connection.close()


class PostgresDatabase(ServerDatabase):
    """A database of PostgreSQL."""

    engine = 'postgresql'
    catalogue = (
        'SELECT nspname, relname, relkind FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace'
        " WHERE nspname NOT LIKE 'pg_%' AND nspname <> 'information_schema'",
        'SELECT table_name, column_name, ordinal_position, data_type, character_maximum_length, is_nullable,'
        " column_default FROM information_schema.columns WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        'SELECT conrelid, conname, pg_get_constraintdef(oid) FROM pg_constraint',
        'SELECT tgrelid, tgname FROM pg_trigger',
        'SELECT proname FROM pg_proc WHERE oid >= 16384',
    )
    locks = {'read': ['BEGIN', 'LOCK TABLE {} IN SHARE MODE'],
             'write': ['BEGIN', 'LOCK TABLE {} IN ACCESS EXCLUSIVE MODE']}
    waits = 'SELECT 1 FROM pg_locks WHERE NOT granted'

    @property
    def url(self):
        """As the option --database takes it."""
        return f'postgresql://127.0.0.1:{self.port}/{self.name}?user=root&password=never-asked-for'

    def keeps_date(self, text):
        """Whether a column of dates can have it."""
        return text is None or is_date(text)

    def insert(self, table, **columns):
        """Inserts one row; its id."""
        return self.execute(insertion(table, columns) + ' RETURNING *', *columns.values())[0][0]

    def empty(self, *tables):
        """Nothing is left in those tables, and their ids begin again."""
        emptied = '; '.join(f'DELETE FROM {table}' for table in tables)
        self.execute(f"{emptied}; SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'")

    def load(self, script):
        """Runs a file of statements."""
        self.execute(pathlib.Path(script).read_text(encoding='utf-8'))

    def copy(self, path):
        """Another database with the same content."""
        # Nobody may look at what is copied.
        self.server.forget()
        made = PostgresDatabase(self.server, f'obm_{next(self.numbers)}')
        made.administer(f'CREATE DATABASE {made.name} TEMPLATE {self.name}')
        return made


class MariadbDatabase(ServerDatabase):
    """A database of MariaDB."""

    engine = 'mariadb'
    catalogue = (
        'SELECT table_name, table_type, engine, table_collation FROM information_schema.tables'
        ' WHERE table_schema = DATABASE()',
        'SELECT table_name, column_name, ordinal_position, column_type, is_nullable, column_default,'
        ' collation_name, extra FROM information_schema.columns WHERE table_schema = DATABASE()',
        'SELECT table_name, index_name, seq_in_index, column_name, non_unique'
        ' FROM information_schema.statistics WHERE table_schema = DATABASE()',
        'SELECT table_name, constraint_name, delete_rule FROM information_schema.referential_constraints'
        ' WHERE constraint_schema = DATABASE()',
        'SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = DATABASE()',
        'SELECT routine_name FROM information_schema.routines WHERE routine_schema = DATABASE()',
    )
    locks = {'read': ['LOCK TABLES {} READ'], 'write': ['LOCK TABLES {} WRITE']}
    waits = ('SELECT 1 FROM information_schema.processlist WHERE db = DATABASE()'
             " AND state LIKE 'Waiting for table%'")

    def __init__(self, server, name):
        super().__init__(server, name)
        self.scripts = []

    @property
    def url(self):
        """As the option --database takes it."""
        return f'mysql://127.0.0.1:{self.port}/{self.name}?user=root&password='

    def keeps_date(self, text):
        """Whether a column of dates can have it: they count seconds, in 31 bits, from 1."""
        return text == '0000-00-00 00:00:00' or (
            is_date(text) and '1970-01-01 00:00:00' < text < '2038-01-19 03:14:08')

    def insert(self, table, **columns):
        """Inserts one row; its id."""
        with self.cursor() as cursor:
            cursor.execute(insertion(table, columns), columns.values())
            return cursor.lastrowid

    def empty(self, *tables):
        """Nothing is left in those tables, and their ids begin again."""
        with self.cursor() as cursor:
            for table in tables:
                cursor.execute(f'DELETE FROM {table}')
                # Faster than TRUNCATE, where there were rows; else there is nothing to do.
                if cursor.rowcount:
                    cursor.execute(f'ALTER TABLE {table} AUTO_INCREMENT = 1')

    def load(self, script):
        """Runs a file of statements."""
        self.scripts.append(script)
        with self.transaction() as cursor:
            for statement in pathlib.Path(script).read_text(encoding='utf-8').split(';\n'):
                if statement.strip():
                    cursor.execute(statement)

    def copy(self, path):
        """Another database from the same files; names of hosts that differ in accents only may be in it."""
        made = MariadbDatabase.new(self.server)
        for script in self.scripts:
            made.load(script)
        for table in ('Host', 'P_Host'):
            made.execute(f'ALTER TABLE {table} MODIFY host_name varchar(32)'
                         ' CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL')
        return made
