# SPDX-License-Identifier: GPL-3.0-or-later
"""Repeated wrong passwords: who is slowed down, and who must not be."""

import contextlib
import itertools
import os
import re
import select
import socket
import time

import pytest

from .client import basic, new_peer, read_answer
from .gateway import Gateway
from .writing import until

# No administrator mistypes this often; no gateway may let this many tries pass.
ENOUGH = 40
MANY = 200
MISTYPED = 3
# How many wrong passwords for a login from an address are checked, and how long each is held back at least.
LIMIT = 10
DELAYS = (0, 0, 0, 0.25, 0.5, 1, 2, 4, 4, 4)
LONGEST = max(DELAYS)


class Guesses:
    """Requests sent at once, each on a connection of its own: `answers` are those that have come, in their order."""

    def __init__(self, clients, target='/v1/domains', headers=None):
        self.sent = {}
        self.answers, self.seconds = [], []
        self.stack = contextlib.ExitStack()
        headers = headers or itertools.repeat(())
        for client, more in zip(clients, headers):
            sock = self.stack.enter_context(client.connect())
            self.sent[sock] = time.monotonic()
            sock.sendall(client.head('GET', target, more))

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        # Whoever still waits goes.
        self.stack.close()

    def read(self, limit=60):
        """Takes the answers that come next."""
        for sock in select.select(list(self.sent), [], [], limit)[0]:
            self.seconds.append(time.monotonic() - self.sent.pop(sock))
            self.answers.append(read_answer(sock))

    def waiting(self):
        """How many still have no answer."""
        return len(self.sent) - len(select.select(list(self.sent), [], [], 0)[0])

    def cut(self):
        """How many connections have been ended without an answer."""
        found = 0
        for sock in select.select(list(self.sent), [], [], 0)[0]:
            try:
                found += not sock.recv(1, socket.MSG_PEEK)
            except ConnectionError:
                found += 1
        return found

    def read_until(self, condition):
        """Takes answers until there are those that are wanted; whether there were."""
        while self.sent and not condition(self.statuses):
            before = len(self.sent)
            self.read()
            assert len(self.sent) < before, 'no answer comes'
        return condition(self.statuses)

    def read_all(self):
        """Takes all answers; their statuses."""
        self.read_until(lambda statuses: False)
        return self.statuses

    @property
    def statuses(self):
        """Of the answers that have come."""
        return [answer.status for answer in self.answers]


def shut_out(client, limit=ENOUGH, **options):
    """Wrong passwords until 429, which comes before the answers that are held back."""
    with Guesses([client] * limit, **options) as guesses:
        assert guesses.read_until(lambda statuses: 429 in statuses), f'{limit} wrong passwords, and no end'
        answer = next(answer for answer in guesses.answers if answer.status == 429)
        assert answer.fault == (429, 'requests.too_many')
        assert 1 <= int(answer.headers['Retry-After']) <= 86400
        assert {answer.status for answer in guesses.answers} <= {401, 429}


@pytest.fixture
def gateway(town, start):
    """A gateway that has counted nothing yet."""
    return start(town.obm)


def right(gateway, peer, login='admin1@exemple.fr'):
    """The status of a request with the right password."""
    return gateway.client(login, peer=peer).get('/domains').status


def test_a_login_from_one_address(gateway, town):
    """Guessing ends, and for the guesser the right password no longer tells itself apart."""
    peer = new_peer()
    shut_out(gateway.client('admin1@exemple.fr', 'mauvais', peer))
    assert right(gateway, peer) == 429
    assert gateway.client('admin1@exemple.fr', 'autre', peer).get(town.at('/1/session')).status == 429


def test_nobody_is_shut_out_by_another_address(gateway):
    """Counted per login alone, anybody could keep an administrator out."""
    shut_out(gateway.client('admin1@exemple.fr', 'mauvais', new_peer()))
    assert right(gateway, new_peer()) == 200
    assert gateway.client('admin1@exemple.fr', 'mauvais', new_peer()).get('/domains').status == 401


