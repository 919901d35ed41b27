# SPDX-License-Identifier: GPL-3.0-or-later
"""Many clients at once, and a database that changes under them."""

import threading

from .obm21 import GLOBAL, ROLES
from .writing import together

CLIENTS = 16


def test_parallel_clients_get_the_same_answers(town):
    """Sixteen clients of every kind, mixed: each gets what he gets alone."""
    requests = []
    for login, domain in (('admin1', town.one), ('delegue1', town.one), ('admin2', town.two),
                          ('admin0', GLOBAL)):
        path = town.path(domain)
        requests += [(login, target) for target in (
            '/domains', path + '/session', path + '/mailservers?rows=100',
            path + '/mailservers?name=h&sort=ip&order=desc', path + '/hosts?available=true', path + '/update',
            path + '/mailservers/1', path + '/mailservers/1/links', path + '/mailservers?rows=0',
            '/99/session')]

    def answer(login, target):
        got = town.client(login).get(target)
        return got.status, got.body

    alone = [answer(*request) for request in requests]

    def work(number):
        order = requests[number:] + requests[:number]
        return {request: answer(*request) for request in order}

    for seen in together(CLIENTS, work):
        assert seen == dict(zip(requests, alone))


def test_parallel_wrong_and_right_passwords(scratch):
    """What is remembered about one caller never serves another."""
    for number in range(CLIENTS):
        scratch.obm.add_user(f'u{number}', scratch.one, f'password{number}', profile='admin')

    def work(number):
        login = f'u{number}@exemple.fr'
        path = scratch.path + '/session'
        good = scratch.gateway.client(login, f'password{number}')
        seen = [good.read(path)['login'] for _ in range(10)]
        other = scratch.gateway.client(login, f'password{(number + 1) % CLIENTS}', f'127.77.0.{number + 1}')
        return seen, other.get(path).status

    for number, (seen, status) in enumerate(together(CLIENTS, work)):
        assert (set(seen), status) == ({f'u{number}'}, 401)


def test_reading_while_another_program_writes(scratch):
    """OBM's own pages go on writing: readers see a state before or after, never between."""
    servers = [scratch.obm.add_host_server(f'h{number}', scratch.one, 'imap') for number in range(4)]
    turns = iter(range(60))
    done = threading.Event()

    def write():
        try:
            for turn in turns:
                # One transaction turns all four; a reader must never see some of each.
                scratch.obm.turn_role('smtp_in', turn % 2, servers)
        finally:
            done.set()

    def read(number):
        client, path, count = scratch.gateway.client('admin1@exemple.fr'), scratch.path + '/mailservers', 0
        while count < 10 or not done.is_set():
            answer = client.get(path)
            assert answer.status == 200, answer.body
            rows = answer.json['datas']
            assert len({row['smtp_in'] for row in rows}) == 1 and len(rows) == answer.json['length'] == 4
            count += 1
        return count

    writer = threading.Thread(target=write)
    writer.start()
    try:
        counts = together(6, read)
    finally:
        writer.join(60)
    assert all(counts) and done.is_set() and not list(turns)


def test_length_and_rows_are_of_one_moment(scratch):
    """A row that comes between counting and reading must not make `length` and `datas` disagree."""
    for number in range(5):
        scratch.obm.add_host_server(f'h{number}', scratch.one, *ROLES)
    host = scratch.obm.add_host('x', scratch.one)
    done = threading.Event()

    def write():
        try:
            for _ in range(60):
                server = scratch.obm.add_server(host, 'imap')
                scratch.obm.delete_server(server)
        finally:
            done.set()

    def read(number):
        client = scratch.gateway.client('admin1@exemple.fr')
        while not done.is_set():
            answer = client.read(scratch.path + '/mailservers', rows=100)
            assert answer['length'] == len(answer['datas']) in (5, 6)
            seen = client.read(scratch.path + '/update')
            assert seen['counts']['created'] == len(seen['changes'])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        together(4, read)
    finally:
        writer.join(60)