def test_a_login_guessed_from_many_addresses(gateway):
    """Each address has its own count, and the administrator his."""
    for _ in range(60):
        client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
        assert [client.get('/domains').status for _ in range(MISTYPED)] == [401] * MISTYPED
    assert right(gateway, new_peer()) == 200


def test_another_login_from_the_same_address(gateway):
    """Administrators share an address; one who forgot his password does not stop the others."""
    peer = new_peer()
    shut_out(gateway.client('admin1@exemple.fr', 'mauvais', peer))
    assert right(gateway, peer, 'admin2@exemple.org') == 200


def test_many_logins_from_one_address(gateway):
    """Trying one password on every login is guessing too."""
    peer = new_peer()
    clients = [gateway.client(f'inconnu{number}@exemple.fr', 'mauvais', peer) for number in range(MANY)]
    assert clients[0].get('/domains').status == 401
    with Guesses(clients[1:]) as guesses:
        assert guesses.read_until(lambda statuses: 429 in statuses), f'{MANY} logins tried, and no end'
    assert right(gateway, peer) == 429
    assert right(gateway, new_peer()) == 200


def test_spellings_of_a_login_are_one(gateway):
    """The domain has no case: its spellings are no new login to try from the same address."""
    peer, clients = new_peer(), []
    for number in range(LIMIT + 1):
        name = ''.join(letter.upper() if number >> bit & 1 else letter for bit,
                       letter in enumerate('exemple.fr'))
        clients.append(gateway.client(f'admin1@{name}', 'mauvais', peer))
    with Guesses(clients) as guesses:
        assert guesses.read_until(lambda statuses: 429 in statuses)


def test_no_credentials_are_no_guess(gateway):
    """A client that asks without credentials first is not guessing."""
    peer = new_peer()
    client = gateway.client(peer=peer)
    assert {client.get('/domains').status for _ in range(MANY)} == {401}
    assert right(gateway, peer) == 200


def test_right_passwords_are_not_counted(gateway, town):
    """However many requests."""
    client = gateway.client('admin1@exemple.fr', peer=new_peer())
    assert {client.get(town.at('/1/session')).status for _ in range(MANY)} == {200}


def test_other_errors_are_not_counted(gateway, town):
    """403, 404 and 400 with the right password."""
    client = gateway.client('admin1@exemple.fr', peer=new_peer())
    for _ in range(40):
        assert client.get(town.at('/2/session')).status == 403
        assert client.get(town.at('/1/mailservers/999')).status == 404
        assert client.get(town.at('/1/mailservers?rows=0')).status == 400
    assert client.get(town.at('/1/session')).status == 200


def test_a_refused_guess_comes_before_everything(gateway, town):
    """429 stands where 401 stands: before 403, 404, 405 and 400."""
    client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
    shut_out(client)
    for method, target in (('GET', '/2/session'), ('GET', '/nulle/part/du/tout'), ('PATCH', '/1/session'),
                           ('GET', '/1/mailservers?rows=0')):
        assert client.request(method, town.at(target)).status == 429


def test_forwarded_addresses_of_strangers_count_for_nothing(gateway):
    """Without trusted-proxy anybody could write the header, and count from zero at each try."""
    peer = new_peer()
    client = gateway.client('admin1@exemple.fr', 'mauvais', peer)
    shut_out(client, headers=({'X-Forwarded-For': f'10.0.0.{number}'} for number in range(ENOUGH)))
    assert right(gateway, peer) == 429


def forwarded(gateway, proxy, chain, password='mauvais'):
    """A request that came through a proxy."""
    headers = {'X-Forwarded-For': chain, 'Authorization': basic('admin1@exemple.fr', password)}
    return gateway.client(peer=proxy).get('/domains', headers=headers)


def until_refused(gateway, proxy, chain):
    """Wrong passwords through a proxy until 429; `chain` makes the header from the number of the try."""
    shut_out(gateway.client('admin1@exemple.fr', 'mauvais', proxy),
             headers=({'X-Forwarded-For': chain(number)} for number in range(ENOUGH)))


def test_behind_a_trusted_proxy(town, start):
    """The address the proxy saw is the one that counts: the last one, which no client can forge."""
    proxy = new_peer()
    gateway = start(town.obm, trusted_proxy=proxy)
    until_refused(gateway, proxy, lambda number: f'203.0.113.{number}, 192.0.2.1')
    assert forwarded(gateway, proxy, '192.0.2.1', 'secret').status == 429
    assert forwarded(gateway, proxy, '192.0.2.2', 'secret').status == 200
    assert forwarded(gateway, proxy, '192.0.2.1, 192.0.2.2', 'secret').status == 200
    assert right(gateway, new_peer()) == 200


def test_only_the_trusted_proxy_is_believed(town, start):
    """The header of any other connection stays unread."""
    gateway = start(town.obm, trusted_proxy=new_peer())
    stranger = new_peer()
    until_refused(gateway, stranger, lambda number: f'192.0.2.{number}')
    assert forwarded(gateway, stranger, '198.51.100.7', 'secret').status == 429


@pytest.mark.parametrize('chain',
                         ['', ',', ' , ', 'unknown', '192.0.2.1, ', 'x' * 2000, '"[2001:db8::1]"',
                          '2001:db8::1', '_', '%'])
def test_a_crooked_forwarded_address(town, start, chain):
    """It is still an answer, and wrong passwords still end."""
    proxy = new_peer()
    gateway = start(town.obm, trusted_proxy=proxy)
    assert forwarded(gateway, proxy, chain, 'secret').status == 200
    until_refused(gateway, proxy, lambda number: chain)


def test_each_answer_comes_later_than_the_one_before(gateway):
    """The first ones at once, for who mistypes; then later and later, to an end."""
    client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
    with Guesses([client] * LIMIT) as guesses:
        assert guesses.read_all() == [401] * LIMIT
        assert all(took >= delay for took, delay in zip(guesses.seconds, DELAYS)), guesses.seconds
        assert guesses.seconds[-1] < LONGEST + 15
    assert client.get('/domains').status == 429


def test_guesses_at_once_are_no_more_than_one_by_one(gateway):
    """What is being checked counts already."""
    client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
    with Guesses([client] * 32) as guesses:
        statuses = guesses.read_all()
    assert statuses.count(401) == LIMIT and statuses.count(429) == 32 - LIMIT
    # Of those it is known at once.
    assert statuses[-1] == 401


def test_right_passwords_at_once(gateway):
    """Each is taken for a wrong one while it is checked, and yet none is refused, however near the limit is."""
    peer = new_peer()
    with Guesses([gateway.client('admin1@exemple.fr', 'mauvais', peer)] * (LIMIT - 1)) as guesses:
        guesses.read_until(lambda statuses: len(statuses) >= MISTYPED)
        with Guesses([gateway.client('admin1@exemple.fr', peer=peer)] * 64) as right_ones:
            assert right_ones.read_all() == [200] * 64


def test_the_right_password_is_not_held_back(gateway):
    """Neither the same login's nor another one's: each comes before the wrong ones that were there first."""
    peer = new_peer()
    with Guesses([gateway.client('admin1@exemple.fr', 'mauvais', peer)] * (LIMIT - 1)) as guesses:
        guesses.read_until(lambda statuses: len(statuses) >= MISTYPED)
        for login in ('admin1@exemple.fr', 'admin2@exemple.org'):
            assert right(gateway, peer, login) == 200
        assert guesses.waiting()


def test_who_waits_holds_up_nobody(gateway):
    """More answers wait than there are workers and connections to the database."""
    clients = [gateway.client('admin1@exemple.fr', 'mauvais', new_peer()) for _ in range(8)]
    with Guesses(clients * LIMIT) as guesses:
        guesses.read_until(lambda statuses: len(statuses) >= MISTYPED * len(clients))
        assert right(gateway, new_peer()) == 200
        # Some of those that were there first are there still.
        assert guesses.waiting()
        assert set(guesses.read_all()) == {401}


def test_who_waits_gives_way(town, start):
    """However many connections wait: there is room for who comes next."""
    def is_served():
        with contextlib.suppress(ConnectionError):
            return right(gateway, peer) == 200
        return False

    # As many as are held back longest.
    held = DELAYS.count(LONGEST)
    gateway, peer = start(town.obm, max_connections=held), new_peer()
    client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
    for _ in range(LIMIT - held):
        assert client.get('/domains').status == 401
    with Guesses([client] * held) as guesses:
        # As soon as their passwords are checked; there is no seeing when that is.
        until(is_served)
        assert guesses.cut() and guesses.waiting()


def connections(gateway):
    """The open sockets of a gateway."""
    links = (f'/proc/{gateway.process.pid}/fd/{name}' for name in os.listdir(f'/proc/{gateway.process.pid}/fd'))
    return [link for link in links if os.readlink(link).startswith('socket:')]


def test_who_goes_while_he_waits_costs_nothing(gateway):
    """His connection is closed long before his answer would have been due, and the log tells."""
    client, other = (gateway.client('admin1@exemple.fr', 'mauvais', new_peer()) for _ in range(2))
    # Those who stay came first: they show that nobody's time is over.
    with Guesses([other] * LIMIT) as staying:
        staying.read_until(lambda statuses: len(statuses) >= MISTYPED)
        with Guesses([client] * LIMIT) as guesses:
            guesses.read_until(lambda statuses: len(statuses) >= MISTYPED)
            before = len(connections(gateway))
        until(lambda: gateway.stderr.count(f' from {client.peer}'.encode()) == LIMIT)
        assert re.search(fr' from {client.peer}, client gone\n'.encode(), gateway.stderr)
        assert staying.waiting() and len(connections(gateway)) < before
    # Going away is no way round the limit.
    assert client.get('/domains').status == 429


def test_half_an_end_is_no_way_round(gateway):
    """A client that says that nothing more comes from it is taken to have gone: it gets no answer early."""
    client = gateway.client('admin1@exemple.fr', 'mauvais', new_peer())
    with Guesses([client] * LIMIT) as guesses:
        guesses.read_until(lambda statuses: len(statuses) >= MISTYPED)
        for sock in guesses.sent:
            sock.shutdown(socket.SHUT_WR)
            assert sock.recv(100) == b''
        guesses.sent.clear()


def test_the_end_of_the_gateway_does_not_wait(town, directory):
    """Who is held back has his answer then."""
    gateway = Gateway(town.obm.database, directory)
    client, other = (one.client('admin1@exemple.fr', 'mauvais', new_peer()) for one in (gateway, town.gateway))
    # Of a gateway that does not end, and which was asked first.
    with Guesses([other] * LIMIT) as longer, Guesses([client] * LIMIT) as guesses:
        for asked in (longer, guesses):
            asked.read_until(lambda statuses: len(statuses) >= MISTYPED)
        gateway.stop()
        assert guesses.read_all() == [401] * LIMIT
        assert longer.waiting()


def test_a_flood_of_guesses(town, start):
    """From a thousand addresses: who is shut out stays out, and nobody else is."""
    proxy = new_peer()
    gateway = start(town.obm, trusted_proxy=proxy)
    until_refused(gateway, proxy, lambda number: '192.0.2.1')
    client = gateway.client(peer=proxy)
    with client.connect() as sock:
        for number in range(1000):
            # Longer than crypt(3) takes, which spares its work.
            headers = {'X-Forwarded-For': f'198.18.{number >> 8}.{number & 255}',
                       'Authorization': basic(f'{"x" * 2000}{number}@exemple.fr', 'mauvais' * 100)}
            sock.sendall(client.head('GET', '/v1/domains', headers, close=False))
            assert read_answer(sock).status == 401
    assert forwarded(gateway, proxy, '192.0.2.1', 'secret').status == 429
    for peer in ('192.0.2.2', '198.18.0.1'):
        assert forwarded(gateway, proxy, peer, 'secret').status == 200


def test_a_second_gateway_has_its_own_count(gateway, town):
    """The address that is refused here was never seen there."""
    peer = new_peer()
    shut_out(gateway.client('admin1@exemple.fr', 'mauvais', peer))
    assert right(town.gateway, peer) == 200
